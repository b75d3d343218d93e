"""Who sits where: as many new meetings as can be, fair shares, every must-wish. A checker of its own recounts."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.basics.words import WishStrength
from models.encounters.seating.bound import met_again, most_new_meetings
from models.encounters.seating.latecomer import table_of_latecomer
from models.encounters.seating.search import Search
from models.encounters.seating.seat import TRIES, WishesClash, lengths_of, seat
from models.encounters.seating.start import starting_rounds
from models.encounters.seating.tables import tables_for
from models.encounters.seating.wanted import Reason, Wanted, Wish
from models.encounters.seating.wishes import Clash, blocks_of, contradictions
from tests.models.encounters.recount import outside_fair_share, recount

UNEVEN = tuple(group for group, count in enumerate((20, 14, 10, 8, 5, 3)) for _ in range(count))
SHORT = (40_000, 40_000)


def _wishes(pairs: list[tuple[int, int]], strength: WishStrength) -> tuple[Wish, ...]:
    return tuple(Wish(one, other, strength) for one, other in pairs)


@pytest.mark.parametrize(
    ("people", "tables", "rounds", "most", "because"),
    [
        (60, 10, 4, 600, (Reason.SEATS,)),
        (24, 4, 4, 216, (Reason.SEATS, Reason.FEW_TABLES)),
        (30, 5, 4, 285, (Reason.SEATS, Reason.FEW_TABLES)),
        (20, 4, 4, 148, (Reason.SEATS, Reason.FEW_TABLES)),
        (7, 2, 4, 21, (Reason.EVERYONE,)),
        (2, 1, 4, 1, (Reason.EVERYONE,)),
        (1, 1, 4, 0, (Reason.NOBODY_LEFT,)),
        (0, 0, 4, 0, (Reason.NOBODY_LEFT,)),
    ],
)
def test_the_bound_is_reached_and_says_why_no_more(
    people: int, tables: int, rounds: int, most: int, because: tuple[Reason, ...]
) -> None:
    plan = seat(Wanted(people, tables, rounds), seed=1)

    assert (plan.bound.most, plan.bound.because) == (most, because)
    assert plan.new == recount(plan.rounds, people) == most


@pytest.mark.parametrize("seed", range(3))
def test_sixty_people_of_six_uneven_groups_never_meet_twice_and_every_table_has_its_share(seed: int) -> None:
    plan = seat(Wanted(60, 10, 4, UNEVEN), seed=seed)

    assert recount(plan.rounds, 60) == 600
    assert outside_fair_share(plan.rounds, UNEVEN) == 0
    assert plan.of_one_group == ()


def test_sizes_that_differ_keep_everybodys_share_too() -> None:
    groups = UNEVEN[:57]

    plan = seat(Wanted(57, 10, 4, groups), seed=1)

    assert recount(plan.rounds, 57) == plan.bound.most == 540
    assert outside_fair_share(plan.rounds, groups) == 0


def test_three_pairs_together_and_twelve_apart_are_kept_at_no_cost_beyond_the_bound() -> None:
    together = [(0, 30), (21, 40), (50, 3)]
    apart = [(person, person + 12) for person in range(4, 16)]
    wanted = Wanted(
        60, 10, 4, wishes=_wishes(together, WishStrength.MUST) + _wishes(apart, WishStrength.MUST_NOT)
    )

    plan = seat(wanted, seed=1)

    assert recount(plan.rounds, 60) == plan.bound.most == 591
    assert all(_sit_together(plan.rounds, pair) == 4 for pair in together)
    assert all(_sit_together(plan.rounds, pair) == 0 for pair in apart)


def test_who_would_rather_sit_together_does_once_and_who_would_rather_not_does_not() -> None:
    rather, rather_not = [(0, 1), (6, 21)], [(2, 3), (4, 5)]
    wanted = Wanted(
        24,
        4,
        3,
        UNEVEN[:24],
        wishes=_wishes(rather, WishStrength.RATHER) + _wishes(rather_not, WishStrength.RATHER_NOT),
    )

    plan = seat(wanted, seed=1, tries=SHORT)

    assert plan.unmet_wishes == ()
    assert all(_sit_together(plan.rounds, pair) >= 1 for pair in rather)
    assert all(_sit_together(plan.rounds, pair) == 0 for pair in rather_not)


def test_who_needs_one_interpreter_sits_together_at_as_few_tables_as_hold_them() -> None:
    speakers = frozenset(range(3, 33, 4))

    plan = seat(Wanted(36, 6, 3, kept=(speakers,)), seed=1, tries=(5_000,))

    assert recount(plan.rounds, 36) == plan.new
    assert [sorted(len(speakers.intersection(table)) for table in tables)[-2:] for tables in plan.rounds] == [
        [2, 6]
    ] * 3


def test_bubbles_are_spread_over_the_tables() -> None:
    choir = frozenset(range(0, 12))

    plan = seat(Wanted(24, 4, 3, mixed=(choir, frozenset({1, 13, 14, 23}))), seed=1)

    assert {len(choir.intersection(table)) for tables in plan.rounds for table in tables} == {3}


def test_after_forty_per_cent_left_the_coming_rounds_still_bring_new_people() -> None:
    evening = seat(Wanted(60, 10, 4, UNEVEN), seed=1)
    here = sorted(Random(2).sample(range(60), 36))
    number = {person: place for place, person in enumerate(here)}
    happened = tuple(
        tuple(number[person] for person in table if person in number) for table in evening.rounds[0]
    )
    wanted = Wanted(36, 6, 3, tuple(UNEVEN[person] for person in here), earlier=(happened,))

    plan = seat(wanted, seed=1, tries=(80_000,) * 4)

    assert recount(plan.rounds, 36, wanted.earlier) == plan.new
    assert plan.new >= 0.97 * plan.bound.most


def test_over_four_evenings_who_comes_again_meets_others() -> None:
    chance = Random(3)
    everybody = list(range(60))
    known: list[tuple[tuple[int, ...], ...]] = []
    for evening in range(4):
        number = {person: place for place, person in enumerate(everybody)}
        earlier = tuple(
            tuple(tuple(number[person] for person in table if person in number) for table in tables)
            for tables in known
        )
        wanted = Wanted(60, 10, 4, earlier=earlier)

        plan = seat(wanted, seed=evening, tries=(60_000, 120_000))

        assert recount(plan.rounds, 60, earlier) == plan.new >= 0.97 * plan.bound.most
        known += [
            tuple(tuple(everybody[person] for person in table) for table in tables) for tables in plan.rounds
        ]
        fresh = 60 * (evening + 1)
        everybody = chance.sample(everybody, 36) + list(range(fresh, fresh + 24))


@pytest.mark.parametrize(
    ("people", "tables", "rounds"), [(6, 2, 2), (6, 2, 3), (7, 2, 2), (8, 2, 3), (6, 3, 3), (9, 3, 2)]
)
def test_no_seating_of_a_few_people_is_better_says_a_judge_that_tries_them_all(
    people: int, tables: int, rounds: int
) -> None:
    plan = seat(Wanted(people, tables, rounds), seed=1, tries=(3_000,) * 4)

    best = _best_of_all(people, tables, rounds)

    assert plan.new == best <= plan.bound.most


def test_the_pigeonhole_counts_who_must_meet_again() -> None:
    assert [met_again(6, tables) for tables in (1, 2, 3, 4, 5, 6, 7)] == [15, 6, 3, 2, 1, 0, 0]


def test_the_bound_counts_what_happened_before() -> None:
    all_met = (tuple([tuple(range(6))]),)

    assert most_new_meetings(Wanted(6, 2, 2, earlier=all_met)).most == 0
    # A table of three of which one is new: two of them met already.
    assert most_new_meetings(Wanted(6, 2, 1, earlier=(((0, 1, 2), (3, 4, 5)),))).most == 4


@pytest.mark.parametrize(
    ("wishes", "clash", "people"),
    [
        ([(0, 1, WishStrength.MUST), (1, 0, WishStrength.MUST_NOT)], Clash.TOGETHER_AND_APART, (0, 1)),
        (
            [(0, 1, WishStrength.MUST), (1, 2, WishStrength.MUST), (0, 2, WishStrength.MUST_NOT)],
            Clash.TOGETHER_AND_APART,
            (0, 2),
        ),
        ([(0, 1, WishStrength.RATHER), (0, 1, WishStrength.RATHER_NOT)], Clash.TOGETHER_AND_APART, (0, 1)),
        ([(0, other, WishStrength.MUST) for other in range(1, 5)], Clash.TABLE_TOO_SMALL, (0, 1, 2, 3, 4)),
        (
            [(one, other, WishStrength.MUST_NOT) for one, other in combinations(range(4), 2)],
            Clash.TOO_MANY_APART,
            (0, 1, 2, 3),
        ),
        ([(3, 3, WishStrength.MUST)], Clash.SAME_PERSON, (3,)),
        (
            [
                *((place, place + 1, WishStrength.MUST) for place in (0, 1, 3, 4, 6, 7)),
                *((9, other, WishStrength.MUST_NOT) for other in (0, 3, 6)),
            ],
            Clash.NO_ROOM,
            tuple(range(10)),
        ),
    ],
)
def test_wishes_that_cannot_be_are_named_before_anything_is_computed(
    wishes: list[tuple[int, int, WishStrength]], clash: Clash, people: tuple[int, ...]
) -> None:
    wanted = Wanted(12, 3, 2, wishes=tuple(Wish(*wish) for wish in wishes))

    with pytest.raises(WishesClash) as refused:
        seat(wanted, seed=1)

    assert [(one.clash, one.people) for one in refused.value.contradictions] == [(clash, people)]
    assert set(refused.value.contradictions[0].wishes) <= set(wanted.wishes)


def test_a_latecomer_goes_to_an_emptier_table_without_those_they_must_avoid() -> None:
    sitting = ((0, 1, 2), (3, 4), (5, 6), (7, 8))
    wishes = (Wish(9, 3, WishStrength.MUST_NOT),)
    wanted = Wanted(10, 4, 3, wishes=wishes, earlier=(((9, 5), (0, 6), (1, 7)),))

    place = table_of_latecomer(wanted, sitting, 9)

    assert (place.table, place.keeps_must_wishes) == (3, True)


def test_a_latecomer_joins_whom_they_must_sit_with_and_it_is_said_when_that_cannot_be() -> None:
    sitting = ((0, 1, 2), (3, 4), (5, 6))

    beside = table_of_latecomer(Wanted(8, 3, 1, wishes=(Wish(7, 0, WishStrength.MUST),)), sitting, 7)
    torn = table_of_latecomer(
        Wanted(8, 3, 1, wishes=(Wish(7, 0, WishStrength.MUST), Wish(7, 3, WishStrength.MUST))), sitting, 7
    )

    assert (beside.table, beside.keeps_must_wishes) == (0, True)
    assert not torn.keeps_must_wishes


@pytest.mark.parametrize(
    ("people", "size", "standing", "tables"),
    [
        (60, 6, None, 10),
        (61, 6, None, 11),
        (61, 6, 10, 10),
        (36, 6, 10, 6),
        (7, 6, None, 2),
        (10, 6, 12, 2),
        (1, 6, None, 1),
        (0, 6, None, 0),
        (3, 1, None, 1),
        (2, 6, None, 1),
    ],
)
def test_as_many_tables_stand_as_leave_nobody_alone(
    people: int, size: int, standing: int | None, tables: int
) -> None:
    assert tables_for(people, size, standing=standing) == tables


def test_a_search_that_is_told_to_stop_answers_with_the_best_so_far() -> None:
    heard: list[float] = []

    def told(part: float, _new: int) -> bool:
        heard.append(part)
        return len(heard) < 2

    plan = seat(Wanted(36, 6, 4), seed=1, told=told)

    assert len(heard) == 2
    assert recount(plan.rounds, 36) == plan.new > 300


@pytest.mark.parametrize(("tables", "groups", "best"), [(3, (), 58), (2, (0,) * 4 + (1,) * 4 + (2,) * 4, 62)])
def test_a_small_hall_whose_bound_is_out_of_reach_is_not_searched_as_long_as_a_large_one(
    tables: int, groups: tuple[int, ...], best: int
) -> None:
    wanted = Wanted(12, tables, 4, groups, wishes=_wishes([(0, 1), (2, 3)], WishStrength.MUST))

    plan = seat(wanted, seed=1)

    # Two million steps found no more.
    assert recount(plan.rounds, 12) == plan.new == best < plan.bound.most
    assert plan.steps < 200_000


@pytest.mark.parametrize("people", [1, 2, 7, 12, 24, 48, 60, 300])
def test_no_hall_is_searched_longer_than_asked_and_a_large_one_as_long(people: int) -> None:
    lengths = lengths_of(Wanted(people, tables_for(people, 6), 4), TRIES)

    assert lengths
    assert sum(lengths) <= sum(TRIES)
    assert people < 100 or tuple(lengths) == TRIES


@pytest.mark.parametrize("seed", range(4))
def test_what_the_search_keeps_of_who_met_is_what_a_recount_finds(seed: int) -> None:
    """Who changes tables is counted beside who stays; from the beginning it comes out the same."""
    chance = Random(seed)
    wishes = tuple(
        Wish(one, other, strength)
        for strength in (WishStrength.RATHER, WishStrength.RATHER_NOT, WishStrength.MUST_NOT)
        for one, other in (chance.sample(range(26), 2), chance.sample(range(26), 2))
    )
    earlier = (tuple(tuple(range(first, 26, 5)) for first in range(5)),)
    wanted = Wanted(
        26,
        5,
        4,
        tuple(chance.choices((0, 1, 2, None), k=26)),
        mixed=(frozenset(chance.sample(range(26), 9)),),
        kept=(frozenset(chance.sample(range(26), 4)),),
        wishes=() if seed == 0 else wishes,
        earlier=earlier,
    )
    search = Search(wanted, starting_rounds(wanted, Random(seed), is_shuffled=True), Random(seed))

    rounds, value = search.run(3_000, goal=10_000, warm=1.0, told=lambda *_: True)

    assert search.value == Search(wanted, search.rounds, Random(0)).value
    assert value == Search(wanted, rounds, Random(0)).value >= search.value


people_and_tables = st.integers(1, 22).flatmap(
    lambda people: st.tuples(st.just(people), st.integers(2, 8), st.integers(1, 3))
)


@settings(max_examples=60)
@given(
    shape=people_and_tables,
    seed=st.integers(0, 5),
    drawn=st.lists(
        st.tuples(st.integers(0, 21), st.integers(0, 21), st.sampled_from(list(WishStrength))), max_size=5
    ),
    groups=st.lists(st.sampled_from([0, 1, 2, None]), min_size=22, max_size=22),
)
def test_nobody_sits_twice_tables_are_even_and_must_wishes_are_kept_or_refused(
    shape: tuple[int, int, int],
    seed: int,
    drawn: list[tuple[int, int, WishStrength]],
    groups: list[int | None],
) -> None:
    people, size, rounds = shape
    wishes = tuple(Wish(one % people, other % people, strength) for one, other, strength in drawn)
    wanted = Wanted(people, tables_for(people, size), rounds, tuple(groups[:people]), wishes=wishes)
    if contradictions(wanted):
        with pytest.raises(WishesClash):
            seat(wanted, seed=seed, tries=(300,))
        return

    plan = seat(wanted, seed=seed, tries=(300,))

    assert recount(plan.rounds, people) == plan.new <= plan.bound.most
    assert plan == seat(wanted, seed=seed, tries=(300,))
    for wish in wishes:
        if wish.strength is WishStrength.MUST:
            assert _sit_together(plan.rounds, wish.pair) == rounds
        if wish.strength is WishStrength.MUST_NOT:
            assert _sit_together(plan.rounds, wish.pair) == 0
    assert all(len(block) <= max(map(len, plan.rounds[0])) for block in blocks_of(wanted))


def _sit_together(rounds: tuple[tuple[tuple[int, ...], ...], ...], pair: tuple[int, int]) -> int:
    return sum(set(pair) <= set(table) for tables in rounds for table in tables)


def _ways(people: frozenset[int], sizes: tuple[int, ...]) -> Iterator[frozenset[tuple[int, int]]]:
    """Return for each way to fill tables of these sizes which pairs meet."""
    if not sizes:
        yield frozenset()
        return
    first = min(people)
    for size in set(sizes):
        left = list(sizes)
        left.remove(size)
        for others in combinations(sorted(people - {first}), size - 1):
            table = (first, *others)
            for rest in _ways(people - set(table), tuple(left)):
                yield rest | frozenset(combinations(table, 2))


def _best_of_all(people: int, tables: int, rounds: int) -> int:
    each, over = divmod(people, tables)
    ways = list(
        dict.fromkeys(_ways(frozenset(range(people)), (each + 1,) * over + (each,) * (tables - over)))
    )
    met = {ways[0]}
    for _ in range(rounds - 1):
        met = {before | way for before in met for way in ways}
    return max(map(len, met))
