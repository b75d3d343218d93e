"""How many voted: never by kind, never who."""

from math import ceil, sqrt

from exports.drawings.svg import coordinate, stroke_of, svg

CIRCLES_UP_TO = 100


def counter_columns(people: int) -> int:
    """Return how many circles `counter` puts in a row: the whole is about three times as wide as high."""
    return max(5, round(sqrt(people * 3.25)))


def counter(voted: int, people: int, *, mark: int = 80, label: str | None = None) -> str:
    """Return how many voted, as filled and hollow circles: never by kind, never who. Above 100 people a bar.

    `mark` is the side of one circle's square in pixels. More votes than people fill everything.
    """
    voted = min(voted, people)
    if people > CIRCLES_UP_TO:
        return _counter_bar(voted, people, width=13 * mark, height=round(mark * 1.2), label=label)
    columns = counter_columns(people)
    radius, stroke = mark * 0.3375, max(1.3, mark * 0.0375)
    circles = ["", ""]
    for place in range(people):
        x, y = (place % columns + 0.5) * mark, (place // columns + 0.5) * mark
        circles[place >= voted] += (
            f'<circle cx="{coordinate(x)}" cy="{coordinate(y)}" r="{coordinate(radius)}"/>'
        )
    width, height = columns * mark, max(1, ceil(people / columns)) * mark
    body = (
        f'<g stroke-width="{coordinate(stroke)}">'
        f'<g class="voted" fill="var(--accent)" stroke="var(--accent)">{circles[0]}</g>'
        f'<g class="not-yet" fill="none" stroke="var(--line)">{circles[1]}</g></g>'
    )
    return svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="counter"',
    )


def _counter_bar(voted: int, people: int, *, width: int, height: int, label: str | None) -> str:
    stroke = stroke_of(height)
    half = stroke / 2
    filled = voted * (width - stroke) / people
    box = f'x="{coordinate(half)}" y="{coordinate(half)}" height="{coordinate(height - stroke)}" rx="3"'
    body = (
        f'<rect class="voted" {box} width="{coordinate(filled)}" fill="var(--accent)"/>'
        f'<rect {box} width="{coordinate(width - stroke)}" fill="none" stroke="var(--line)" '
        f'stroke-width="{coordinate(stroke)}"/>'
    )
    return svg(
        body,
        view=f"0 0 {width} {height}",
        size=(str(width), str(height)),
        label=label,
        attributes=' class="counter"',
    )
