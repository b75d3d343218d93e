"""What every step of a round does: say where it stands, lock it, write it down, turn the projector back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.basics.words import Phase, RuleKind
from models.storage.chain import record
from models.storage.finding import existing
from models.tables import Round, RoundItem
from models.voting.asked import Question
from models.workshop.workshop import read_workshop


def locked_round(session: Session, round_id: int) -> Round:
    """Return a round, locked until the end of the transaction (PostgreSQL). Raises `NotFound`."""
    return existing(session, Round, round_id, lock=True)


def record_of_round(session: Session, of: Round, who: str, what: str, **details: Any) -> int:
    """Write down what happened to a round, in its alliance's chain of events; return the event's id."""
    workshop = read_workshop(session, of.workshop_id)
    return record(session, alliance_id=workshop.alliance_id, who=who, what=what, round=of.number, **details)


def to_first_page(session: Session, workshop_id: int) -> None:
    """Turn the projector back to where the news stands; evidence that stood there leaves it."""
    workshop = read_workshop(session, workshop_id)
    workshop.wall_page = 0
    workshop.point_on_screen = None
    session.add(workshop)


def was_asked_later(session: Session, found: Round, questions: Sequence[Question]) -> bool:
    """Return whether a later round of the workshop asks one of these again.

    One that puts texts in order says nothing about what a round before it decided, and does not ask it again.
    """
    later = (
        select(RoundItem.id)
        .join(Round, col(Round.id) == RoundItem.round_id)
        .where(
            Round.workshop_id == found.workshop_id,
            Round.number > found.number,
            or_(
                col(RoundItem.version_id).in_([one.version_id for one in questions]),
                col(RoundItem.statement_id).in_([one.statement_id for one in questions]),
                col(RoundItem.improvement_id).in_([one.improvement_id for one in questions]),
            ),
            or_(col(Round.rule) != RuleKind.TOP, col(Round.top).is_not(None)),
        )
    )
    return session.exec(later.limit(1)).first() is not None


def phase_of(found: Round | None) -> Phase:
    """Return what a round is doing."""
    if found is None:
        return Phase.NONE
    return phase_from(
        found.closed_at is not None, found.revealed_at is not None, found.cancelled_at is not None
    )


def phase_from(is_closed: bool, is_revealed: bool, is_cancelled: bool) -> Phase:
    """Return the same from what is known of a round without reading all of it."""
    if is_cancelled:
        return Phase.CANCELLED
    if is_revealed:
        return Phase.REVEALED
    return Phase.CLOSED if is_closed else Phase.OPEN
