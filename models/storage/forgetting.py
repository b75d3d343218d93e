"""What was deleted is overwritten too: what linked voters to their anonymous ballots leaves no trace in a file."""

import sqlite3
import time

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from models.storage.database import BUSY_SECONDS, engine, is_sqlite

PAUSE_SECONDS = 0.05
# Five minutes of trying; after that the upkeep tries again every ten.
TRIES = 6_000
# Votes of other rooms read the table of secrets too: whoever rewrites it gives way to them.
REWRITE_WAITS_MILLISECONDS = 100
LOCK_NOT_AVAILABLE = "55P03"
_TABLES_OF_NOTES = ("baseline_source", "field_note", "finding", "kept_word", "replacement", "undoable")
_TABLES_OF_CONTACTS = ("contact", "contact_wish")
_TABLES_OF_MEDIATIONS = (
    "mediation_item",
    "mediation_key",
    "mediation_audience",
    "mediation_person",
    "mediation_party",
    "mediation_request",
)
_TABLES_OF_EVENINGS = (
    "bubble",
    "bubbles_told",
    "declined_hosting",
    "encounter_answer",
    "idea",
    "mixing_choice",
    "seat",
    "seat_wish",
    "series_person",
    "table_of_round",
)
# PostgreSQL keeps old rows in a table's file until it is rewritten, and copies them along for whoever may still look at
# an older state: a transaction in this database, a replica, or one that was prepared and left.
_SOMEBODY_LOOKS_BACK = text("""
    SELECT EXISTS (
        SELECT 1 FROM (
            SELECT backend_xmin AS oldest FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND (datname IS NULL OR datname = current_database())
            UNION ALL SELECT backend_xid FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND (datname IS NULL OR datname = current_database())
            UNION ALL SELECT xmin FROM pg_replication_slots
            UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
        ) AS others
        WHERE oldest IS NOT NULL AND age(oldest) > age(CAST(:since AS xid))
    )""")


def forget_deleted(rounds: int = TRIES) -> bool:
    """Overwrite what was deleted: empty SQLite's WAL into the file, or rewrite PostgreSQL's tables of secrets.

    Called after an anonymous close, or that of an evening's two questions, has committed. Returns whether it
    succeeded; a long reader can hold back either, so it is tried up to `rounds` times, 50 ms apart. On PostgreSQL the
    other tables of ballots are vacuumed, which leaves old rows until their place is used again: without the secret
    nobody can tell whose they were.
    """
    if is_sqlite():
        return _empty_the_log(rounds)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("ballot", "ballot_request", "round", "round_participant"):
            connection.exec_driver_sql(f"VACUUM {table}")
        return all([_rewrite(connection, table, rounds) for table in ("round_secret", "encounter_answer")])


def forget_notes(rounds: int = TRIES) -> bool:
    """Overwrite erased notes and what was said in them, once that has committed. Returns whether it succeeded.

    On SQLite as `forget_deleted`. PostgreSQL's tables of them are small, and are rewritten.
    """
    if is_sqlite():
        return _empty_the_log(rounds)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return all([_rewrite(connection, table, rounds) for table in _TABLES_OF_NOTES])


def forget_wishes(rounds: int = TRIES) -> bool:
    """Overwrite erased contacts and who wished to speak whom, once that has committed. Returns whether it succeeded."""
    if is_sqlite():
        return _empty_the_log(rounds)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return all([_rewrite(connection, table, rounds) for table in _TABLES_OF_CONTACTS])


def forget_mediations(rounds: int = TRIES) -> bool:
    """Overwrite the keys and texts of destroyed mediations, once that has committed. Returns whether it succeeded."""
    if is_sqlite():
        return _empty_the_log(rounds)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return all([_rewrite(connection, table, rounds) for table in _TABLES_OF_MEDIATIONS])


def forget_evening_rows(rounds: int = TRIES) -> bool:
    """Overwrite what was erased of evenings at mixed tables, once that has committed. Returns whether it succeeded."""
    if is_sqlite():
        return _empty_the_log(rounds)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return all([_rewrite(connection, table, rounds) for table in _TABLES_OF_EVENINGS])


def _rewrite(connection: Connection, table: str, rounds: int) -> bool:
    since = connection.execute(
        text("SELECT CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text)")
    ).scalar_one()
    connection.exec_driver_sql(f"SET lock_timeout = {REWRITE_WAITS_MILLISECONDS}")
    try:
        for tried in range(rounds):
            if tried:
                time.sleep(PAUSE_SECONDS)
            if connection.execute(_SOMEBODY_LOOKS_BACK, {"since": since}).scalar_one():
                continue
            try:
                connection.exec_driver_sql(f"VACUUM FULL {table}")
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                    raise
            else:
                return True
        return False
    finally:
        connection.exec_driver_sql("RESET lock_timeout")


def _empty_the_log(rounds: int) -> bool:
    raw = engine().raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA busy_timeout = 50")
        for tried in range(rounds):
            if tried:
                time.sleep(PAUSE_SECONDS)
            try:
                busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:
                # A full disk: what was committed stands, and there may be room at the next try.
                continue
            if not busy:
                return True
        return False
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        raw.close()
