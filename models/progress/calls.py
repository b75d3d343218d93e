"""Calls about agreements: what was said, noted by who leads and read by nobody else."""

from datetime import timedelta

from sqlmodel import Session, col, select

from models.agreeing.agreement_steps import locked_agreement
from models.basics.clock import now
from models.basics.errors import InvalidValue, NotFound
from models.basics.text import LINE_LIMIT, STATEMENT_LIMIT, one_line, optional_text
from models.basics.words import AgreementState, CallOutcome
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.storage.undoable import forget_for_undo, keep_for_undo, note_again
from models.tables import Agreement, AgreementCall, Partner

# A second tap on the same button notes nothing twice.
SAME_TAP = timedelta(minutes=1)


def note_call(session: Session, *, who: str, agreement_id: int, outcome: str, sentence: str) -> int:
    """Note what came of a call about an agreement, and return the note's id; the same within a minute is one note.

    The words are for who leads only. The chain of events says that something was noted, never what.
    Raises `NotFound` where the agreement was dropped, `InvalidValue`, `TextTooLong`.
    """
    agreement = locked_agreement(session, agreement_id)
    if agreement.state != AgreementState.OPEN:
        raise NotFound("agreement")
    if outcome not in set(CallOutcome):
        raise InvalidValue("outcome", outcome)
    said = optional_text(sentence, field="sentence", limit=STATEMENT_LIMIT)
    last = session.exec(
        select(AgreementCall)
        .where(AgreementCall.agreement_id == agreement_id)
        .order_by(col(AgreementCall.id).desc())
        .limit(1)
    ).first()
    moment = now()
    if (
        last is not None
        and moment - last.noted_at < SAME_TAP
        and (last.outcome, last.sentence, last.noted_by) == (outcome, said, who)
    ):
        note_again(session, _about(last.id))
        return last.id
    call = AgreementCall(
        agreement_id=agreement_id, outcome=outcome, sentence=said, noted_by=who, noted_at=moment
    )
    session.add(call)
    session.flush()
    event_id = _tell(session, agreement, who, "call noted")
    keep_for_undo(session, event_id, _about(call.id), call=call.id)
    return call.id


def take_back_call(session: Session, *, who: str, call_id: int) -> None:
    """Take back what was noted of a call: its words are gone. Taken back twice, it is taken back once."""
    call = session.get(AgreementCall, call_id)
    if call is None:
        return
    agreement = locked_agreement(session, call.agreement_id)
    session.delete(call)
    forget_for_undo(session, _about(call_id))
    _tell(session, agreement, who, "call taken back")


def keep_contact(session: Session, *, who: str, partner_id: int, contact: str) -> None:
    """Keep by which telephone number or mail address who leads reaches a partner; empty forgets it.

    The chain of events says that it was changed, never what it is. Raises `NotFound`, `TextTooLong`.
    """
    partner = existing(session, Partner, partner_id)
    given = one_line(contact, field="contact", limit=LINE_LIMIT, is_required=False)
    if partner.contact == given:
        return
    partner.contact = given
    session.add(partner)
    record(session, alliance_id=partner.alliance_id, who=who, what="contact kept", partner=partner.name)
    alliance_changed(session, partner.alliance_id)


def _about(call_id: int) -> str:
    return f"call {call_id}"


def _tell(session: Session, agreement: Agreement, who: str, what: str) -> int:
    event_id = record(session, alliance_id=agreement.alliance_id, who=who, what=what, number=agreement.number)
    alliance_changed(session, agreement.alliance_id)
    return event_id
