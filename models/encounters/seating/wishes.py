"""Wishes about who sits with whom: who belongs together, and which wishes cannot all be kept.

The latter is found before anything is computed.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from models.basics.words import WishStrength
from models.encounters.seating.tables import table_sizes
from models.encounters.seating.wanted import Wanted, Wish

# Looking whether all must-wishes fit at the tables ends here; what is not found by then is told as not found.
MOST_TRIED = 20_000


class Clash(StrEnum):
    """Why wishes cannot all be kept."""

    SAME_PERSON = "same_person"
    TOGETHER_AND_APART = "together_and_apart"
    TABLE_TOO_SMALL = "table_too_small"
    TOO_MANY_APART = "too_many_apart"
    NO_ROOM = "no_room"


@dataclass(frozen=True)
class Contradiction:
    """Wishes that cannot all be kept, and the people whom it is about; `seats` and `tables` are what there is."""

    clash: Clash
    people: tuple[int, ...]
    wishes: tuple[Wish, ...]
    seats: int = 0
    tables: int = 0


def apart_of(wanted: Wanted) -> list[int]:
    """Return for each person, as bits, who must not sit at the same table."""
    apart = [0] * wanted.people
    for wish in wanted.wishes:
        if wish.strength is WishStrength.MUST_NOT:
            apart[wish.one] |= 1 << wish.other
            apart[wish.other] |= 1 << wish.one
    return apart


@lru_cache(maxsize=16)
def blocks_of(wanted: Wanted) -> tuple[tuple[int, ...], ...]:
    """Return the sets of two and more people who sit at one table in every round: by a must-wish, or kept together.

    Must-wishes go first. Of who is kept together as many as the tables hold do sit together.
    """
    joined = _joined(wanted)
    if not wanted.kept:
        return _together(joined)
    seats = _seats(wanted)
    apart = apart_of(wanted)
    # Who fits at one table comes first, so that the few who need each other do not make way for the many.
    for members in sorted(wanted.kept, key=lambda people: (len(people), sorted(people))):
        units = sorted({joined[person] for person in members}, key=lambda unit: (-len(unit), unit))
        bins: list[tuple[int, ...]] = []
        for unit in units:
            fits = (
                place
                for place, held in enumerate(bins)
                if len(held) + len(unit) <= seats and not _are_apart(held, unit, apart)
            )
            place = next(fits, None)
            if place is None:
                bins.append(unit)
            else:
                bins[place] = tuple(sorted(bins[place] + unit))
        for held in sorted(bins, key=lambda people: (-len(people), people)):
            _hold_together(wanted, joined, held, apart)
    return _together(joined)


def _together(joined: dict[int, tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted({block for block in joined.values() if len(block) > 1}))


def _hold_together(
    wanted: Wanted, joined: dict[int, tuple[int, ...]], held: tuple[int, ...], apart: Sequence[int]
) -> None:
    """Let these people sit together as far as the tables hold them beside the others: else one fewer, and so on."""
    units = sorted({joined[person] for person in held}, key=lambda unit: (-len(unit), unit))
    while len(units) > 1:
        block = tuple(sorted(person for unit in units for person in unit))
        trial = joined | dict.fromkeys(block, block)
        if _fits(wanted, _together(trial), apart):
            joined.update(trial)
            return
        units.pop()


def _fits(wanted: Wanted, blocks: Sequence[Sequence[int]], apart: Sequence[int]) -> bool:
    rooms = table_sizes(wanted.people, wanted.tables)
    try:
        return placed(units_of(blocks, apart), apart, rooms, range(wanted.tables)) is not None
    except NotFound:
        return False


def contradictions(wanted: Wanted) -> list[Contradiction]:
    """Return which wishes cannot all be kept, the plainest first; none when a seating keeps every must-wish."""
    found = [
        Contradiction(Clash.SAME_PERSON, (wish.one,), (wish,))
        for wish in wanted.wishes
        if wish.one == wish.other
    ]
    if found:
        return found
    found = [*_together_and_apart(wanted), *_too_large(wanted)]
    return found or _no_room(wanted)


def placed(
    blocks: Sequence[Sequence[int]], apart: Sequence[int], rooms: Sequence[int], order: Sequence[int]
) -> list[int] | None:
    """Return a table for each block so that no table holds more than its room nor two who must be apart.

    Tables are tried in `order`. Returns None where there is no such way. Raises `NotFound` when it was looked for too
    long to know.
    """
    bits = [sum(1 << person for person in block) for block in blocks]
    kept_apart = []
    for block in blocks:
        mask = 0
        for person in block:
            mask |= apart[person]
        kept_apart.append(mask)
    # The hardest first: large blocks, then those who must avoid many.
    turn = sorted(range(len(blocks)), key=lambda place: (-len(blocks[place]), -kept_apart[place].bit_count()))
    held = [0] * len(rooms)
    chosen = [-1] * len(blocks)
    tried = 0

    def place(depth: int) -> bool:
        nonlocal tried
        if depth == len(turn):
            return True
        block = turn[depth]
        size = len(blocks[block])
        seen: set[tuple[int, int]] = set()
        for table in order:
            alike = (held[table], rooms[table])
            if held[table].bit_count() + size > rooms[table] or held[table] & kept_apart[block]:
                continue
            # An empty table is as good as another empty one.
            if held[table] == 0 and alike in seen:
                continue
            seen.add(alike)
            tried += 1
            if tried > MOST_TRIED:
                raise NotFound
            held[table] |= bits[block]
            chosen[block] = table
            if place(depth + 1):
                return True
            held[table] ^= bits[block]
        return False

    return chosen if place(0) else None


class NotFound(Exception):
    """It was looked for so long that one cannot say whether it exists."""


def units_of(blocks: Iterable[Sequence[int]], apart: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the blocks, and each person outside them who must avoid somebody: those who are placed before the rest."""
    together = tuple(tuple(block) for block in blocks)
    held = {person for block in together for person in block}
    alone = tuple((person,) for person, mask in enumerate(apart) if mask and person not in held)
    return together + alone


