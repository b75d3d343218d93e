"""The styles of the document as one lean part. Sizes and colours are those of the paper in the design."""

from dataclasses import dataclass, field

from exports.drawings import PAPER_COLOURS

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TINT = "#DCEAE1"
_CULTURES = {"nl": "nl-NL", "en": "en-GB"}


def colour(name: str) -> str:
    """Return a colour of the paper as Word writes it: six digits, no hash."""
    return PAPER_COLOURS[name].removeprefix("#")


@dataclass(frozen=True)
class TextStyle:
    """A paragraph style. Sizes in points; `line` is a multiple of the font's own line height."""

    name: str
    based_on: str = "Normal"
    size: float | None = None
    is_bold: bool | None = None
    ink: str | None = None
    before: float = 0
    after: float = 0
    line: float | None = None
    level: int | None = None
    keeps_with_next: bool = False
    starts_a_page: bool = False
    hyphenates: bool = False
    extra: str = ""
    follows: str = "Normal"
    is_quick: bool = field(default=True)

    @property
    def id(self) -> str:
        return self.name.title().replace(" ", "")


def _left_bar(width: int, space: int) -> str:
    accent = colour("accent")
    return f'<w:pBdr><w:left w:val="single" w:sz="{width}" w:space="{space}" w:color="{accent}"/></w:pBdr>'


def _rule(side: str, space: int) -> str:
    return (
        f'<w:pBdr><w:{side} w:val="single" w:sz="6" w:space="{space}" w:color="{colour("line")}"/></w:pBdr>'
    )


_TEXT_WIDTH = 9241
STYLES = (
    TextStyle("Title", size=34, is_bold=True, ink="accent", before=54, after=6, line=0.9, follows="Subtitle"),
    TextStyle("Subtitle", size=16, ink="ink", after=18, line=1.05),
    TextStyle(
        "heading 1", size=24, is_bold=True, ink="accent", after=10, line=0.95, level=0, keeps_with_next=True,
        starts_a_page=True,
    ),
    TextStyle(
        "heading 2", size=18, is_bold=True, ink="accent", before=26, after=6, line=0.95, level=1,
        keeps_with_next=True,
    ),
    TextStyle(
        "heading 3", size=13, is_bold=True, ink="ink", before=12, after=4, line=1, level=2,
        keeps_with_next=True,
    ),
    TextStyle(
        "Quote", size=15, is_bold=True, before=2, after=10, line=1.05,
        extra=f'{_left_bar(24, 12)}<w:ind w:left="284"/>',
    ),
    TextStyle(
        "Words", before=2, after=5, line=1.05, extra=f'{_left_bar(12, 10)}<w:ind w:left="227"/>',
        follows="Words",
    ),
    TextStyle(
        "State", size=12, before=2, after=20, line=1.05,
        extra=(
            f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="{TINT[1:]}"/>'
            f'<w:left w:val="single" w:sz="24" w:space="10" w:color="{colour("accent")}"/>'
            f'<w:bottom w:val="single" w:sz="4" w:space="6" w:color="{TINT[1:]}"/></w:pBdr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT[1:]}"/><w:ind w:left="255"/>'
        ),
    ),
    TextStyle("List Bullet", after=4, extra='<w:numPr><w:numId w:val="1"/></w:numPr>', follows="List Bullet"),
    TextStyle("caption", size=10, ink="ink-2", before=4, after=4, keeps_with_next=True),
    TextStyle("Small", size=10, ink="ink-2", before=3, after=4),
    TextStyle("Table Text", size=10.5, line=1.05, hyphenates=True, follows="Table Text"),
    TextStyle("Table Head", "Table Text", is_bold=True, follows="Table Head"),
    TextStyle("Table Strong", "Table Text", is_bold=True, follows="Table Text"),
    TextStyle("Table Small", "Table Text", size=9.5, ink="ink-2", after=2, follows="Table Text"),
    TextStyle("Brand", size=15, before=18, ink="accent"),
    TextStyle("Parts", is_bold=True, before=20, after=4, keeps_with_next=True, follows="Part"),
    TextStyle("Part", after=2, follows="Part"),
    TextStyle("Typed Name", "Table Text", size=13),
    TextStyle("header", size=9.5, ink="ink-2", extra='<w:jc w:val="right"/>', follows="header"),
    TextStyle(
        "footer", size=9.5, ink="ink-2",
        extra=f'{_rule("top", 5)}<w:tabs><w:tab w:val="right" w:pos="{_TEXT_WIDTH}"/></w:tabs>',
        follows="footer",
    ),
)  # fmt: skip


