"""What people send in: let through, hidden, supported, typed for a table."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import (
    DraftingEnded,
    InvalidValue,
    NotYours,
    RequestReused,
    TextMissing,
    TooManyProposals,
    WorkshopOver,
)
from models.basics.text import (
    NOTE_LIMIT,
    STATEMENT_LIMIT,
    one_line,
    optional_text,
    request_name,
    required_text,
)
from models.basics.words import ProposalKind, WorkshopState
from models.drafting.support import SupportGiven, drop_support, give_support
from models.storage.chain import record
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.storage.undoable import as_text, keep_for_undo, note_again
from models.tables import Proposal, Support, Workshop
from models.workshop.participant import admitted
from models.workshop.programme import programme
from models.workshop.workshop import read_workshop

TABLE_NAME_LIMIT = 60
TEXTS_AT_ONCE = 50
# More than anyone thinks of in a minute, and few enough for a facilitator to read.
MOST_IN_A_MINUTE, PACE = 20, timedelta(minutes=1)
SHOWN = "shown"


@dataclass(frozen=True)
class ProposalSent:
    """`state` is received, shown, hidden or withdrawn."""

    id: int
    state: str


def state_of(proposal: Proposal) -> str:
    """Return received, shown, hidden or withdrawn."""
    if proposal.withdrawn_at is not None:
        return "withdrawn"
    if proposal.hidden_at is not None:
        return "hidden"
    return "received" if proposal.shown_at is None else SHOWN


def send_proposal(
    session: Session, *, participant_id: int, kind: str, text: str, request_id: str | None = None
) -> ProposalSent:
    """Send a proposal in. The same request id with the same text changes nothing.

    Raises `NotAdmitted`, `WorkshopOver`, `DraftingEnded`, `TextMissing`, `TextTooLong`, `InvalidValue`,
    `TooManyProposals`, and `RequestReused` when the request id came before with another text.
    """
    participant = admitted(session, participant_id)
    if kind not in set(ProposalKind):
        raise InvalidValue("kind", kind)
    statement = required_text(text, field="text", limit=STATEMENT_LIMIT)
    request_id = request_name(request_id)
    if request_id:
        before = session.exec(
            select(Proposal).where(
                Proposal.participant_id == participant_id, Proposal.request_id == request_id
            )
        ).first()
        if before is not None:
            if before.text != statement:
                raise RequestReused(before.text)
            return ProposalSent(before.id, state_of(before))
    workshop = read_workshop(session, participant.workshop_id)
    _check_drafting(workshop, kind)
    moment = now()
    _check_pace(session, participant_id, moment)
    proposal = Proposal(
        workshop_id=participant.workshop_id,
        participant_id=participant_id,
        kind=kind,
        text=statement,
        request_id=request_id,
        is_late=kind == ProposalKind.PRINCIPLE
        and programme(workshop.block).is_late_for_proposals(workshop.step),
        sent_at=moment,
        shown_at=moment if workshop.lets_all_through else None,
    )
    session.add(proposal)
    page_changed(session, workshop.id, content=workshop.lets_all_through)
    return ProposalSent(proposal.id, state_of(proposal))


def change_proposal(session: Session, *, participant_id: int, proposal_id: int, text: str) -> ProposalSent:
    """Change one's own proposal; a shown or hidden one goes to the facilitator again, without its old support.

    Raises `NotYours`, `NotFound`, `DraftingEnded`, `TextMissing`, `TextTooLong`, and `RequestReused` when it was
    already worded into a principle.
    """
    proposal = _own(session, participant_id, proposal_id)
    workshop = read_workshop(session, proposal.workshop_id)
    _check_drafting(workshop, proposal.kind)
    statement = required_text(text, field="text", limit=STATEMENT_LIMIT)
    if proposal.merged_into is not None:
        raise RequestReused(proposal.text)
    if statement == proposal.text and proposal.hidden_at is None and proposal.withdrawn_at is None:
        return ProposalSent(proposal.id, state_of(proposal))
    proposal.text = statement
    appears_at_once = workshop.lets_all_through and proposal.hidden_at is None
    proposal.shown_at = now() if appears_at_once else None
    proposal.hidden_at = proposal.hidden_reason = proposal.withdrawn_at = None
    session.add(proposal)
    drop_support(session, Support, proposal_id)
    page_changed(session, proposal.workshop_id, content=True)
    return ProposalSent(proposal.id, state_of(proposal))


def withdraw_proposal(session: Session, *, participant_id: int, proposal_id: int) -> ProposalSent:
    """Withdraw one's own proposal. What was worded from it before keeps it as a source. Raises `NotYours`."""
    proposal = _own(session, participant_id, proposal_id)
    proposal.withdrawn_at = proposal.withdrawn_at or now()
    session.add(proposal)
    page_changed(session, proposal.workshop_id, content=True)
    return ProposalSent(proposal.id, state_of(proposal))


