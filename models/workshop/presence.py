"""Who is here, and who waits at the door: each said once, of a participant and as a question to the database."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from models.tables import Participant


class Comings(Protocol):
    """When somebody joined, was let in and left: a participant, or a row of the list of them."""

    @property
    def joined_at(self) -> datetime | None: ...
    @property
    def admitted_at(self) -> datetime | None: ...
    @property
    def left_at(self) -> datetime | None: ...


def is_here(person: Comings) -> bool:
    """Return whether somebody joined, was let in, and has not left."""
    return person.joined_at is not None and person.admitted_at is not None and person.left_at is None


def is_at_the_door(person: Comings) -> bool:
    """Return whether somebody joined, and waits to be let in."""
    return person.joined_at is not None and person.admitted_at is None and person.left_at is None


def was_removed(person: Comings) -> bool:
    """Return whether the facilitator sent somebody away, who then may not come back by themselves."""
    return person.admitted_at is None and person.left_at is not None


# The same, of the participants in a question.
HERE: ColumnElement[bool] = and_(
    col(Participant.joined_at).is_not(None),
    col(Participant.admitted_at).is_not(None),
    col(Participant.left_at).is_(None),
)
AT_THE_DOOR: ColumnElement[bool] = and_(
    col(Participant.joined_at).is_not(None),
    col(Participant.admitted_at).is_(None),
    col(Participant.left_at).is_(None),
)
SENT_AWAY: ColumnElement[bool] = and_(
    col(Participant.admitted_at).is_(None), col(Participant.left_at).is_not(None)
)
