"""What was erased, and is to be overwritten too: marked by who erases, done by who keeps promises, until it is done."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.words import Erased
from models.storage.database import engine, is_sqlite, reading
from models.storage.forgetting import forget, forget_deleted
from models.storage.journal import Elsewhere, Holder, elsewhere, place_in_journal, write_over_journal
from models.storage.writing import write
from models.tables import ToOverwrite

# A few seconds of trying for each table, so that a stop waits no longer; ten minutes later it is tried again.
TRIES = 40
# What comes many times a day waits for each other, so that the journal is written over a few times a day at most.
PATIENT = (Erased.BALLOTS, Erased.KEPT_FOR_UNDOING)
PATIENCE = timedelta(hours=6)
# What is not overwritten by then is told in the log: a reader that never ends, or a role that may not.
TOLD_AFTER = timedelta(days=1)
log = logging.getLogger("handslag.overwriting")
_stopping = threading.Event()


@dataclass(frozen=True)
class Left:
    """What was erased and is not overwritten yet: since when, and what holds it."""

    what: tuple[Erased, ...]
    since: datetime
    # In the journal alone: the tables are rewritten.
    in_journal: bool
    holder: Holder | None = None


def let_overwrite() -> None:
    """Let overwriting go on, as from the start of a process."""
    _stopping.clear()


def stop_overwriting() -> None:
    """End overwriting at the next pause: the server stops, and who starts next goes on."""
    _stopping.set()


def overwrite_erased(
    rounds: int | None = None, *, writes_over_journal: bool = True, patience: timedelta = PATIENCE
) -> Left | None:
    """Overwrite all that was erased and is not overwritten yet; return what is left. Harmless when repeated.

    Empties SQLite's journal into the file. On PostgreSQL tables are rewritten, and then the journal that they stood in
    is written over; where that waits for a checkpoint, the next call goes on.
    """
    rounds = rounds or TRIES
    if is_sqlite():
        marked = _marked()
        if forget_deleted(rounds if marked else 1) and marked:
            write(_unmark, ids=[mark.id for mark in marked])
        return _tell(left_to_overwrite())
    for what in Erased:
        ids = [mark.id for mark in _marked() if mark.what == what and mark.journal_until is None]
        if ids and not _stopping.is_set() and forget(what, rounds):
            with engine().connect() as connection:
                until = place_in_journal(connection)
            write(_mark_journal, ids=ids, until=until)
    holder = _write_over(patience) if writes_over_journal else None
    return _tell(left_to_overwrite(), holder)


def left_to_overwrite() -> Left | None:
    """Return what was erased and is not overwritten yet."""
    marked = _marked()
    if not marked:
        return None
    return Left(
        tuple(sorted({Erased(mark.what) for mark in marked})),
        min(mark.erased_at for mark in marked),
        in_journal=all(mark.journal_until is not None for mark in marked),
    )


def kept_elsewhere() -> Elsewhere | None:
    """Return where PostgreSQL keeps what was erased besides; None on SQLite, which is one file with its journal."""
    if is_sqlite():
        return None
    with engine().connect() as connection:
        return elsewhere(connection)


def _marked() -> list[ToOverwrite]:
    with reading() as session:
        return list(session.exec(select(ToOverwrite).order_by(col(ToOverwrite.id))).all())


def _write_over(patience: timedelta) -> Holder | None:
    marked = [mark for mark in _marked() if mark.journal_until is not None]
    latest = now() - patience
    if not any(mark.what not in PATIENT or mark.erased_at <= latest for mark in marked):
        return None
    try:
        with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # Brought along by a dump, it may be the place of another server, which this one would take years to reach.
            until = min(max(mark.journal_until or 0 for mark in marked), place_in_journal(connection))
            holder = write_over_journal(connection, until, is_stopped=_stopping.is_set)
    except DBAPIError as error:
        # What calls itself PostgreSQL and has no such journal.
        log.warning("the journal could not be written over: %s", error.orig)
        return Holder.UNKNOWN
    if holder is None:
        write(_unmark, ids=[mark.id for mark in marked])
    return holder


def _mark_journal(session: Session, *, ids: list[int], until: int) -> None:
    session.connection().execute(
        update(ToOverwrite).where(col(ToOverwrite.id).in_(ids)).values(journal_until=until)
    )


def _unmark(session: Session, *, ids: list[int]) -> None:
    session.connection().execute(delete(ToOverwrite).where(col(ToOverwrite.id).in_(ids)))


def _tell(left: Left | None, holder: Holder | None = None) -> Left | None:
    if left is None:
        return None
    if left.since < now() - TOLD_AFTER:
        log.warning(
            "erased since %s and not overwritten yet, in %s: %s; held by %s",
            f"{left.since:%Y-%m-%d %H:%M}",
            "the journal" if left.in_journal else "the database",
            ", ".join(left.what),
            holder or "somebody who keeps reading, or a table that this role may not rewrite",
        )
    return Left(left.what, left.since, left.in_journal, holder)