def support_proposal(session: Session, *, participant_id: int, proposal_id: int, on: bool) -> SupportGiven:
    """Support a shown proposal, or take the support back. Done twice it is done once. Raises `NotFound`."""
    participant = admitted(session, participant_id)
    proposal = session.get(Proposal, proposal_id)
    is_shown = (
        proposal is not None
        and proposal.workshop_id == participant.workshop_id
        and state_of(proposal) == SHOWN
    )
    wanted = Support(proposal_id=proposal_id, participant_id=participant_id)
    count = give_support(session, participant, wanted, is_shown=is_shown, on=on)
    return SupportGiven(proposal_id, on, count)


def type_for_table(
    session: Session, *, who: str, workshop_id: int, kind: str, table_name: str, texts: list[str]
) -> int:
    """Store what a table says, several texts at once, shown at once since a host typed them. Return how many.

    Empty lines are skipped. Raises `TextMissing`, `TextTooLong`, `InvalidValue`.
    """
    workshop = read_workshop(session, workshop_id)
    if kind not in set(ProposalKind):
        raise InvalidValue("kind", kind)
    table = one_line(table_name, field="table", limit=TABLE_NAME_LIMIT)
    statements = [optional_text(text, field="text", limit=STATEMENT_LIMIT) for text in texts]
    statements = [statement for statement in statements if statement]
    if not statements:
        raise TextMissing("text")
    if len(statements) > TEXTS_AT_ONCE:
        raise InvalidValue("text", len(statements))
    moment = now()
    for statement in statements:
        session.add(
            Proposal(
                workshop_id=workshop_id,
                kind=kind,
                text=statement,
                table_name=table,
                sent_at=moment,
                shown_at=moment,
            )
        )
    _record(session, workshop, who, "proposals typed for a table", table=table, count=len(statements))
    page_changed(session, workshop_id, content=True)
    return len(statements)


def show_proposals(
    session: Session, *, who: str, workshop_id: int, proposal_ids: list[int] | None
) -> list[int]:
    """Let proposals through to phones and projector: these, or all that wait (None). Return which."""
    workshop = read_workshop(session, workshop_id)
    wanted = select(Proposal).where(
        Proposal.workshop_id == workshop_id,
        or_(col(Proposal.shown_at).is_(None), col(Proposal.hidden_at).is_not(None)),
        col(Proposal.withdrawn_at).is_(None),
    )
    if proposal_ids is None:
        wanted = wanted.where(col(Proposal.hidden_at).is_(None))
    else:
        wanted = wanted.where(col(Proposal.id).in_(proposal_ids))
    moment = now()
    found = session.exec(wanted).all()
    before = [
        {
            "proposal": proposal.id,
            "shown_at": as_text(proposal.shown_at),
            "hidden_at": as_text(proposal.hidden_at),
            "hidden_reason": proposal.hidden_reason,
        }
        for proposal in found
    ]
    for proposal in found:
        proposal.shown_at = moment
        proposal.hidden_at = proposal.hidden_reason = None
        session.add(proposal)
    if found:
        ids = [proposal.id for proposal in found]
        event_id = _record(session, workshop, who, "proposals shown", proposals=ids)
        keep_for_undo(
            session, event_id, f"proposals shown {event_id}", shown_at=as_text(moment), before=before
        )
        page_changed(session, workshop_id, content=True)
    return [proposal.id for proposal in found]


