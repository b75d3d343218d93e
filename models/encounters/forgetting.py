"""What an evening must not keep: who sat where, who wished to sit with or speak whom again, and what was answered."""

from datetime import timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.words import BuildingBlock, WorkshopState
from models.tables import (
    Bubble,
    Contact,
    ContactWish,
    EncounterAnswer,
    Idea,
    Participant,
    Seat,
    SeatWish,
    Workshop,
)

KEPT_DAYS = 30


def forget_evenings(session: Session) -> int:
    """Erase seats, wishes, bubbles and answers of evenings over so long ago; return how many rows that were."""
    over = list(
        session.exec(
            select(Workshop.id).where(
                Workshop.block == BuildingBlock.ENCOUNTERS,
                Workshop.state == WorkshopState.OVER,
                col(Workshop.over_at) <= now() - timedelta(days=KEPT_DAYS),
            )
        ).all()
    )
    rows = [
        *session.exec(select(Seat).where(col(Seat.workshop_id).in_(over))).all(),
        *session.exec(select(SeatWish).where(col(SeatWish.workshop_id).in_(over))).all(),
        *session.exec(select(EncounterAnswer).where(col(EncounterAnswer.workshop_id).in_(over))).all(),
        *session.exec(
            select(Bubble)
            .join(Participant, col(Participant.id) == Bubble.participant_id)
            .where(col(Participant.workshop_id).in_(over))
        ).all(),
    ]
    for row in rows:
        session.delete(row)
    # What tables took along stays, without who typed it or took the first step.
    named = session.exec(
        select(Idea).where(
            col(Idea.workshop_id).in_(over), or_(col(Idea.participant_id).is_not(None), col(Idea.taker) != "")
        )
    ).all()
    for idea in named:
        idea.participant_id, idea.taker = None, ""
        session.add(idea)
    return len(rows) + len(named)


def forget_contacts(session: Session) -> int:
    """Erase whom people would like to speak again and how they are reached, 30 days after the evening was over.

    Of an evening that nobody ended, 30 days after they were sent. Return how many rows that were.
    """
    limit = now() - timedelta(days=KEPT_DAYS)
    over = select(Workshop.id).where(Workshop.state == WorkshopState.OVER, col(Workshop.over_at) <= limit)
    rows = [
        *session.exec(
            select(Contact).where(or_(col(Contact.workshop_id).in_(over), col(Contact.sent_at) <= limit))
        ).all(),
        *session.exec(
            select(ContactWish).where(
                or_(col(ContactWish.workshop_id).in_(over), col(ContactWish.sent_at) <= limit)
            )
        ).all(),
    ]
    for row in rows:
        session.delete(row)
    return len(rows)
