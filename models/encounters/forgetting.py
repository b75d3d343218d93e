"""What an evening must not keep: who sat where, who wished to sit with or speak whom again, and what was answered.

Who sat where is history for the next evenings of a series, and is kept as long as one may follow; never for more than
twelve months. With the seats goes who came again. All else goes thirty days after the evening itself.
"""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.basics.clock import months_after, now
from models.basics.words import BuildingBlock, Erased, WorkshopState
from models.storage.forgetting import mark_erased
from models.tables import (
    Bubble,
    BubblesTold,
    Contact,
    ContactWish,
    DeclinedHosting,
    Encounter,
    EncounterAnswer,
    Idea,
    MixingChoice,
    Participant,
    Seat,
    SeatWish,
    SeriesPerson,
    TableOfRound,
    Workshop,
)

KEPT_DAYS = 30
MOST_MONTHS = 12


def evenings_without_seats(session: Session, *, series_id: int | None = None) -> set[int]:
    """Return the evenings of which nobody knows any more who sat where, or may not: of a series, or all there are.

    Their day is thirty days after the last evening of the series was over, and at the latest twelve months after their
    own. An evening that was planned and never held, or that nobody ended, counts as over on its day for the others.
    """
    asked = (
        select(Workshop, Encounter.series_id)
        .join(Encounter, col(Encounter.workshop_id) == Workshop.id, isouter=True)
        .where(Workshop.block == BuildingBlock.ENCOUNTERS)
    )
    if series_id is not None:
        asked = asked.where(Encounter.series_id == series_id)
    found = session.exec(asked).all()
    last: dict[int | None, datetime] = {}
    for workshop, series in found:
        last[series] = max(last.get(series, _over(workshop)), _over(workshop))
    return {
        workshop.id
        for workshop, series in found
        if _is_long_ago(workshop)
        or (
            workshop.state == WorkshopState.OVER
            and _are_past(_over(workshop) if series is None else last[series])
        )
    }


def is_forgotten(workshop: Workshop) -> bool:
    """Tell whether what was answered and wished in an evening is gone, or may not be told any more."""
    return _is_long_ago(workshop) or (workshop.state == WorkshopState.OVER and _are_past(_over(workshop)))


def forget_evenings(session: Session) -> int:
    """Erase what evenings must not keep any more; return how many rows that were. Harmless when repeated.

    Wishes, hosts, bubbles, answers, and who typed an idea go by the evening itself; seats, and who came again, by its
    series.
    """
    over = [
        workshop.id
        for workshop in session.exec(select(Workshop).where(Workshop.block == BuildingBlock.ENCOUNTERS)).all()
        if is_forgotten(workshop)
    ]
    erased = _erase_seats(session, evenings_without_seats(session))
    rows = [
        *session.exec(select(TableOfRound).where(col(TableOfRound.workshop_id).in_(over))).all(),
        *session.exec(select(SeatWish).where(col(SeatWish.workshop_id).in_(over))).all(),
        *session.exec(select(EncounterAnswer).where(col(EncounterAnswer.workshop_id).in_(over))).all(),
        *session.exec(
            select(DeclinedHosting)
            .join(Participant, col(Participant.id) == DeclinedHosting.participant_id)
            .where(col(Participant.workshop_id).in_(over))
        ).all(),
        *session.exec(
            select(MixingChoice)
            .join(Participant, col(Participant.id) == MixingChoice.participant_id)
            .where(col(Participant.workshop_id).in_(over))
        ).all(),
        *session.exec(
            select(BubblesTold)
            .join(Participant, col(Participant.id) == BubblesTold.participant_id)
            .where(col(Participant.workshop_id).in_(over))
        ).all(),
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
    count = erased + len(rows) + len(named)
    if count:
        mark_erased(session, Erased.EVENINGS)
    return count


def _erase_seats(session: Session, evenings: Collection[int]) -> int:
    rows = [
        *session.exec(select(Seat).where(col(Seat.workshop_id).in_(evenings))).all(),
        *session.exec(select(SeriesPerson).where(col(SeriesPerson.workshop_id).in_(evenings))).all(),
    ]
    for row in rows:
        session.delete(row)
    return len(rows)


def _over(workshop: Workshop) -> datetime:
    """Return when an evening was over; where nobody ended it, the day for which it was planned."""
    if workshop.state == WorkshopState.OVER and workshop.over_at is not None:
        return workshop.over_at
    return datetime.combine(workshop.held_on, time.min, UTC)


def _are_past(moment: datetime) -> bool:
    return moment + timedelta(days=KEPT_DAYS) <= now()


def _is_long_ago(workshop: Workshop) -> bool:
    held_on = min(workshop.held_on, _over(workshop).date())
    return months_after(held_on, MOST_MONTHS) <= now().date()


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
    if rows:
        mark_erased(session, Erased.CONTACTS)
    return len(rows)
