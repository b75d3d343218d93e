"""The theme and the fonts of a document: what Word offers beside a colour or a font that somebody wants to change."""

from exports.word.styles import Colours, colour

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FONT = (
    '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface="Arial"/>'
    '<a:font script="Arab" typeface="Arial"/><a:font script="Hebr" typeface="Arial"/>'
    '<a:font script="Ethi" typeface="Ebrima"/>'
)
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
# A theme names three of each, from quiet to loud; ours are all quiet.
_LINES = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in (6350, 12700, 19050))
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_part(colours: Colours) -> str:
    """Return `word/theme/theme1.xml` with an alliance's colours, and ours for votes."""
    # In the order of the schema: two inks and two grounds, six accents, links that were and were not followed.
    scheme = {
        "dk1": colour("ink"),
        "lt1": colour("paper"),
        "dk2": colours.accent,
        "lt2": colour("ground"),
        "accent1": colours.accent,
        "accent2": colour("agree"),
        "accent3": colour("concern"),
        "accent4": colour("object"),
        "accent5": colour("neutral"),
        "accent6": colours.tint,
        "hlink": colours.accent,
        "folHlink": colour("ink-2"),
    }
    return (
        f'{_HEAD}<a:theme xmlns:a="{_DRAWING}" name="Handslag"><a:themeElements><a:clrScheme name="Handslag">'
        + "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in scheme.items())
        + f'</a:clrScheme><a:fontScheme name="Handslag"><a:majorFont>{_FONT}</a:majorFont>'
        f"<a:minorFont>{_FONT}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Handslag"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINES}'
        f"</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


# The other name is the font of the same widths that stands in where there is no Calibri.
_FONTS = (
    ("Calibri", "Carlito", "swiss", "variable"),
    ("Consolas", "Liberation Mono", "modern", "fixed"),
    ("Ebrima", "Noto Sans Ethiopic", "swiss", "variable"),
    ("Arial", "Liberation Sans", "swiss", "variable"),
)
FONT_TABLE = (
    f'{_HEAD}<w:fonts xmlns:w="{_WORD}">'
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/>'
        f'<w:pitch w:val="{pitch}"/></w:font>'
        for name, other, family, pitch in _FONTS
    )
    + "</w:fonts>"
)
