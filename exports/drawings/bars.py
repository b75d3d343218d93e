"""Bars with the pattern of a mark: solid, dotted, striped one way or the other, or hollow."""

from collections.abc import Mapping, Sequence
from math import sqrt

from exports.drawings.looks import FILLS, LOOKS
from exports.drawings.svg import coordinate, stroke_of, svg
from models.voting.methods.method import Mark


def mark_bar(look: str, count: int, *, total: int, width: int, height: int, label: str | None = None) -> str:
    """Return one bar with a mark's pattern; `total` would fill the width. No votes, no bar.

    Bars of the choices of one result share their scale when `total` is the longest of them, or all votes.
    """
    stroke = stroke_of(height)
    body = _segment(look, 0, _bar_length(count, total, width, stroke), height, stroke) if count else ""
    return svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=f' class="bars {look}"',
    )


def row_bar(
    counts: Mapping[str, int], *, width: int = 1060, height: int = 70, label: str | None = None
) -> str:
    """Return a group's votes as one bar of full length, divided by share; `counts` is by mark.

    What somebody chose is never narrower than three outlines, so that one vote among many is seen.
    """
    stroke = stroke_of(height)
    gap = max(1.0, stroke * 0.8)
    chosen = [(look, counts[look]) for look in LOOKS if counts.get(look, 0)]
    room = width - gap * (len(chosen) - 1)
    widths = _shares([count for _, count in chosen], room, least=3 * stroke)
    body, left = "", 0.0
    for (look, _), length in zip(chosen, widths, strict=True):
        body += _segment(look, left, length, height, stroke)
        left += length + gap
    if not chosen:
        half = stroke / 2
        body = (
            f'<rect x="{coordinate(half)}" y="{coordinate(half)}" width="{coordinate(width - stroke)}" '
            f'height="{coordinate(height - stroke)}" rx="3" fill="none" stroke="var(--line)" '
            f'stroke-width="{coordinate(stroke)}"/>'
        )
    return svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="row-bar" preserveAspectRatio="xMinYMid meet"',
    )


def _bar_length(count: int, total: int, width: float, stroke: float) -> float:
    return max(3 * stroke, width * count / total)


def _segment(look: str, left: float, length: float, height: float, stroke: float) -> str:
    """Return a rectangle in a mark's colour and pattern, its outline inside `left` … `left + length`."""
    half = stroke / 2
    box = (
        f'x="{coordinate(left + half)}" y="{coordinate(half)}" width="{coordinate(length - stroke)}" '
        f'height="{coordinate(height - stroke)}" rx="{coordinate(min(3.0, stroke))}"'
    )
    pattern = _pattern(look, (left + half, half, left + length - half, height - half), max(0.5, height / 70))
    name, outline = look.replace(" ", "-"), f'stroke="var(--edge)" stroke-width="{coordinate(stroke)}"'
    if not pattern:
        return f'<g class="{name}"><rect {box} fill="{FILLS[look]}" {outline}/></g>'
    return f'<g class="{name}"><rect {box} fill="{FILLS[look]}"/>{pattern}<rect {box} fill="none" {outline}/></g>'


def _pattern(look: str, frame: tuple[float, float, float, float], scale: float) -> str:
    if look == Mark.CONCERN:
        colour = "var(--stripe, var(--edge))"
        return _stripes(frame, period=12 * scale, thick=3 * scale, colour=colour, rises=True)
    if look == Mark.OBJECTION:
        return _stripes(frame, period=11 * scale, thick=2.5 * scale, colour="var(--paper)", rises=False)
    return _points(frame, period=14 * scale, thick=5 * scale) if look == Mark.NEUTRAL else ""


def _points(frame: tuple[float, float, float, float], *, period: float, thick: float) -> str:
    """Return dots inside the frame (left, top, right, bottom): lines whose dashes are nothing but round ends."""
    left, top, right, bottom = frame
    rows = max(1, int((bottom - top) / period))
    start, end = left + min(period, right - left) / 2, right - thick / 2
    heights = [coordinate(top + (row + 0.5) * (bottom - top) / rows) for row in range(rows)]
    path = "".join(
        f"M{coordinate(start)} {height}L{coordinate(max(end, start + 0.01))} {height}" for height in heights
    )
    return (
        f'<path d="{path}" fill="none" stroke="var(--edge)" stroke-width="{coordinate(thick)}" '
        f'stroke-linecap="round" stroke-dasharray="0.01 {coordinate(period)}"/>'
    )


def _stripes(
    frame: tuple[float, float, float, float], *, period: float, thick: float, colour: str, rises: bool
) -> str:
    """Return diagonal lines cut off at the frame (left, top, right, bottom), `period` apart."""
    left, top, right, bottom = frame
    step = period * sqrt(2)
    path, start = "", left + step / 2
    while start < right + (bottom - top):
        # The line runs from (start, top) down to the left until the bottom; what sticks out at the sides is cut.
        x1, y1 = min(start, right), top + max(0.0, start - right)
        x2 = max(left, start - (bottom - top))
        y2 = top + (start - x2)
        if not rises:
            x1, x2 = left + right - x1, left + right - x2
        if y2 - y1 > thick / 2:
            path += f"M{coordinate(x1)} {coordinate(y1)}L{coordinate(x2)} {coordinate(y2)}"
        start += step
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{coordinate(thick)}"/>' if path else ""
    )


def _shares(counts: Sequence[int], room: float, *, least: float) -> list[float]:
    """Divide `room` by the counts, none below `least`; the wider ones give what the narrow ones lack."""
    narrow: set[int] = set()
    while len(narrow) < len(counts):
        rest = room - least * len(narrow)
        weight = sum(count for place, count in enumerate(counts) if place not in narrow)
        # Who gives may become too narrow by it.
        became = {
            place
            for place, count in enumerate(counts)
            if place not in narrow and count * rest / weight < least
        }
        if not became:
            return [least if place in narrow else count * rest / weight for place, count in enumerate(counts)]
        narrow |= became
    return [room / len(counts) for _ in counts]
