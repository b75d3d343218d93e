"""How cards stand on a wall: six on a page, and larger where there are few, so that they use the room."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts.projector.screen import letters_in

CARDS_ON_A_PAGE = 6
# Rows of full width for one, two or three cards: up to how many letters, at which size, cut after how many lines.
_ROWS: dict[int, tuple[tuple[int, int, int], ...]] = {
    1: ((80, 104, 5), (160, 80, 6), (280, 64, 7), (10_000, 56, 8)),
    2: ((80, 72, 2), (140, 60, 3), (10_000, 50, 4)),
    3: ((60, 72, 2), (10_000, 50, 3)),
}


@dataclass(frozen=True)
class Wall:
    """The names of the style for a page of cards: the wall's own, and those of the text on a card."""

    grid: str
    text: str


def wall_for(texts: Sequence[str]) -> Wall:
    """Return how a page with these texts is laid out: all cards alike, so large that the longest has room."""
    if len(texts) not in _ROWS:
        return Wall("four" if len(texts) == 4 else "six", "lines-4")
    longest = max(letters_in(text) for text in texts)
    size, lines = next((size, lines) for letters, size, lines in _ROWS[len(texts)] if longest <= letters)
    return Wall("rows beside" if len(texts) == 3 else "rows", f"size-{size} lines-{lines}")
