"""Which groups met and chose each other: pairs counted group by group. Nothing hidden follows from what is shown.

Small groups are joined as everywhere. A cell with fewer than five pairs is hidden, there are no row totals, and what is
added up (totals, shares, the E-I index) adds up shown cells alone: whatever stands in a hidden cell, all else stays the
same. Where how many pairs there could be at most would betray what a hidden cell holds, one more is hidden beside it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

from models.workshop.rows import SMALLEST_SHOWN, Row, is_too_few, joined, row_key

Pair = tuple[int, int]
# Two rows by their places; the first is never the later one.
Cell = tuple[int, int]
# A hidden cell holds at most four pairs and one that is hidden beside it at least five: from both together nothing
# follows of either.
_HIDES_BOTH = 2 * SMALLEST_SHOWN - 1


@dataclass(frozen=True)
class CountedGroups:
    """The rows that are shown, with how many people stand in each, and in which row everybody does."""

    rows: tuple[Row, ...]
    people: tuple[int, ...]
    place_of: Mapping[int, int]

    @property
    def cells(self) -> list[Cell]:
        """Every pair of rows, each once, a row with itself too."""
        return list(combinations_with_replacement(range(len(self.rows)), 2))

    def pairs_in(self, cell: Cell) -> int:
        """Return how many pairs of people there are in a cell."""
        one, other = cell
        if one == other:
            return self.people[one] * (self.people[one] - 1) // 2
        return self.people[one] * self.people[other]


@dataclass(frozen=True)
class GroupPairs:
    """Pairs of people, group by group. `pairs` holds shown cells only; `possible` how many there could be in those."""

    groups: CountedGroups
    pairs: Mapping[Cell, int]
    possible: Mapping[Cell, int]

    @property
    def has_hidden(self) -> bool:
        """Whether cells are not shown, since they are of a few people."""
        return len(self.pairs) < len(self.groups.cells)

    @property
    def total(self) -> int:
        """How many pairs there are in the cells that are shown."""
        return sum(self.pairs.values())

    @property
    def between(self) -> int:
        """How many of these are of two groups."""
        return sum(count for (one, other), count in self.pairs.items() if one != other)

    @property
    def share_between(self) -> float | None:
        """Return which part of the pairs is of two groups; None where only one of both kinds of cells is shown.

        Where all within groups is hidden, a share of 100 % would say more than anybody knows.
        """
        kinds = {one == other for one, other in self.pairs}
        return self.between / self.total if len(kinds) == 2 else None

    @property
    def share_by_lot(self) -> float:
        """Return which part of all pairs that there could be is of two groups: what drawing lots would give."""
        cells = self.groups.cells
        every = sum(self.groups.pairs_in(cell) for cell in cells)
        return sum(self.groups.pairs_in(cell) for cell in cells if cell[0] != cell[1]) / every

    @property
    def index(self) -> float | None:
        """Return the E-I index (Krackhardt & Stern 1988): (between − within) / all, from −1 to +1."""
        share = self.share_between
        return None if share is None else 2 * share - 1

    @property
    def index_by_lot(self) -> float:
        """The index that drawing lots would give, from -1 to 1."""
        return 2 * self.share_by_lot - 1


def counted_groups(group_of: Mapping[int, int | None]) -> CountedGroups | None:
    """Return the rows of these people; None where they are too few, or all in one: then there is nothing to tell."""
    sizes = Counter(row_key(group) for group in group_of.values())
    in_order = sorted(sizes, key=lambda key: (not key.isdecimal(), int(key) if key.isdecimal() else 0))
    rows = joined({key: sizes[key] for key in in_order})
    people = tuple(sum(sizes[key] for key in row.members) for row in rows)
    if len(rows) < 2 or any(is_too_few(count) for count in people):
        return None
    place = {key: number for number, row in enumerate(rows) for key in row.members}
    return CountedGroups(
        tuple(rows), people, {person: place[row_key(group)] for person, group in group_of.items()}
    )


def pairs_that_met(rounds: Sequence[Mapping[int, int]]) -> set[Pair]:
    """Return who sat together, from a table per participant for each round."""
    met: set[Pair] = set()
    for seats in rounds:
        tables: dict[int, list[int]] = {}
        for person, table in sorted(seats.items()):
            tables.setdefault(table, []).append(person)
        for people in tables.values():
            met.update(combinations(people, 2))
    return met


def met_by_group(groups: CountedGroups, met: Collection[Pair], most: int) -> GroupPairs:
    """Return how many pairs met, group by group; `most` is how many could have at most, which is told too."""
    counts = _counted(groups, met)
    hidden = {cell for cell in groups.cells if is_too_few(counts[cell])}
    while hidden:
        shown = [cell for cell in groups.cells if cell not in hidden]
        if not shown or most - sum(counts[cell] for cell in shown) >= _HIDES_BOTH:
            break
        hidden.add(min(shown, key=lambda cell: (counts[cell], cell)))
    return _shown(groups, counts, hidden, {cell: groups.pairs_in(cell) for cell in groups.cells})


def chosen_by_group(met: GroupPairs, chosen: Collection[Pair]) -> GroupPairs:
    """Return how many pairs chose each other, group by group, of those that met: hidden where that is hidden too."""
    counts = _counted(met.groups, chosen)
    hidden = {cell for cell in met.groups.cells if is_too_few(counts[cell]) or cell not in met.pairs}
    return _shown(met.groups, counts, hidden, met.pairs)


def _counted(groups: CountedGroups, pairs: Iterable[Pair]) -> Counter[Cell]:
    counts: Counter[Cell] = Counter()
    for one, other in pairs:
        if one in groups.place_of and other in groups.place_of:
            first, second = sorted((groups.place_of[one], groups.place_of[other]))
            counts[first, second] += 1
    return counts


def _shown(
    groups: CountedGroups, counts: Mapping[Cell, int], hidden: Collection[Cell], possible: Mapping[Cell, int]
) -> GroupPairs:
    cells = [cell for cell in groups.cells if cell not in hidden]
    return GroupPairs(
        groups, {cell: counts[cell] for cell in cells}, {cell: possible[cell] for cell in cells}
    )
