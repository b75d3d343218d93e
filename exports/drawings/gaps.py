"""The picture of a startfoto, drawn: where each row of people stands, how far apart, and what changed since."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, cos, pi, sin

from exports.drawings.sides import mark_at
from exports.drawings.svg import coordinate, svg
from models.basics.words import Side
from models.picture.intervals import Interval
from models.picture.picture import PictureTheme, ThemeRow

STRIP_WIDTH, STRIP_HEIGHT = 536, 50
# From 0 to 100 in a strip, with room at its ends for half a mark.
_LEFT, _RIGHT = 14, STRIP_WIDTH - 14
_MIDDLE = STRIP_HEIGHT / 2
PEOPLE_IN_A_ROW = 40
DIFFERENCE_WIDTH, DIFFERENCE_HEIGHT = 520, 46


def gap_strip(
    theme: PictureTheme, marks: Mapping[str, str], *, is_widest: bool = False, label: str | None = None
) -> str:
    """Return a theme as a line from nobody to everybody: a band from the lowest row to the highest, each with its mark.

    Only these two have an interval, the highest above the band and the lowest below, so that marks stay readable. The
    municipality's mark lies on top. `marks` are the names of marks by row.
    """
    parts = [
        f'<path d="M{coordinate(_across(share))} 0V{STRIP_HEIGHT}" stroke="var(--hair)" stroke-width="1.5"/>'
        for share in (0, 0.5, 1)
    ]
    lowest, highest = theme.lowest, theme.highest
    if lowest is not None and highest is not None:
        start, end = _across(float(lowest.share)), _across(float(highest.share))
        ground = "var(--paper)" if is_widest else "var(--tint)"
        parts.append(
            f'<rect x="{coordinate(start)}" y="{coordinate(_MIDDLE - 6)}" width="{coordinate(end - start)}" '
            f'height="12" fill="{ground}" stroke="var(--accent)" stroke-width="1.5"/>'
        )
        parts.append(_whisker(highest.interval, 8))
        if lowest is not highest:
            parts.append(_whisker(lowest.interval, STRIP_HEIGHT - 8))
    shown = sorted(theme.shares, key=lambda row: marks.get(row.key) == Side.MUNICIPALITY)
    parts += [mark_at(marks[row.key], _across(float(row.share)), _MIDDLE) for row in shown]
    return svg(
        "".join(parts),
        view=f"0 0 {STRIP_WIDTH} {STRIP_HEIGHT}",
        size=(str(STRIP_WIDTH), str(STRIP_HEIGHT)),
        label=label,
        attributes=' class="gap-strip"',
    )


def _across(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)


def _whisker(interval: Interval, y: float) -> str:
    low, high = coordinate(_across(interval.low)), coordinate(_across(interval.high))
    ends = "".join(f"M{end} {coordinate(y - 3)}v6" for end in (low, high))
    return (
        f'<path d="{ends}M{low} {coordinate(y)}H{high}" stroke="var(--ink)" stroke-width="1.6" fill="none"/>'
    )


def people_dots(agree: int, people: int, *, size: int = 17, label: str | None = None) -> str:
    """Return every person as a circle, those who agree filled and first, at most 40 in a row. `size` is in pixels."""
    radius, stroke = size * 0.365, max(1.3, size * 0.1)
    circles = "".join(
        f'<circle cx="{coordinate((place % PEOPLE_IN_A_ROW + 0.5) * size)}" '
        f'cy="{coordinate((place // PEOPLE_IN_A_ROW + 0.5) * size)}" r="{coordinate(radius)}" '
        f'fill="var(--{"accent" if place < agree else "paper"})"/>'
        for place in range(people)
    )
    width, height = min(people, PEOPLE_IN_A_ROW) * size, max(1, ceil(people / PEOPLE_IN_A_ROW)) * size
    return svg(
        f'<g stroke="var(--edge)" stroke-width="{coordinate(stroke)}">{circles}</g>',
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="people-dots"',
    )


LINE_WIDTH, LINE_HEIGHT = 1776, 116
_LINE_ENDS = (60, LINE_WIDTH - 60)


def gap_line(theme: PictureTheme, marks: Mapping[str, str], *, label: str | None = None) -> str:
    """Return the same for a room: one line, the lowest and the highest row with the largest marks. No intervals."""
    start, end = _LINE_ENDS
    middle = LINE_HEIGHT / 2
    parts = [
        f'<path d="M{start} {middle:g}H{end}M{start} {middle - 22:g}v44M{end} {middle - 22:g}v44" fill="none" '
        'stroke="var(--line)" stroke-width="5"/>'
    ]
    places = {row.key: start + float(row.share) * (end - start) for row in theme.shares}
    ends = [row for row in (theme.lowest, theme.highest) if row is not None]
    if len(ends) == 2:
        low, high = (places[row.key] for row in ends)
        parts.append(
            f'<rect x="{coordinate(low)}" y="{middle - 24:g}" width="{coordinate(high - low)}" height="48" '
            'fill="var(--tint)" stroke="var(--accent)" stroke-width="4"/>'
        )
    outer = {row.key for row in ends}
    shown = sorted(theme.shares, key=lambda row: (row.key in outer, marks.get(row.key) == Side.MUNICIPALITY))
    parts += [
        mark_at(marks[row.key], places[row.key], middle, 4.4 if row.key in outer else 3.1) for row in shown
    ]
    return svg(
        "".join(parts),
        view=f"0 0 {LINE_WIDTH} {LINE_HEIGHT}",
        size=(str(LINE_WIDTH), str(LINE_HEIGHT)),
        label=label,
        attributes=' class="gap-line"',
    )


RADAR = 260
_REACH = 110


def radar(
    filled: tuple[str, Sequence[ThemeRow]],
    dashed: tuple[str, Sequence[ThemeRow | None]] | None,
    *,
    label: str | None = None,
) -> str:
    """Return a spoke per theme from the middle (nobody) to the rim (everybody), in the order given, clockwise.

    Two shapes at most: a plane, and a dashed line around nothing; each is the name of a mark, and a row per spoke. The
    line is broken at a spoke where its row has no share.
    """
    mark, rows = filled
    spokes = len(rows)
    web = [
        f'<path d="M{"L".join(_corner(place, spokes, ring / 4) for place in range(spokes))}Z"/>'
        for ring in range(1, 5)
    ]
    web += [f'<path d="M{RADAR // 2} {RADAR // 2}L{_corner(place, spokes, 1)}"/>' for place in range(spokes)]
    parts = [f'<g fill="none" stroke="var(--hair)" stroke-width="1.5">{"".join(web)}</g>']
    if dashed is not None:
        parts.append(
            f'<path d="{_line_around(dashed[1])}" fill="none" stroke="var(--ink)" stroke-width="2" '
            'stroke-dasharray="6 4"/>'
        )
    parts.append(
        f'<path d="{_around(rows)}" fill="var(--heat-2)" fill-opacity=".75" stroke="var(--ink)" stroke-width="3" '
        'stroke-linejoin="round"/>'
    )
    for name, own in [(mark, rows), *([dashed] if dashed is not None else [])]:
        for place, row in enumerate(own):
            if row is not None:
                x, y = _place(place, spokes, float(row.share))
                parts.append(mark_at(name, x, y, 0.7))
    return svg(
        "".join(parts),
        view=f"0 0 {RADAR} {RADAR}",
        size=(str(RADAR), str(RADAR)),
        label=label,
        attributes=' class="radar"',
    )


def spoke_end(place: int, spokes: int, beyond: float = 1.16) -> tuple[float, float]:
    """Return where the name of a spoke stands, as parts (0 to 1) of the radar's width and height."""
    x, y = _place(place, spokes, beyond)
    return x / RADAR, y / RADAR


