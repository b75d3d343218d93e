"""Seat people: the whole way from what is asked to a plan that says how good it is."""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb
from random import Random

from models.basics.words import WishStrength
from models.encounters.seating.bound import met_of, most_new_meetings
from models.encounters.seating.search import Search, beyond, shares_of, unavoidable_cost
from models.encounters.seating.start import from_planned, starting_rounds
from models.encounters.seating.wanted import Plan, Round, Wanted, Wish
from models.encounters.seating.wishes import Contradiction, contradictions

# Steps of the search, try by try: a short one suffices for most evenings, a long one for the hard ones.
TRIES = (200_000, 200_000, 400_000, 400_000, 800_000)
# A small hall needs less: so many steps a try, for each round and pair of people, and so many tries; and what so many
# tries agree on is as good as it gets. Measured in docs/seating.md.
STEPS_A_PAIR, MOST_TRIES, AGREED = 100, 16, 6
# There the beginning is seldom worth keeping: warmer tries find more.
WARMTHS_OF_SMALL = (0.25, 0.8, 0.5, 0.8)
# A plan that was made before is kept, but for a few, where it comes so near to the bound (per cent).
NEAR_ENOUGH, NEAR_STEPS, NEAR_WARMTH = 99, 60_000, 0.12
# How far each try goes along with changes that cost something: little, so that a good start stays good; then more.
WARMTHS = (0.25, 0.16, 0.5, 0.35)

# The search looks up every thousand steps, and tells of it every so many times.
TOLD_EVERY = 20

Told = Callable[[float, int], bool]


class WishesClash(ValueError):
    """Must-wishes that cannot all be kept; nothing was computed."""

    def __init__(self, contradictions: Sequence[Contradiction]) -> None:
        super().__init__(", ".join(one.clash for one in contradictions))
        self.contradictions = tuple(contradictions)


def seat(
    wanted: Wanted,
    *,
    seed: int,
    tries: Sequence[int] = TRIES,
    told: Told | None = None,
    planned: Sequence[Round] = (),
) -> Plan:
    """Return who sits where in the rounds that are asked for. The same seed gives the same plan.

    `tries` are how many steps each try of the search may take, fewer and more often in a small hall; it ends as soon as
    the proved bound is reached with everybody's share kept, or many tries agree on what is best. `told(part, new)`
    hears how far it is (0–1) and how many new meetings there are by now; when it answers False the search ends with the
    best so far. `planned` are the same rounds as they were planned before: where they can be kept but for a few people,
    they are. Raises `WishesClash` before anything is computed.
    """
    if found := contradictions(wanted):
        raise WishesClash(found)
    if wanted.people == 0:
        return _plan(wanted, [[] for _ in range(wanted.rounds)], 0)
    goal = most_new_meetings(wanted).most - unavoidable_cost(wanted)
    best: tuple[int, list[list[int]]] | None = None
    lengths = lengths_of(wanted, tries)
    heard = _Heard(told, sum(lengths))
    steps = 0
    near = from_planned(wanted, planned)
    if near is not None:
        search = Search(wanted, near, Random(f"{seed}:near"))
        best_goal = goal + search.goal_of_wishes
        rounds, value = search.run(NEAR_STEPS, goal=best_goal, warm=NEAR_WARMTH, restless=0.0, told=heard)
        if 100 * value >= NEAR_ENOUGH * best_goal:
            return _plan(wanted, rounds, search.steps)
        best = value, rounds
    warmths = WARMTHS if lengths == list(tries) else WARMTHS_OF_SMALL
    agreed = 0
    for number, length in enumerate(lengths):
        chance = Random(f"{seed}:{number}")
        search = Search(wanted, starting_rounds(wanted, chance, is_shuffled=number > 0), chance)
        warmth = warmths[number % len(warmths)]
        rounds, value = search.run(length, goal=goal + search.goal_of_wishes, warm=warmth, told=heard)
        steps += search.steps
        agreed += best is not None and value == best[0]
        if best is None or value > best[0]:
            best, agreed = (value, rounds), 1
        if best[0] >= goal + search.goal_of_wishes or heard.has_stopped or agreed == AGREED:
            break
        heard.done += length
    assert best is not None, "there is a try at least"
    return _plan(wanted, best[1], steps)


def lengths_of(wanted: Wanted, tries: Sequence[int]) -> list[int]:
    """Return how many steps each try takes: as asked in a large hall; in a small one short tries, and many of them.

    The fewer people and rounds there are, the sooner every change was looked at many times; then another beginning
    brings more than more steps.
    """
    length = STEPS_A_PAIR * wanted.rounds * max(comb(wanted.people, 2), 1)
    return [length] * MOST_TRIES if length * MOST_TRIES < sum(tries) else list(tries)


class _Heard:
    """Tells how far the search is, now and then, and remembers that it was told to stop."""

    def __init__(self, told: Told | None, steps: int) -> None:
        self.told, self.steps, self.done = told, steps, 0
        self.best = 0
        self.has_stopped = False
        self._times = 0

    def __call__(self, step: int, value: int) -> bool:
        self.best = max(self.best, value)
        self._times += 1
        if self.told is not None and self._times % TOLD_EVERY == 0:
            self.has_stopped = not self.told(min((self.done + step) / self.steps, 1.0), self.best)
        return not self.has_stopped


def new_meetings(wanted: Wanted, rounds: Sequence[Round]) -> int:
    """Return how many pairs meet in these rounds that had not met earlier."""
    met = met_of(wanted)
    pairs = {pair for tables in rounds for table in tables for pair in combinations(sorted(table), 2)}
    return sum(not met[one] >> other & 1 for one, other in pairs)


def _plan(wanted: Wanted, seated: Sequence[Sequence[int]], steps: int) -> Plan:
    rounds = tuple(
        tuple(
            tuple(person for person, table in enumerate(at) if table == number)
            for number in range(wanted.tables)
        )
        for at in seated
    )
    return Plan(
        rounds=rounds,
        new=new_meetings(wanted, rounds),
        bound=most_new_meetings(wanted),
        unbalanced=_unbalanced(wanted, rounds),
        of_one_group=_of_one_group(wanted, rounds),
        unmet_wishes=_unmet_wishes(wanted, rounds),
        steps=steps,
    )


def _unbalanced(wanted: Wanted, rounds: Sequence[Round]) -> int:
    groups = shares_of(Wanted(wanted.people, wanted.tables, wanted.rounds, wanted.groups))
    return sum(
        beyond(len(members.intersection(table)), len(members), len(table), wanted.people)
        for tables in rounds
        for table in tables
        for members, _ in groups
    )


def _of_one_group(wanted: Wanted, rounds: Sequence[Round]) -> tuple[tuple[int, int], ...]:
    if not wanted.groups:
        return ()
    return tuple(
        (number, place)
        for number, tables in enumerate(rounds)
        for place, table in enumerate(tables)
        if len(table) > 1
        and wanted.groups[table[0]] is not None
        and len({wanted.groups[person] for person in table}) == 1
    )


def _unmet_wishes(wanted: Wanted, rounds: Sequence[Round]) -> tuple[Wish, ...]:
    together = {pair for tables in rounds for table in tables for pair in combinations(sorted(table), 2)}
    return tuple(
        wish
        for wish in wanted.wishes
        if wish.strength in (WishStrength.RATHER, WishStrength.RATHER_NOT)
        and (wish.pair in together) is not wish.strength.is_together
    )
