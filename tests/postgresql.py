"""A PostgreSQL of the tests' own: Debian's programs, a data folder in /tmp, a free port, gone afterwards."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.serving import free_port

PROGRAMS = Path("/usr/lib/postgresql")
MIGRATED, EMPTY = "migrated", "empty"
# Copying a database takes as long as twenty empty ones take to be emptied. Whoever still holds on to it is sent away.
_EMPTY = """DO $$ DECLARE one record; BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', one.tablename);
    END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        PERFORM setval(quote_ident(one.sequencename), 1, false);
    END LOOP;
END $$"""
_SHAPE = """SELECT (SELECT string_agg(version_num, ' ') FROM alembic_version),
    (SELECT md5(string_agg(attrelid::regclass || '.' || attname, ' ' ORDER BY attrelid::regclass::text, attname))
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped),
    (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O')"""
# Nothing here has to survive a power cut. Whole pages come into the journal as they do elsewhere: what was erased too.
FAST = {"fsync": "off", "synchronous_commit": "off", "max_connections": "120"}
# Of 1 MB, a sixteenth: tests read the whole journal, and write over it.
JOURNAL_FILE_MEGABYTES = 1


class Cluster:
    """A running PostgreSQL. Every test gets an empty database, made as a copy of one that was migrated once."""

    def __init__(self, port: int, password: str, folder: Path) -> None:
        self.port, self.password, self.folder = port, password, folder
        self._shape: tuple[object, ...] | None = None

    def url(self, database: str) -> str:
        """Return the address of `database` as `DATABASE_URL` wants it."""
        return f"postgresql+psycopg://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def _execute(self, statement: sql.Composed) -> None:
        address = self._plain_url("postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def create(self, database: str, *, template: str = "template1") -> str:
        """Make `database` as a copy of `template`, and return its address."""
        names = sql.Identifier(database), sql.Identifier(template)
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove `database`, whoever still holds a connection to it."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def dumped(self, database: str, *options: str) -> bytes:
        """Return `database` as SQL, as an operator's `pg_dump` writes it with these options."""
        return dumped(self.url(database), *options)

    def restored(self, dump: bytes, database: str) -> str:
        """Make `database` from what `dumped` returned, and return its address."""
        self.create(database, template="template0")
        subprocess.run(
            [_newest_programs() / "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", self._plain_url(database)],
            input=dump,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return self.url(database)

    def _plain_url(self, database: str) -> str:
        return self.url(database).replace("+psycopg", "")

    def empty(self) -> str:
        """Return the address of the migrated database without a row, as if new: what a test left behind is gone."""
        if self._shape is not None and self._emptied() == self._shape:
            return self.url(EMPTY)
        if self._shape is not None:
            self.drop(EMPTY)
        self.create(EMPTY, template=MIGRATED)
        self._shape = self._emptied()
        return self.url(EMPTY)

    def _emptied(self) -> tuple[object, ...] | None:
        """Empty every table, and return what tells whether the tables themselves are as they were."""
        address = self._plain_url(EMPTY)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(_EMPTY)
            return connection.execute(_SHAPE).fetchone()


def dumped(url: str, *options: str) -> bytes:
    """Return the database at this address as SQL, as an operator's `pg_dump` writes it with these options."""
    program = _newest_programs() / "pg_dump"
    address = url.replace("+psycopg", "")
    done = subprocess.run(
        [program, "--no-owner", "--no-privileges", *options, address], capture_output=True, check=True
    )
    # Newer programs write a random word there, which older ones do not know.
    lines = done.stdout.split(b"\n")
    return b"\n".join(line for line in lines if not line.startswith((b"\\restrict", b"\\unrestrict")))


def _newest_programs() -> Path:
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise FileNotFoundError("PostgreSQL is missing; type: setup/system.sh")
    return found[-1].parent


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Yield a fresh PostgreSQL on the loopback address; where root asks, it runs as the user `postgres`."""
    programs = _newest_programs()
    unprivileged = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="handslag-postgresql-"))
    data, password = folder / "data", secrets.token_hex(16)
    password_file = folder / "password"
    password_file.write_text(password)
    if unprivileged:
        shutil.chown(folder, "postgres", "postgres")
        shutil.chown(password_file, "postgres", "postgres")

    def run(*command: str | Path) -> None:
        line = [*unprivileged, *map(str, command)]
        done = subprocess.run(
            line, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(line)}:\n{done.stdout}\n{done.stderr}")

    started = False
    try:
        initdb = (
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            f"--wal-segsize={JOURNAL_FILE_MEGABYTES}",
        )
        # A password that lives for one run needs no slow check at each of thousands of connections.
        run(*initdb, "--auth=md5", f"--pwfile={password_file}")
        port = free_port()
        settings = {**FAST, "listen_addresses": "127.0.0.1", "port": str(port)}
        settings["unix_socket_directories"] = str(folder)
        with (data / "postgresql.auto.conf").open("a") as configuration:
            configuration.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "start")
        started = True
        yield Cluster(port, password, data)
    finally:
        if started:
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
