"""Where proposals came from: a table, a group, or a point for improvement of a startfoto.

A group is named only where it is large enough to be shown by itself, as in a round (`models.workshop.rows`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, func, select

from models.tables import Baseline, Group, Improvement, Participant, Proposal, Workshop
from models.workshop.rows import NONE, OTHER, SMALLEST_SHOWN, joined, row_key


class OriginKind(StrEnum):
    """What a text came from. `ROOM` is all that may be said where too few people are there for more."""

    IMPROVEMENT = "improvement"
    TABLE = "table"
    GROUP = "group"
    OTHER_GROUPS = "other groups"
    WITHOUT_GROUP = "without group"
    ROOM = "room"
    NO_PROPOSAL = "no proposal"


@dataclass(frozen=True)
class Origin:
    """Where a proposal came from; `name` is a table's or a group's, or the number of a point for improvement."""

    kind: OriginKind
    name: str | None = None


@dataclass(frozen=True)
class Came:
    """How many proposals came from one origin."""

    origin: Origin
    proposals: int


@dataclass(frozen=True)
class PointBehind:
    """A point for improvement behind a text. `name` is that of its origin."""

    id: int
    name: str


NO_PROPOSAL = Origin(OriginKind.NO_PROPOSAL)
ROOM = Origin(OriginKind.ROOM)
_KINDS = {OTHER: OriginKind.OTHER_GROUPS, NONE: OriginKind.WITHOUT_GROUP}


def point_name(baseline: int, number: int) -> str:
    """Return how a point or a conclusion is numbered: 3, and 2.3 for the third one of the second startfoto."""
    return str(number) if baseline == 1 else f"{baseline}.{number}"


def points_behind(session: Session, principle_ids: Collection[int]) -> list[PointBehind]:
    """Return the points for improvement from which these principles came, each once, in the order of their numbers."""
    if not principle_ids:
        return []
    found = session.exec(
        select(Improvement.id, Baseline.number, Improvement.number)
        .join(Baseline, col(Baseline.id) == Improvement.baseline_id)
        .join(Proposal, col(Proposal.improvement_id) == Improvement.id)
        .where(col(Proposal.merged_into).in_(principle_ids), col(Proposal.withdrawn_at).is_(None))
        .order_by(col(Baseline.number), col(Improvement.number))
        .distinct()
    ).all()
    return [PointBehind(identifier, point_name(baseline, number)) for identifier, baseline, number in found]


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


def proposal_origins(session: Session, alliance_id: int) -> dict[int, Origin]:
    """Return where each proposal of an alliance came from, by its id: a table, or a group that may be named."""
    sizes: dict[int, dict[str, int]] = defaultdict(dict)
    for workshop_id, group_id, count in session.exec(
        select(Participant.workshop_id, Participant.group_id, func.count())
        .join(Workshop, col(Workshop.id) == Participant.workshop_id)
        .where(Workshop.alliance_id == alliance_id, col(Participant.admitted_at).is_not(None))
        .where(col(Participant.joined_at).is_not(None))
        .group_by(col(Participant.workshop_id), col(Participant.group_id))
    ).all():
        sizes[workshop_id][row_key(group_id)] = count
    names = {
        row_key(group.id): group.name
        for group in session.exec(select(Group).where(Group.alliance_id == alliance_id)).all()
    }
    points = {
        proposal_id: Origin(OriginKind.IMPROVEMENT, point_name(baseline, number))
        for proposal_id, baseline, number in session.exec(
            select(Proposal.id, Baseline.number, Improvement.number)
            .join(Improvement, col(Improvement.id) == Proposal.improvement_id)
            .join(Baseline, col(Baseline.id) == Improvement.baseline_id)
            .join(Workshop, col(Workshop.id) == Proposal.workshop_id)
            .where(Workshop.alliance_id == alliance_id)
        ).all()
    }
    by_row = {workshop_id: origins_by_row(counts, names) for workshop_id, counts in sizes.items()}
    return {
        proposal_id: points[proposal_id]
        if proposal_id in points
        else Origin(OriginKind.TABLE, table_name)
        if table_name
        else by_row.get(workshop_id, {}).get(row_key(group_id), ROOM)
        for proposal_id, workshop_id, table_name, group_id in session.exec(
            select(Proposal.id, Proposal.workshop_id, Proposal.table_name, Participant.group_id)
            .join(Workshop, col(Workshop.id) == Proposal.workshop_id)
            .join(Participant, col(Participant.id) == Proposal.participant_id, isouter=True)
            .where(Workshop.alliance_id == alliance_id)
        ).all()
    }
