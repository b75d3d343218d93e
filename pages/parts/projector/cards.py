"""How cards stand on a wall: up to six on a page, each text whole, and as large as there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pages.parts.projector.whole import height_of

CARDS_ON_A_PAGE = 6
# How many cards, the name of the grid, how wide and how high the text of one may be, and the sizes of its letters.
_GRIDS: tuple[tuple[int, str, int, int, tuple[int, ...]], ...] = (
    (1, "rows", 1700, 600, (104, 80, 72, 64, 56, 50, 42)),
    (2, "rows", 1700, 250, (72, 60, 56, 50, 46, 42)),
    (3, "rows beside", 1290, 190, (72, 60, 56, 50, 46, 42)),
    (4, "four", 820, 235, (64, 60, 56, 50, 46, 42)),
    (6, "six", 510, 235, (50, 46, 42)),
)

Item = TypeVar("Item")


@dataclass(frozen=True)
class Wall:
    """How a page of cards is laid out: the name of the grid, and the size of the letters."""

    grid: str
    size: int


def wall_for(texts: Sequence[str]) -> Wall:
    """Return how a page with these texts is laid out: all cards alike, so large that the longest has room."""
    grid, size = _fitting(texts)
    return Wall(grid, size or 42)


def walls_of(items: Sequence[Item], texts: Sequence[str]) -> list[Sequence[Item]]:
    """Return the cards page by page: as many as fit whole, six at most. At least one page, also without cards."""
    walls: list[Sequence[Item]] = []
    start = 0
    while start < len(items) or not walls:
        count = next(
            (count for count in range(CARDS_ON_A_PAGE, 1, -1) if _fitting(texts[start : start + count])[1]), 1
        )
        walls.append(items[start : start + count])
        start += count
    return walls


def _fitting(texts: Sequence[str]) -> tuple[str, int | None]:
    """Return the grid for so many texts, and the largest size at which all have room; None where none does."""
    _, grid, width, height, sizes = next(found for found in _GRIDS if len(texts) <= found[0])
    for size in sizes:
        if all(height_of(text, size, width) <= height for text in texts):
            return grid, size
    return grid, None
