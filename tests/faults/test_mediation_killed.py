"""The server of a mediation is killed in the very middle of enrolling, of new keys, of destroying: all, or nothing."""

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2 as httpx
import psycopg
import pytest
from psycopg import sql

from tests.examples import Examples
from tests.postgresql import MIGRATED, Cluster
from tests.serving import SERVER_KEY, Server, running

MEDIATOR, RINUS, HALIMA, MARIEKE = "mr. Anneke Hoekstra", "Rinus Jansen", "Halima Çelik", "Marieke de Wit"
SEALED = ("mediation_person", "mediation_audience", "mediation_key", "mediation_item")
PATIENCE, NAME = 60, "killed"
TRIGGER = "CREATE TRIGGER held_up {when} "
# Long enough that whoever looks finds the transaction open; it is never waited for.
SLOW_ON_SQLITE = """BEGIN
    SELECT count(*) FROM (WITH RECURSIVE one(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM one WHERE x < 100000000)
                          SELECT x FROM one);
END"""
SLOW_ON_POSTGRESQL = """CREATE FUNCTION held_up() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$"""


class OnSqlite:
    """The database of a server as SQLite itself reads it, from beside the server."""

    def __init__(self, data: Path) -> None:
        self._file, self._copy = data / "handslag.db", data.parent / "of-before.db"
        # What the server writes by itself is over at once: only what is held up lasts.
        self._lasting = 0

    def rows(self, asked: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._file, timeout=PATIENCE)) as database:
            return database.execute(asked).fetchall()

    def change(self, *statements: str) -> None:
        with closing(sqlite3.connect(self._file, timeout=PATIENCE)) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()

    def hold_up(self, when: str) -> None:
        self._lasting = 0
        self.change(TRIGGER.format(when=when) + SLOW_ON_SQLITE)

    def is_held_up(self) -> bool:
        with closing(sqlite3.connect(self._file, timeout=0)) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                self._lasting += 1
            else:
                database.rollback()
                self._lasting = 0
        return self._lasting > 20

    def let_go(self) -> None:
        self.change("DROP TRIGGER held_up")

    def keep_copy(self, server: Server) -> None:
        server.manage("backup", str(self._copy))

    def put_copy_back(self) -> None:
        """As docs/operating.md says: the copy in the place of the database, and the journal away."""
        shutil.copyfile(self._copy, self._file)
        for journal in ("handslag.db-wal", "handslag.db-shm"):
            (self._file.parent / journal).unlink(missing_ok=True)

    def held(self) -> bytes:
        """Return everything that stands in its files."""
        return b"".join(path.read_bytes() for path in self._file.parent.glob("handslag.db*"))


