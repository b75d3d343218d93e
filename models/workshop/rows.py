"""Rows: groups that are large enough to be shown by themselves.

Every voter stands in one row: a group (its id as text), `none` (without a group) or `other` (small ones together). No
row under 5 is ever shown or asked by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# Under this many votes, numbers and reasons could tell who voted what.
SMALLEST_SHOWN = 5

NONE = "none"
OTHER = "other"


@dataclass(frozen=True)
class Row:
    """A row and the rows of groups that count in it: itself, or those joined in `other`."""

    key: str
    members: tuple[str, ...]


def is_too_few(people: int) -> bool:
    """Return whether an outcome by so few would tell what each of them chose."""
    return people < SMALLEST_SHOWN


def row_key(group_id: int | None) -> str:
    """Return the key of the row that a group would have by itself."""
    return NONE if group_id is None else str(group_id)


def joined(sizes: Mapping[str, int], minimum: int = SMALLEST_SHOWN) -> list[Row]:
    """Join what is smaller than `minimum` into `other`; while that is still too small, with the next smallest row.

    `sizes` maps each row's key to its size. Rows of size 0 are left out, so that an empty group costs nobody a row.
    Returns the large rows in the order given, `other` last.
    """
    return joined_over_items({key: (size,) for key, size in sizes.items()}, minimum)


def joined_over_items(sizes: Mapping[str, tuple[int, ...]], minimum: int = SMALLEST_SHOWN) -> list[Row]:
    """Join rows once for a whole round: a row is too small when it has fewer than `minimum` ballots on any item.

    `sizes` maps each row's key to its number of ballots per item. Rows without a single ballot are left out.
    """
    voting = {key: size for key, size in sizes.items() if any(size)}
    together = [key for key, size in voting.items() if min(size) < minimum or key == OTHER]
    apart = [key for key in voting if key not in together]
    while together and apart and min(_sum(voting, together)) < minimum:
        smallest = min(apart, key=lambda key: (min(voting[key]), key))
        apart.remove(smallest)
        together.append(smallest)
    rows = [Row(key, (key,)) for key in apart]
    return [*rows, Row(OTHER, tuple(together))] if together else rows


def row_at_opening(own_key: str, rows: list[Row]) -> str:
    """Return in which of a round's rows someone stands; who has no row of the own goes to `other`."""
    return next((row.key for row in rows if own_key in row.members), OTHER)


def _sum(sizes: Mapping[str, tuple[int, ...]], keys: list[str]) -> tuple[int, ...]:
    return tuple(sum(numbers) for numbers in zip(*(sizes[key] for key in keys), strict=True))