def styles_part(language: str, more: tuple[TextStyle, ...] = ()) -> str:
    """Return `word/styles.xml` for a document in `language` (`nl` or `en`), with `more` paragraph styles."""
    culture = _CULTURES[language]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{WORD}">'
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Arial"/>'
        f'<w:color w:val="{colour("ink")}"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{culture}" w:eastAsia="{culture}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:suppressAutoHyphens/><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr>'
        "</w:style>"
        + "".join(_paragraph_style(style) for style in (*STYLES, *more))
        + _CHARACTER_STYLES
        + _TABLE_STYLES
        + "</w:styles>"
    )


def _paragraph_style(style: TextStyle) -> str:
    spacing = f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"'
    if style.line is not None:
        spacing += f' w:line="{round(style.line * 240)}" w:lineRule="auto"'
    spacing += "/>"
    before_spacing, after_spacing = _split(style.extra)
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on.title().replace(" ", "")}"/>'
        f'<w:next w:val="{style.follows.title().replace(" ", "")}"/><w:qFormat/><w:pPr>'
        + ("<w:keepNext/><w:keepLines/>" if style.keeps_with_next else "")
        + ("<w:pageBreakBefore/>" if style.starts_a_page else "")
        + before_spacing
        + ('<w:suppressAutoHyphens w:val="0"/>' if style.hyphenates else "")
        + spacing
        + after_spacing
        + (f'<w:outlineLvl w:val="{style.level}"/>' if style.level is not None else "")
        + "</w:pPr><w:rPr>"
        + ("<w:b/><w:bCs/>" if style.is_bold else "")
        + (f'<w:color w:val="{colour(style.ink)}"/>' if style.ink else "")
        + (
            f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'
            if style.size
            else ""
        )
        + "</w:rPr></w:style>"
    )


def _split(extra: str) -> tuple[str, str]:
    """Return the extra properties that the schema wants before the spacing, and those after it."""
    for late in ("<w:ind ", "<w:jc "):
        if late in extra:
            start = extra.index(late)
            return extra[:start], extra[start:]
    return extra, ""


_CHARACTER_STYLES = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
    "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:rPr><w:color w:val="{colour("accent")}"/><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Fingerprint"><w:name w:val="Fingerprint"/>'
    '<w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:noProof/>'
    '<w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>'
)


def _borders(sides: tuple[str, ...], ink: str) -> str:
    return (
        "<w:tblBorders>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{colour(ink)}"/>' for side in sides
        )
        + "</w:tblBorders>"
    )


_CELL_MARGINS = (
    '<w:tblCellMar><w:top w:w="74" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
    '<w:bottom w:w="74" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
)
_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="Lined"><w:name w:val="Lined"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
    f"<w:tblPr>{_borders(('top', 'left', 'bottom', 'right', 'insideH', 'insideV'), 'line')}"
    + _CELL_MARGINS.format(side=108)
    + '</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT[1:]}"/></w:tcPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Plain"><w:name w:val="Plain"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
    f"<w:tblPr>{_borders(('bottom', 'insideH'), 'hair')}"
    + _CELL_MARGINS.format(side=60)
    + "</w:tblPr></w:style>"
)