def _seats(wanted: Wanted) -> int:
    return max(table_sizes(wanted.people, wanted.tables), default=0)


def _are_apart(some: Iterable[int], others: Iterable[int], apart: Sequence[int]) -> bool:
    mask = sum(1 << person for person in others)
    return any(apart[person] & mask for person in some)


def _joined(wanted: Wanted) -> dict[int, tuple[int, ...]]:
    """Return for each person everybody who must sit there too, by wishes alone."""
    beside = _beside(wanted)
    joined: dict[int, tuple[int, ...]] = {}
    for person in range(wanted.people):
        if person not in joined:
            members = tuple(sorted(_reached(beside, person)))
            joined.update(dict.fromkeys(members, members))
    return joined


def _beside(wanted: Wanted) -> dict[int, list[Wish]]:
    beside: dict[int, list[Wish]] = defaultdict(list)
    for wish in wanted.wishes:
        if wish.strength is WishStrength.MUST:
            beside[wish.one].append(wish)
            beside[wish.other].append(wish)
    return beside


def _reached(beside: dict[int, list[Wish]], start: int) -> dict[int, Wish | None]:
    """Return everybody whom must-wishes tie to `start`, each with the wish by which they were reached first."""
    by: dict[int, Wish | None] = {start: None}
    waiting = deque([start])
    while waiting:
        person = waiting.popleft()
        for wish in beside.get(person, ()):
            other = wish.other if wish.one == person else wish.one
            if other not in by:
                by[other] = wish
                waiting.append(other)
    return by


def _together_and_apart(wanted: Wanted) -> list[Contradiction]:
    beside = _beside(wanted)
    found: list[Contradiction] = []
    against = [wish for wish in wanted.wishes if not wish.strength.is_together]
    for wish in against:
        by = _reached(beside, wish.one)
        if wish.other in by:
            chain: list[Wish] = []
            person = wish.other
            while (step := by[person]) is not None:
                chain.append(step)
                person = step.one if step.other == person else step.other
            found.append(Contradiction(Clash.TOGETHER_AND_APART, wish.pair, (*reversed(chain), wish)))
    for wish in wanted.wishes:
        if wish.strength is WishStrength.RATHER:
            found += [
                Contradiction(Clash.TOGETHER_AND_APART, wish.pair, (wish, other))
                for other in against
                if other.pair == wish.pair
            ]
    return found


def _too_large(wanted: Wanted) -> list[Contradiction]:
    seats = _seats(wanted)
    too_large = sorted({block for block in _joined(wanted).values() if len(block) > seats})
    return [
        Contradiction(
            Clash.TABLE_TOO_SMALL,
            block,
            tuple(wish for wish in wanted.wishes if wish.strength is WishStrength.MUST and wish.one in block),
            seats,
            wanted.tables,
        )
        for block in too_large
    ]


def _no_room(wanted: Wanted) -> list[Contradiction]:
    """Return what stands in the way where the tables cannot hold all must-wishes at once."""
    blocks, apart = blocks_of(wanted), apart_of(wanted)
    units = units_of(blocks, apart)
    if not units or wanted.tables == 0:
        return []
    rooms = table_sizes(wanted.people, wanted.tables)
    if _fits(wanted, blocks, apart):
        return []
    musts = tuple(
        wish for wish in wanted.wishes if wish.strength in (WishStrength.MUST, WishStrength.MUST_NOT)
    )
    crowd = _all_apart(apart)
    if len(crowd) > wanted.tables:
        ours = tuple(wish for wish in musts if wish.one in crowd and wish.other in crowd)
        return [Contradiction(Clash.TOO_MANY_APART, crowd, ours, rooms[0], wanted.tables)]
    people = tuple(sorted({person for wish in musts for person in wish.pair}))
    return [Contradiction(Clash.NO_ROOM, people, musts, rooms[0], wanted.tables)]


def _all_apart(apart: Sequence[int]) -> tuple[int, ...]:
    """Return a large set of people who must all avoid each other, found greedily from each of them."""
    best: tuple[int, ...] = ()
    for first, mask in enumerate(apart):
        crowd, left = [first], mask
        while left:
            person = max(
                (place for place in range(len(apart)) if left >> place & 1),
                key=lambda place: ((apart[place] & left).bit_count(), -place),
            )
            crowd.append(person)
            left &= apart[person]
        if mask and len(crowd) > len(best):
            best = tuple(sorted(crowd))
    return best
