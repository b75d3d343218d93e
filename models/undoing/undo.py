"""Undoing an act that an event tells of: what can be undone now, and doing it, once, whoever presses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import CannotBeUndone
from models.basics.words import Erased, Hindrance
from models.storage.chain import record
from models.storage.finding import existing
from models.storage.undoable import bring_form_back
from models.storage.writing import after_commit_forget
from models.tables import Event, Undoable
from models.undoing.ways import WAYS

UNDONE = "undone"
# Of so many of the newest it is looked up whether they can still be undone.
LOOKED_AT = 40


@dataclass(frozen=True)
class Undone:
    """`already_by` had undone it before, None where it was done now; `left` counts what was changed since."""

    already_by: str | None = None
    left: int = 0


@dataclass(frozen=True)
class CanBeUndone:
    """An act that can still be undone. `names` are the words by which one knows which it was, or empty."""

    event_id: int
    who: str
    what: str
    details: Mapping[str, Any]
    names: str
    happened_at: datetime


def undo(session: Session, *, who: str, event_id: int) -> Undone:
    """Undo the act that an event tells of, and write that down as an event of its own. Undone twice, it is undone once.

    Raises `CannotBeUndone` with what came in between, `NotFound` for an event that there is not.
    """
    event = existing(session, Event, event_id)
    kept = session.exec(select(Undoable).where(Undoable.event_id == event_id).with_for_update()).first()
    if kept is None:
        raise CannotBeUndone(_why_gone(event))
    if kept.undone_at is not None:
        return Undone(already_by=kept.undone_by)
    way = WAYS[event.what]
    for table, key in way.locks:
        session.exec(select(table).where(table.id == kept.keeps[key]).with_for_update()).first()  # type: ignore[attr-defined]
    hindrance = way.hinders(session, kept.keeps)
    if hindrance is not None:
        raise CannotBeUndone(hindrance)
    left = way.take_back(session, kept.keeps)
    bring_form_back(session, kept.keeps)
    kept.keeps, kept.undone_by, kept.undone_at = {}, who, now()
    session.add(kept)
    record(
        session,
        alliance_id=event.alliance_id,
        who=who,
        what=UNDONE,
        event=event_id,
        of=event.what,
        told=dict(event.details),
    )
    return Undone(left=left)


def _why_gone(event: Event) -> Hindrance:
    way = WAYS.get(event.what)
    if way is None:
        return Hindrance.GONE
    is_old = way.within is not None and event.happened_at < now() - way.within
    return Hindrance.FORGOTTEN if is_old else way.followed


def can_be_undone_now(session: Session, event_id: int) -> bool:
    """Return whether the act that an event tells of can be undone now."""
    found = session.exec(
        select(Undoable, Event.what)
        .join(Event, col(Event.id) == Undoable.event_id)
        .where(Undoable.event_id == event_id, col(Undoable.undone_at).is_(None))
    ).first()
    return found is not None and WAYS[found[1]].hinders(session, found[0].keeps) is None


def undoable_about(session: Session, about: str) -> int | None:
    """Return the event of the last act on a thing that kept what undoing takes, or None."""
    return session.exec(
        select(Undoable.event_id).where(Undoable.about == about, col(Undoable.undone_at).is_(None))
    ).first()


def what_can_be_undone(session: Session, alliance_id: int, *, limit: int) -> list[CanBeUndone]:
    """Return what can still be undone in an alliance, newest first, `limit` at most."""
    found = session.exec(
        select(Event, Undoable)
        .join(Undoable, col(Undoable.event_id) == Event.id)
        .where(Event.alliance_id == alliance_id, col(Undoable.undone_at).is_(None))
        .order_by(col(Event.id).desc())
        .limit(LOOKED_AT)
    ).all()
    able = []
    for event, kept in found:
        way = WAYS.get(event.what)
        if way is not None and way.hinders(session, kept.keeps) is None:
            able.append(
                CanBeUndone(
                    event.id,
                    event.who,
                    event.what,
                    event.details,
                    way.names(session, kept.keeps),
                    event.happened_at,
                )
            )
        if len(able) == limit:
            break
    return able


def forget_what_was_kept(session: Session) -> int:
    """Delete what was kept for undoing and is not any more: see `Way.within`. Return of how many acts."""
    gone: list[int] = []
    for what, way in WAYS.items():
        if way.within is not None:
            gone += session.exec(
                select(Undoable.event_id)
                .join(Event, col(Event.id) == Undoable.event_id)
                .where(
                    Event.what == what,
                    col(Event.happened_at) < now() - way.within,
                    col(Undoable.undone_at).is_(None),
                )
            ).all()
    if gone:
        session.connection().execute(delete(Undoable).where(col(Undoable.event_id).in_(gone)))
        after_commit_forget(session, Erased.KEPT_FOR_UNDOING)
    return len(gone)
