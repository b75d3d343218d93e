"""The chain of events: who did what when, each row carrying the hash of the one before."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.tables import Alliance, Event

BEGINNING = "0" * 64


def record(session: Session, *, alliance_id: int, who: str, what: str, **details: Any) -> int:
    """Add an event to the alliance's chain and return its id.

    `details` are plain values; never anything of one person's voting.
    """
    # Locks the chain on PostgreSQL; SQLite has one writer anyway.
    session.exec(select(Alliance.id).where(Alliance.id == alliance_id).with_for_update(key_share=True)).one()
    session.flush()
    previous = last_hash(session, alliance_id) or BEGINNING
    moment = now()
    event = Event(
        alliance_id=alliance_id,
        who=who,
        what=what,
        details=details,
        happened_at=moment,
        previous_hash=previous,
        hash=event_hash(previous, who, what, details, moment),
    )
    session.add(event)
    session.flush()
    return event.id


def last_hash(session: Session, alliance_id: int) -> str | None:
    """Return the hash of the alliance's newest event, which vouches for all before it."""
    return session.exec(
        select(Event.hash).where(Event.alliance_id == alliance_id).order_by(col(Event.id).desc()).limit(1)
    ).first()


def chain_holds(session: Session, alliance_id: int, head: str) -> bool:
    """Return whether the chain is whole, and what its newest event was once still stands in it."""
    is_there = head == BEGINNING or (
        session.exec(select(Event.id).where(Event.alliance_id == alliance_id, Event.hash == head)).first()
        is not None
    )
    return is_there and chain_is_whole(session, alliance_id)


def event_hash(previous: str, who: str, what: str, details: dict[str, Any], moment: datetime) -> str:
    """Return the SHA-256 of an event and the hash before it, in hexadecimal."""
    body = json.dumps([previous, who, what, details, moment.isoformat()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()


def chain_is_whole(session: Session, alliance_id: int) -> bool:
    """Return whether no event of the alliance was altered, removed or put in between."""
    previous = BEGINNING
    for event in session.exec(
        select(Event).where(Event.alliance_id == alliance_id).order_by(col(Event.id))
    ).all():
        expected = event_hash(previous, event.who, event.what, event.details, event.happened_at)
        if event.previous_hash != previous or event.hash != expected:
            return False
        previous = event.hash
    return True


def list_events(session: Session, alliance_id: int, *, limit: int | None = None) -> list[Event]:
    """Return the alliance's events, newest first: all, or the newest `limit`."""
    return list(
        session.exec(
            select(Event).where(Event.alliance_id == alliance_id).order_by(col(Event.id).desc()).limit(limit)
        ).all()
    )


def count_events(session: Session, alliance_id: int) -> int:
    """Return how many events the alliance's chain holds."""
    return session.exec(select(func.count()).select_from(Event).where(Event.alliance_id == alliance_id)).one()
