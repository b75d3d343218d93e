"""Give who comes late a table in the round that is going on. Nobody who sits is moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.basics.words import WishStrength
from models.encounters.seating.bound import met_of
from models.encounters.seating.search import (
    RATHER_NOT_WEIGHT,
    RATHER_WEIGHT,
    beyond,
    shares_of,
)
from models.encounters.seating.wanted import Round, Wanted
from models.encounters.seating.wishes import apart_of, blocks_of


@dataclass(frozen=True)
class Place:
    """The table of a latecomer, and whether every must-wish about them could be kept there."""

    table: int
    keeps_must_wishes: bool


def table_of_latecomer(wanted: Wanted, sitting: Round, person: int) -> Place:
    """Return the table that costs least: no wish broken, then as few people, as few who met before, as fair as can be.

    `wanted` counts `person` among its people, with the rounds that went before; `sitting` holds who sits now.
    """
    apart, met = apart_of(wanted)[person], met_of(wanted)[person]
    beside = {other for block in blocks_of(wanted) if person in block for other in block} - {person}
    seated = {other for table in sitting for other in table}

    def breaks(table: Sequence[int]) -> int:
        left = len(beside & seated - set(table))
        return left + sum(apart >> other & 1 for other in table)

    def costs(place: int) -> tuple[int, int, int, int]:
        table = sitting[place]
        again = sum(met >> other & 1 for other in table)
        return (
            breaks(table),
            len(table),
            again + _unfair(wanted, table, person) + _wished(wanted, table, person),
            place,
        )

    best = min(range(len(sitting)), key=costs)
    return Place(best, breaks(sitting[best]) == 0)


def _unfair(wanted: Wanted, table: Sequence[int], person: int) -> int:
    """Return what it costs more that `person` joins: one too many of a group counts as in the search."""
    cost = 0
    for members, weight in shares_of(wanted):
        count = len(members.intersection(table))
        after = beyond(count + (person in members), len(members), len(table) + 1, wanted.people)
        before = beyond(count, len(members), len(table) + 1, wanted.people)
        cost += weight * (after - before)
    return cost


def _wished(wanted: Wanted, table: Sequence[int], person: int) -> int:
    weights = {WishStrength.RATHER: -RATHER_WEIGHT, WishStrength.RATHER_NOT: RATHER_NOT_WEIGHT}
    return sum(
        weights.get(wish.strength, 0)
        for wish in wanted.wishes
        if (wish.one == person and wish.other in table) or (wish.other == person and wish.one in table)
    )
