"""The agreement landscape: texts by groups, from what everyone carries to what divides.

The score is Polis's *group-aware consensus*: Christopher Small, Michael Bjorkegren, Timo Erkkilä, Lynette Shaw and
Colin Megill, "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces" (Recerca 26(2), 2021): the
product over groups of (agree + 1) / (seen + 2). Polis computes its groups from the votes; here they are the rows of a
round, the groups that people chose, with small ones joined.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import prod
from typing import Protocol

from models.voting.decision import Result
from models.voting.methods.method import Choice, Tally, in_favour, without_abstentions
from models.workshop.rows import NONE, OTHER

EVERYBODY = "everybody"
_LAST = (NONE, OTHER, EVERYBODY)


class Kind(StrEnum):
    """What groups say of a text, in the order in which a landscape shows it."""

    CARRIED = "carried by everyone"
    DIVIDES = "divides us"
    NOT_CARRIED = "not carried"
    HIDDEN = "hidden"


class VotedItem(Protocol):
    """An item of a round; its result is None while the round is open."""

    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def result(self) -> Result | None: ...


@dataclass(frozen=True)
class Support:
    """How many of a group are in favour, of how many who voted; abstentions are not counted."""

    agree: int
    seen: int


@dataclass(frozen=True)
class Column:
    """A group of a landscape. `name` is None for those without a group, the joined ones, and everybody."""

    key: str
    name: str | None


@dataclass(frozen=True)
class LandscapeItem:
    """A text with its support by column key; a group that was joined with others in its round is left out.

    `score` is None for a hidden one: fewer than 5 voted on it.
    """

    number: int
    text: str
    kind: Kind
    score: float | None = None
    cells: Mapping[str, Support] = field(default_factory=dict)


@dataclass(frozen=True)
class Landscape:
    """Texts in order, hidden ones last, and the groups that stand beside each other."""

    columns: tuple[Column, ...]
    items: tuple[LandscapeItem, ...]


def consensus(groups: Iterable[Support]) -> float:
    """Return the product over groups of (agree + 1) / (seen + 2): near 1 when every group is in favour."""
    return prod((group.agree + 1) / (group.seen + 2) for group in groups)


def support(choices: Iterable[Choice], counts: Mapping[str, int], cast: int) -> Support:
    """Return how many ballots are in favour, of those that say something for or against.

    With dots, in favour is who gave at least one.
    """
    known, found = tuple(choices), Tally(cast, dict(counts))
    return Support(in_favour(known, found), without_abstentions(known, found))


def kind_of(groups: Iterable[Support]) -> Kind:
    """Return whether every group, some, or none has more people in favour than not."""
    carried = [2 * group.agree > group.seen for group in groups]
    if all(carried):
        return Kind.CARRIED
    return Kind.DIVIDES if any(carried) else Kind.NOT_CARRIED


def landscape(items: Iterable[VotedItem]) -> Landscape:
    """Return voted items as a landscape: by kind, and within it from most to least consensus.

    A product shrinks with the number of groups, which differs between rounds. So texts are ordered by its root, the
    geometric mean, which leaves the order within one round as it is.
    """
    columns: dict[str, Column] = {}
    placed: list[LandscapeItem] = []
    for item in items:
        if item.result is None:
            continue
        if item.result.numbers is None:
            placed.append(LandscapeItem(item.number, item.text, Kind.HIDDEN))
            continue
        cells = _cells(item.result, columns)
        placed.append(
            LandscapeItem(item.number, item.text, kind_of(cells.values()), consensus(cells.values()), cells)
        )
    return Landscape(
        tuple(
            sorted(
                columns.values(), key=lambda column: _LAST.index(column.key) if column.key in _LAST else -1
            )
        ),
        tuple(sorted(placed, key=_place)),
    )


def _cells(result: Result, columns: dict[str, Column]) -> dict[str, Support]:
    """Return the support in each row, and add its column; in all where only the total may be shown."""
    cells: dict[str, Support] = {}
    for row in result.rows:
        columns.setdefault(row.key, Column(row.key, row.name))
        cells[row.key] = support(result.choices, row.counts, row.cast)
    if not cells and result.numbers is not None:
        columns.setdefault(EVERYBODY, Column(EVERYBODY, None))
        cells[EVERYBODY] = support(result.choices, result.numbers.counts, result.numbers.cast)
    return cells


def _place(item: LandscapeItem) -> tuple[int, float, int]:
    mean = item.score ** (1 / len(item.cells)) if item.score is not None and item.cells else 0.0
    return list(Kind).index(item.kind), -mean, item.number
