"""Make a seating better by letting two people change places, again and again.

Who sits at a table, whom somebody met once, and whom never, are kept as bits of whole numbers: what a change of two
people brings is then four times counting bits. Changes that cost something are taken too, less often as time goes on
(simulated annealing), so that the search does not stay where no single change helps.
"""

from collections.abc import Callable, Iterator, Sequence
from math import exp
from operator import getitem
from random import Random

from models.basics.words import WishStrength
from models.encounters.seating.bound import met_of
from models.encounters.seating.tables import table_sizes
from models.encounters.seating.wanted import Wanted, Wish
from models.encounters.seating.wishes import apart_of, blocks_of

# What is one too many, or one too few, of a group at a table costs as much as so many meetings; of a bubble less.
GROUP_WEIGHT = 8
MIXED_WEIGHT = 2
# A pair that would rather sit together, or rather not.
RATHER_WEIGHT = 4
RATHER_NOT_WEIGHT = 3

COLD = 0.12
COOLED_EVERY = 1_000
# Who meets nobody again is moved this often.
RESTLESS = 0.3
# In a hall of so many people there is room enough for everybody to move who sits where a group has not its share: that
# is what takes long there. In a smaller one it would spoil a good beginning.
LARGE = 100
_COSTS = 60


class Search:
    """A seating that is being made better. `value` is its new meetings minus what it costs."""

    def __init__(self, wanted: Wanted, rounds: Sequence[Sequence[int]], chance: Random) -> None:
        self.wanted = wanted
        self.chance = chance
        people, tables = wanted.people, wanted.tables
        self._bit = [1 << person for person in range(people)]
        self._all = (1 << people) - 1
        self._at = [list(at) for at in rounds]
        self._sitting = [[0] * tables for _ in rounds]
        for at, sitting in zip(self._at, self._sitting, strict=True):
            for person, table in enumerate(at):
                sitting[table] |= self._bit[person]
        self._apart = apart_of(wanted)
        self._rather = _masks(wanted, WishStrength.RATHER)
        self._rather_not = _masks(wanted, WishStrength.RATHER_NOT)
        self._unit: list[tuple[int, ...]] = [(person,) for person in range(people)]
        for block in blocks_of(wanted):
            for person in block:
                self._unit[person] = block
        # Whose changes ask more than counting bits.
        self._is_tied = [
            len(unit) > 1 or bool(self._rather[person] | self._rather_not[person])
            for person, unit in enumerate(self._unit)
        ]
        # Who met is known from the start. A pair that would rather sit together is not done by having met before.
        self._known = [
            (met & ~self._rather[person]) | self._bit[person] for person, met in enumerate(met_of(wanted))
        ]
        self._unmet, self._once, self._again = [0] * people, [0] * people, [0] * people
        for person in range(people):
            self._look_again(person)
        self._prepare_shares()
        self.cost = self._cost_of_shares() + self._cost_of_dislike()
        self.value = self._meetings() - self.cost
        self.steps = 0

    @property
    def rounds(self) -> list[list[int]]:
        """At which table each person sits, round by round."""
        return [at[:] for at in self._at]

    @property
    def goal_of_wishes(self) -> int:
        """What the pairs that would rather sit together add to the value when all of them do."""
        return RATHER_WEIGHT * sum(mask.bit_count() for mask in self._rather) // 2

    def run(
        self,
        steps: int,
        *,
        goal: int,
        warm: float,
        restless: float = RESTLESS,
        told: Callable[[int, int], bool],
    ) -> tuple[list[list[int]], int]:
        """Change places for at most so many `steps`, or until the value is `goal`.

        Return the best rounds seen, and their value.

        `restless` is how often who is well placed is moved too. `told` hears now and then how many steps there were
        and the best value; the search ends when it answers False.
        """
        best, best_rounds = self.value, self.rounds
        # A best that only rises is not yet written down: it is when the next change does not better it.
        is_kept = True
        chance = self.chance.random
        people, rounds = self.wanted.people, len(self._at)
        if people < 2 or self.wanted.tables < 2 or not rounds:
            return best_rounds, best
        bit, unmet, once, again = self._bit, self._unmet, self._once, self._again
        uneven = self._uneven
        is_tied, kind, apart = self._is_tied, self._kind, self._apart
        warmth, cooling = warm, (COLD / warm) ** (COOLED_EVERY / steps)
        odds = [exp(-cost / warmth) for cost in range(_COSTS)]
        for step in range(1, steps + 1):
            if self.value >= goal:
                break
            if step % COOLED_EVERY == 0:
                warmth *= cooling
                odds = [exp(-cost / warmth) for cost in range(_COSTS)]
                if not told(step, best):
                    break
            number = int(chance() * rounds)
            at, sitting = self._at[number], self._sitting[number]
            one = int(chance() * people)
            table = at[one]
            here = sitting[table]
            if not again[one] & here and not uneven[number][table] and chance() > restless:
                continue
            other = int(chance() * people)
            there_table = at[other]
            if table == there_table:
                continue
            if is_tied[one] or is_tied[other]:
                change = self._together(number, one, other)
                if change is None:
                    continue
                table, there_table, ones, others, gain, cost = change
            else:
                there = sitting[there_table]
                if apart[one] & there or apart[other] & here:
                    continue
                ones, others = bit[one], bit[other]
                gain = (
                    (unmet[one] & there & ~others).bit_count()
                    + (unmet[other] & here & ~ones).bit_count()
                    - (once[one] & here).bit_count()
                    - (once[other] & there).bit_count()
                )
                cost = (
                    self._cost_of_change(number, table, there_table, one, other)
                    if kind[one] != kind[other]
                    else 0
                )
                gain -= cost
            if gain < 0 and (gain <= -_COSTS or chance() >= odds[-gain]):
                continue
            if gain <= 0 and not is_kept:
                best_rounds, is_kept = self.rounds, True
            self._change(number, table, there_table, ones, others)
            self.value += gain
            self.cost += cost
            if self.value > best:
                best, is_kept = self.value, False
        self.steps += step
        return best_rounds if is_kept else self.rounds, best

    def _look_again(self, person: int) -> None:
        """Count anew whom `person` met never, once (this evening, and not before), and more often."""
        met, again = self._known[person], 0
        for at, sitting in zip(self._at, self._sitting, strict=True):
            table = sitting[at[person]]
            again |= met & table
            met |= table
        self._unmet[person] = self._all & ~met
        self._once[person] = met & ~again & ~self._known[person]
        self._again[person] = again & ~self._bit[person]

    def _meetings(self) -> int:
        """Return how many pairs met for the first time; a pair that would rather sit together counts for more."""
        met = rather = 0
        for person in range(self.wanted.people):
            now = self._all & ~self._unmet[person] & ~self._known[person]
            met += now.bit_count()
            rather += (now & self._rather[person]).bit_count()
        return met // 2 + RATHER_WEIGHT * rather // 2

    def _change(self, number: int, table: int, other_table: int, ones: int, others: int) -> None:
        """Let two sets of people change tables, all else being known."""
        at, sitting = self._at[number], self._sitting[number]
        sitting[table] ^= ones | others
        sitting[other_table] ^= ones | others
        ours, theirs = self._counts[number][table], self._counts[number][other_table]
        for person in _people(ones):
            at[person] = other_table
            for share in self._shares_of[person]:
                ours[share] -= 1
                theirs[share] += 1
        for person in _people(others):
            at[person] = table
            for share in self._shares_of[person]:
                theirs[share] -= 1
                ours[share] += 1
        if self.wanted.people >= LARGE:
            self._uneven[number][table] = any(map(getitem, self._costs[number][table], ours))
            self._uneven[number][other_table] = any(map(getitem, self._costs[number][other_table], theirs))
        for person in _people(ones | others):
            self._look_again(person)
        for person in _people(sitting[table] & ~others):
            self._swap_beside(person, ones, others)
        for person in _people(sitting[other_table] & ~ones):
            self._swap_beside(person, others, ones)

    def _swap_beside(self, person: int, gone: int, come: int) -> None:
        """Let some at the table of `person`, who stays, be others. Who met somebody twice is counted anew."""
        if self._again[person] & gone:
            self._look_again(person)
            return
        once = self._once[person] & ~gone
        unmet = self._unmet[person] | self._once[person] & gone
        new = unmet & come
        self._unmet[person] = unmet ^ new
        self._once[person] = once & ~come | new
        self._again[person] |= come & ~new

    def _together(self, number: int, one: int, other: int) -> tuple[int, int, int, int, int, int] | None:
        """Weigh that `one` and everybody tied to them change places with as many people of the table of `other`.

        Return both tables, who changes from each as bits, what it brings and what of that it costs; None where it
        cannot be.
        """
        at, sitting = self._at[number], self._sitting[number]
        if len(self._unit[one]) < len(self._unit[other]):
            one, other = other, one
        table, other_table = at[one], at[other]
        ours = self._unit[one]
        theirs = self._as_many(sitting[other_table], other, len(ours))
        if theirs is None:
            return None
        bit, apart = self._bit, self._apart
        ones = others = 0
        for person in ours:
            ones |= bit[person]
        for person in theirs:
            others |= bit[person]
        here, there = sitting[table] & ~ones, sitting[other_table] & ~others
        for person in ours:
            if apart[person] & there:
                return None
        for person in theirs:
            if apart[person] & here:
                return None
        gain = cost = 0
        for person in ours:
            gain += self._gain(person, here, there)
            cost += self._dislike(person, here, there)
        for person in theirs:
            gain += self._gain(person, there, here)
            cost += self._dislike(person, there, here)
        if len(ours) > 1:
            cost += self._cost_of_sets(number, table, other_table, ours, theirs)
        elif self._kind[one] != self._kind[other]:
            cost += self._cost_of_change(number, table, other_table, one, other)
        return table, other_table, ones, others, gain - cost, cost

    def _as_many(self, sitting: int, first: int, size: int) -> tuple[int, ...] | None:
        """Return so many people of a table, `first` among them, with everybody tied to each; None where none fit."""
        chosen = self._unit[first]
        if len(chosen) == size:
            return chosen
        if len(chosen) > size:
            return None
        rest = [person for person in _people(sitting) if person not in chosen]
        while rest and len(chosen) < size:
            unit = self._unit[rest.pop(int(self.chance.random() * len(rest)))]
            if len(chosen) + len(unit) <= size and unit[0] not in chosen:
                chosen += unit
        return chosen if len(chosen) == size else None

    def _gain(self, person: int, here: int, there: int) -> int:
        """Return how many more meetings `person` has by going from the people `here` to those `there`."""
        won, lost = self._unmet[person] & there, self._once[person] & here
        gain = won.bit_count() - lost.bit_count()
        if rather := self._rather[person]:
            gain += RATHER_WEIGHT * ((won & rather).bit_count() - (lost & rather).bit_count())
        return gain

    def _dislike(self, person: int, here: int, there: int) -> int:
        mask = self._rather_not[person]
        if not mask:
            return 0
        return RATHER_NOT_WEIGHT * ((mask & there).bit_count() - (mask & here).bit_count())

    def _cost_of_dislike(self) -> int:
        pairs = sum(
            (self._rather_not[person] & sitting[at[person]]).bit_count()
            for at, sitting in zip(self._at, self._sitting, strict=True)
            for person in range(self.wanted.people)
        )
        return RATHER_NOT_WEIGHT * pairs // 2

    # Shares: how many of a group or a bubble sit at a table, and what it costs that it is not their fair share.

    def _prepare_shares(self) -> None:
        wanted = self.wanted
        shares = shares_of(wanted)
        self._shares_of: list[tuple[int, ...]] = [
            tuple(place for place, (members, _) in enumerate(shares) if person in members)
            for person in range(wanted.people)
        ]
        kinds: dict[tuple[int, ...], int] = {}
        self._kind = [kinds.setdefault(own, len(kinds)) for own in self._shares_of]
        lists = list(kinds)
        self._only = [
            [tuple(share for share in own if share not in other) for other in lists] for own in lists
        ]
        sizes = table_sizes(wanted.people, wanted.tables)
        costs = {
            size: [
                # One more than the table holds, since a change is looked at before it is made.
                [weight * beyond(count, len(members), size, wanted.people) for count in range(size + 2)]
                for members, weight in shares
            ]
            for size in set(sizes)
        }
        self._costs = [[costs[table.bit_count()] for table in sitting] for sitting in self._sitting]
        self._counts = [
            [[(table & _bits(members)).bit_count() for members, _ in shares] for table in sitting]
            for sitting in self._sitting
        ]

        # Tables at which some set has more or fewer than its share.
        self._uneven = [
            [
                wanted.people >= LARGE and any(map(getitem, costs, counts))
                for costs, counts in zip(*of_round, strict=True)
            ]
            for of_round in zip(self._costs, self._counts, strict=True)
        ]

    def _cost_of_shares(self) -> int:
        return sum(
            costs[share][count]
            for counts_of_round, costs_of_round in zip(self._counts, self._costs, strict=True)
            for counts, costs in zip(counts_of_round, costs_of_round, strict=True)
            for share, count in enumerate(counts)
        )

    def _cost_of_change(self, number: int, table: int, other_table: int, one: int, other: int) -> int:
        """Return what it costs more when two people of different groups or bubbles change places."""
        ours, theirs = self._counts[number][table], self._counts[number][other_table]
        our_costs, their_costs = self._costs[number][table], self._costs[number][other_table]
        cost = 0
        for share in self._only[self._kind[one]][self._kind[other]]:
            here, there = ours[share], theirs[share]
            our, their = our_costs[share], their_costs[share]
            cost += our[here - 1] - our[here] + their[there + 1] - their[there]
        for share in self._only[self._kind[other]][self._kind[one]]:
            here, there = ours[share], theirs[share]
            our, their = our_costs[share], their_costs[share]
            cost += our[here + 1] - our[here] + their[there - 1] - their[there]
        return cost

    def _cost_of_sets(
        self, number: int, table: int, other_table: int, ours: Sequence[int], theirs: Sequence[int]
    ) -> int:
        moved: dict[int, int] = {}
        for person in ours:
            for share in self._shares_of[person]:
                moved[share] = moved.get(share, 0) + 1
        for person in theirs:
            for share in self._shares_of[person]:
                moved[share] = moved.get(share, 0) - 1
        here, there = self._counts[number][table], self._counts[number][other_table]
        our_costs, their_costs = self._costs[number][table], self._costs[number][other_table]
        return sum(
            our_costs[share][here[share] - count]
            - our_costs[share][here[share]]
            + their_costs[share][there[share] + count]
            - their_costs[share][there[share]]
            for share, count in moved.items()
            if count
        )


