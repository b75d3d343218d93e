"""Threads: from a proposal by a principle and its round to an agreement, so that each can say where it came from.

A group is named only where it is large enough to be shown by itself, as in a round (`models.workshop.rows`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.basics.words import Decision, Phase
from models.workshop.rows import NONE, OTHER, SMALLEST_SHOWN, joined


class OriginKind(StrEnum):
    """What a text came from. `ROOM` is all that may be said where too few people are there for more."""

    TABLE = "table"
    GROUP = "group"
    OTHER_GROUPS = "other groups"
    WITHOUT_GROUP = "without group"
    ROOM = "room"
    NO_PROPOSAL = "no proposal"


@dataclass(frozen=True)
class Origin:
    """Where a proposal came from; `name` is a table's or a group's."""

    kind: OriginKind
    name: str | None = None


@dataclass(frozen=True)
class Came:
    """How many proposals came from one origin."""

    origin: Origin
    proposals: int


@dataclass(frozen=True)
class ThreadRound:
    """The last round about a principle. `decision` is empty until it is revealed.

    `is_about_this_text` is false when the principle was reworded after it.
    """

    number: int
    phase: Phase
    decision: Decision | None
    is_about_this_text: bool


@dataclass(frozen=True)
class ThreadPrinciple:
    number: int
    text: str
    came: tuple[Came, ...]
    round: ThreadRound | None


@dataclass(frozen=True)
class ThreadAgreement:
    """`principles` are numbers; `origin` is that of the proposal it was made from, if any."""

    number: int
    what: str
    principles: tuple[int, ...]
    origin: Origin | None


@dataclass(frozen=True)
class Thread:
    """One way through: from an origin by a principle to an agreement, as far as it has come.

    Without a principle the agreement came straight from its origin. `key` names the thread in an address.
    """

    key: str
    came: Came
    principle: ThreadPrinciple | None
    agreement: ThreadAgreement | None


NO_PROPOSAL = Origin(OriginKind.NO_PROPOSAL)
ROOM = Origin(OriginKind.ROOM)
_KINDS = {OTHER: OriginKind.OTHER_GROUPS, NONE: OriginKind.WITHOUT_GROUP}


def origins_by_row(sizes: Mapping[str, int], names: Mapping[str, str]) -> dict[str, Origin]:
    """Return how the people of each row are named; `sizes` says how many people each row has.

    Rows under 5 people are named together. Where that leaves nobody else to name, all of them are the room.
    """
    origins: dict[str, Origin] = {}
    rows = joined(sizes)
    for row in rows:
        if (rows == [row] and row.key in _KINDS) or sum(sizes[key] for key in row.members) < SMALLEST_SHOWN:
            origin = ROOM
        elif row.key in _KINDS:
            origin = Origin(_KINDS[row.key])
        else:
            origin = Origin(OriginKind.GROUP, names[row.key])
        origins |= dict.fromkeys(row.members, origin)
    return origins


def counted(origins: Iterable[Origin]) -> tuple[Came, ...]:
    """Return how many proposals came from each origin, most first; those of one number by kind and name."""
    counts: dict[Origin, int] = {}
    for origin in origins:
        counts[origin] = counts.get(origin, 0) + 1
    return tuple(
        Came(origin, count)
        for origin, count in sorted(
            counts.items(),
            key=lambda item: (-item[1], list(OriginKind).index(item[0].kind), item[0].name or ""),
        )
    )


def threads(principles: Sequence[ThreadPrinciple], agreements: Sequence[ThreadAgreement]) -> list[Thread]:
    """Return every thread: by principle, then by origin, then by agreement; those without a principle last."""
    known = {principle.number for principle in principles}
    found: list[Thread] = []
    for principle in principles:
        practised: list[ThreadAgreement | None] = [
            agreement for agreement in agreements if principle.number in agreement.principles
        ]
        for came in principle.came or (Came(NO_PROPOSAL, 0),):
            found += [_thread(came, principle, agreement) for agreement in practised or [None]]
    for agreement in agreements:
        has_principle = not known.isdisjoint(agreement.principles)
        if agreement.origin is not None:
            found.append(_thread(Came(agreement.origin, 1), None, agreement))
        elif not has_principle:
            found.append(_thread(Came(NO_PROPOSAL, 0), None, agreement))
    return found


def _thread(came: Came, principle: ThreadPrinciple | None, agreement: ThreadAgreement | None) -> Thread:
    parts = [
        f"{came.origin.kind}:{came.origin.name}" if came.origin.name else str(came.origin.kind),
        str(principle.number) if principle else "",
        str(agreement.number) if agreement else "",
    ]
    return Thread("~".join(parts), came, principle, agreement)
