"""PostgreSQL's journal (its write-ahead log) keeps what was erased: it is written over here, by any role.

A row that is deleted and whose table is rewritten still stands in the files of the journal, and in those that
PostgreSQL has set aside to use again. So it is moved on to a file of its own, a checkpoint lets go of the files before
that, and what was set aside of them is filled. That takes no right but to write. Two rights make it quick: to ask for a
checkpoint (else the next one is waited for) and to see which files there are (else as many are filled as there may be).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

# Measured beside four writers without a pause: 5 MB a second slow no commit down, 60 MB a second doubled the slowest.
FILLED_AT_A_TIME = 256 * 1024
PAUSE_SECONDS = 0.05
NOT_PERMITTED = "42501"
# A checkpoint of its own accord tells that it is over a moment before it has let go of the files.
LETTING_GO_TRIES = 20
LETTING_GO_SECONDS = 0.1


class Holder(StrEnum):
    """What keeps files of the journal that hold what was erased."""

    CHECKPOINT = "the next checkpoint"
    ARCHIVE = "the archive, which has not taken them yet"
    SLOT = "a replication slot"
    UNSEEN = "a replica or an archive, perhaps: this role may not see the journal's files"
    STOP = "the stop of the server"
    UNKNOWN = "PostgreSQL itself"


@dataclass(frozen=True)
class Rights:
    """What makes writing over the journal quick, and whose looks back are seen: not every role may do so."""

    may_checkpoint: bool
    may_list_journal: bool
    sees_everybody: bool


@dataclass(frozen=True)
class Elsewhere:
    """Where else what was erased may stand, and what this database's role may do about it here."""

    is_archived: bool
    replicas: int
    rights: Rights


def elsewhere(connection: Connection) -> Elsewhere:
    """Return what PostgreSQL tells every role of archives and replicas of the journal."""
    archived, replicas = connection.execute(
        text("""SELECT current_setting('archive_mode') <> 'off',
            greatest((SELECT count(*) FROM pg_stat_replication), (SELECT count(*) FROM pg_replication_slots))""")
    ).one()
    return Elsewhere(bool(archived), int(replicas), rights(connection))


def rights(connection: Connection) -> Rights:
    """Return what this database's role may do of it."""
    found = connection.execute(
        text("""SELECT
            rolsuper OR EXISTS (SELECT 1 FROM pg_roles AS given WHERE given.rolname = 'pg_checkpoint'
                AND pg_has_role(given.oid, 'usage')),
            has_function_privilege('pg_ls_waldir()', 'execute'),
            pg_has_role('pg_read_all_stats', 'usage')
        FROM pg_roles WHERE rolname = current_user""")
    ).one()
    return Rights(*found)


def place_in_journal(connection: Connection) -> int:
    """Return up to where the journal is written now."""
    return int(connection.execute(text("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")).scalar_one())


def write_over_journal(
    connection: Connection, until: int, *, is_stopped: Callable[[], bool] = lambda: False
) -> Holder | None:
    """Leave nothing in the journal's files of what it held before `until`, a place in it.

    Returns None once that is so, else what keeps them: then it is asked again later. Harmless when repeated, and when
    `is_stopped` ends it in the middle.
    """
    segment, kept, most = _sizes(connection)
    last_held = until // segment
    sees_files = rights(connection).may_list_journal
    held_back, may_be_held_back = _slots(connection, until)
    if held_back and sees_files:
        return Holder.SLOT
    if may_be_held_back and not sees_files:
        return Holder.UNSEEN
    # With `wal_keep_size` as many files stay beside the newest, whatever is in them.
    beyond = (last_held + 1 + kept) * segment
    if not _fill(connection, beyond, is_stopped):
        return Holder.STOP
    if _checkpointed(connection) < beyond and not _checkpoint(connection):
        return Holder.CHECKPOINT
    if sees_files:
        last = _last_file(connection, last_held, segment)
        if isinstance(last, Holder):
            return last
    else:
        last = _checkpointed(connection) // segment + most
    return None if _fill(connection, (last + 1) * segment, is_stopped) else Holder.STOP


def _sizes(connection: Connection) -> tuple[int, int, int]:
    """Return the size of a file of the journal, how many are kept for replicas, and how many may be set aside."""
    segment, kept, most = connection.execute(
        text("""SELECT pg_size_bytes(current_setting('wal_segment_size')),
            pg_size_bytes(current_setting('wal_keep_size')),
            greatest(pg_size_bytes(current_setting('max_wal_size')), pg_size_bytes(current_setting('min_wal_size')))""")
    ).one()
    return int(segment), -(-int(kept) // int(segment)), -(-int(most) // int(segment))


def _fill(connection: Connection, until: int, is_stopped: Callable[[], bool]) -> bool:
    """Write nothing of meaning until the journal stands beyond a place, so slowly that no vote waits for it.

    Returns whether it does.
    """
    if place_in_journal(connection) > until:
        return True
    # On the disk, not on a replica's.
    connection.exec_driver_sql("SET synchronous_commit = local")
    try:
        while place_in_journal(connection) <= until:
            if is_stopped():
                return False
            connection.execute(
                text("SELECT pg_logical_emit_message(true, 'handslag', repeat(' ', :length))"),
                {"length": FILLED_AT_A_TIME},
            )
            time.sleep(PAUSE_SECONDS)
    finally:
        connection.exec_driver_sql("RESET synchronous_commit")
    return True


def _checkpointed(connection: Connection) -> int:
    """Return from where the journal would be read again after a fall."""
    return int(
        connection.execute(text("SELECT redo_lsn - '0/0'::pg_lsn FROM pg_control_checkpoint()")).scalar_one()
    )


def _checkpoint(connection: Connection) -> bool:
    try:
        connection.exec_driver_sql("CHECKPOINT")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != NOT_PERMITTED:
            raise
        return False
    return True


def _last_file(connection: Connection, last_held: int, segment: int) -> int | Holder:
    """Return the number of the journal's last file, or what holds a file that was to go."""
    for may_ask in (True, False):
        for tried in range(LETTING_GO_TRIES):
            if tried:
                time.sleep(LETTING_GO_SECONDS)
            names = connection.execute(
                text("SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'")
            ).scalars()
            numbers = [int(name[8:16], 16) * (2**32 // segment) + int(name[16:], 16) for name in names]
            if min(numbers) > last_held:
                return max(numbers)
        if connection.exec_driver_sql("SHOW archive_mode").scalar_one() != "off":
            return Holder.ARCHIVE
        # Whoever held them at the last checkpoint does so no more.
        if may_ask and not _checkpoint(connection):
            return Holder.CHECKPOINT
    return Holder.UNKNOWN


def _slots(connection: Connection, until: int) -> tuple[bool, bool]:
    """Return whether a replica still has to read what the journal holds there, and whether anything may hold files."""
    held_back, may_be = connection.execute(
        text("""SELECT
            EXISTS (SELECT 1 FROM pg_replication_slots WHERE restart_lsn - '0/0'::pg_lsn <= :until),
            EXISTS (SELECT 1 FROM pg_replication_slots) OR current_setting('archive_mode') <> 'off'
                OR coalesce(current_setting('summarize_wal', true), 'off') <> 'off'"""),
        {"until": until},
    ).one()
    return bool(held_back), bool(may_be)
