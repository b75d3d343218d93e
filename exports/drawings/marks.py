"""The marks of votes: shapes that differ without colour, and one of them for every person."""

from collections.abc import Iterable
from math import ceil

from exports.drawings.bars import mark_bar
from exports.drawings.looks import FILLS, LOOKS, NO_DOTS
from exports.drawings.svg import coordinate, svg
from models.voting.methods.method import Mark

MARKS_UP_TO = 100
DOTS_UP_TO = 200
DOTS_IN_A_ROW = 40


def choice_symbol(look: str, size: int = 24, *, label: str | None = None) -> str:
    """Return the shape of a mark: circle (agree, dots), square with dots (neutral), triangle, diamond.

    Raises `ValueError` for what is no mark.
    """
    return svg(
        _alone(look, size),
        view=f"0 0 {size} {size}",
        size=(str(size), str(size)),
        label=label,
        attributes=f' class="symbol {look.replace(" ", "-")}"',
    )


def choice_symbol_once(look: str, name: str, size: int = 30) -> str:
    """Return the shape of a mark as a symbol with this id, to be shown by `use` wherever it stands on a page.

    Raises `ValueError` for what is no mark.
    """
    return f'<symbol id="{name}" viewBox="0 0 {size} {size}">{_alone(look, size)}</symbol>'


def _alone(look: str, size: int) -> str:
    stroke = max(1.3, size * 0.065)
    pitch = (size - stroke) / 0.85
    return _marks_group(look, [_shape(look, size / 2, size / 2, pitch)], stroke)


def consent_lane(
    look: str, count: int, *, total: int, mark: int = 59, columns: int = 20, label: str | None = None
) -> str:
    """Return the lane of one kind of vote: `count` equal marks, or one bar when `total` is above 100.

    `mark` is the side of one mark's square in pixels, `columns` the marks in a row. A lane is always `columns`
    marks wide, so that lanes below each other share one scale.
    """
    if total > MARKS_UP_TO:
        return mark_bar(look, count, total=total, width=columns * mark, height=mark, label=label)
    shapes = (
        _shape(look, (place % columns + 0.5) * mark, (place // columns + 0.5) * mark, mark)
        for place in range(count)
    )
    width, height = columns * mark, max(1, ceil(count / columns)) * mark
    return svg(
        _marks_group(look, shapes, max(1.3, mark * 0.05)),
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=f' class="marks {look}"',
    )


def dots_lane(
    dots: int, *, most: int, mark: int = 40, columns: int = DOTS_IN_A_ROW, label: str | None = None
) -> str:
    """Return every dot as a circle, `columns` in a row; a bar when `most`, the longest beside it, is above 200.

    `mark` is the side of one circle's square in pixels. All circles are one dashed line, so that a phone reads little.
    """
    if most > DOTS_UP_TO:
        return mark_bar(Mark.DOT, dots, total=most, width=columns * mark, height=mark, label=label)
    rows = max(1, ceil(dots / columns))
    path = ""
    for row in range(ceil(dots / columns)):
        length = (min(columns, dots - row * columns) - 1) * mark
        path += f"M{coordinate(mark / 2)} {coordinate((row + 0.5) * mark)}h{coordinate(length + 0.01)}"
    body = (
        f'<path d="{path}" fill="none" stroke="var(--accent)" stroke-width="{coordinate(mark * 0.7)}" '
        f'stroke-linecap="round" stroke-dasharray="0.01 {coordinate(mark - 0.01)}"/>'
        if path
        else ""
    )
    width, height = columns * mark, rows * mark
    return svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="dots"',
    )


def _shape(look: str, x: float, y: float, pitch: float) -> str:
    """Return one mark around (x, y) in a square of `pitch`, without colours. They look equally heavy."""
    if look in (Mark.AGREE, Mark.DOT, NO_DOTS):
        return f'<circle cx="{coordinate(x)}" cy="{coordinate(y)}" r="{coordinate(pitch * 0.343)}"/>'
    if look == Mark.CONCERN:
        half, top, bottom = pitch * 0.397, y - pitch * 0.381, y + pitch * 0.328
        return (
            f'<path d="M{coordinate(x)} {coordinate(top)}L{coordinate(x + half)} {coordinate(bottom)}'
            f'H{coordinate(x - half)}Z"/>'
        )
    if look == Mark.OBJECTION:
        half = pitch * 0.4195
        return (
            f'<path d="M{coordinate(x)} {coordinate(y - half)}L{coordinate(x + half)} {coordinate(y)}'
            f'L{coordinate(x)} {coordinate(y + half)}L{coordinate(x - half)} {coordinate(y)}Z"/>'
        )
    if look == Mark.NEUTRAL:
        return _dotted_square(x, y, pitch * 0.315)
    raise ValueError(f"not a mark: {look!r}; expected one of {', '.join(LOOKS)}")


def _dotted_square(x: float, y: float, half: float) -> str:
    points = "".join(
        f"M{coordinate(x + side * half * 0.42)} {coordinate(y + above * half * 0.42)}h0.01"
        for side in (-1, 1)
        for above in (-1, 1)
    )
    return (
        f'<path d="M{coordinate(x - half)} {coordinate(y - half)}h{coordinate(2 * half)}'
        f'v{coordinate(2 * half)}h-{coordinate(2 * half)}Z"/>'
        f'<path d="{points}" stroke-linecap="round" stroke-width="{coordinate(half * 0.4)}"/>'
    )


def _marks_group(look: str, shapes: Iterable[str], stroke: float) -> str:
    return (
        f'<g class="{look.replace(" ", "-")}" fill="{FILLS[look]}" stroke="var(--edge)" '
        f'stroke-width="{coordinate(stroke)}" stroke-linejoin="round">{"".join(shapes)}</g>'
    )
