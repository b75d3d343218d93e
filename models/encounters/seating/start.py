"""Where the search begins: people in columns, each column turned a little further every round.

Person j of column i sits at table j − s(r, i) in round r. With the s(r, i) of a difference matrix two people of
different columns meet once at most, and who share a column never meet: where a field has as many elements as there are
tables, s(r, i) = r·i, and a prime number of tables makes that the plain cyclic start (j − r·i) mod tables. Else a short
search finds as many rounds as it can. More columns than tables use the same turns again: their people meet again just
as often as they must (see `bound`).

Source: Colbourn and Dinitz, Handbook of Combinatorial Designs (2007), VI.17, Difference matrices.
"""

from collections.abc import Sequence
from itertools import count
from random import Random

from models.encounters.seating.tables import table_sizes
from models.encounters.seating.wanted import Round, Wanted
from models.encounters.seating.wishes import NotFound, apart_of, blocks_of, placed, units_of

# A power of a prime, with the prime and what the highest power of x is equal to (a polynomial's coefficients, lowest
# first) in the field of that many elements.
_FIELDS = {
    4: (2, (1, 1)),
    8: (2, (1, 1, 0)),
    9: (3, (2, 0)),
    16: (2, (1, 1, 0, 0)),
    25: (5, (3, 0)),
    27: (3, (2, 1, 0)),
}
MOST_TRIED = 4_000