def shares_of(wanted: Wanted) -> list[tuple[frozenset[int], int]]:
    """Return each set of people that is spread over the tables, with what one too many of it costs."""
    members: dict[int, set[int]] = {}
    for person, group in enumerate(wanted.groups):
        if group is not None:
            members.setdefault(group, set()).add(person)
    return [(frozenset(people), GROUP_WEIGHT) for _, people in sorted(members.items())] + [
        (people, MIXED_WEIGHT) for people in wanted.mixed if people
    ]


def unavoidable_cost(wanted: Wanted) -> int:
    """Return what any seating costs, since people who stay together are more of a group than a table's fair share.

    What one table has too many, others may have too few.
    """
    sizes = table_sizes(wanted.people, wanted.tables)
    blocks = [frozenset(block) for block in blocks_of(wanted)]
    cost = 0
    for members, weight in shares_of(wanted):
        high = -(-len(members) * sizes[0] // wanted.people)
        crowds = [len(block & members) for block in blocks if len(block & members) > high]
        low = sorted(len(members) * size // wanted.people for size in sizes)
        elsewhere = low[: len(low) - len(crowds)]
        missing = max(sum(elsewhere) - (len(members) - sum(crowds)), 0)
        cost += weight * (sum(crowd - high for crowd in crowds) + missing)
    return cost * wanted.rounds


def beyond(count: int, members: int, size: int, people: int) -> int:
    """Return how many more, or fewer, of a set sit at a table than its share, rounded down or up."""
    low, high = members * size // people, -(-members * size // people)
    return max(low - count, count - high, 0)


def _masks(wanted: Wanted, strength: WishStrength) -> list[int]:
    masks = [0] * wanted.people
    for wish in _of(wanted, strength):
        masks[wish.one] |= 1 << wish.other
        masks[wish.other] |= 1 << wish.one
    return masks


def _of(wanted: Wanted, strength: WishStrength) -> Iterator[Wish]:
    return (wish for wish in wanted.wishes if wish.strength is strength)


def _bits(people: frozenset[int]) -> int:
    return sum(1 << person for person in people)


def _people(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
