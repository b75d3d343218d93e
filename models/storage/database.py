"""The one engine, and sessions to read with. Writing goes through `models.storage.writing`."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from models.basics.errors import NewerDatabase
from models.basics.keys import data_folder

ROOT = Path(__file__).resolve().parents[2]
# At least as many as threads that read: Streamlit's ASGI app allows 28, pages have threads of their own.
POOL_SIZE = 40
BUSY_SECONDS = 10
# SQLite: who writes waits for the lock at the start. A reader that became a writer would be refused instead.
BEGIN_WRITING = "BEGIN IMMEDIATE"
# Pages that each connection keeps by itself. Forty readers with SQLite's own 2 MB held the same pages forty times over,
# while the system's file cache holds them for all.
READING_CACHE_KILOBYTES = 256
WRITING_CACHE_KILOBYTES = 2_000
MIGRATION_LOCK = 7_340_011
COPIES_STAY_DAYS = 30

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
        _make_private(Path(parsed.database))
    made = create_engine(parsed, pool_size=POOL_SIZE, max_overflow=20, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(made, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN is switched off: `begin` says how a transaction starts.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            # Before any ballot is written: switched on later, keys of forgotten ballots stayed in the file.
            "secure_delete = ON",
            # What a sort or a half-done change sets aside holds rows too: in no file that is only unlinked afterwards.
            "temp_store = MEMORY",
            f"busy_timeout = {BUSY_SECONDS * 1000}",
            f"cache_size = -{READING_CACHE_KILOBYTES}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        # models.transaction begins at the driver; a session that comes later joins what has begun.
        if driver is not None and driver.in_transaction:
            return
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql(BEGIN_WRITING if writes else "BEGIN")

    return made


def _make_private(file: Path) -> None:
    """Make the database's file and folder for their owner only, where they are not there yet."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


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
def looking() -> Iterator[Session | None]:
    """Yield a session that can write nothing, not even in a file's head; None where there is no database yet."""
    file = sqlite_file()
    if file is None:
        with reading() as session:
            yield session
        return
    if not file.is_file() or not file.stat().st_size:
        yield None
        return
    address = file.resolve().as_uri() + "?mode=ro"
    made = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)
    try:
        with Session(made) as session:
            yield session
    finally:
        made.dispose()


@contextmanager
def writing_session() -> Iterator[Session]:
    """Yield a session whose transaction takes SQLite's write lock at once. For `models.storage.writing` only."""
    with (
        engine().connect().execution_options(writes=True) as connection,
        Session(connection, expire_on_commit=False) as session,
    ):
        yield session


def is_sqlite() -> bool:
    """Return whether the database is SQLite; else it is PostgreSQL."""
    return engine().dialect.name == "sqlite"


def answers() -> bool:
    """Return whether the database answers a question now."""
    with reading() as session:
        return session.connection().execute(text("SELECT 1")).scalar() == 1


def migrate() -> None:
    """Bring the database to the newest migration, under a lock, after a copy of the SQLite file.

    Several processes may call this at the same time; one does the work, the others wait. Whoever is killed meanwhile
    leaves the tables as they were. Raises `NewerDatabase`, and has written nothing then.
    """
    path = sqlite_file()
    if path is not None:
        _make_private(path)
        with open(f"{path}.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _upgrade(path)
        return
    with engine().connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        try:
            _upgrade(None)
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})


def _upgrade(file: Path | None) -> None:
    settings = _settings()
    newest = ScriptDirectory.from_config(settings).get_current_head()
    with looking() as session:
        present = None if session is None else refuse_a_newer_one(session)
    if present == newest:
        return
    if file is not None and present is not None:
        back_up(file.with_suffix(f".before-{newest}.db"))
    command.upgrade(settings, "head")


def refuse_a_newer_one(session: Session) -> str | None:
    """Return at which migration the database stands, None before the first. Raises `NewerDatabase`."""
    present = MigrationContext.configure(session.connection()).get_current_revision()
    if present is not None and present not in {
        script.revision for script in ScriptDirectory.from_config(_settings()).walk_revisions()
    }:
        raise NewerDatabase(present)
    return present


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    return settings


def sqlite_file() -> Path | None:
    """Return the file that holds the database, or None on PostgreSQL."""
    named = make_url(database_url())
    return Path(named.database or "") if named.get_backend_name() == "sqlite" else None


def remove_old_copies() -> int:
    """Remove the copies that were made before a migration 30 days ago or longer; return how many.

    What is erased here stands in them still; pages that promise a day name these 30 days too.
    """
    file = sqlite_file()
    if file is None:
        return 0
    latest = time.time() - COPIES_STAY_DAYS * 24 * 3600
    # One that was killed halfway too.
    old = [copy for copy in file.parent.glob(f"{file.stem}.before-*.db*") if copy.stat().st_mtime < latest]
    for copy in old:
        copy.unlink(missing_ok=True)
    return len(old)


def back_up(target: Path) -> None:
    """Copy the SQLite database to `target`, also while people vote: whole, of one moment, and for its owner only.

    The secrets of open rounds are not in it: with one, and the server key, a copy would tell who answered what for as
    long as somebody keeps it, also after the close. A round that is open in a copy is closed with what there is.

    Raises `ValueError` on PostgreSQL, which has `pg_dump` for this, and `sqlite3.DatabaseError` when the copy is not
    whole; then nothing stays behind.
    """
    source = sqlite_file()
    if source is None:
        raise ValueError("only an SQLite database is copied by Handslag itself")
    unfinished = target.with_name(target.name + ".unfinished")
    # Nobody else may read it, from the first byte on: it holds names, and votes of rounds that are open.
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            closing(sqlite3.connect(source.resolve().as_uri() + "?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(unfinished)) as copied,
        ):
            # All pages in one step: a reader of one moment in WAL mode, which no writer has to wait for.
            live.backup(copied, pages=-1)
            copied.execute("PRAGMA journal_mode = DELETE")
            # A file beside it would keep the secrets, unlinked and not overwritten.
            copied.execute("PRAGMA journal_mode = MEMORY")
            _blank_secrets(copied)
            if copied.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("the copy is not whole")
    except Exception:
        unfinished.unlink(missing_ok=True)
        raise
    unfinished.rename(target)


def _blank_secrets(copied: sqlite3.Connection) -> None:
    """Take the secrets of open rounds out of a copy, overwritten and not only deleted."""
    copied.execute("PRAGMA secure_delete = ON")
    # The first versions kept it in the round itself; theirs is copied before it is migrated.
    for table, column in (("round_secret", "sealed"), ("round", "secret")):
        columns = [name for _place, name, *_rest in copied.execute(f"PRAGMA table_info({table})")]
        if column in columns:
            blank = "x''" if table == "round_secret" else "NULL"
            copied.execute(f'UPDATE "{table}" SET "{column}" = {blank} WHERE "{column}" IS NOT NULL')
    copied.commit()
