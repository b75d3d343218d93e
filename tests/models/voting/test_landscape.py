"""The agreement landscape: what every group carries comes first, and small numbers stay hidden."""

from dataclasses import dataclass
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from models.voting.decision import Result, RowResult
from models.voting.landscape import Kind, Support, consensus, kind_of, landscape, support
from models.voting.methods.gradients import GRADIENTS
from models.voting.methods.method import DotBudget
from tests.results import result_of

GROUPS = st.lists(
    st.integers(1, 60).flatmap(lambda seen: st.tuples(st.integers(0, seen), st.just(seen))),
    min_size=1,
    max_size=6,
)


@dataclass(frozen=True)
class Voted:
    number: int
    text: str
    result: Result | None


def voted(number: int, *groups: tuple[int, int], keys: str = "1234") -> Voted:
    """Return a text by consent; each group is how many agree, of how many."""
    rows = [
        RowResult(key, f"Group {key}", {"agree": agree, "objection": seen - agree}, seen)
        for key, (agree, seen) in zip(keys, groups, strict=False)
    ]
    agree, seen = sum(agree for agree, _ in groups), sum(seen for _, seen in groups)
    return Voted(
        number,
        f"Text {number}",
        result_of("consent", {"agree": agree, "objection": seen - agree}, rows=rows),
    )


def test_the_score_is_that_of_polis() -> None:
    score = consensus([Support(9, 10), Support(3, 6)])

    assert score == (10 / 12) * (4 / 8)


@given(GROUPS, st.data())
def test_one_more_person_in_favour_raises_the_score(
    groups: list[tuple[int, int]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(groups) - 1))
    fewer = [Support(agree, seen + 1) for agree, seen in groups]
    more = [Support(one.agree + (number == place), one.seen) for number, one in enumerate(fewer)]

    assert consensus(more) > consensus(fewer)


def test_a_text_that_one_group_refuses_scores_below_one_that_all_half_carry() -> None:
    assert consensus([Support(20, 20), Support(0, 20)]) < consensus([Support(10, 20), Support(10, 20)])


def test_carried_by_everyone_first_then_what_divides_then_what_no_group_carries_then_what_is_hidden() -> None:
    found = landscape(
        [
            voted(1, (1, 10), (2, 10)),
            voted(2, (9, 10), (1, 10)),
            voted(3, (9, 10), (9, 10)),
            Voted(4, "Hardly voted on", result_of("consent", {"agree": 2})),
            voted(5, (10, 10), (9, 10)),
            Voted(6, "Still open", None),
        ]
    )

    assert [(item.number, item.kind) for item in found.items] == [
        (5, Kind.CARRIED),
        (3, Kind.CARRIED),
        (2, Kind.DIVIDES),
        (1, Kind.NOT_CARRIED),
        (4, Kind.HIDDEN),
    ]


def test_a_hidden_text_has_no_score_and_no_cells() -> None:
    (item,) = landscape([Voted(4, "Hardly voted on", result_of("consent", {"agree": 2}))]).items

    assert (item.score, dict(item.cells)) == (None, {})


def test_columns_are_the_rows_of_the_rounds_with_joined_groups_last_and_an_absent_one_left_out() -> None:
    joined = voted(1, (9, 10), (4, 5))
    assert joined.result is not None
    joined.result.rows[1] = RowResult("other", None, {"agree": 4, "objection": 1}, 5)

    found = landscape([joined, voted(2, (9, 10), (4, 5))])

    assert [column.key for column in found.columns] == ["1", "2", "other"]
    cells = {item.number: sorted(item.cells) for item in found.items}
    assert cells == {1: ["1", "other"], 2: ["1", "2"]}


def test_more_groups_do_not_put_a_text_lower_by_themselves() -> None:
    found = landscape([voted(1, (8, 10), (8, 10)), voted(2, (9, 10), (9, 10), (9, 10), (9, 10))])

    assert [item.number for item in found.items] == [2, 1]


def test_where_only_the_total_may_be_shown_everybody_is_one_column() -> None:
    found = landscape([Voted(1, "Text", result_of("consent", {"agree": 9, "objection": 1}))])

    assert [column.key for column in found.columns] == ["everybody"]
    assert found.items[0].cells["everybody"] == Support(9, 10)


def test_abstentions_are_not_seen_and_dots_are_in_favour_from_the_first() -> None:
    gradients = support(GRADIENTS.choices, {"1": 3, "4": 5, "8": 2}, 10)
    dots = result_of("dots", {"0": 4, "1": 3, "5": 2}, budget=DotBudget(5, can_stack=True))

    assert gradients == Support(3, 5)
    assert support(dots.choices, {"0": 4, "1": 3, "5": 2}, 9) == Support(5, 9)


@given(GROUPS)
def test_a_text_divides_when_and_only_when_groups_lean_apart(groups: list[tuple[int, int]]) -> None:
    leanings = {2 * agree > seen for agree, seen in groups}

    assert (kind_of(Support(agree, seen) for agree, seen in groups) is Kind.DIVIDES) == (len(leanings) == 2)


@given(st.permutations(list(product((2, 5, 9), (3, 8)))))
def test_the_order_of_voting_does_not_order_the_landscape(shuffled: list[tuple[int, int]]) -> None:
    def order(pairs: list[tuple[int, int]]) -> list[int]:
        items = [voted(10 * one + two, (one, 10), (two, 10)) for one, two in pairs]
        return [item.number for item in landscape(items).items]

    assert order(shuffled) == order(sorted(shuffled))
