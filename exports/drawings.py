"""Drawings for projector, phone and paper: pure functions on plain values that return SVG text.

Colours are CSS variables (`var(--agree)`), so one drawing follows light, dark and an alliance's accent;
`on_paper` writes out the light colours where no style sheet reads along. There is no `style` attribute, which the
phones' security policy forbids, and no `id`, so that any number of drawings can stand on one page: stripes are
drawn as lines instead of through a shared pattern.

A drawing with a `label` is an image with that text alternative. Without one it is hidden from screen readers, and
the text beside it has to say the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import ceil, sqrt

import segno

from exports.icons import ICON_PATHS

CHOICES = ("agree", "concern", "objection")
MARKS_UP_TO = 100
SIGNATURE_BOX = (600, 200)
PAPER_COLOURS = {
    "ground": "#F1F4EF",
    "paper": "#FFFFFF",
    "ink": "#12241D",
    "ink-2": "#3B4A43",
    "line": "#74827A",
    "hair": "#D3DAD3",
    "accent": "#17513F",
    "brick": "#E8BFA6",
    "band-a": "#17513F",
    "agree": "#2F7BC2",
    "concern": "#F2BE3C",
    "object": "#7D1A1E",
    "edge": "#12241D",
}
_FILLS = {"agree": "var(--agree)", "concern": "var(--concern)", "objection": "var(--object)"}
_QR_DARK = "#12241D"


def on_paper(drawing: str) -> str:
    """Return `drawing` with the light colours written out, for readers without style sheets (resvg, Word)."""
    plain = re.sub(r"var\(--[a-z]+, (var\(--[a-z0-9-]+\))\)", r"\1", drawing)
    filled = re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: PAPER_COLOURS[found[1]], plain)
    return filled.replace("currentColor", PAPER_COLOURS["accent"])


def icon(name: str, *, label: str | None = None) -> str:
    """Return an icon in the colour and about the size of the text around it. KeyError for an unknown name."""
    return _svg(
        f'<path d="{ICON_PATHS[name]}"/>',
        view="0 -960 960 960",
        size=("1.25em", "1.25em"),
        label=label,
        attributes=' class="i" fill="currentColor"',
    )


def mark_svg(*, label: str | None = None, is_two_coloured: bool = False) -> str:
    """Return the mark of Handslag; the right half in brick only where it stands on the bar."""
    right = ' fill="var(--brick)"' if is_two_coloured else ""
    body = (
        '<path d="M2 6a3 3 0 0 1 6 0v4h11.5a2.5 2.5 0 0 1 0 5H8v11a3 3 0 0 1-6 0z"/>'
        f'<path d="M30 26a3 3 0 0 1-6 0v-4H12.5a2.5 2.5 0 0 1 0-5H24V6a3 3 0 0 1 6 0z"{right}/>'
    )
    return _svg(
        body, view="0 0 32 32", size=("32", "32"), label=label, attributes=' class="mark" fill="currentColor"'
    )


def shutter_svg(width: int, height: int) -> str:
    """Return the painted shutters' band: hourglasses in tiles twice as wide as high. Decoration only."""
    half = _number(height / 2)
    glasses = "".join(
        f"M{left} 0h{height}l-{half} {half}zM{left} {height}h{height}l-{half} -{half}z"
        for left in (_number(tile + height / 2) for tile in range(0, width, 2 * height))
    )
    body = (
        f'<path fill="var(--brick)" d="M0 0h{width}v{height}h-{width}z"/>'
        f'<path fill="var(--band-a)" d="{glasses}"/>'
    )
    return _svg(body, view=f"0 0 {width} {height}", size=(str(width), str(height)))


def choice_symbol(choice: str, size: int = 24, *, label: str | None = None) -> str:
    """Return the shape of one consent choice: circle (agree), triangle (concern), diamond (objection)."""
    stroke = max(1.3, size * 0.065)
    pitch = (size - stroke) / 0.85
    shape = _shape(choice, size / 2, size / 2, pitch)
    return _svg(
        _marks_group(choice, [shape], stroke),
        view=f"0 0 {size} {size}",
        size=(str(size), str(size)),
        label=label,
        attributes=f' class="symbol {choice}"',
    )


