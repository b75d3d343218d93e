"""The styles of the document as one lean part. Sizes and colours are those of the paper in the design.

Fonts and colours are those of the theme, so that Word's *Design* restyles a document; each colour stands beside it as
well, for programs that know no themes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exports.accent import DEFAULT_ACCENT, corrected
from exports.drawings import PAPER_COLOURS

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CULTURES = {"nl": "nl-NL", "en": "en-GB"}
# What becomes the alliance's own colours when the styles are written.
_ACCENT, _TINT = "@accent@", "@tint@"
_IN_THEME = {"accent": 'w:themeColor="accent1"', "ink": 'w:themeColor="text1"'}
_TINT_IN_THEME = 'w:themeFill="accent1" w:themeFillTint="33"'


@dataclass(frozen=True)
class Colours:
    """The colours of an alliance on paper, six digits each: of headings, and of the ground behind heads of tables."""

    accent: str
    tint: str


def colours_of(accent: str | None) -> Colours:
    """Return the colours on paper of an alliance with this colour (`#RRGGBB`), ours when None."""
    if accent is None or accent == DEFAULT_ACCENT:
        return Colours(colour("accent"), "DCEAE1")
    own = corrected(accent)
    return Colours(own.accent.removeprefix("#"), own.tint.removeprefix("#"))


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
    is_heading: bool = False
    extra: str = ""
    follows: str = "Normal"

    @property
    def id(self) -> str:
        """The name by which paragraphs refer to it."""
        return self.name.title().replace(" ", "")


def _edge(side: str, width: int, space: int, ink: str) -> str:
    shown = f'w:color="{_ACCENT}" {_IN_THEME["accent"]}' if ink == "accent" else f'w:color="{colour(ink)}"'
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="{space}" {shown}/>'


def _left_bar(width: int, space: int) -> str:
    return f"<w:pBdr>{_edge('left', width, space, 'accent')}</w:pBdr>"


_TEXT_WIDTH = 9241
BULLETS = '<w:numPr><w:numId w:val="1"/></w:numPr>'
_TINTED = f'<w:shd w:val="clear" w:color="auto" w:fill="{_TINT}" {_TINT_IN_THEME}/>'
STYLES = (
    TextStyle(
        "Title", size=34, is_bold=True, is_heading=True, ink="accent", before=40, after=4, line=0.9,
        follows="Subtitle",
    ),
    TextStyle("Title Long", "Title", size=21, is_bold=True, before=18, after=4, line=0.95, follows="Subtitle"),
    TextStyle("Subtitle", size=15, ink="ink", after=12, line=1.05),
    TextStyle(
        "heading 1", size=21, is_bold=True, is_heading=True, ink="accent", before=22, after=6, line=0.95, level=0,
        keeps_with_next=True,
    ),
    TextStyle(
        "heading 2", size=14, is_bold=True, is_heading=True, ink="accent", before=15, after=4, line=1, level=1,
        keeps_with_next=True,
    ),
    TextStyle(
        "heading 3", size=11.5, is_bold=True, is_heading=True, ink="ink", before=8, after=2, line=1, level=2,
        keeps_with_next=True,
    ),
    TextStyle("Lead", size=14, after=9, line=1.1),
    TextStyle(
        "Quote", size=13, is_bold=True, before=2, after=7, line=1.05,
        extra=f'{_left_bar(24, 12)}<w:ind w:left="284"/>',
    ),
    TextStyle(
        "Words", before=2, after=4, line=1.05, extra=f'{_left_bar(12, 10)}<w:ind w:left="227"/>',
        follows="Words",
    ),
    TextStyle(
        "State", size=12, before=2, after=14, line=1.05,
        extra=(
            f"<w:pBdr>{_edge('left', 24, 10, 'accent')}</w:pBdr>{_TINTED}<w:ind w:left=\"255\"/>"
        ),
    ),
    TextStyle("List Bullet", after=3, extra=BULLETS, follows="List Bullet"),
    TextStyle("caption", size=10, is_bold=True, ink="ink-2", before=7, after=3, keeps_with_next=True),
    TextStyle("Small", size=9.5, ink="ink-2", before=3, after=4),
    TextStyle("Table Text", size=10, line=1.05, hyphenates=True, follows="Table Text"),
    TextStyle("Table Heading", "Table Text", is_bold=True, follows="Table Text"),
    TextStyle("Table Strong", "Table Text", is_bold=True, follows="Table Text"),
    TextStyle("Table Small", "Table Text", size=9, ink="ink-2", after=1, follows="Table Text"),
    TextStyle("Table Compact", "Table Text", size=9, line=1, follows="Table Compact"),
    TextStyle("Bar", before=2.5, after=0.5, extra='<w:spacing w:line="170" w:lineRule="exact"/>', follows="Bar"),
    TextStyle("Control Word", size=13, is_bold=True, line=1, extra='<w:jc w:val="center"/>'),
    TextStyle(
        "Brand", size=14, before=12, ink="accent",
        extra=f'<w:tabs><w:tab w:val="right" w:pos="{_TEXT_WIDTH}"/></w:tabs>',
    ),
    TextStyle("Parts", is_bold=True, before=14, after=3, keeps_with_next=True, follows="Part Line"),
    TextStyle(
        "Part Line", after=2, line=1,
        extra=f'<w:tabs><w:tab w:val="right" w:pos="{_TEXT_WIDTH}"/></w:tabs>', follows="Part Line",
    ),
    TextStyle("Typed Name", "Table Text", size=13),
    TextStyle("Band", size=1, line=0.5),
    TextStyle("header", size=9.5, ink="ink-2", extra='<w:jc w:val="right"/>', follows="header"),
    TextStyle(
        "footer", size=9.5, ink="ink-2",
        extra=(
            f"<w:pBdr>{_edge('top', 6, 5, 'line')}</w:pBdr>"
            f'<w:tabs><w:tab w:val="right" w:pos="{_TEXT_WIDTH}"/></w:tabs>'
        ),
        follows="footer",
    ),
)  # fmt: skip


class Looks:
    """The styles that a document has: by which id each goes, and how one turns for a text that starts at the right.

    `bullet` stands before what is listed where a template has no list of its own.
    """

    bar_edge = colour("ink")

    def __init__(
        self,
        more: Iterable[TextStyle] = (),
        *,
        ids: Mapping[str, str] | None = None,
        colours: Colours | None = None,
        bullet: str = "",
    ) -> None:
        own = (*STYLES, *more)
        self.colours = colours or colours_of(None)
        self.bullet = bullet
        self._ids = {style.name: style.id for style in own} | dict(ids or {})
        self._barred = {style.name: style.extra for style in own if "<w:left " in style.extra}

    def id_of(self, name: str) -> str:
        """Return the id of the style with this name, a character's or a table's too."""
        return self._ids.get(name, name.title().replace(" ", ""))

    def turned(self, name: str) -> str:
        """Return the properties of a paragraph in this style that starts at the right: its bar is at the right too."""
        if name not in self._barred:
            return "<w:bidi/>"
        bar = self._barred[name].partition("<w:left ")[2].partition("/>")[0]
        shown = bar.replace(_ACCENT, self.colours.accent)
        return f'<w:pBdr><w:left w:val="nil"/><w:right {shown}/></w:pBdr><w:bidi/>'


def styles_part(language: str, more: tuple[TextStyle, ...] = (), colours: Colours | None = None) -> str:
    """Return `word/styles.xml` for a document in `language` (`nl` or `en`), with `more` paragraph styles."""
    culture = _CULTURES[language]
    return _coloured(
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{WORD}">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS['minor']}{_colour_of('ink')}"
        '<w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{culture}" w:eastAsia="{culture}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>" + "".join(style_elements(more).values()) + "</w:styles>",
        colours or colours_of(None),
    )


def style_elements(more: tuple[TextStyle, ...] = (), colours: Colours | None = None) -> dict[str, str]:
    """Return each of our styles as XML without a namespace of its own, by its name."""
    found = {
        "Normal": (
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
            '<w:pPr><w:suppressAutoHyphens/><w:spacing w:after="100" w:line="264" w:lineRule="auto"/></w:pPr>'
            "</w:style>"
        )
    }
    found |= {style.name: _paragraph_style(style) for style in (*STYLES, *more)}
    found |= _CHARACTER_STYLES | _TABLE_STYLES
    if colours is None:
        return found
    return {name: _coloured(element, colours) for name, element in found.items()}


def _coloured(xml: str, colours: Colours) -> str:
    return xml.replace(_ACCENT, colours.accent).replace(_TINT, colours.tint)


_FONTS = {
    name: (
        f'<w:rFonts w:asciiTheme="{name}HAnsi" w:eastAsiaTheme="{name}EastAsia" w:hAnsiTheme="{name}HAnsi" '
        f'w:cstheme="{name}Bidi"/>'
    )
    for name in ("major", "minor")
}


def _colour_of(ink: str) -> str:
    shown = _ACCENT if ink == "accent" else colour(ink)
    return (
        f'<w:color w:val="{shown}" {_IN_THEME[ink]}/>' if ink in _IN_THEME else f'<w:color w:val="{shown}"/>'
    )


def _paragraph_style(style: TextStyle) -> str:
    spacing = f'w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"'
    if style.line is not None:
        spacing += f' w:line="{round(style.line * 240)}" w:lineRule="auto"'
    before_spacing, after_spacing = _split(style.extra)
    if after_spacing.startswith("<w:spacing "):
        own, _end, after_spacing = after_spacing.removeprefix("<w:spacing ").partition("/>")
        spacing += f" {own}"
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on.title().replace(" ", "")}"/>'
        f'<w:next w:val="{style.follows.title().replace(" ", "")}"/><w:qFormat/><w:pPr>'
        + ("<w:keepNext/><w:keepLines/>" if style.keeps_with_next else "")
        + ("<w:pageBreakBefore/>" if style.starts_a_page else "")
        + before_spacing
        + ('<w:suppressAutoHyphens w:val="0"/>' if style.hyphenates else "")
        + f"<w:spacing {spacing}/>"
        + after_spacing
        + (f'<w:outlineLvl w:val="{style.level}"/>' if style.level is not None else "")
        + "</w:pPr><w:rPr>"
        + (_FONTS["major"] if style.is_heading else "")
        + ("<w:b/><w:bCs/>" if style.is_bold else "")
        + (_colour_of(style.ink) if style.ink else "")
        + (
            f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'
            if style.size
            else ""
        )
        + "</w:rPr></w:style>"
    )


def _split(extra: str) -> tuple[str, str]:
    """Return the extra properties that the schema wants before the spacing, and those from the spacing on."""
    for late in ("<w:spacing ", "<w:ind ", "<w:jc "):
        if late in extra:
            start = extra.index(late)
            return extra[:start], extra[start:]
    return extra, ""


_CHARACTER_STYLES = {
    "Default Paragraph Font": (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    ),
    "Strong": (
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
    ),
    "Hyperlink": (
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f'<w:rPr>{_colour_of("accent")}<w:u w:val="single"/></w:rPr></w:style>'
    ),
    "Compact": (
        '<w:style w:type="character" w:styleId="Compact"><w:name w:val="Compact"/>'
        '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
    ),
    "Fingerprint": (
        '<w:style w:type="character" w:styleId="Fingerprint"><w:name w:val="Fingerprint"/>'
        '<w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:noProof/>'
        '<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
    ),
}


def _borders(sides: tuple[str, ...], ink: str) -> str:
    return (
        "<w:tblBorders>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{colour(ink)}"/>' for side in sides
        )
        + "</w:tblBorders>"
    )


_CELL_MARGINS = (
    '<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
    '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
)
CELL_SIDE = 108 * 25.4 / 1440
_TABLE_STYLES = {
    "Normal Table": (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    ),
    "Lined": (
        '<w:style w:type="table" w:styleId="Lined"><w:name w:val="Lined"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr>{_borders(('top', 'left', 'bottom', 'right', 'insideH', 'insideV'), 'line')}"
        + _CELL_MARGINS.format(side=108)
        + f'</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>{_TINTED}</w:tcPr>'
        "</w:tblStylePr></w:style>"
    ),
    "Plain": (
        '<w:style w:type="table" w:styleId="Plain"><w:name w:val="Plain"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr>{_borders(('bottom', 'insideH'), 'hair')}"
        + _CELL_MARGINS.format(side=60)
        + "</w:tblPr></w:style>"
    ),
}