class OnPostgresql:
    """The same on PostgreSQL, as who administers it reads it."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster, self._name, self._copy = cluster, name, b""
        self._address = cluster.url(name).replace("+psycopg", "")
        # Who was talked with is gone: it notices that while it waits, rather than at the end of its ten minutes.
        self.change(f"ALTER DATABASE {name} SET client_connection_check_interval = '50ms'")

    def rows(self, asked: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._address, autocommit=True) as connection:
            return connection.execute(sql.SQL(asked)).fetchall()

    def change(self, *statements: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(sql.SQL(statement))

    def hold_up(self, when: str) -> None:
        self.change(SLOW_ON_POSTGRESQL, TRIGGER.format(when=when) + "FOR EACH ROW EXECUTE FUNCTION held_up()")

    def is_held_up(self) -> bool:
        return self._sleepers() != []

    def let_go(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self._sleepers():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        tables = [
            str(row[0])
            for row in self.rows("SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'held_up'")
        ]
        self.change(*(f"DROP TRIGGER held_up ON {table}" for table in tables), "DROP FUNCTION held_up")

    def keep_copy(self, server: Server) -> None:
        self._copy = self._cluster.dumped(self._name, "--exclude-table-data=round_secret")

    def put_copy_back(self) -> None:
        self._cluster.drop(self._name)
        self._cluster.restored(self._copy, self._name)

    def held(self) -> bytes:
        self.change("CHECKPOINT")
        number = self.rows(f"SELECT oid FROM pg_database WHERE datname = '{self._name}'")[0][0]
        return b"".join(path.read_bytes() for path in (self._cluster.folder / "base" / str(number)).iterdir())

    def _sleepers(self) -> list[tuple[Any, ...]]:
        return self.rows(
            f"SELECT pid FROM pg_stat_activity WHERE datname = '{self._name}' AND wait_event = 'PgSleep'"
        )


class Mediated:
    """A server with the example's mediations, spoken to as by browsers, and its database looked at from beside."""

    def __init__(self, server: Server, made: dict[str, Any], database: OnSqlite | OnPostgresql) -> None:
        self.server, self.words, self.codes, self.texts = server, made["words"], made["codes"], made["texts"]
        self._links: dict[str, str] = made["links"]
        self.data, self.database = server.folder / "data", database

    def path(self, name: str) -> str:
        return f"/m/{self._links[name].rsplit('/', 1)[1]}"

    def browser(self) -> httpx.Client:
        return httpx.Client(base_url=self.server.url, follow_redirects=True, timeout=PATIENCE)

    def opens(self, name: str) -> httpx.Client | None:
        """Return a browser in which somebody's words open it; None where they do not."""
        client = self.browser()
        answer = client.post(f"{self.path(name)}/open", data={"words": self.words[name]})
        if answer.status_code == 200:
            return client
        client.close()
        return None

    def page(self, name: str, band: str = "") -> str:
        client = self.opens(name)
        assert client is not None
        with closing(client):
            return client.get(self.path(name), params={"band": band} if band else {}).text

    def sealed(self) -> list[list[tuple[Any, ...]]]:
        return [self.database.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in SEALED]

    def until(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline
            time.sleep(0.02)

    @contextmanager
    def killed_in(self, when: str) -> Iterator[None]:
        """Hold up whoever writes `when`; kill the server as soon as its transaction stands open there."""
        self.database.hold_up(when)
        yield
        self.until(self.database.is_held_up)
        self.server.kill()
        self.database.let_go()


@contextmanager
def on_sqlite(examples: Examples, folder: Path, step: str) -> Iterator[Mediated]:
    with examples.showing(folder, step, block="mediation") as (server, made):
        yield Mediated(server, made, OnSqlite(server.folder / "data"))


@contextmanager
def on_postgresql(cluster: Cluster, folder: Path, step: str) -> Iterator[Mediated]:
    url = cluster.create(NAME, template=MIGRATED)
    database = OnPostgresql(cluster, NAME)
    try:
        with running(folder, DATABASE_URL=url, HANDSLAG_KEY=SERVER_KEY) as server:
            printed = server.manage("example", "--block", "mediation", "--step", step)
            made = json.loads(printed.splitlines()[-1])
            yield Mediated(server, made, database)
    finally:
        cluster.drop(NAME)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.twin)])
def mediated(
    request: pytest.FixtureRequest, examples: Examples, on_disk: Path
) -> Iterator[Callable[[str], Mediated]]:
    """Start a server with the example's mediations at a step, on either database."""
    folder = on_disk / f"{request.node.name[:30]}-{request.param}"
    with ExitStack() as started:

        def at(step: str) -> Mediated:
            if request.param == "sqlite":
                return started.enter_context(on_sqlite(examples, folder, step))
            cluster: Cluster = request.getfixturevalue("postgresql_cluster")
            return started.enter_context(on_postgresql(cluster, folder, step))

        yield at


@pytest.fixture
def registered(mediated: Callable[[str], Mediated]) -> Mediated:
    """A mediation in which everybody is invited, and nobody but the mediator came in."""
    return mediated("registration")


@pytest.fixture
def agreed(mediated: Callable[[str], Mediated]) -> Mediated:
    """A mediation in which much was said."""
    return mediated("agreements")


