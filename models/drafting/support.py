"""Support for what a room was shown: “me too”, once per person, of a proposal and of a table's idea alike."""

from dataclasses import dataclass

from sqlalchemy import inspect
from sqlmodel import Session, func, select

from models.basics.errors import NotFound, WorkshopOver
from models.basics.words import WorkshopState
from models.storage.changes import page_changed
from models.tables import IdeaSupport, Participant, Support
from models.workshop.workshop import read_workshop


@dataclass(frozen=True)
class SupportGiven:
    """Whether somebody supports something now, and how many people do."""

    about_id: int
    is_on: bool
    count: int


def give_support(
    session: Session, participant: Participant, wanted: Support | IdeaSupport, *, is_shown: bool, on: bool
) -> int:
    """Support what `wanted` says, or take the support back, and return by how many it is supported.

    Done twice it is done once. Raises `WorkshopOver`, and `NotFound` for what the room does not see.
    """
    if read_workshop(session, participant.workshop_id).state == WorkshopState.OVER:
        raise WorkshopOver
    table = type(wanted)
    if not is_shown:
        raise NotFound("proposal" if table is Support else "idea")
    of, _person = inspect(table).primary_key
    key = inspect(table).primary_key_from_instance(wanted)
    given = session.get(table, tuple(key))
    if on and given is None:
        session.add(wanted)
    elif not on and given is not None:
        session.delete(given)
    if on != (given is not None):
        page_changed(session, participant.workshop_id)
    session.flush()
    return session.exec(select(func.count()).select_from(table).where(of == key[0])).one()


def drop_support(session: Session, table: type[Support] | type[IdeaSupport], about_id: int) -> None:
    """Take all support of something back: nobody has said “me too” to its new words yet."""
    of, _person = inspect(table).primary_key
    for support in session.exec(select(table).where(of == about_id)).all():
        session.delete(support)