def consent_lane(
    choice: str, count: int, *, total: int, mark: int = 59, columns: int = 20, label: str | None = None
) -> str:
    """Return the lane of one kind of vote: `count` equal marks, or one bar when `total` is above 100.

    `mark` is the side of one mark's square in pixels, `columns` the marks in a row. A lane is always `columns`
    marks wide, so that lanes below each other share one scale.
    """
    if total > MARKS_UP_TO:
        return consent_bar(choice, count, total=total, width=columns * mark, height=mark, label=label)
    rows = max(1, ceil(count / columns))
    width, height = columns * mark, rows * mark
    return _svg(
        _lane_body(choice, count, mark=mark, columns=columns, top=0),
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=f' class="marks {choice}"',
    )


def consent_marks(
    counts: Mapping[str, int], *, mark: int = 59, columns: int = 20, label: str | None = None
) -> str:
    """Return all votes of one item, sorted by kind: one mark per person up to 100 votes, bars above.

    `counts` maps `agree`, `concern`, `objection` to numbers; what is missing counts as 0. Each kind starts on a row
    of its own; one without votes takes no row.
    """
    if _total(counts) > MARKS_UP_TO:
        return consent_bars(counts, width=columns * mark, height=mark, label=label)
    body, rows = "", 0
    for choice in CHOICES:
        count = counts.get(choice, 0)
        if count:
            body += _lane_body(choice, count, mark=mark, columns=columns, top=rows * mark)
            rows += ceil(count / columns)
    width, height = columns * mark, max(1, rows) * mark
    return _svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="marks"',
    )


def consent_bar(
    choice: str, count: int, *, total: int, width: int, height: int, label: str | None = None
) -> str:
    """Return one bar with the choice's pattern; `total` votes would fill the width. No votes, no bar."""
    stroke = _stroke_of(height)
    body = _segment(choice, 0, _bar_length(count, total, width, stroke), height, stroke) if count else ""
    return _svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=f' class="bars {choice}"',
    )


def consent_bars(
    counts: Mapping[str, int], *, width: int = 1180, height: int = 59, label: str | None = None
) -> str:
    """Return a bar for each kind of vote, on the scale of the total. `height` is that of one bar."""
    total, stroke, step = _total(counts), _stroke_of(height), round(height * 1.4)
    body = ""
    for row, choice in enumerate(CHOICES):
        count = counts.get(choice, 0)
        if count:
            bar = _segment(choice, 0, _bar_length(count, total, width, stroke), height, stroke)
            body += f'<g transform="translate(0 {row * step})">{bar}</g>'
    full_height = 2 * step + height
    return _svg(
        body,
        view=f"0 0 {width} {full_height}",
        size=(str(width), str(full_height)),
        label=label,
        attributes=' class="bars"',
    )


def row_bar(
    counts: Mapping[str, int], *, width: int = 1060, height: int = 70, label: str | None = None
) -> str:
    """Return a group's votes as one bar of full length, divided by the shares of the choices.

    A choice that somebody made is never narrower than three outlines, so that one vote among many is seen.
    """
    stroke = _stroke_of(height)
    gap = max(1.0, stroke * 0.8)
    chosen = [(choice, counts[choice]) for choice in CHOICES if counts.get(choice, 0)]
    room = width - gap * (len(chosen) - 1)
    widths = _shares([count for _, count in chosen], room, least=3 * stroke)
    body, left = "", 0.0
    for (choice, _), length in zip(chosen, widths, strict=True):
        body += _segment(choice, left, length, height, stroke)
        left += length + gap
    if not chosen:
        half = stroke / 2
        body = (
            f'<rect x="{_number(half)}" y="{_number(half)}" width="{_number(width - stroke)}" '
            f'height="{_number(height - stroke)}" rx="3" fill="none" stroke="var(--line)" '
            f'stroke-width="{_number(stroke)}"/>'
        )
    return _svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="row-bar" preserveAspectRatio="xMinYMid meet"',
    )


def counter_columns(people: int) -> int:
    """Return how many circles `counter` puts in a row: the whole is about three times as wide as high."""
    return max(5, round(sqrt(people * 3.25)))


