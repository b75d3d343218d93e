"""Who minds the turns at each table: by lot, fair over the groups, nobody twice where avoidable.

Pure like the seating: plain values, and a lot that gives the same hosts for the same seed.
"""

from collections import Counter, deque
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

Groups = Mapping[int, Hashable]
Slot = tuple[int, int]


def draw_hosts(
    rounds: Sequence[Sequence[Collection[int]]],
    groups: Groups,
    *,
    hosted: Mapping[int, int],
    declined: Collection[int] = (),
    seed: str,
) -> list[list[int | None]]:
    """Return for each round and table who hosts it; None where nobody sits who would.

    `hosted` says how often somebody did already. First of all nobody hosts more often than must be; among those lots
    each group hosts about as many tables of a round as its share of the people is.
    """
    lot = _Lot(rounds, groups, Counter(hosted), set(declined), Random(seed))
    return lot.draw()


def next_host(
    table: Collection[int], *, hosted: Mapping[int, int], declined: Collection[int] = (), seed: str
) -> int | None:
    """Return who hosts a table after somebody declined or left: by lot among those who did so least often."""
    left = sorted(set(table) - set(declined))
    if not left:
        return None
    fewest = min(hosted.get(person, 0) for person in left)
    return Random(seed).choice([person for person in left if hosted.get(person, 0) == fewest])


@dataclass
class _Lot:
    rounds: Sequence[Sequence[Collection[int]]]
    groups: Groups
    hosted: Counter[int]
    declined: set[int]
    chance: Random
    host: dict[Slot, int] = field(default_factory=dict)
    holds: dict[int, set[Slot]] = field(default_factory=dict)
    asked: dict[Slot, list[int]] = field(default_factory=dict)
    of_group: list[Counter[Hashable]] = field(default_factory=list)
    shares: list[dict[Hashable, float]] = field(default_factory=list)

    def draw(self) -> list[list[int | None]]:
        self.of_group = [Counter() for _ in self.rounds]
        self.shares = [self._share(tables) for tables in self.rounds]
        for number, tables in enumerate(self.rounds):
            for place, table in enumerate(tables):
                people = sorted(set(table) - self.declined)
                self.chance.shuffle(people)
                if people:
                    self.asked[number, place] = people
        slots = list(self.asked)
        self.chance.shuffle(slots)
        slots.sort(key=lambda slot: slot[0])
        most = 0
        while len(self.host) < len(slots):
            most += 1
            for slot in slots:
                if slot not in self.host:
                    self._find(slot, most)
        self._even_out(slots)
        return [
            [self.host.get((number, place)) for place in range(len(tables))]
            for number, tables in enumerate(self.rounds)
        ]

    def _find(self, first: Slot, most: int) -> None:
        """Give a table a host, so that nobody hosts more often than `most`; others change where that needs it."""
        came_from: dict[Slot, tuple[Slot, int] | None] = {first: None}
        waiting = deque([first])
        while waiting:
            slot = waiting.popleft()
            for person in sorted(self.asked[slot], key=lambda one: self._behind(slot[0], one)):
                held = self.holds.get(person, set())
                if slot in held:
                    continue
                if self.hosted[person] + len(held) < most:
                    self._hand_over(slot, person, came_from)
                    return
                for other in sorted(held):
                    if other not in came_from:
                        came_from[other] = (slot, person)
                        waiting.append(other)

    def _hand_over(self, slot: Slot, person: int, came_from: Mapping[Slot, tuple[Slot, int] | None]) -> None:
        while True:
            before = self.host.get(slot)
            self._set(slot, person)
            step = came_from[slot]
            if step is None:
                return
            assert before is not None
            slot, person = step[0], before

    def _set(self, slot: Slot, person: int) -> None:
        before = self.host.get(slot)
        if before is not None:
            self.holds[before].discard(slot)
            self.of_group[slot[0]][self.groups.get(before)] -= 1
        self.host[slot] = person
        self.holds.setdefault(person, set()).add(slot)
        self.of_group[slot[0]][self.groups.get(person)] += 1

    def _behind(self, number: int, person: int) -> float:
        """Return how far the group of a person is beyond its share of a round's hosts; below 0 where it is behind."""
        group = self.groups.get(person)
        return self.of_group[number][group] - self.shares[number][group]

    def _share(self, tables: Sequence[Collection[int]]) -> dict[Hashable, float]:
        people = Counter(self.groups.get(person) for table in tables for person in table)
        count = sum(bool(table) for table in tables)
        return {group: count * size / people.total() for group, size in people.items()}

    def _even_out(self, slots: Sequence[Slot]) -> None:
        """Let another of the table host it where that is fairer to the groups, and makes nobody host more often."""
        for _ in range(len(self.groups) + 1):
            has_changed = False
            for slot in slots:
                now = self.host[slot]
                times = self.hosted[now] + len(self.holds[now])
                for person in self.asked[slot]:
                    more_often = self.hosted[person] + len(self.holds.get(person, ())) + 1 > times
                    # One who goes from a group ahead to one behind, by more than it takes to turn that round.
                    if not more_often and self._behind(slot[0], person) + 1 < self._behind(slot[0], now):
                        self._set(slot, person)
                        has_changed = True
                        break
            if not has_changed:
                return
