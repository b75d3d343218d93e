"""Rows that a room decides on: each one whole, as many on a page as fit, as large as there is room for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil
from typing import Generic, TypeVar

from exports import letters
from exports.pages import page_starts
from pages.parts.projector.screen import typed

# What stands between the heading and the foot, in pixels of the design.
HEIGHT = 700
GAP = 24
# Letters are as large as this where several rows stand together.
TOGETHER = (56, 48, 42)
SIZES = (104, 96, 88, 80, 72, 64, 60, 56, 52, 48, 46, 44, 42)
LINE = 1.14
# Commissioner is a little wider than the font whose widths are known, and what is not known is taken as wide.
_WIDER = 1.08
_TALLER = 1.25
# The texts of a large meeting in a few sizes; both faces ask for the same ones at every run.
KEPT_HEIGHTS = 4_000

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """The rows of a page; `fitting` measures how large their letters can be, for who draws the page."""

    items: Sequence[Item]
    fitting: Callable[[], int]

    @cached_property
    def size(self) -> int:
        return self.fitting()


def width_of(text: str, size: float) -> float:
    """Return how wide a text is on one line at `size`, in pixels of the design."""
    return letters.width_of(text) * size * _WIDER


@lru_cache(maxsize=KEPT_HEIGHTS)
def height_of(text: str, size: float, width: float) -> float:
    """Return how high a text is at `size` in a column of `width`, in pixels of the design."""
    taller = 1.0 if letters.is_latin(text) else _TALLER
    return letters.lines_of(typed(text), width / (size * _WIDER)) * size * LINE * taller


def whole_pages(
    items: Sequence[Item],
    height: Callable[[Item, int], float],
    *,
    room: float = HEIGHT,
    gap: float = GAP,
    most: int | None = None,
    sizes: Sequence[int] = SIZES,
    together: Sequence[int] = TOGETHER,
) -> list[Page[Item]]:
    """Return the pages of rows; `height` says how high a row is at a size. At least one page, also without rows.

    A page takes as many as fit at the first size of `together`, evenly divided; at a smaller one where most would stand
    alone. Each page then has the largest of `sizes` at which its rows fit.
    """
    if not items:
        return [Page([], lambda: together[0])]
    divided: list[list[int]] = []
    for size in together:
        divided.append(page_starts([height(item, size) for item in items], room, gap=gap, most=most))
        if len(divided[-1]) <= ceil(len(items) / 2):
            break
    else:
        divided = divided[:1]
    starts = divided[-1]

    def page(shown: Sequence[Item]) -> Page[Item]:
        left = room - gap * (len(shown) - 1)
        return Page(
            shown,
            lambda: next(
                (size for size in sizes if sum(height(item, size) for item in shown) <= left), min(sizes)
            ),
        )

    return [page(items[start:end]) for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]