def test_who_was_enrolling_has_no_half_key_and_comes_in_by_the_same_code(registered: Mediated) -> None:
    before, path = registered.sealed(), registered.path(RINUS)
    client = registered.browser()
    shown = client.post(f"{path}/code", data={"code": registered.codes[RINUS]}).text
    with ThreadPoolExecutor(1) as people, suppress(httpx.TransportError):
        with registered.killed_in("AFTER INSERT ON mediation_key"):
            sent = people.submit(client.post, f"{path}/words", data={"words": _words(shown)})
        sent.result()
    registered.server.start()

    assert registered.sealed() == before
    again = registered.browser()
    words = _words(again.post(f"{path}/code", data={"code": registered.codes[RINUS]}).text)
    inside = again.post(f"{path}/words", data={"words": words})
    assert words != _words(shown)
    assert 'class="locks"' in inside.text
    registered.words[RINUS] = words
    assert registered.opens(RINUS) is not None


def test_who_was_let_go_when_it_was_killed_is_there_with_every_key_and_then_gone_with_none(
    agreed: Mediated,
) -> None:
    before = agreed.sealed()
    mediator = agreed.opens(MEDIATOR)
    assert mediator is not None
    page = mediator.get(f"{agreed.path(MEDIATOR)}?parties=1").text
    person = re.search(rf"{HALIMA}.*?name=\"person_id\" value=\"(\d+)\"", page, re.DOTALL)
    assert person is not None
    goodbye = {"person_id": person[1]}
    with ThreadPoolExecutor(1) as people, suppress(httpx.TransportError):
        with agreed.killed_in("AFTER INSERT ON mediation_key"):
            sent = people.submit(mediator.post, f"{agreed.path(MEDIATOR)}/remove", data=goodbye)
        sent.result()
    agreed.server.start()

    assert agreed.sealed() == before
    read = {name: agreed.page(name) for name in (RINUS, HALIMA)}
    said = [text for text in agreed.texts if text in read[RINUS]]
    assert said and [text for text in said if text not in read[HALIMA]] == []
    # The process that was killed took every open key with it: the words are asked for.
    assert "textarea" not in mediator.get(agreed.path(MEDIATOR)).text
    again = agreed.opens(MEDIATOR)
    assert again is not None
    again.post(f"{agreed.path(MEDIATOR)}/remove", data=goodbye)
    assert agreed.opens(HALIMA) is None
    read = {name: agreed.page(name) for name in (RINUS, MARIEKE)}
    assert all('class="locks"' in page for page in read.values())
    assert [text for text in said if text not in read[RINUS]] == []


def test_what_was_being_destroyed_is_destroyed_by_the_next_start_and_an_older_copy_brings_nothing_back(
    agreed: Mediated,
) -> None:
    database = agreed.database
    database.keep_copy(agreed.server)
    agreed.server.stop()
    database.change(
        "UPDATE mediation SET ended_at = '2026-01-05 12:00:00', destroy_on = '2026-07-05'",
    )
    before = agreed.sealed()
    sealed = [
        bytes(row[0])
        for row in database.rows("SELECT sealed FROM mediation_item UNION SELECT sealed FROM mediation_key")
    ]
    # The search finds what stands there.
    assert sealed and any(one in database.held() for one in sealed)

    with agreed.killed_in("AFTER DELETE ON mediation_item"):
        agreed.server.start()
    # Their names were kept first; of the rows none is gone, or half gone.
    names = (agreed.data / "destroyed-mediations").read_text().split()
    assert len(names) == 2
    assert agreed.sealed() == before
    agreed.server.start()
    agreed.until(lambda: agreed.sealed() == [[], [], [], []])

    agreed.server.stop()
    database.put_copy_back()
    assert all(agreed.sealed())
    agreed.server.start()

    # Before anything is served: whoever had the words opens nothing.
    assert agreed.sealed() == [[], [], [], []]
    assert agreed.opens(RINUS) is None and agreed.opens(MEDIATOR) is None
    held = database.held()
    assert not [one for one in sealed if one in held]


def _words(page: str) -> str:
    found = re.search(r'class="six"[^>]*>([^<]+)<', page)
    assert found is not None
    return found[1]
