"""A paragraph as XML: its style, its direction, what keeps it with the next one, and what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.word.pictures import Picture, Pictures
from exports.word.styles import Looks
from exports.word.text import Run, printable, run_xml, runs_right_to_left

Inline = str | Run | Picture
# Beside a picture stands the word that it goes with.
_BESIDE = "\u00a0\u00a0"


@dataclass(frozen=True)
class Bar:
    """A bar of so many millimetres in a column of `of` millimetres: a ground of six digits, with an edge around it."""

    length: float
    of: float
    ground: str


def paragraph_xml(
    inlines: Sequence[Inline],
    style: str,
    looks: Looks,
    pictures: Pictures,
    *,
    keeps: bool = False,
    starts_a_page: bool = False,
    mark: str = "",
    number: int = 0,
    before: int = 0,
) -> str:
    """Return a paragraph. `style` is the name of a paragraph style; one that `keeps` is on a page with the next one.

    It starts at the right where its first letter does. `mark` is a name by which links find it, `number` the bookmark's
    own number in the document, `before` more room above it (in twentieths of a point).
    """
    text = next((printable(_said(each)) for each in inlines if _said(each).strip()), "")
    is_right = runs_right_to_left(text)
    properties = f'<w:pStyle w:val="{looks.id_of(style)}"/>' if style != "Normal" else ""
    if keeps:
        properties += "<w:keepNext/>"
    if starts_a_page:
        properties += "<w:pageBreakBefore/>"
    if is_right:
        properties += looks.turned(style)
    if before:
        properties += f'<w:spacing w:before="{before}"/>'
    shown = []
    for each in inlines:
        if isinstance(each, Picture):
            shown.append(pictures.run_xml(each))
            continue
        shown.append(run_xml(Run(each) if isinstance(each, str) else each, starts_at_right=is_right))
    inside = "".join(shown)
    if mark:
        inside = f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def bar_xml(bar: Bar, looks: Looks, *, keeps: bool) -> str:
    """Return a bar: an empty paragraph with a ground and an edge, indented by what it is shorter than its column."""
    rest = round((bar.of - bar.length) * 1440 / 25.4)
    kept = "<w:keepNext/>" if keeps else ""
    edge = looks.bar_edge
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{looks.id_of("Bar")}"/>{kept}<w:pBdr>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{edge}"/>'
            for side in ("top", "left", "bottom", "right")
        )
        + f'</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{bar.ground}"/><w:ind w:right="{rest}"/></w:pPr></w:p>'
    )


def beside(picture: Picture, text: str) -> tuple[Inline, ...]:
    """Return a picture with the word that it goes with."""
    return picture, _BESIDE, text


def _said(inline: Inline) -> str:
    if isinstance(inline, str):
        return inline
    return inline.text if isinstance(inline, Run) else ""
