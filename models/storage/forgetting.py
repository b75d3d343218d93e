"""What was deleted is overwritten too: what linked voters to their anonymous ballots leaves no trace in a file.

When, and that the journal is written over as well: `models.storage.overwriting`.
"""

import re
import sqlite3
import time

from psycopg import Connection as PostgresqlConnection
from psycopg.errors import Diagnostic
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from models.basics.clock import now
from models.basics.words import Erased
from models.storage.database import BUSY_SECONDS, engine, is_sqlite
from models.tables import ToOverwrite

PAUSE_SECONDS = 0.05
# Five minutes of trying; after that the upkeep tries again every ten.
TRIES = 6_000
# Votes of other rooms read the table of secrets too: whoever rewrites it gives way to them.
REWRITE_WAITS_MILLISECONDS = 100
LOCK_NOT_AVAILABLE = "55P03"
# What PostgreSQL rewrites where something of a kind was erased.
TABLES: dict[Erased, tuple[str, ...]] = {
    Erased.BALLOTS: ("round_secret", "encounter_answer"),
    Erased.NOTES: ("baseline_source", "field_note", "finding", "kept_word", "replacement", "undoable"),
    Erased.CONTACTS: ("contact", "contact_wish"),
    Erased.EVENINGS: (
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
    ),
    Erased.MEDIATIONS: (
        "mediation_item",
        "mediation_outcome",
        "mediation_key",
        "mediation_audience",
        "mediation_person",
        "mediation_party",
        "mediation_request",
    ),
    Erased.KEPT_FOR_UNDOING: ("undoable",),
    # Where earlier versions let PostgreSQL keep values of the columns above, to plan with.
    Erased.STATISTICS: ("pg_statistic",),
}
_NUMBER = re.compile(r"\d+")
# PostgreSQL keeps old rows in a table's file until it is rewritten, and copies them along for whoever may still look at
# an older state: a transaction in this database, a replica, or one that was prepared and left. PostgreSQL's own tidying
# goes on for as long as there is something to tidy, and keeps next to nothing: what came along tells whether it did.
_SOMEBODY_LOOKS_BACK = text("""
    WITH others_at_work AS (
        SELECT backend_xmin, backend_xid FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND (datname IS NULL OR datname = current_database())
                AND backend_type IS DISTINCT FROM 'autovacuum worker'
    )
    SELECT EXISTS (
        SELECT 1 FROM (
            SELECT backend_xmin AS oldest FROM others_at_work
            UNION ALL SELECT backend_xid FROM others_at_work
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
        return all([_rewrite(connection, table, rounds) for table in TABLES[Erased.BALLOTS]])


def forget(what: Erased, rounds: int) -> bool:
    """Overwrite what was erased of a kind, once that has committed. Returns whether it succeeded.

    As `forget_deleted`, which is for ballots; the tables of others are small, and are rewritten on PostgreSQL.
    """
    if what == Erased.BALLOTS or is_sqlite():
        return forget_deleted(rounds)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return all(_rewrite(connection, table, rounds) for table in TABLES[what])


def mark_erased(session: Session, what: Erased) -> None:
    """Note, in the transaction that erases something, that it is to be overwritten too, also after a kill."""
    session.add(ToOverwrite(what=what, erased_at=now()))


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
                left = _vacuum(connection, table)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                    raise
            else:
                if left == 0:
                    return True
        return False
    finally:
        connection.exec_driver_sql("RESET lock_timeout")


def _vacuum(connection: Connection, table: str) -> int | None:
    """Write a table again; return how many old rows came along, None where this role may not do it.

    PostgreSQL only warns of the latter, and does not show an ordinary role who of another role looks back. What it
    tells of the table is in the language of its messages: the first number is that of old rows that it had to keep.
    """
    told: list[str] = []

    def listen(notice: Diagnostic) -> None:
        told.extend(filter(None, [notice.message_detail]))

    driver = connection.connection.driver_connection
    assert isinstance(driver, PostgresqlConnection)
    driver.add_notice_handler(listen)
    try:
        connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {table}")
    finally:
        driver.remove_notice_handler(listen)
    numbers = [number for detail in told for number in _NUMBER.findall(detail)[:1]]
    return int(numbers[0]) if numbers else None


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
