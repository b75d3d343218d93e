"""The picture: the gap between groups first, people where they are few, and nothing of fewer than five."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.picture.picture import (
    EVERYONE,
    Answered,
    AnsweredStatement,
    Picture,
    ThemeRow,
    answered,
    as_shown,
    picture,
)
from models.voting.methods.method import tally
from models.voting.methods.statement import STATEMENT
from models.workshop.rows import joined_over_items

TOWN, PEOPLE, OTHERS = "1", "2", "other"


def _statement(
    number: int,
    theme: int,
    rows: Mapping[str, tuple[int, int]],
    *,
    total: tuple[int, int] | None = None,
    text: str = "Ik word geholpen in een taal die ik begrijp.",
) -> AnsweredStatement:
    """Return a statement; `rows` are (agree, people)."""
    counted = {key: Answered(*row) for key, row in rows.items()}
    whole = (
        Answered(*total)
        if total
        else Answered(sum(one.agree for one in counted.values()), sum(one.people for one in counted.values()))
    )
    return AnsweredStatement(number, number, theme, text, False, whole, counted)


def _order(found: Picture) -> list[tuple[int, int | None]]:
    return [(theme.id, theme.gap) for theme in found.themes]


def test_the_theme_with_the_largest_gap_comes_first() -> None:
    asked = [
        _statement(1, 7, {TOWN: (22, 27), PEOPLE: (75, 96)}),
        _statement(2, 8, {TOWN: (23, 27), PEOPLE: (36, 96)}),
        _statement(3, 9, {TOWN: (17, 27), PEOPLE: (53, 96)}),
    ]

    found = picture([7, 8, 9], asked)

    assert _order(found) == [(8, 47), (9, 8), (7, 3)]
    assert found.widest is not None
    assert found.widest.lowest is not None
    assert (found.widest.lowest.key, found.widest.lowest.percent) == (PEOPLE, 38)


def test_above_the_figures_of_a_theme_stand_only_the_statements_that_they_add_up() -> None:
    rows = {TOWN: (20, 20), PEOPLE: (10, 20)}
    hidden = AnsweredStatement(2, 2, 7, "In mijn straat groeten mensen elkaar.", False, Answered(9, 24), {})

    beside, alone = picture([7], [_statement(1, 7, rows), hidden]), picture([7], [hidden])

    assert [one.id for one in beside.themes[0].told] == [1]
    assert [(row.agree, row.answers) for row in beside.themes[0].rows] == [(20, 20), (10, 20)]
    assert [one.id for one in alone.themes[0].told] == [2]


def test_equal_gaps_keep_the_order_of_the_list() -> None:
    rows = {TOWN: (20, 20), PEOPLE: (10, 20)}

    found = picture([3, 1, 2], [_statement(theme, theme, rows) for theme in (1, 2, 3)])

    assert _order(found) == [(3, 50), (1, 50), (2, 50)]


def test_under_twenty_answers_a_row_is_drawn_as_people_and_counts_in_no_gap() -> None:
    asked = [_statement(1, 7, {TOWN: (20, 20), PEOPLE: (11, 20), OTHERS: (0, 19)})]

    found = picture([7], asked)

    assert _order(found) == [(7, 45)]
    assert [row.key for row in found.themes[0].rows if row.is_drawn_as_people] == [OTHERS]


def test_a_theme_without_a_gap_stands_behind_those_with_one_in_the_order_of_the_list() -> None:
    few, many = {TOWN: (4, 19), PEOPLE: (9, 19)}, {TOWN: (9, 20), PEOPLE: (9, 20)}

    found = picture([1, 2, 3], [_statement(theme, theme, many if theme == 3 else few) for theme in (1, 2, 3)])

    assert _order(found) == [(3, 0), (1, None), (2, None)]


def test_two_statements_of_a_theme_are_one_share_and_no_more_people() -> None:
    asked = [_statement(1, 7, {TOWN: (20, 40)}), _statement(2, 7, {TOWN: (30, 38)})]

    (theme,) = picture([7], asked).themes

    assert theme.rows == (ThemeRow(TOWN, agree=50, answers=78, people=38),)
    assert theme.rows[0].share == Fraction(50, 78)
    alone = ThemeRow(TOWN, agree=50, answers=78, people=78).interval
    assert theme.rows[0].interval.high - theme.rows[0].interval.low > alone.high - alone.low


def test_a_reversed_statement_is_turned() -> None:
    counted = tally(
        STATEMENT.choices, ["strongly disagree"] * 4 + ["disagree"] * 3 + ["neutral"] * 2 + ["agree"]
    )

    assert answered(counted, STATEMENT.choices, is_reversed=True) == Answered(7, 10)
    assert answered(counted, STATEMENT.choices, is_reversed=False) == Answered(1, 10)


@pytest.mark.parametrize("is_reversed", [False, True])
def test_who_does_not_know_is_in_no_share(is_reversed: bool) -> None:
    counted = tally(STATEMENT.choices, ["agree"] * 5 + ["disagree"] * 5 + ["unknown"] * 9)

    assert answered(counted, STATEMENT.choices, is_reversed=is_reversed) == Answered(5, 10)


def test_four_answers_show_nothing() -> None:
    total, rows = as_shown(Answered(4, 4), {})

    assert (total, rows) == (None, {})
    found = picture([7], [AnsweredStatement(1, 1, 7, "Ik hoor erbij.", False, total, rows)])
    assert (found.is_hidden, found.widest, found.rows) == (True, None, {})


def test_a_row_that_hardly_knew_takes_the_other_rows_with_it() -> None:
    """It alone would follow from the total and the others."""
    total, rows = as_shown(Answered(9, 30), {TOWN: Answered(8, 26), PEOPLE: Answered(1, 4)})

    assert (total, rows) == (Answered(9, 30), {})


def test_one_group_only_has_a_share_and_no_gap() -> None:
    asked = [_statement(1, 7, {}, total=(12, 24))]

    found = picture([7], asked)

    assert [(row.key, row.percent) for row in found.themes[0].rows] == [(EVERYONE, 50)]
    assert (found.widest, found.has_shares, found.rows) == (None, True, {EVERYONE: 24})


def test_everyone_the_same_answer_is_a_gap_of_nothing() -> None:
    found = picture([7], [_statement(1, 7, {TOWN: (20, 20), PEOPLE: (30, 30)})])

    assert _order(found) == [(7, 0)]
    assert all(0 < row.interval.low < 1 == row.interval.high for row in found.themes[0].rows)


def test_no_statements_are_no_themes() -> None:
    assert picture([7, 8], []) == Picture((), {})


GROUPS = ("1", "2", "3", "4", "none")
VALUES = ["strongly agree", "disagree", "unknown", None]
PERSON = st.tuples(st.sampled_from(GROUPS), st.lists(st.sampled_from(VALUES), min_size=3, max_size=3))


@settings(max_examples=300, deadline=None)
@given(st.lists(PERSON, min_size=0, max_size=30))
def test_nothing_that_is_shown_tells_what_fewer_than_five_answered(
    people: list[tuple[str, list[str | None]]],
) -> None:
    """Whatever is added up over rows, statements and themes, or taken from each other."""
    sizes = {
        group: tuple(
            sum(own == group and said[place] is not None for own, said in people) for place in range(3)
        )
        for group in GROUPS
    }
    rows = joined_over_items(sizes)
    asked, in_full = [], {}
    for place in range(3):
        per_group = {
            group: tally(
                STATEMENT.choices, [said[place] or "" for own, said in people if own == group and said[place]]
            )
            for group in GROUPS
        }
        in_full[place] = {
            group: answered(counted, STATEMENT.choices, is_reversed=False)
            for group, counted in per_group.items()
        }
        cast = sum(counted.cast for counted in per_group.values())
        whole = _sum(in_full[place], GROUPS)
        shown_rows = {row.key: _sum(in_full[place], row.members) for row in rows} if len(rows) > 1 else {}
        total, kept = (None, {}) if cast < 5 else as_shown(whole, shown_rows)
        asked.append(
            AnsweredStatement(place, place, 1 if place < 2 else 2, "Ik hoor erbij.", False, total, kept)
        )

    found = picture([1, 2], asked)

    members = {row.key: row.members for row in rows} | {EVERYONE: GROUPS}
    told = [
        _indicator({place}, members[key])
        for place, one in enumerate(asked)
        for key in [*one.rows, *([EVERYONE] if one.total else [])]
    ]
    told += [_of_theme(theme.id, row, asked, members) for theme in found.themes for row in theme.rows]
    for place in range(3):
        for size in range(1, len(GROUPS) + 1):
            for some in combinations(GROUPS, size):
                few = _sum(in_full[place], some).people
                if 0 < few < 5:
                    assert not _follows(_indicator({place}, some), told), (place, some)


def _of_theme(
    theme: int, row: ThemeRow, asked: list[AnsweredStatement], members: Mapping[str, tuple[str, ...]]
) -> list[int]:
    own = {place for place, one in enumerate(asked) if one.theme_id == theme}
    of_row = {place for place in own if row.key in asked[place].rows} if row.key != EVERYONE else own
    return _indicator({place for place in of_row if asked[place].total is not None}, members[row.key])


def _sum(counted: Mapping[str, Answered], groups: tuple[str, ...]) -> Answered:
    found = Counter[str]()
    for group in groups:
        found.update(agree=counted[group].agree, people=counted[group].people)
    return Answered(found["agree"], found["people"])


def _indicator(places: set[int], groups: tuple[str, ...]) -> list[int]:
    return [int(place in places and group in groups) for place in range(3) for group in GROUPS]


def _follows(wanted: list[int], told: list[list[int]]) -> bool:
    """Return whether a number is a sum or difference of others, in any multiples."""
    if not told:
        return False
    known = np.array(told)
    return bool(np.linalg.matrix_rank(np.vstack([known, wanted])) == np.linalg.matrix_rank(known))