def _around(rows: Sequence[ThemeRow]) -> str:
    corners = [_corner(place, len(rows), float(row.share)) for place, row in enumerate(rows)]
    return f"M{'L'.join(corners)}Z"


def _line_around(rows: Sequence[ThemeRow | None]) -> str:
    """Return a line from each spoke to the next one, but not from or to a spoke without a share."""
    shown = [row for row in rows if row is not None]
    if len(shown) == len(rows):
        return _around(shown)
    parts = []
    for place, row in enumerate(rows):
        following = (place + 1) % len(rows)
        after = rows[following]
        if row is not None and after is not None:
            start = _corner(place, len(rows), float(row.share))
            parts.append(f"M{start}L{_corner(following, len(rows), float(after.share))}")
    return "".join(parts)


def _corner(place: int, spokes: int, share: float) -> str:
    x, y = _place(place, spokes, share)
    return f"{coordinate(x)} {coordinate(y)}"


def _place(place: int, spokes: int, share: float) -> tuple[float, float]:
    angle = 2 * pi * place / spokes
    return RADAR / 2 + share * _REACH * sin(angle), RADAR / 2 - share * _REACH * cos(angle)


def one_reach(intervals: Iterable[Interval | None]) -> float:
    """Return where strips beside each other end, so that the same difference is as long on each of them."""
    return max([0.3, *(abs(end) for one in intervals if one is not None for end in (one.low, one.high))])


