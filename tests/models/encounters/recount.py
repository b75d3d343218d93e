"""Recounts a seating from nothing but the tables: knows none of the product's own sums."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import ceil, floor


def recount(rounds: Sequence[Sequence[Sequence[int]]], people: int, earlier: Sequence = ()) -> int:
    """Return how many pairs meet first. Fails where somebody sits twice, or nowhere, or tables are uneven."""
    met = {frozenset(pair) for tables in earlier for table in tables for pair in combinations(table, 2)}
    before = len(met)
    for tables in rounds:
        seated = Counter(person for table in tables for person in table)
        assert seated == Counter(range(people))
        sizes = [len(table) for table in tables]
        assert max(sizes, default=0) - min(sizes, default=0) <= 1
        met |= {frozenset(pair) for table in tables for pair in combinations(table, 2)}
    return len(met) - before


def outside_fair_share(rounds: Sequence[Sequence[Sequence[int]]], groups: Sequence[int]) -> int:
    """Return how often a table has fewer of a group than ⌊its share⌋ or more than ⌈its share⌉."""
    count = Counter(groups)
    return sum(
        not floor(count[group] * len(table) / len(groups))
        <= here
        <= ceil(count[group] * len(table) / len(groups))
        for tables in rounds
        for table in tables
        for group in count
        for here in [sum(groups[person] == group for person in table)]
    )
