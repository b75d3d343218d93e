"""What is asked of a seating, and the plan that answers it."""

from dataclasses import dataclass
from enum import StrEnum

from models.basics.words import WishStrength


@dataclass(frozen=True)
class Wish:
    """What is wished of two people.

    Must: at one table in every round. Rather: at one table at least once. Rather not: as seldom as can be. Must not:
    never.
    """

    one: int
    other: int
    strength: WishStrength

    @property
    def pair(self) -> tuple[int, int]:
        return (min(self.one, self.other), max(self.one, self.other))


Table = tuple[int, ...]
Round = tuple[Table, ...]


@dataclass(frozen=True)
class Wanted:
    """A seating that is asked for.

    `groups` says for each person which group, or None. `mixed` are other sets of people that are spread over the
    tables (bubbles, an answer to a question), `kept` are sets that stay together (who need the same interpreter).
    `earlier` are rounds that happened, of this evening and of evenings before: who met there need not meet again; the
    tables hold only people who are here now.
    """

    people: int
    tables: int
    rounds: int
    groups: tuple[int | None, ...] = ()
    mixed: tuple[frozenset[int], ...] = ()
    kept: tuple[frozenset[int], ...] = ()
    wishes: tuple[Wish, ...] = ()
    earlier: tuple[Round, ...] = ()


class Reason(StrEnum):
    """Why no seating can bring about more new meetings."""

    SEATS = "seats"
    EVERYONE = "everyone"
    FEW_TABLES = "few_tables"
    TOGETHER = "together"
    EARLIER = "earlier"
    NOBODY_LEFT = "nobody_left"


@dataclass(frozen=True)
class Bound:
    """The most new meetings that any seating can bring about, proved, and why.

    `repeated` is how many pairs meet again in each later round whatever one does; `at_a_table` how many of those sit
    at one of the largest tables.
    """

    most: int
    because: tuple[Reason, ...]
    repeated: int = 0
    at_a_table: int = 0


@dataclass(frozen=True)
class Plan:
    """Who sits where in each round, and how good that is.

    `new` counts pairs that meet for the first time; `unbalanced` how many places a group's members are beyond their
    fair share, over all tables and rounds; `of_one_group` the (round, table) at which all have the same group.
    """

    rounds: tuple[Round, ...]
    new: int
    bound: Bound
    unbalanced: int
    of_one_group: tuple[tuple[int, int], ...]
    unmet_wishes: tuple[Wish, ...]
    steps: int