def hide_proposal(session: Session, *, who: str, proposal_id: int, reason: str = "") -> None:
    """Hide a proposal everywhere; its author reads the reason, which may come later (`say_why_hidden`).

    One that is hidden already stays so, and keeps its reason where none is given now. Raises `NotFound`, `TextTooLong`.
    """
    proposal = existing(session, Proposal, proposal_id, lock=True)
    is_hidden = proposal.hidden_at is not None
    why = _why_hidden(reason)
    if is_hidden and why in (None, proposal.hidden_reason):
        note_again(session, about_hiding(proposal_id))
        return
    proposal.hidden_reason = why
    # When it was shown is kept: brought back, it stands where it stood.
    proposal.hidden_at = now()
    session.add(proposal)
    event_id = _record(
        session, read_workshop(session, proposal.workshop_id), who, "proposal hidden", proposal=proposal_id
    )
    keep_for_undo(
        session,
        event_id,
        about_hiding(proposal_id),
        proposal=proposal_id,
        hidden_at=as_text(proposal.hidden_at),
    )
    page_changed(session, proposal.workshop_id, content=True)


def about_hiding(proposal_id: int) -> str:
    """Return under which name hiding a proposal is kept, to undo it."""
    return f"proposal {proposal_id}"


def say_why_hidden(session: Session, *, who: str, proposal_id: int, reason: str) -> None:
    """Say to its author why a proposal is hidden, or take the reason back. One that is not hidden stays as it is."""
    proposal = existing(session, Proposal, proposal_id)
    if proposal.hidden_at is not None:
        proposal.hidden_reason = _why_hidden(reason)
        session.add(proposal)
        page_changed(session, proposal.workshop_id, content=True)


def _why_hidden(reason: str) -> str | None:
    return one_line(reason, field="reason", limit=NOTE_LIMIT, is_required=False) or None


def end_drafting(session: Session, *, who: str, workshop_id: int) -> None:
    """Take no more proposals for principles."""
    workshop = read_workshop(session, workshop_id)
    workshop.drafting_ended_at = workshop.drafting_ended_at or now()
    session.add(workshop)
    _record(session, workshop, who, "drafting ended")
    page_changed(session, workshop_id, content=True)


def resume_drafting(session: Session, *, who: str, workshop_id: int) -> None:
    """Take proposals for principles again."""
    workshop = read_workshop(session, workshop_id)
    workshop.drafting_ended_at = None
    session.add(workshop)
    _record(session, workshop, who, "drafting resumed")
    page_changed(session, workshop_id, content=True)


def _check_drafting(workshop: Workshop, kind: str) -> None:
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    if kind == ProposalKind.PRINCIPLE and workshop.drafting_ended_at is not None:
        raise DraftingEnded


def _check_pace(session: Session, participant_id: int, moment: datetime) -> None:
    """Raise `TooManyProposals` for who sent as many in the last minute as anyone may: others have to be read too."""
    sent_at = session.exec(
        select(Proposal.sent_at)
        .where(Proposal.participant_id == participant_id, col(Proposal.sent_at) > moment - PACE)
        .order_by(col(Proposal.sent_at).desc())
        .limit(MOST_IN_A_MINUTE)
    ).all()
    if len(sent_at) == MOST_IN_A_MINUTE:
        raise TooManyProposals(max(1, ceil((sent_at[-1] + PACE - moment).total_seconds())))


def _own(session: Session, participant_id: int, proposal_id: int) -> Proposal:
    admitted(session, participant_id)
    proposal = existing(session, Proposal, proposal_id)
    if proposal.participant_id != participant_id:
        raise NotYours
    return proposal


def _record(session: Session, workshop: Workshop, who: str, what: str, **details: object) -> int:
    return record(
        session, alliance_id=workshop.alliance_id, who=who, what=what, workshop=workshop.code, **details
    )