def counter(voted: int, people: int, *, mark: int = 80, label: str | None = None) -> str:
    """Return how many voted, as filled and hollow circles: never by kind, never who. Above 100 people a bar.

    `mark` is the side of one circle's square in pixels. More votes than people fill everything.
    """
    voted = min(voted, people)
    if people > MARKS_UP_TO:
        return _counter_bar(voted, people, width=13 * mark, height=round(mark * 1.2), label=label)
    columns = counter_columns(people)
    radius, stroke = mark * 0.3375, max(1.3, mark * 0.0375)
    circles = ["", ""]
    for place in range(people):
        x, y = (place % columns + 0.5) * mark, (place // columns + 0.5) * mark
        circles[place >= voted] += f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>'
    width, height = columns * mark, max(1, ceil(people / columns)) * mark
    body = (
        f'<g stroke-width="{_number(stroke)}">'
        f'<g class="voted" fill="var(--accent)" stroke="var(--accent)">{circles[0]}</g>'
        f'<g class="not-yet" fill="none" stroke="var(--line)">{circles[1]}</g></g>'
    )
    return _svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="counter"',
    )


def signature_svg(strokes: Sequence[Sequence[int]], *, label: str | None = None) -> str:
    """Return a drawn signature. `strokes` are lists `[x, y, x, y, …]` of whole numbers in a box of 600 by 200."""
    width, height = SIGNATURE_BOX
    body = (
        f'<path d="{"".join(_pen(stroke) for stroke in strokes)}" fill="none" stroke="var(--ink)" '
        'stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>'
    )
    return _svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="pen" preserveAspectRatio="xMinYMid meet"',
    )


def qr_svg(url: str, *, label: str, size: int = 264) -> str:
    """Return a QR code for `url`, always dark on white, with its quiet zone. `label` says where it leads."""
    code = segno.make(url, error="m", micro=False)
    quiet = code.default_border_size
    side = len(code.matrix) + 2 * quiet
    runs = "".join(_dark_runs(row, quiet, line) for line, row in enumerate(code.matrix, start=quiet))
    body = f'<path fill="#FFFFFF" d="M0 0h{side}v{side}h-{side}z"/><path fill="{_QR_DARK}" d="{runs}"/>'
    return _svg(
        body,
        view=f"0 0 {side} {side}",
        size=(str(size), str(size)),
        label=label,
        attributes=' class="qr-code" shape-rendering="crispEdges"',
    )


def _svg(
    body: str, *, view: str, size: tuple[str, str], label: str | None = None, attributes: str = ""
) -> str:
    spoken = 'aria-hidden="true"' if label is None else f'role="img" aria-label="{escape(label)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="{size[0]}" height="{size[1]}"'
        f"{attributes} {spoken}>{body}</svg>"
    )


