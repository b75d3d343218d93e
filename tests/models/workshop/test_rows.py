"""No group under five is ever shown or asked by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.workshop.rows import Row, joined, joined_over_items, row_at_opening, row_key

KEYS = [str(number) for number in range(1, 8)]
SIZES = st.dictionaries(st.sampled_from([*KEYS, "none"]), st.integers(0, 30))
OVER_ITEMS = st.integers(1, 4).flatmap(
    lambda items: st.dictionaries(
        st.sampled_from([*KEYS, "none", "other"]),
        st.tuples(*[st.integers(0, 30)] * items),
    )
)


def _keys(rows: list[Row]) -> list[str]:
    return [row.key for row in rows]


def test_a_row_is_a_group_or_none() -> None:
    assert (row_key(12), row_key(None)) == ("12", "none")


def test_groups_of_five_and_more_stand_by_themselves() -> None:
    assert joined({"1": 5, "2": 9, "none": 6}) == [Row("1", ("1",)), Row("2", ("2",)), Row("none", ("none",))]


def test_groups_under_five_are_joined() -> None:
    assert joined({"1": 20, "2": 4, "3": 1, "none": 7}) == [
        Row("1", ("1",)),
        Row("none", ("none",)),
        Row("other", ("2", "3")),
    ]


def test_what_is_still_under_five_takes_the_next_smallest_along() -> None:
    assert joined({"1": 20, "2": 4, "3": 9, "4": 6}) == [
        Row("1", ("1",)),
        Row("3", ("3",)),
        Row("other", ("2", "4")),
    ]


def test_with_too_few_people_there_is_one_row() -> None:
    assert _keys(joined({"1": 2, "2": 1})) == ["other"]
    assert _keys(joined({"1": 8, "2": 1})) == ["other"]
    assert joined({}) == []


def test_an_empty_group_costs_nobody_a_row() -> None:
    assert _keys(joined({"1": 6, "2": 7, "3": 0})) == ["1", "2"]


def test_rows_are_joined_once_for_a_whole_round() -> None:
    assert joined_over_items({"1": (20, 20), "2": (9, 4), "3": (9, 9)}) == [
        Row("1", ("1",)),
        Row("other", ("2", "3")),
    ]


def test_other_groups_of_the_opening_stay_together() -> None:
    assert _keys(joined_over_items({"1": (9,), "other": (7,)})) == ["1", "other"]
    assert _keys(joined_over_items({"1": (9,), "2": (8,), "other": (2,)})) == ["1", "other"]


@pytest.mark.parametrize(("own", "row"), [("1", "1"), ("2", "other"), ("3", "other"), ("none", "other")])
def test_who_has_no_row_of_the_own_goes_to_the_other_groups(own: str, row: str) -> None:
    assert row_at_opening(own, [Row("1", ("1",)), Row("other", ("2",))]) == row


@given(SIZES)
def test_no_row_by_itself_is_ever_under_five(sizes: dict[str, int]) -> None:
    rows = joined(sizes)

    people = {row.key: sum(sizes[member] for member in row.members) for row in rows}
    assert len(rows) < 2 or min(people.values()) >= 5
    assert sum(people.values()) == sum(sizes.values())


@given(OVER_ITEMS)
def test_no_row_is_under_five_on_any_item(sizes: dict[str, tuple[int, ...]]) -> None:
    rows = joined_over_items(sizes)

    members = [member for row in rows for member in row.members]
    assert sorted(members) == sorted(key for key, ballots in sizes.items() if any(ballots))
    if len(rows) >= 2:
        for row in rows:
            per_item = [
                sum(numbers) for numbers in zip(*(sizes[member] for member in row.members), strict=True)
            ]
            assert min(per_item) >= 5


@given(OVER_ITEMS)
def test_a_group_under_five_is_never_left_over_by_subtraction(sizes: dict[str, tuple[int, ...]]) -> None:
    """What all rows but one say, taken from the total, is that one row: large enough too, whichever it is."""
    rows = joined_over_items(sizes)
    totals = [sum(numbers) for numbers in zip(*sizes.values(), strict=True)] if sizes else []

    for hidden in rows if len(rows) >= 2 else []:
        others = [member for row in rows if row is not hidden for member in row.members]
        for item, total in enumerate(totals):
            assert total - sum(sizes[member][item] for member in others) >= 5


@given(OVER_ITEMS)
def test_joining_does_not_depend_on_the_order_of_groups(sizes: dict[str, tuple[int, ...]]) -> None:
    backwards = dict(reversed(sizes.items()))

    assert {(row.key, frozenset(row.members)) for row in joined_over_items(sizes)} == {
        (row.key, frozenset(row.members)) for row in joined_over_items(backwards)
    }
