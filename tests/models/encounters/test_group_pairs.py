"""Pairs of groups: nothing that is hidden follows from anything that is shown."""

from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from models.encounters.group_pairs import (
    Cell,
    CountedGroups,
    GroupPairs,
    chosen_by_group,
    counted_groups,
    met_by_group,
    pairs_that_met,
)
from models.encounters.seating.bound import most_that_could_meet

# The groups of the design's pictures: 22, 16, 10, and two small ones that count together.
SIZES = (22, 16, 10, 8, 4)
MET = {(0, 0): 56, (0, 1): 138, (1, 1): 24, (0, 2): 88, (1, 2): 64, (0, 3): 102, (1, 3): 70, (2, 3): 48}
OWN = {(3, 3): 10}
CHOSEN = {(0, 0): 15, (0, 1): 23, (1, 1): 11, (0, 2): 11, (1, 2): 13, (0, 3): 15, (1, 3): 9, (2, 3): 10}


def _groups(sizes: tuple[int, ...]) -> CountedGroups:
    group_of: dict[int, int | None] = {}
    for group, size in enumerate(sizes, start=1):
        group_of |= dict.fromkeys(range(len(group_of), len(group_of) + size), group)
    found = counted_groups(group_of)
    assert found is not None
    return found


def _pairs(groups: CountedGroups, counts: dict[Cell, int]) -> set[tuple[int, int]]:
    """Return so many pairs of people in each cell."""
    members: list[list[int]] = [[] for _ in groups.rows]
    for person, place in groups.place_of.items():
        members[place].append(person)
    pairs: set[tuple[int, int]] = set()
    for (one, other), count in counts.items():
        every = combinations(members[one], 2) if one == other else product(members[one], members[other])
        pairs |= {(min(pair), max(pair)) for pair, _ in zip(every, range(count), strict=False)}
    return pairs


def _told(pairs: GroupPairs) -> object:
    """Return everything that any screen or document shows of a table of pairs."""
    return (
        pairs.pairs,
        pairs.possible,
        pairs.has_hidden,
        pairs.total,
        pairs.between,
        pairs.share_between,
        pairs.share_by_lot,
        pairs.index,
        pairs.index_by_lot,
        pairs.groups.people,
    )


def test_small_groups_count_together_and_the_index_is_that_of_krackhardt_and_stern() -> None:
    groups = _groups(SIZES)

    met = met_by_group(groups, _pairs(groups, MET | OWN), most=700)
    chosen = chosen_by_group(met, _pairs(groups, CHOSEN))

    assert groups.people == (22, 16, 10, 12)
    assert (2, 2) not in met.pairs and met.has_hidden
    assert (met.total, met.between) == (600, 510)
    assert met.possible[0, 0] == 231 and met.possible[0, 1] == 352
    assert round(met.index or 0, 2) == 0.70 and round(met.index_by_lot, 2) == 0.48
    assert (round(100 * (met.share_between or 0)), round(100 * met.share_by_lot)) == (85, 74)
    assert {cell for cell in groups.cells if cell not in chosen.pairs} == {(2, 2), (3, 3)}
    assert chosen.possible[0, 0] == 56
    assert round(chosen.index or 0, 2) == 0.51 and round(100 * (chosen.share_between or 0)) == 76


def test_where_the_most_that_could_be_would_betray_a_cell_one_more_is_hidden() -> None:
    groups = _groups(SIZES)

    met = met_by_group(groups, _pairs(groups, MET | OWN), most=600)

    # 600 of at most 600 would say that the cell holds none.
    assert {cell for cell in groups.cells if cell not in met.pairs} == {(2, 2), (3, 3)}
    assert met.total == 590


def test_without_a_shown_number_within_groups_there_is_no_share_beside_chance() -> None:
    groups = _groups(SIZES)
    met = met_by_group(groups, _pairs(groups, MET | OWN), most=700)

    chosen = chosen_by_group(met, _pairs(groups, {(0, 1): 8, (0, 0): 4, (1, 2): 7}))

    assert chosen.total == 15
    assert chosen.share_between is None and chosen.index is None


@pytest.mark.parametrize(
    "group_of",
    [
        {},
        {1: 1},
        dict.fromkeys(range(4), None),
        dict.fromkeys(range(60), 3),
        {person: person for person in range(8)},
        dict.fromkeys(range(5), 1) | {5: 2, 6: 3},
    ],
    ids=["nobody", "one", "four", "one group", "everybody another", "five and two alone"],
)
def test_without_two_rows_of_five_there_is_nothing_to_tell_apart(group_of: dict[int, int | None]) -> None:
    assert counted_groups(group_of) is None


@settings(max_examples=150, deadline=None)
@given(
    sizes=some.lists(some.integers(1, 11), min_size=2, max_size=5),
    counts=some.lists(some.integers(0, 13), min_size=15, max_size=15),
    slack=some.integers(0, 25),
    instead=some.integers(0, 4),
)
def test_whatever_stands_in_a_hidden_cell_all_else_stays_the_same(
    sizes: list[int], counts: list[int], slack: int, instead: int
) -> None:
    group_of: dict[int, int | None] = {}
    for group, size in enumerate(sizes, start=1):
        group_of |= dict.fromkeys(range(len(group_of), len(group_of) + size), group)
    groups = counted_groups(group_of)
    assume(groups is not None)
    assert groups is not None and all(people >= 5 for people in groups.people)
    held = {
        cell: min(count, groups.pairs_in(cell)) for cell, count in zip(groups.cells, counts, strict=False)
    }
    most = sum(held.values()) + slack
    met = met_by_group(groups, _pairs(groups, held), most)
    chosen = chosen_by_group(met, _pairs(groups, {cell: count // 2 for cell, count in held.items()}))
    assert all(count >= 5 for table in (met, chosen) for count in table.pairs.values())
    hidden = [cell for cell, count in held.items() if count < 5]
    assert set(hidden).isdisjoint(met.pairs)
    # Also with how many could meet at most, every number from 0 to 4 may stand there.
    assert not hidden or not met.pairs or met.total + 4 <= most

    for cell in hidden:
        other = met_by_group(groups, _pairs(groups, held | {cell: instead}), most)
        assert _told(other) == _told(met)
    for cell in groups.cells:
        if cell not in chosen.pairs:
            halves = {one: count // 2 for one, count in held.items()} | {cell: instead}
            assert _told(chosen_by_group(met, _pairs(groups, halves))) == _told(chosen)


def test_who_sat_together_twice_met_once() -> None:
    assert pairs_that_met([{1: 1, 2: 1, 3: 2}, {1: 2, 2: 2, 3: 2}]) == {(1, 2), (1, 3), (2, 3)}


@settings(max_examples=100, deadline=None)
@given(
    some.lists(some.lists(some.integers(0, 3), min_size=9, max_size=9), min_size=1, max_size=4),
    some.sets(some.integers(0, 8), max_size=3),
)
def test_no_evening_brought_more_about_than_what_could_be_at_most(
    tables: list[list[int]], late: set[int]
) -> None:
    rounds = [
        {person: table for person, table in enumerate(seats) if number or person not in late}
        for number, seats in enumerate(tables)
    ]
    held = []
    for seats in rounds:
        sitting: dict[int, list[int]] = {}
        for person, table in seats.items():
            sitting.setdefault(table, []).append(person)
        held.append(tuple(map(tuple, sitting.values())))
    always = [
        pair
        for pair in combinations(range(9), 2)
        if all(seats.get(pair[0], -1) == seats.get(pair[1], -2) for seats in rounds)
    ]

    assert len(pairs_that_met(rounds)) <= most_that_could_meet(held, always).most
