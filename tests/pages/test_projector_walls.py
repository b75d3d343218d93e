"""How large cards are on a wall: by how many there are, and by the longest text."""

import pytest

from pages.parts.projector.cards import wall_for


@pytest.mark.parametrize(
    ("count", "grid"), [(1, "rows"), (2, "rows"), (3, "rows beside"), (4, "four"), (5, "six")]
)
def test_few_cards_share_the_room(count: int, grid: str) -> None:
    assert wall_for(["We eat together."] * count).grid == grid


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_longest_text_decides_for_all_cards(count: int) -> None:
    short = ["We eat together."] * count

    assert wall_for([*short[:-1], "a" * 400]) == wall_for(["a" * 400] * count) != wall_for(short)
