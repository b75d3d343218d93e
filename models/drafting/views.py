"""Proposals as the facilitator, the room and who sent them in see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from models.basics.words import AgreementState, PrincipleStatus
from models.drafting.proposal import state_of
from models.tables import Agreement, Group, Improvement, Participant, Principle, Proposal, Support

# Written once: a room asks for its pages all at once, and composing a question costs as much as asking it.
_SUPPORTED = select(Support.proposal_id).where(col(Support.participant_id) == bindparam("participant_id"))
_OWN = (
    select(Proposal, Principle.number, Agreement.number)
    .join(
        Principle,
        (col(Principle.id) == Proposal.merged_into) & (col(Principle.status) != PrincipleStatus.LEFT_OUT),
        isouter=True,
    )
    .join(
        Agreement,
        (col(Agreement.proposal_id) == Proposal.id) & (col(Agreement.state) == AgreementState.OPEN),
        isouter=True,
    )
    .where(col(Proposal.participant_id) == bindparam("participant_id"))
    .order_by(col(Proposal.id))
)


@dataclass(frozen=True)
class ProposalRow:
    """A proposal as the facilitator sees it. `origin` is a group's or a table's name, or empty.

    `improvement_number` is that of the point for improvement of a startfoto that it was made of, and `improvement_id`
    that point.
    """

    id: int
    kind: str
    text: str
    state: str
    support: int
    origin: str
    is_late: bool
    sent_at: datetime
    hidden_reason: str | None
    principle_number: int | None
    agreement_number: int | None
    improvement_number: int | None = None
    improvement_id: int | None = None


@dataclass(frozen=True)
class ShownProposal:
    """A proposal as the room sees it. `improvement_id` says of which point of a startfoto it was made."""

    id: int
    kind: str
    text: str
    support: int
    is_supported: bool
    improvement_id: int | None = None


@dataclass(frozen=True)
class OwnProposal:
    """What somebody sent in. The numbers are those of the principle and the agreement that it became part of."""

    id: int
    kind: str
    text: str
    state: str
    hidden_reason: str | None
    principle_number: int | None = None
    agreement_number: int | None = None


def proposals_for_facilitator(
    session: Session, workshop_id: int, *, of_tables: bool = False
) -> list[ProposalRow]:
    """Return every proposal of a workshop with its support, in the order in which they came; or those `of_tables`."""
    support = _support_counts(session, workshop_id)
    asked = (
        select(Proposal, Group.name, Principle.number, Agreement.number)
        .join(Participant, col(Participant.id) == Proposal.participant_id, isouter=True)
        .join(Group, col(Group.id) == Participant.group_id, isouter=True)
        .join(Principle, col(Principle.id) == Proposal.merged_into, isouter=True)
        .join(Agreement, col(Agreement.proposal_id) == Proposal.id, isouter=True)
        .where(Proposal.workshop_id == workshop_id)
        .order_by(col(Proposal.id))
    )
    if of_tables:
        asked = asked.where(col(Proposal.table_name).is_not(None))
    found = session.exec(asked).all()
    points = numbers_of_points(session, [proposal.improvement_id for proposal, *_rest in found])
    return [
        ProposalRow(
            id=proposal.id,
            kind=proposal.kind,
            text=proposal.text,
            state=state_of(proposal),
            support=support.get(proposal.id, 0),
            origin=proposal.table_name or group or "",
            is_late=proposal.is_late,
            sent_at=proposal.sent_at,
            hidden_reason=proposal.hidden_reason,
            principle_number=principle,
            agreement_number=agreement,
            improvement_number=points.get(proposal.improvement_id),
            improvement_id=proposal.improvement_id,
        )
        for proposal, group, principle, agreement in found
    ]


def numbers_of_points(session: Session, improvement_ids: Iterable[int | None]) -> dict[int | None, int]:
    """Return the numbers of points for improvement by their id; nothing is asked where there are none."""
    wanted = {identifier for identifier in improvement_ids if identifier is not None}
    if not wanted:
        return {}
    found = session.exec(
        select(Improvement.id, Improvement.number).where(col(Improvement.id).in_(wanted))
    ).all()
    return dict(found)


def proposals_of_table(session: Session, workshop_id: int, table_name: str) -> list[ProposalRow]:
    """Return what was typed for a table, by its name however it is written, in the order in which it came."""
    name = table_name.strip().casefold()
    return [
        row
        for row in proposals_for_facilitator(session, workshop_id, of_tables=True)
        if row.origin.casefold() == name
    ]


def shown_proposals(
    session: Session, workshop_id: int, participant_id: int | None = None, kind: str | None = None
) -> list[ShownProposal]:
    """Return what the room may see, the most recently shown last; with whether this participant supports it."""
    support = _support_counts(session, workshop_id)
    own = supported_by(session, participant_id) if participant_id is not None else set()
    wanted = select(Proposal).where(
        Proposal.workshop_id == workshop_id,
        col(Proposal.shown_at).is_not(None),
        col(Proposal.hidden_at).is_(None),
        col(Proposal.withdrawn_at).is_(None),
    )
    if kind is not None:
        wanted = wanted.where(Proposal.kind == kind)
    found = session.exec(wanted.order_by(col(Proposal.shown_at), col(Proposal.id))).all()
    return [
        ShownProposal(
            id=proposal.id,
            kind=proposal.kind,
            text=proposal.text,
            support=support.get(proposal.id, 0),
            is_supported=proposal.id in own,
            improvement_id=proposal.improvement_id,
        )
        for proposal in found
    ]


def count_waiting(session: Session, workshop_id: int, kind: str) -> int:
    """Return how many proposals of a kind wait for the facilitator: neither shown, nor hidden, nor withdrawn."""
    return session.exec(
        select(func.count(col(Proposal.id))).where(
            Proposal.workshop_id == workshop_id,
            Proposal.kind == kind,
            col(Proposal.shown_at).is_(None),
            col(Proposal.hidden_at).is_(None),
            col(Proposal.withdrawn_at).is_(None),
        )
    ).one()


def supported_by(session: Session, participant_id: int) -> set[int]:
    """Return the ids of the proposals that a participant supports."""
    return set(session.exec(_SUPPORTED, params={"participant_id": participant_id}).all())


def own_proposals(session: Session, participant_id: int) -> list[OwnProposal]:
    """Return what a participant sent in, with what became of it, oldest first."""
    found = session.exec(_OWN, params={"participant_id": participant_id}).all()
    own: dict[int, OwnProposal] = {}
    for proposal, principle, agreement in found:
        own.setdefault(
            proposal.id,
            OwnProposal(
                proposal.id,
                proposal.kind,
                proposal.text,
                state_of(proposal),
                proposal.hidden_reason,
                principle,
                agreement,
            ),
        )
    return list(own.values())


def people_supporting(session: Session, proposal_ids: list[int]) -> int:
    """Return how many people support at least one of these proposals."""
    return session.exec(
        select(func.count(func.distinct(Support.participant_id))).where(
            col(Support.proposal_id).in_(proposal_ids)
        )
    ).one()


def _support_counts(session: Session, workshop_id: int) -> dict[int, int]:
    found = session.exec(
        select(Support.proposal_id, func.count())
        .join(Proposal, col(Proposal.id) == Support.proposal_id)
        .where(Proposal.workshop_id == workshop_id)
        .group_by(col(Support.proposal_id))
    ).all()
    return dict(found)
