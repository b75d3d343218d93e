"""Things below each other on pages: none is torn or cut, and no page holds a single leftover."""

from collections.abc import Sequence


def page_starts(
    heights: Sequence[float], room: float, *, gap: float = 0, most: int | None = None
) -> list[int]:
    """Return at which thing each page begins: as few pages as hold them, as evenly as their order lets them be.

    `room` is the height of a page, `gap` what stands between two things, and `most` how many a page may hold. What is
    higher than a page has one of its own.
    """
    starts = _starts(heights, room, gap, most)
    lowest, highest = 0.0, max([room, *heights])
    while highest - lowest > room / 200:
        middle = (lowest + highest) / 2
        if len(_starts(heights, middle, gap, most)) == len(starts):
            highest = middle
        else:
            lowest = middle
    return _starts(heights, highest, gap, most)


def _starts(heights: Sequence[float], room: float, gap: float, most: int | None) -> list[int]:
    starts, filled = [0], 0.0
    for place, height in enumerate(heights):
        if place > starts[-1] and (filled + gap + height > room or place - starts[-1] == most):
            starts.append(place)
            filled = 0.0
        filled += height + (gap if place > starts[-1] else 0)
    return starts