def _number(value: float) -> str:
    """Return a coordinate with at most two decimals and nothing superfluous."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _total(counts: Mapping[str, int]) -> int:
    return sum(counts.get(choice, 0) for choice in CHOICES)


def _stroke_of(height: float) -> float:
    """Return the outline that fits a mark or bar of this height: 1.3 px small, 3 to 5 px on the projector."""
    return min(5.0, max(1.3, height * 0.07))


def _shape(choice: str, x: float, y: float, pitch: float) -> str:
    """Return one mark around (x, y) in a square of `pitch`, without colours. The three look equally heavy."""
    if choice == "agree":
        return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(pitch * 0.343)}"/>'
    if choice == "concern":
        half, top, bottom = pitch * 0.397, y - pitch * 0.381, y + pitch * 0.328
        return (
            f'<path d="M{_number(x)} {_number(top)}L{_number(x + half)} {_number(bottom)}'
            f'H{_number(x - half)}Z"/>'
        )
    if choice == "objection":
        half = pitch * 0.4195
        return (
            f'<path d="M{_number(x)} {_number(y - half)}L{_number(x + half)} {_number(y)}'
            f'L{_number(x)} {_number(y + half)}L{_number(x - half)} {_number(y)}Z"/>'
        )
    raise ValueError(f"not a consent choice: {choice!r}; expected one of {', '.join(CHOICES)}")


def _marks_group(choice: str, shapes: Iterable[str], stroke: float) -> str:
    return (
        f'<g class="{choice}" fill="{_FILLS[choice]}" stroke="var(--edge)" stroke-width="{_number(stroke)}" '
        f'stroke-linejoin="round">{"".join(shapes)}</g>'
    )


def _lane_body(choice: str, count: int, *, mark: int, columns: int, top: int) -> str:
    shapes = (
        _shape(choice, (place % columns + 0.5) * mark, top + (place // columns + 0.5) * mark, mark)
        for place in range(count)
    )
    return _marks_group(choice, shapes, max(1.3, mark * 0.05))


def _bar_length(count: int, total: int, width: float, stroke: float) -> float:
    return max(3 * stroke, width * count / total)


def _segment(choice: str, left: float, length: float, height: float, stroke: float) -> str:
    """Return a rectangle in a choice's colour and stripes, its outline inside `left` … `left + length`."""
    half = stroke / 2
    box = (
        f'x="{_number(left + half)}" y="{_number(half)}" width="{_number(length - stroke)}" '
        f'height="{_number(height - stroke)}" rx="{_number(min(3.0, stroke))}"'
    )
    frame = (left + half, half, left + length - half, height - half)
    scale = max(0.5, height / 70)
    stripes = ""
    if choice == "concern":
        stripes = _stripes(
            frame, period=12 * scale, thick=3 * scale, colour="var(--stripe, var(--edge))", rises=True
        )
    elif choice == "objection":
        stripes = _stripes(frame, period=11 * scale, thick=2.5 * scale, colour="var(--paper)", rises=False)
    return (
        f'<g class="{choice}"><rect {box} fill="{_FILLS[choice]}"/>{stripes}'
        f'<rect {box} fill="none" stroke="var(--edge)" stroke-width="{_number(stroke)}"/></g>'
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
            path += f"M{_number(x1)} {_number(y1)}L{_number(x2)} {_number(y2)}"
        start += step
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{_number(thick)}"/>' if path else ""


def _shares(counts: Sequence[int], room: float, *, least: float) -> list[float]:
    """Divide `room` by the counts, none below `least`; the wider ones give what the narrow ones lack."""
    total = sum(counts)
    narrow = [count * room / total < least for count in counts]
    if all(narrow):
        return [room / len(counts) for _ in counts]
    rest = room - least * sum(narrow)
    weight = sum(count for count, is_narrow in zip(counts, narrow, strict=True) if not is_narrow)
    return [
        least if is_narrow else count * rest / weight for count, is_narrow in zip(counts, narrow, strict=True)
    ]


def _counter_bar(voted: int, people: int, *, width: int, height: int, label: str | None) -> str:
    stroke = _stroke_of(height)
    half = stroke / 2
    filled = voted * (width - stroke) / people
    box = f'x="{_number(half)}" y="{_number(half)}" height="{_number(height - stroke)}" rx="3"'
    body = (
        f'<rect class="voted" {box} width="{_number(filled)}" fill="var(--accent)"/>'
        f'<rect {box} width="{_number(width - stroke)}" fill="none" stroke="var(--line)" '
        f'stroke-width="{_number(stroke)}"/>'
    )
    return _svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="counter"',
    )


def _pen(stroke: Sequence[int]) -> str:
    """Return one stroke as path data; a single point becomes a dot, an odd number at the end is left out."""
    points = list(zip(stroke[::2], stroke[1::2], strict=False))
    if not points:
        return ""
    first, *others = [f"{int(x)} {int(y)}" for x, y in points]
    return f"M{first}" + ("".join(f"L{point}" for point in others) or "h0")


def _dark_runs(row: Sequence[int], left: int, top: int) -> str:
    """Return one line of modules as rectangles, one for each run of dark ones."""
    path, start = "", None
    for x, module in enumerate([*row, 0]):
        if module and start is None:
            start = x
        elif not module and start is not None:
            path += f"M{left + start} {top}h{x - start}v1h-{x - start}z"
            start = None
    return path
