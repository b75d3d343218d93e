"""The seating at mixed tables: how many new meetings, against the proved bound, and in how many seconds.

A checker of its own (`tests/models/encounters/recount.py`) recounts every plan.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from models.basics.words import WishStrength
from models.encounters.seating.seat import TRIES, seat
from models.encounters.seating.tables import tables_for
from models.encounters.seating.wanted import Round, Wanted, Wish
from tests.models.encounters.recount import outside_fair_share, recount

SIX_GROUPS = (20, 14, 10, 8, 5, 3)
SEEDS = 20
# Each of the many cases gets so many steps: a few tenths of a second where the bound is not reached at once.
SHORT = (100_000, 200_000)
SIZES, ROUNDS, PEOPLE = range(4, 9), range(2, 7), range(7, 151)


@dataclass(frozen=True)
class Seated:
    """Plans for one question: the smallest part of the bound (%), how many are under it, and the longest (s)."""

    what: str
    part: float
    under: int
    unfair: int
    seconds: float


@dataclass(frozen=True)
class Sweep:
    """Every size of hall: which cases stay under the bound, as (people, size, rounds, new, bound)."""

    cases: int
    under: Sequence[tuple[int, int, int, int, int]]


def measure() -> list[Seated]:
    """Return what each case of the table brings about."""
    sixty = Wanted(60, 10, 4, _groups(SIX_GROUPS))
    three_hundred = three_hundred_at_tables()
    return [
        _seated("60 people, six uneven groups, tables of 6, 4 rounds", [sixty] * SEEDS),
        _seated("300 people, six uneven groups, tables of 6, 5 rounds", [three_hundred] * 3),
        *(
            _seated(
                f"{people} people at {people // size} tables, 4 rounds", [Wanted(people, people // size, 4)]
            )
            for people, size in ((24, 6), (30, 6), (20, 5))
        ),
        _seated("60 people, 3 pairs together and 12 apart", [_with_wishes()] * 5),
        _seated("36 people at 6 tables, 4 rounds: 360 is known to be impossible", [Wanted(36, 6, 4)]),
        _seated("40 % left after round 1", [_after_leaving(sixty, seed) for seed in range(5)]),
        _seated("four evenings, 60 % come again", _evenings()),
    ]


def three_hundred_at_tables() -> Wanted:
    """Return the largest question of the table: 300 people of six uneven groups at 50 tables, in 5 rounds."""
    return Wanted(300, 50, 5, _groups(tuple(5 * count for count in SIX_GROUPS)))


def measure_sweep() -> Sweep:
    """Return how the halls of 7–150 people, tables of 4–8 and 2–6 rounds come out."""
    under = []
    cases = 0
    for people in PEOPLE:
        for size in SIZES:
            for rounds in ROUNDS:
                wanted = Wanted(people, tables_for(people, size), rounds)
                plan = seat(wanted, seed=1, tries=SHORT)
                assert recount(plan.rounds, people) == plan.new
                cases += 1
                if plan.new < plan.bound.most:
                    under.append((people, size, rounds, plan.new, plan.bound.most))
    return Sweep(cases, under)


def _seated(what: str, asked: Sequence[Wanted]) -> Seated:
    part, under, unfair, longest = 100.0, 0, 0, 0.0
    for seed, wanted in enumerate(asked):
        began = time.perf_counter()
        plan = seat(wanted, seed=seed, tries=TRIES)
        longest = max(longest, time.perf_counter() - began)
        new = recount(plan.rounds, wanted.people, wanted.earlier)
        assert new == plan.new
        part = min(part, 100 * new / plan.bound.most)
        under += new < plan.bound.most
        if wanted.groups:
            unfair += outside_fair_share(plan.rounds, [group or 0 for group in wanted.groups])
    return Seated(what, part, under, unfair, longest)


def _groups(sizes: Sequence[int]) -> tuple[int, ...]:
    return tuple(group for group, count in enumerate(sizes) for _ in range(count))


def _with_wishes() -> Wanted:
    pairs = [(0, 30, WishStrength.MUST), (21, 40, WishStrength.MUST), (50, 3, WishStrength.MUST)]
    pairs += [(person, person + 12, WishStrength.MUST_NOT) for person in range(4, 16)]
    return Wanted(60, 10, 4, wishes=tuple(Wish(*pair) for pair in pairs))


def _after_leaving(evening: Wanted, seed: int) -> Wanted:
    here = sorted(Random(seed).sample(range(evening.people), round(0.6 * evening.people)))
    (first,) = _here(seat(evening, seed=seed).rounds[:1], here)
    groups = tuple(evening.groups[person] for person in here)
    return Wanted(len(here), tables_for(len(here), 6), evening.rounds - 1, groups, earlier=(first,))


def _evenings() -> list[Wanted]:
    chance = Random(1)
    everybody, known, asked = list(range(60)), list[Round](), list[Wanted]()
    for evening in range(4):
        asked.append(Wanted(60, 10, 4, earlier=_here(known, everybody)))
        plan = seat(asked[-1], seed=evening)
        known += [
            tuple(tuple(everybody[person] for person in table) for table in tables) for tables in plan.rounds
        ]
        everybody = chance.sample(everybody, 36) + list(range(60 * (evening + 1), 60 * (evening + 1) + 24))
    return asked


def _here(rounds: Sequence[Round], here: Sequence[int]) -> tuple[Round, ...]:
    number = {person: place for place, person in enumerate(here)}
    return tuple(
        tuple(tuple(number[person] for person in table if person in number) for table in tables)
        for tables in rounds
    )