def difference_strip(difference: float, interval: Interval, *, reach: float, label: str | None = None) -> str:
    """Return a difference (-1 to 1) with its interval around a line at zero; `reach` is where the strip ends.

    A filled circle and a striped bar where zero lies outside the interval, else a hollow circle.
    """
    zero, middle = DIFFERENCE_WIDTH / 2, DIFFERENCE_HEIGHT / 2

    def across(value: float) -> float:
        return zero + max(-1.0, min(1.0, value / reach)) * (zero - 12)

    low, high, point = across(interval.low), across(interval.high), across(difference)
    parts = [f'<path d="M{zero:g} 0V{DIFFERENCE_HEIGHT}" stroke="var(--ink)" stroke-width="2"/>']
    if interval.excludes_zero:
        start, end = sorted((zero, point))
        parts.append(
            f'<rect x="{coordinate(start)}" y="14" width="{coordinate(end - start)}" height="18" fill="var(--tint)" '
            'stroke="var(--edge)" stroke-width="1.5"/>'
        )
        parts.append(_stripes(start, end))
    ends = "".join(f"M{coordinate(end)} 15v16" for end in (low, high))
    parts.append(
        f'<path d="{ends}M{coordinate(low)} {middle:g}H{coordinate(high)}" stroke="var(--ink)" stroke-width="2.4" '
        'fill="none"/>'
    )
    parts.append(
        f'<circle cx="{coordinate(point)}" cy="{middle:g}" r="8.5" '
        f'fill="var(--{"ink" if interval.excludes_zero else "paper"})" stroke="var(--ink)" stroke-width="2.4"/>'
    )
    return svg(
        "".join(parts),
        view=f"0 0 {DIFFERENCE_WIDTH} {DIFFERENCE_HEIGHT}",
        size=(str(DIFFERENCE_WIDTH), str(DIFFERENCE_HEIGHT)),
        label=label,
        attributes=' class="difference-strip"',
    )


def _stripes(start: float, end: float) -> str:
    """Return slanting lines in a bar from 14 to 32 high; they stop at its edges."""
    lines = []
    left = start - 18
    while left < end:
        # A line rises from (left, 32) to (left + 18, 14).
        first, last = max(left, start), min(left + 18, end)
        if first < last:
            below, above = (coordinate(32 - (end - left)) for end in (first, last))
            lines.append(f"M{coordinate(first)} {below}L{coordinate(last)} {above}")
        left += 12.7
    return f'<path d="{"".join(lines)}" stroke="var(--accent)" stroke-width="2.2" fill="none"/>'
