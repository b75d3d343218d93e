"""Words that came after the close: no vote, and no part of the round. They go to the facilitator, as too late.

Their author sends them knowingly and without a name: neither who that was nor when is stored.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.basics.errors import (
    InvalidValue,
    NotAdmitted,
    NotFound,
    RequestReused,
    RoundCancelled,
    RoundNotReady,
    WorkshopOver,
)
from models.basics.text import REASON_LIMIT, request_name, required_text
from models.basics.words import WorkshopState
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import LateWords, Round, RoundItem
from models.voting.terms import choices_of_round
from models.workshop.participant import admitted
from models.workshop.workshop import read_workshop


@dataclass(frozen=True)
class LateWordsView:
    """Words that came too late, as the facilitator reads them: about which text, beside which choice."""

    id: int
    round_number: int
    method: str
    asked: str
    choice: str
    text: str


def send_late_words(
    session: Session,
    *,
    participant_id: int,
    round_id: int,
    item_id: int,
    choice: str,
    text: str,
    request_id: str | None = None,
) -> None:
    """Give the facilitator words about a text whose round is closed. The same request id again changes nothing.

    Raises `NotFound`, `RoundNotReady` while the round is open, `RoundCancelled`, `WorkshopOver`,
    `NotAdmitted` (also for who came in after the close), `InvalidValue` for a choice that asks for no words,
    `TextMissing`, `TextTooLong`, `RequestReused`.
    """
    participant = admitted(session, participant_id)
    closed, item = existing(session, Round, round_id), existing(session, RoundItem, item_id)
    if item.round_id != round_id or closed.workshop_id != participant.workshop_id:
        raise NotFound("round")
    if closed.cancelled_at is not None:
        raise RoundCancelled
    if closed.closed_at is None:
        raise RoundNotReady
    if read_workshop(session, closed.workshop_id).state == WorkshopState.OVER:
        raise WorkshopOver
    if participant.joined_at is None or participant.joined_at > closed.closed_at:
        raise NotAdmitted
    offered = [known.value for known in choices_of_round(closed) if known.asks_reason]
    if choice not in offered:
        raise InvalidValue("choice", choice, offered=offered, method=closed.method)
    words = required_text(text, field="reason", limit=REASON_LIMIT)
    request_id = request_name(request_id)
    if request_id:
        before = session.exec(
            select(LateWords).where(LateWords.round_item_id == item_id, LateWords.request_id == request_id)
        ).first()
        if before is not None:
            if before.text != words:
                raise RequestReused(before.text)
            return
    session.add(LateWords(round_item_id=item_id, choice=choice, text=words, request_id=request_id))
    page_changed(session, closed.workshop_id)


def list_late_words(session: Session, workshop_id: int, *, put_away: bool = False) -> list[LateWordsView]:
    """Return the late words of a workshop, those put away or the others, as they came."""
    found = session.exec(
        select(LateWords, Round, RoundItem.text)
        .join(RoundItem, col(RoundItem.id) == LateWords.round_item_id)
        .join(Round, col(Round.id) == RoundItem.round_id)
        .where(
            Round.workshop_id == workshop_id,
            LateWords.is_put_away == put_away,
            col(Round.cancelled_at).is_(None),
        )
        .order_by(col(LateWords.id))
    ).all()
    return [
        LateWordsView(late.id, of.number, of.method, asked, late.choice, late.text)
        for late, of, asked in found
    ]


def put_late_words_away(session: Session, *, who: str, late_words_id: int, is_away: bool = True) -> None:
    """Take late words off the facilitator's list, or put them back on it. Raises `NotFound`."""
    late = existing(session, LateWords, late_words_id)
    of = existing(session, Round, existing(session, RoundItem, late.round_item_id).round_id)
    late.is_put_away = is_away
    session.add(late)
    page_changed(session, of.workshop_id)
