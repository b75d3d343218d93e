"""How many new meetings any seating can bring about at most. Each bound here is proved; the smallest one counts.

A seating that reaches it cannot be bettered, and one may say so: "more is not possible".
"""

from collections.abc import Sequence
from math import comb

from models.encounters.seating.tables import table_sizes
from models.encounters.seating.wanted import Bound, Reason, Round, Wanted
from models.encounters.seating.wishes import apart_of, blocks_of


def met_again(people: int, tables: int) -> int:
    """Return how many pairs, at least, met before when `people` sit down who come from so many earlier tables.

    Pigeonhole: with people = q × tables + r, at least r·C(q+1, 2) + (tables − r)·C(q, 2) pairs share an earlier table.
    """
    if people <= 0 or tables <= 0:
        return 0
    each, over = divmod(people, tables)
    return over * comb(each + 1, 2) + (tables - over) * comb(each, 2)


def met_of(wanted: Wanted) -> list[int]:
    """Return for each person, as bits, who was met in an earlier round."""
    met = [0] * wanted.people
    for tables in wanted.earlier:
        for table in tables:
            bits = sum(1 << person for person in table)
            for person in table:
                met[person] |= bits & ~(1 << person)
    return met


def most_new_meetings(wanted: Wanted) -> Bound:
    """Return the most pairs that can meet for the first time in the rounds that are asked for, and why no more."""
    if wanted.people < 2 or wanted.rounds < 1:
        return Bound(0, (Reason.NOBODY_LEFT,))
    sizes = table_sizes(wanted.people, wanted.tables)
    met, apart = met_of(wanted), apart_of(wanted)
    forced = [pair for block in blocks_of(wanted) for pair in _pairs(block)]
    forced_before = sum(met[one] >> other & 1 for one, other in forced)
    a_round = sum(comb(size, 2) for size in sizes)
    by_tables = sum(met_again(size, wanted.tables) for size in sizes)
    by_earlier = max((_again_after(tables, sizes) for tables in wanted.earlier), default=0)
    first = max(by_earlier, forced_before)
    later = max(by_tables, by_earlier, len(forced))
    by_round = (a_round - first) + (wanted.rounds - 1) * (a_round - later)
    left = [wanted.people - 1 - (met[person] | apart[person]).bit_count() for person in range(wanted.people)]
    strangers = sum(left) // 2
    seats = wanted.rounds * (sizes[0] - 1)
    by_person = sum(min(seats, each) for each in left) // 2
    by_circle = wanted.rounds * a_round - _again_in_a_circle(met, apart, wanted.tables, wanted.rounds)
    most = min(by_round, strangers, by_person, by_circle)
    if most == strangers:
        return Bound(most, (Reason.EVERYONE if most else Reason.NOBODY_LEFT,))
    if most == min(by_person, by_circle) < by_round:
        return Bound(most, (Reason.EARLIER if wanted.earlier else Reason.EVERYONE,))
    because = [Reason.SEATS]
    if later and wanted.rounds > 1:
        if later == by_tables:
            because.append(Reason.FEW_TABLES)
        elif later == len(forced):
            because.append(Reason.TOGETHER)
    if first or later > max(by_tables, len(forced)):
        because.append(Reason.EARLIER)
    return Bound(most, tuple(because), later, met_again(sizes[0], wanted.tables))


def _pairs(block: Sequence[int]) -> list[tuple[int, int]]:
    return [(one, other) for place, one in enumerate(block) for other in block[place + 1 :]]


def _again_after(earlier: Round, sizes: Sequence[int]) -> int:
    """Return how many pairs of one earlier round meet again, at least, at tables of these sizes.

    Counted from both sides: a new table draws on so many earlier ones, and an earlier table spreads over so many new.
    Who was not there then knows nobody, and sits where that helps most.
    """
    present = [len(table) for table in earlier if table]
    newcomers = sum(sizes) - sum(present)
    from_earlier = list(sizes)
    for _ in range(newcomers):
        table = max(
            range(len(from_earlier)),
            key=lambda place: (
                met_again(from_earlier[place], len(present))
                - met_again(from_earlier[place] - 1, len(present))
            ),
        )
        from_earlier[table] -= 1
    drawn = sum(met_again(size, len(present)) for size in from_earlier)
    spread = sum(met_again(size, len(sizes)) for size in present)
    return max(drawn, spread)


def _again_in_a_circle(met: Sequence[int], apart: Sequence[int], tables: int, rounds: int) -> int:
    """Return how many seats beside each other, over all rounds, go to pairs that met before, at least.

    Of a circle of people, more than there are tables, so many pairs sit together in every round; only those who have
    not met are new, each once. Circles of people who know each other well are found by leaving out, one by one, who has
    most to meet; each of them is a proof, and the best one counts.
    """
    left = (1 << len(met)) - 1
    strangers = [left & ~(met[person] | apart[person] | 1 << person) for person in range(len(met))]
    to_meet = [mask.bit_count() for mask in strangers]
    pairs = sum(to_meet) // 2
    best = 0
    inside = set(range(len(met)))
    while len(inside) > tables:
        best = max(best, rounds * met_again(len(inside), tables) - pairs)
        person = max(inside, key=lambda each: (to_meet[each], each))
        inside.remove(person)
        pairs -= to_meet[person]
        for other in inside:
            to_meet[other] -= strangers[person] >> other & 1
    return best


def most_that_could_meet(rounds: Sequence[Round], together: Sequence[tuple[int, int]] = ()) -> Bound:
    """Return the most pairs that could have met in rounds that happened, by who was there, at tables as large as then.

    Whom one puts at which table is what could have been otherwise. `together` are pairs that must share a table.
    """
    there = [{person for table in tables for person in table} for tables in rounds]
    by_round, repeated, because = 0, 0, Reason.FEW_TABLES
    for number, tables in enumerate(rounds):
        sizes = [len(table) for table in tables]
        again = 0
        for place, earlier in enumerate(rounds[:number]):
            still = tuple(tuple(each for each in table if each in there[number]) for table in earlier)
            by_tables = _again_after(still, sizes)
            both = sum({one, other} <= there[number] & there[place] for one, other in together)
            if both > max(again, by_tables):
                because = Reason.TOGETHER
            again = max(again, by_tables, both)
        by_round += sum(comb(size, 2) for size in sizes) - again
        repeated = max(repeated, again)
    meets: dict[int, set[int]] = {}
    seats: dict[int, int] = {}
    for people, tables in zip(there, rounds, strict=True):
        largest = max((len(table) for table in tables), default=1)
        for person in people:
            meets.setdefault(person, set()).update(people - {person})
            seats[person] = seats.get(person, 0) + largest - 1
    strangers = sum(len(others) for others in meets.values()) // 2
    by_person = sum(min(seats[person], len(others)) for person, others in meets.items()) // 2
    most = min(by_round, strangers, by_person)
    if most == strangers:
        return Bound(most, (Reason.EVERYONE,))
    sizes = [len(table) for tables in rounds for table in tables]
    fewest = min((len(tables) for tables in rounds), default=1)
    why = (Reason.SEATS, because) if repeated and most == by_round else (Reason.SEATS,)
    return Bound(most, why, repeated, met_again(max(sizes, default=0), fewest))
