"""Points for improvement: concrete, with who could, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.baseline.baseline import note_event
from models.basics.clock import now
from models.basics.errors import InUse, InvalidValue, NoMeetingAhead
from models.basics.text import NOTE_LIMIT, STATEMENT_LIMIT, one_line, required_text
from models.basics.words import ImprovementState, ProposalKind
from models.drafting.ahead import meeting_ahead
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.storage.undoable import forget_for_undo, keep_for_undo, note_again
from models.tables import (
    Agreement,
    Baseline,
    Conclusion,
    Improvement,
    ImprovementConclusion,
    Proposal,
    RoundItem,
    Support,
    VersionSource,
    Workshop,
)


@dataclass(frozen=True)
class ImprovementWritten:
    improvement_id: int
    number: int


@dataclass(frozen=True)
class ProposalMade:
    """`code` is that of the meeting where the proposal stands."""

    proposal_id: int
    workshop_id: int
    code: str


def write_improvement(
    session: Session,
    *,
    who: str,
    baseline_id: int,
    text: str,
    who_could: str = "",
    conclusion_ids: Sequence[int] = (),
) -> ImprovementWritten:
    """Write a point for improvement. Raises `TextMissing`, `TextTooLong`, `InvalidValue` for another's conclusion."""
    baseline = existing(session, Baseline, baseline_id, lock=True)
    highest = session.exec(
        select(func.max(Improvement.number)).where(Improvement.baseline_id == baseline_id)
    ).one()
    improvement = Improvement(
        baseline_id=baseline_id,
        number=(highest or 0) + 1,
        text=required_text(text, field="improvement", limit=STATEMENT_LIMIT),
        who_could=one_line(who_could, field="who_could", limit=NOTE_LIMIT, is_required=False),
    )
    session.add(improvement)
    session.flush()
    _set_conclusions(session, improvement, conclusion_ids)
    note_event(session, who, baseline, "improvement written", improvement.number)
    return ImprovementWritten(improvement.id, improvement.number)


def change_improvement(
    session: Session,
    *,
    who: str,
    improvement_id: int,
    text: str | None = None,
    who_could: str | None = None,
    conclusion_ids: Sequence[int] | None = None,
) -> None:
    """Change a point; None leaves it as it is. What was made of it keeps its own words. Raises like writing one."""
    improvement = existing(session, Improvement, improvement_id, lock=True)
    baseline = existing(session, Baseline, improvement.baseline_id)
    if text is not None:
        improvement.text = required_text(text, field="improvement", limit=STATEMENT_LIMIT)
    if who_could is not None:
        improvement.who_could = one_line(who_could, field="who_could", limit=NOTE_LIMIT, is_required=False)
    session.add(improvement)
    if conclusion_ids is not None:
        _set_conclusions(session, improvement, conclusion_ids)
    note_event(session, who, baseline, "improvement changed", improvement.number)


def remove_improvement(session: Session, *, who: str, improvement_id: int) -> None:
    """Remove a point for improvement. Raises `InUse` where it became a proposal, or a round asked about it."""
    improvement = existing(session, Improvement, improvement_id)
    baseline = existing(session, Baseline, improvement.baseline_id)
    for column in (Proposal.improvement_id, RoundItem.improvement_id):
        if session.exec(select(column).where(column == improvement_id).limit(1)).first() is not None:
            raise InUse
    session.connection().execute(
        delete(ImprovementConclusion).where(col(ImprovementConclusion.improvement_id) == improvement_id)
    )
    session.delete(improvement)
    session.flush()
    note_event(session, who, baseline, "improvement removed", improvement.number)


def put_off_improvement(session: Session, *, who: str, improvement_id: int, why: str) -> None:
    """Say that a point is not for now, and why. Raises `TextMissing`, `TextTooLong`, `InUse` once it was taken up."""
    improvement = existing(session, Improvement, improvement_id, lock=True)
    if improvement.state == ImprovementState.TAKEN_UP:
        raise InUse
    before = {"state": str(improvement.state), "why_not_now": improvement.why_not_now}
    improvement.why_not_now = one_line(why, field="reason", limit=NOTE_LIMIT)
    improvement.state = ImprovementState.NOT_NOW
    session.add(improvement)
    baseline = existing(session, Baseline, improvement.baseline_id)
    event_id = note_event(session, who, baseline, "improvement put off", improvement.number)
    keep_for_undo(
        session,
        event_id,
        f"state of improvement {improvement_id}",
        improvement=improvement_id,
        why=improvement.why_not_now,
        **before,
    )


def open_improvement(session: Session, *, who: str, improvement_id: int) -> None:
    """Let a point that was put off be open again. Harmless when repeated."""
    improvement = existing(session, Improvement, improvement_id, lock=True)
    if improvement.state != ImprovementState.NOT_NOW:
        return
    improvement.state, improvement.why_not_now = ImprovementState.OPEN, ""
    session.add(improvement)
    baseline = existing(session, Baseline, improvement.baseline_id)
    note_event(session, who, baseline, "improvement opened", improvement.number)


