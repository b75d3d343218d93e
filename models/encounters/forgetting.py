"""What an evening must not keep: who sat where and who wished to sit with whom, 30 days after it was over."""

from datetime import timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.words import BuildingBlock, WorkshopState
from models.tables import Bubble, Idea, Participant, Seat, SeatWish, Workshop

KEPT_DAYS = 30


def forget_evenings(session: Session) -> int:
    """Erase seats, wishes and bubbles of evenings that were over so long ago; return how many rows that were."""
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
