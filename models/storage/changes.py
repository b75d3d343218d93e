"""What an action changed, noted in its transaction: the feed tells it after the commit."""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import update
from sqlmodel import Session, col, select

from models.storage.prepared import Question
from models.storage.transaction import Transaction
from models.tables import Workshop

CHANNEL = "handslag"
_NOTIFY = Question(sa.select(sa.func.pg_notify(sa.bindparam("channel"), sa.bindparam("news")).label("told")))
_CHANGED = "workshops whose news must be told"


def page_changed(session: Session, workshop_id: int, *, content: bool = False) -> None:
    """Note that a page of this workshop changed; `content` when phones or the projector may see it."""
    session.flush()
    raised: dict[str, Any] = {"revision": col(Workshop.revision) + 1}
    if content:
        raised["content"] = col(Workshop.content) + 1
    session.connection().execute(update(Workshop).where(col(Workshop.id) == workshop_id).values(raised))
    known = session.identity_map.get(session.identity_key(Workshop, workshop_id))
    if known is not None:
        session.expire(known, list(raised))
    counts_changed(session, workshop_id)


def alliance_changed(session: Session, alliance_id: int, *, content: bool = False) -> None:
    """Note that something that every workshop of this alliance shows has changed."""
    for workshop_id in session.exec(select(Workshop.id).where(Workshop.alliance_id == alliance_id)).all():
        page_changed(session, workshop_id, content=content)


def counts_changed(writing: Session | Transaction, workshop_id: int) -> None:
    """Note that only the number of people or of votes changed."""
    writing.info.setdefault(_CHANGED, set()).add(workshop_id)


def take_changed(transaction: Transaction) -> set[int] | None:
    """Return the workshops whose news must be told, once; None where there are none."""
    changed: set[int] | None = transaction.info.pop(_CHANGED, None)
    return changed


def notify_other_processes(transaction: Transaction) -> None:
    """Send this transaction's news to other processes (PostgreSQL), as its last statement."""
    changed = transaction.info.get(_CHANGED)
    if changed and transaction.connection.dialect.name != "sqlite":
        _NOTIFY.ask(transaction.connection, channel=CHANNEL, news=json.dumps(sorted(changed)))
