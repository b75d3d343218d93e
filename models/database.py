"""The one engine, and sessions to read with. Writing goes through `models.writing`."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlmodel import Session

from models.links import data_folder

ROOT = Path(__file__).resolve().parent.parent
# At least as many as threads that read: Streamlit's ASGI app allows 28, pages have threads of their own.
POOL_SIZE = 40
BUSY_SECONDS = 10
MIGRATION_LOCK = 7_340_011
FORGET_PAUSE_SECONDS = 0.05
# Five minutes of trying; after that the upkeep tries again every ten.
FORGET_TRIES = 6_000

_engines: dict[str, Engine] = {}


def database_url() -> str:
    """Return `DATABASE_URL`, else the SQLite file in the data folder."""
    return os.environ.get("DATABASE_URL") or _file_url(os.environ.get("HANDSLAG_DATA", ""))


@lru_cache
def _file_url(_folder: str) -> str:
    """Composed once for each folder: every page asks several times."""
    return f"sqlite:///{data_folder() / 'handslag.db'}"


def engine() -> Engine:
    """Return this process's engine for `database_url()`, made at first use."""
    url = database_url()
    if url not in _engines:
        _engines[url] = _make_engine(url)
    return _engines[url]


def _make_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_size=POOL_SIZE, max_overflow=20, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(parsed, pool_size=POOL_SIZE, max_overflow=20, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(made, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN is switched off: readers begin plainly, writers at once (BEGIN IMMEDIATE).
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            # Before any ballot is written: switched on later, keys of forgotten ballots stayed in the file.
            "secure_delete = ON",
            f"busy_timeout = {BUSY_SECONDS * 1000}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def dispose() -> None:
    """Close every connection of this process (at the stop, and between tests)."""
    for made in _engines.values():
        made.dispose()
    _engines.clear()


@contextmanager
def reading() -> Iterator[Session]:
    """Yield a session to read with, for one request or one run of a fragment. What it read stays usable after it."""
    with Session(engine(), expire_on_commit=False, autoflush=False) as session:
        yield session


@contextmanager
def writing_session() -> Iterator[Session]:
    """Yield a session whose transaction takes SQLite's write lock at once. For `models.writing` only."""
    with (
        engine().connect().execution_options(writes=True) as connection,
        Session(connection, expire_on_commit=False) as session,
    ):
        yield session


def is_sqlite() -> bool:
    return engine().dialect.name == "sqlite"


def answers() -> bool:
    """Return whether the database answers a question now."""
    with reading() as session:
        return session.connection().execute(text("SELECT 1")).scalar() == 1


def migrate() -> None:
    """Bring the database to the newest migration, under a lock, after a copy of the SQLite file.

    Several processes may call this at the same time; one does the work, the others wait.
    """
    if is_sqlite():
        path = make_url(database_url()).database or ""
        with open(f"{path}.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _upgrade(Path(path))
        return
    with engine().connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        try:
            _upgrade(None)
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})


def _upgrade(sqlite_file: Path | None) -> None:
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    newest = ScriptDirectory.from_config(settings).get_current_head()
    with engine().connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == newest:
        return
    if sqlite_file is not None and present is not None:
        back_up(sqlite_file.with_suffix(f".before-{newest}.db"))
    command.upgrade(settings, "head")


def back_up(target: Path) -> None:
    """Copy the SQLite database to `target`, also while people vote (SQLite's online backup).

    Raises `ValueError` on PostgreSQL, which has `pg_dump` for this.
    """
    if not is_sqlite():
        raise ValueError("only an SQLite database is copied by Handslag itself")
    raw = engine().raw_connection()
    try:
        with closing(sqlite3.connect(target)) as copy:
            cast(sqlite3.Connection, raw.driver_connection).backup(copy)
    finally:
        raw.close()


def forget_deleted(rounds: int = FORGET_TRIES) -> bool:
    """Overwrite what was deleted: empty SQLite's WAL into the file, or vacuum PostgreSQL's ballot tables.

    Called after an anonymous close has committed. Returns whether it succeeded; a long reader can hold SQLite's WAL,
    so it is tried up to `rounds` times, 50 ms apart.
    """
    if not is_sqlite():
        with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in ("ballot", "ballot_request", "round", "round_participant"):
                connection.exec_driver_sql(f"VACUUM {table}")
        return True
    raw = engine().raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA busy_timeout = 50")
        for tried in range(rounds):
            if tried:
                time.sleep(FORGET_PAUSE_SECONDS)
            busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return True
        return False
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        raw.close()
