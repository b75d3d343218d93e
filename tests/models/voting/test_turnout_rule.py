"""How many voted per row is never told where it would tell of fewer than five."""

from hypothesis import given
from hypothesis import strategies as st

from models.voting.turnout import shown_turnout
from models.workshop.rows import SMALLEST_SHOWN

ROWS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1)


def test_a_single_row_is_the_total_that_everyone_knows() -> None:
    assert shown_turnout({"a": 2}) == {"a": 2}


def test_a_small_number_takes_the_next_smallest_with_it() -> None:
    assert shown_turnout({"a": 12, "b": 3, "c": 7}) == {"a": 12, "b": None, "c": None}


@given(ROWS)
def test_every_number_shown_is_the_true_one_and_none_is_small(voted: dict[str, int]) -> None:
    shown = shown_turnout(voted)

    assert shown.keys() == voted.keys()
    assert all(count == voted[key] for key, count in shown.items() if count is not None)
    if len(voted) > 1:
        assert all(count >= SMALLEST_SHOWN for count in shown.values() if count is not None)


@given(ROWS)
def test_no_hidden_number_can_be_worked_out_from_the_total(voted: dict[str, int]) -> None:
    hidden = [key for key, count in shown_turnout(voted).items() if count is None]

    assert len(hidden) != 1