def starting_rounds(wanted: Wanted, chance: Random, *, is_shuffled: bool) -> list[list[int]]:
    """Return for each round at which table each person begins; every must-wish is kept.

    People are dealt into columns by group, so that most of each group's fair share comes by itself; `is_shuffled` deals
    those of a group in another order each time.
    """
    blocks, apart = blocks_of(wanted), apart_of(wanted)
    order = _by_group(wanted, chance if is_shuffled else None)
    units = units_of(blocks, apart)
    if units:
        return [_with_wishes(wanted, units, apart, order, chance, number) for number in range(wanted.rounds)]
    tables = wanted.tables
    columns = -(-wanted.people // tables)
    turns = _turns(tables, min(columns, tables), wanted.rounds, chance)
    seated = []
    for number in range(wanted.rounds):
        at = _dealt(order, tables, chance)
        if number < len(turns):
            for place, person in enumerate(order):
                column, row = divmod(place, tables)
                at[person] = _minus(row, turns[number][column % tables], tables)
        seated.append(_larger_first(at, tables))
    return seated


def from_planned(wanted: Wanted, planned: Sequence[Round]) -> list[list[int]] | None:
    """Return the rounds as they were planned, with who came since at the emptiest tables; as few as can be change.

    None where that keeps no must-wish, or the plan was for other rounds or tables.
    """
    if len(planned) != wanted.rounds or any(len(tables) != wanted.tables for tables in planned):
        return None
    blocks, apart = blocks_of(wanted), apart_of(wanted)
    tied = {person for unit in units_of(blocks, apart) for person in unit}
    seated = []
    for tables in planned:
        sitting = [list(table) for table in tables]
        known = {person for table in sitting for person in table}
        for person in range(wanted.people):
            if person not in known:
                min(sitting, key=len).append(person)
        while len(most := max(sitting, key=len)) > len(least := min(sitting, key=len)) + 1:
            free = [person for person in most if person not in tied]
            if not free:
                return None
            most.remove(free[-1])
            least.append(free[-1])
        at = [0] * wanted.people
        for table, people in enumerate(sitting):
            for person in people:
                at[person] = table
        if any(len({at[person] for person in block}) > 1 for block in blocks) or any(
            apart[person] & sum(1 << other for other in people) for people in sitting for person in people
        ):
            return None
        seated.append(at)
    return seated


def _larger_first(at: list[int], tables: int) -> list[int]:
    """Return the same round with the larger tables first, as `table_sizes` has them."""
    held = [0] * tables
    for table in at:
        held[table] += 1
    rank = {
        table: place
        for place, table in enumerate(sorted(range(tables), key=lambda table: (-held[table], table)))
    }
    return [rank[table] for table in at]


def _by_group(wanted: Wanted, chance: Random | None) -> list[int]:
    groups = wanted.groups or (None,) * wanted.people
    people = list(range(wanted.people))
    if chance is not None:
        chance.shuffle(people)
    size: dict[int | None, int] = {}
    for group in groups:
        size[group] = size.get(group, 0) + 1
    return sorted(people, key=lambda person: (-size[groups[person]], str(groups[person])))


def _dealt(order: Sequence[int], tables: int, chance: Random) -> list[int]:
    """Return one round in which each column is dealt over the tables at random."""
    at = [0] * len(order)
    for first in range(0, len(order), tables):
        column = order[first : first + tables]
        for person, table in zip(column, chance.sample(range(tables), len(column)), strict=True):
            at[person] = table
    return at


def _with_wishes(
    wanted: Wanted,
    units: Sequence[Sequence[int]],
    apart: Sequence[int],
    order: Sequence[int],
    chance: Random,
    number: int,
) -> list[int]:
    """Return one round: who is tied to somebody first, the others dealt by group over the seats that are left."""
    rooms = table_sizes(wanted.people, wanted.tables)
    tables = list(range(wanted.tables))
    if number:
        chance.shuffle(tables)
    try:
        chosen = placed(units, apart, rooms, tables)
    except NotFound:
        chosen = placed(units, apart, rooms, range(wanted.tables))
    assert chosen is not None, "contradictions are found before a seating is computed"
    at = [-1] * wanted.people
    free = list(rooms)
    for unit, table in zip(units, chosen, strict=True):
        free[table] -= len(unit)
        for person in unit:
            at[person] = table
    for person in order:
        if at[person] < 0:
            # The emptiest table has room, since there is a seat for everybody.
            table = max(tables, key=lambda each: free[each])
            at[person] = table
            free[table] -= 1
    return at


def _turns(tables: int, columns: int, rounds: int, chance: Random) -> list[list[int]]:
    """Return a turn per round and column: as many rounds as were found in which nobody meets twice."""
    if all(tables % divisor for divisor in range(2, tables)) or tables in _FIELDS:
        return [
            [_times(number, column, tables) for column in range(columns)]
            for number in range(min(rounds, tables))
        ]
    best: list[list[int]] = []
    for _ in range(3):
        found = _searched(tables, columns, rounds, chance)
        if len(found) > len(best):
            best = found
        if len(best) == rounds:
            break
    return best


def _searched(tables: int, columns: int, rounds: int, chance: Random) -> list[list[int]]:
    turns: list[list[int]] = [[0] * columns]
    while len(turns) < rounds:
        turn = _next_turn(turns, tables, columns, chance)
        if turn is None:
            break
        turns.append(turn)
    return turns


def _next_turn(turns: Sequence[Sequence[int]], tables: int, columns: int, chance: Random) -> list[int] | None:
    """Return a turn whose differences with each earlier one are all different, or None where none was found soon."""
    turn = [0]
    used = [{0} for _ in turns]
    choices = [iter(chance.sample(range(tables), tables))]
    for tried in count():
        if len(turn) == columns:
            return turn
        if tried > MOST_TRIED:
            return None
        column = len(turn)
        for shift in choices[-1]:
            differences = [(shift - earlier[column]) % tables for earlier in turns]
            if all(one not in seen for one, seen in zip(differences, used, strict=True)):
                for one, seen in zip(differences, used, strict=True):
                    seen.add(one)
                turn.append(shift)
                choices.append(iter(chance.sample(range(tables), tables)))
                break
        else:
            choices.pop()
            if not choices or len(turn) == 1:
                return None
            shift = turn.pop()
            for earlier, seen in zip(turns, used, strict=True):
                seen.discard((shift - earlier[len(turn)]) % tables)
    return None


def _digits(number: int, prime: int, length: int) -> list[int]:
    found = []
    for _ in range(length):
        number, digit = divmod(number, prime)
        found.append(digit)
    return found


def _number(digits: Sequence[int], prime: int) -> int:
    return sum(digit * prime**place for place, digit in enumerate(digits))


def _minus(one: int, other: int, tables: int) -> int:
    """Return the difference of two elements of the field with so many elements, else modulo that number."""
    if tables not in _FIELDS:
        return (one - other) % tables
    prime, highest = _FIELDS[tables]
    pairs = zip(_digits(one, prime, len(highest)), _digits(other, prime, len(highest)), strict=True)
    return _number([(a - b) % prime for a, b in pairs], prime)


def _times(one: int, other: int, tables: int) -> int:
    """Return the product of two elements of the field with so many elements, else modulo that number."""
    if tables not in _FIELDS:
        return one * other % tables
    prime, highest = _FIELDS[tables]
    power = _digits(one, prime, len(highest))
    product = [0] * len(highest)
    for digit in _digits(other, prime, len(highest)):
        product = [(a + digit * b) % prime for a, b in zip(product, power, strict=True)]
        over = power[-1]
        power = [(a + over * b) % prime for a, b in zip([0, *power[:-1]], highest, strict=True)]
    return _number(product, prime)