def make_proposal_of(
    session: Session, *, who: str, improvement_id: int, kind: str = ProposalKind.PRINCIPLE
) -> ProposalMade:
    """Make a proposal of a point, in the alliance's next meeting: one that is open, else the first that is prepared.

    A second time it is the same proposal. Raises `NoMeetingAhead`, and `InvalidValue`.
    """
    improvement = existing(session, Improvement, improvement_id, lock=True)
    baseline = existing(session, Baseline, improvement.baseline_id)
    if kind not in set(ProposalKind):
        raise InvalidValue("kind", kind)
    before = session.exec(
        select(Proposal, Workshop.code)
        .join(Workshop, col(Workshop.id) == Proposal.workshop_id)
        .where(Proposal.improvement_id == improvement_id, col(Proposal.withdrawn_at).is_(None))
        .order_by(col(Proposal.id))
        .limit(1)
    ).first()
    if before is not None:
        proposal, code = before
        note_again(session, f"state of improvement {improvement_id}")
        return ProposalMade(proposal.id, proposal.workshop_id, code)
    workshop = meeting_ahead(session, baseline.alliance_id)
    if workshop is None:
        raise NoMeetingAhead
    moment = now()
    proposal = Proposal(
        workshop_id=workshop.id,
        kind=kind,
        text=improvement.text,
        sent_at=moment,
        shown_at=moment,
        improvement_id=improvement_id,
    )
    session.add(proposal)
    stood = {"state": str(improvement.state), "why_not_now": improvement.why_not_now}
    improvement.state, improvement.why_not_now = ImprovementState.TAKEN_UP, ""
    session.add(improvement)
    session.flush()
    event_id = note_event(session, who, baseline, "improvement proposed", improvement.number)
    keep_for_undo(
        session,
        event_id,
        f"state of improvement {improvement_id}",
        improvement=improvement_id,
        proposal=proposal.id,
        **stood,
    )
    page_changed(session, workshop.id, content=True)
    return ProposalMade(proposal.id, workshop.id, workshop.code)


def take_back_proposal(session: Session, *, who: str, improvement_id: int) -> None:
    """Take back that a point was made a proposal. Raises `InUse` once somebody supported it, or built on it."""
    improvement = existing(session, Improvement, improvement_id, lock=True)
    baseline = existing(session, Baseline, improvement.baseline_id)
    _withdraw_proposals_of(session, improvement)
    forget_for_undo(session, f"state of improvement {improvement_id}")
    note_event(session, who, baseline, "improvement opened", improvement.number)


def _withdraw_proposals_of(session: Session, improvement: Improvement) -> None:
    """Let a point be open again, and what was made of it be withdrawn. Raises `InUse` once somebody built on it."""
    improvement_id = improvement.id
    standing = session.exec(
        select(Proposal).where(
            Proposal.improvement_id == improvement_id, col(Proposal.withdrawn_at).is_(None)
        )
    ).all()
    for proposal in standing:
        if is_built_on(session, proposal.id):
            raise InUse
        proposal.withdrawn_at = now()
        session.add(proposal)
        page_changed(session, proposal.workshop_id, content=True)
    improvement.state = ImprovementState.OPEN
    session.add(improvement)
    session.flush()


def is_built_on(session: Session, proposal_id: int) -> bool:
    """Return whether somebody supported a proposal, or a principle or an agreement came from it."""
    return any(
        session.exec(select(column).where(column == proposal_id).limit(1)).first() is not None
        for column in (Support.proposal_id, VersionSource.proposal_id, Agreement.proposal_id)
    )


@dataclass(frozen=True)
class StandingPoint:
    """A point for improvement that is not put off."""

    id: int
    number: int
    text: str


def standing_points(session: Session, baseline_id: int) -> list[StandingPoint]:
    """Return the points of a startfoto that the room may speak of, by number: all but those that are not for now."""
    found = session.exec(
        select(Improvement)
        .where(Improvement.baseline_id == baseline_id, Improvement.state != ImprovementState.NOT_NOW)
        .order_by(col(Improvement.number))
    ).all()
    return [StandingPoint(one.id, one.number, one.text) for one in found]


def _set_conclusions(session: Session, improvement: Improvement, conclusion_ids: Sequence[int]) -> None:
    own = set(
        session.exec(select(Conclusion.id).where(Conclusion.baseline_id == improvement.baseline_id)).all()
    )
    if not set(conclusion_ids) <= own:
        raise InvalidValue("conclusion", list(conclusion_ids))
    session.connection().execute(
        delete(ImprovementConclusion).where(col(ImprovementConclusion.improvement_id) == improvement.id)
    )
    for conclusion_id in dict.fromkeys(conclusion_ids):
        session.add(ImprovementConclusion(improvement_id=improvement.id, conclusion_id=conclusion_id))
    session.flush()
