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
# Nothing here has to survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "120"}


class Cluster:
    """A running PostgreSQL. Every test gets a database of its own, copied from one that was migrated once."""

    def __init__(self, port: int, password: str) -> None:
        self.port, self.password = port, password
        self._count = 0

    def url(self, database: str) -> str:
        """Return the address of `database` as `DATABASE_URL` wants it."""
        return f"postgresql+psycopg://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def _execute(self, statement: sql.Composed) -> None:
        address = self.url("postgres").replace("+psycopg", "")
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

    def next_name(self) -> str:
        """Return a name that no database of this cluster had."""
        self._count += 1
        return f"test_{self._count}"


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
        )
        run(*initdb, "--auth=scram-sha-256", f"--pwfile={password_file}")
        port = free_port()
        settings = {**FAST, "listen_addresses": "127.0.0.1", "port": str(port)}
        settings["unix_socket_directories"] = str(folder)
        with (data / "postgresql.auto.conf").open("a") as configuration:
            configuration.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "start")
        started = True
        yield Cluster(port, password)
    finally:
        if started:
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
