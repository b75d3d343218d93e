"""After a reveal: reasons shown and hidden, objections answered, and what happens to what did not carry."""

from sqlmodel import Session, col, select

from models.basics.errors import InvalidValue, RoundNotReady
from models.basics.words import Decision, FollowUp, ObjectionAnswer, PrincipleStatus, ReasonState
from models.drafting.wording import newest_version
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.storage.undoable import keep_for_undo, note_again
from models.tables import Principle, PrincipleVersion, Reason, Round, RoundItem
from models.voting.asked import same_question
from models.voting.round_steps import record_of_round, to_first_page, was_asked_later


def choose_follow_up(session: Session, *, who: str, item_id: int, follow_up: str) -> None:
    """Choose what happens to an item that did not carry: reword and vote again, minority report, or leave out.

    Raises `RoundNotReady` before the reveal, for what was adopted or put in order, and for what is no principle;
    `InvalidValue`.
    """
    if follow_up not in set(FollowUp):
        raise InvalidValue("follow_up", follow_up)
    item = existing(session, RoundItem, item_id)
    revealed = existing(session, Round, item.round_id)
    decision = (item.outcome or {}).get("decision")
    if (
        revealed.revealed_at is None
        or decision in (Decision.ADOPTED, Decision.RANKED)
        or item.version_id is None
    ):
        raise RoundNotReady
    item.follow_up = follow_up
    session.add(item)
    version = session.get(PrincipleVersion, item.version_id)
    principle = session.get(Principle, version.principle_id) if version else None
    is_last_word = (
        principle is not None
        and newest_version(session, principle.id).id == item.version_id
        and not was_asked_later(session, revealed, [same_question(item)])
    )
    if principle is not None and is_last_word:
        if follow_up == FollowUp.LEAVE_OUT:
            principle.status = PrincipleStatus.LEFT_OUT
        elif decision == Decision.NOT_ADOPTED:
            principle.status = PrincipleStatus.NOT_ADOPTED
        else:
            principle.status = PrincipleStatus.DRAFT
        session.add(principle)
    record_of_round(session, revealed, who, "follow-up chosen", follow_up=follow_up, position=item.position)
    page_changed(session, revealed.workshop_id, content=True)


def show_reasons(session: Session, *, who: str, round_id: int, reason_ids: list[int] | None) -> int:
    """Show reasons on the projector and the phones: these, or all new ones (None). Return how many."""
    shown_round = existing(session, Round, round_id)
    wanted = (
        select(Reason)
        .join(RoundItem, col(RoundItem.id) == Reason.round_item_id)
        .where(RoundItem.round_id == round_id)
    )
    if reason_ids is None:
        wanted = wanted.where(Reason.state == ReasonState.NEW)
    else:
        wanted = wanted.where(col(Reason.id).in_(reason_ids))
    found = session.exec(wanted).all()
    before = [[reason.id, reason.state] for reason in found]
    for reason in found:
        reason.state = ReasonState.SHOWN
        session.add(reason)
    to_first_page(session, shown_round.workshop_id)
    event_id = record_of_round(session, shown_round, who, "reasons shown", count=len(found))
    keep_for_undo(session, event_id, f"reasons shown {event_id}", before=before)
    page_changed(session, shown_round.workshop_id, content=True)
    return len(found)


def hide_reason(session: Session, *, who: str, reason_id: int) -> None:
    """Hide a reason everywhere; one sees only how many are hidden. It has no author to tell. Twice is once."""
    reason = existing(session, Reason, reason_id, lock=True)
    about = f"reason {reason_id}"
    if reason.state == ReasonState.HIDDEN:
        note_again(session, about)
        return
    before = reason.state
    reason.state = ReasonState.HIDDEN
    session.add(reason)
    of_round = round_of_reason(session, reason)
    event_id = record_of_round(session, of_round, who, "reason hidden")
    keep_for_undo(session, event_id, about, reason=reason_id, state=before)
    page_changed(session, of_round.workshop_id, content=True)


def take_reasons_off(session: Session, *, who: str, reason_ids: list[int]) -> None:
    """Take shown reasons off the projector and the phones: they are new again. The others stay as they are."""
    found = [session.get(Reason, reason_id) for reason_id in reason_ids]
    shown = [reason for reason in found if reason is not None and reason.state == ReasonState.SHOWN]
    if not shown:
        return
    for reason in shown:
        reason.state = ReasonState.NEW
        session.add(reason)
    of_round = round_of_reason(session, shown[0])
    event_id = record_of_round(session, of_round, who, "reasons taken off", count=len(shown))
    keep_for_undo(session, event_id, f"reasons taken off {event_id}", reasons=[reason.id for reason in shown])
    page_changed(session, of_round.workshop_id, content=True)


def round_of_reason(session: Session, reason: Reason) -> Round:
    """Return in which round somebody gave a reason."""
    return existing(session, Round, existing(session, RoundItem, reason.round_item_id).round_id)


def answer_objection(session: Session, *, who: str, reason_id: int, answer: str | None) -> None:
    """Write down how an objection was dealt with, or that it is open again (None).

    Raises `NotFound`, `InvalidValue`, and `RoundNotReady` before the reveal.
    """
    if answer is not None and answer not in set(ObjectionAnswer):
        raise InvalidValue("answer", answer)
    reason = existing(session, Reason, reason_id)
    item = existing(session, RoundItem, reason.round_item_id)
    revealed = existing(session, Round, item.round_id)
    if revealed.revealed_at is None:
        raise RoundNotReady
    reason.answer = answer
    session.add(reason)
    record_of_round(session, revealed, who, "objection answered", answer=answer)
    page_changed(session, revealed.workshop_id, content=True)
