"""How large cards are on a wall: by how many there are, and by the longest text, which is never cut."""

import pytest

from pages.parts.projector.cards import wall_for, walls_of


@pytest.mark.parametrize(
    ("count", "grid"), [(1, "rows"), (2, "rows"), (3, "rows beside"), (4, "four"), (5, "six")]
)
def test_few_cards_share_the_room(count: int, grid: str) -> None:
    assert wall_for(["We eat together."] * count).grid == grid


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_longest_text_decides_for_all_cards(count: int) -> None:
    short = ["We eat together."] * count

    assert wall_for([*short[:-1], "a" * 400]) == wall_for(["a" * 400] * count) != wall_for(short)


@pytest.mark.parametrize(("letters", "on_a_page"), [(60, 6), (130, 4), (160, 3), (330, 2), (400, 1)])
def test_fewer_cards_stand_on_a_page_where_their_texts_are_long(letters: int, on_a_page: int) -> None:
    texts = [("wij eten samen " * 30)[:letters]] * 12

    assert [len(wall) for wall in walls_of(texts, texts)] == [on_a_page] * (12 // on_a_page)
