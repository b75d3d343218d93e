"""The server of a mediation is killed in the very middle of enrolling, of new keys, of destroying: all, or nothing."""

import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from tests.examples import Examples
from tests.serving import Server

MEDIATOR, RINUS, HALIMA, MARIEKE = "mr. Anneke Hoekstra", "Rinus Jansen", "Halima Çelik", "Marieke de Wit"
SEALED = ("mediation_person", "mediation_audience", "mediation_key", "mediation_item")
PATIENCE = 60
# Long enough that whoever looks finds the transaction open; it is never waited for.
SLOW = """CREATE TRIGGER held_up {when} BEGIN
    SELECT count(*) FROM (WITH RECURSIVE one(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM one WHERE x < 100000000)
                          SELECT x FROM one);
END"""


class Mediated:
    """A server with the example's mediations, spoken to as by browsers, and looked at by SQLite itself."""

    def __init__(self, server: Server, made: dict[str, Any]) -> None:
        self.server, self.words, self.codes, self.texts = server, made["words"], made["codes"], made["texts"]
        self._links: dict[str, str] = made["links"]
        self.data = server.folder / "data"

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

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.data / "handslag.db", timeout=PATIENCE)) as database:
            return database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()

    def sealed(self) -> list[list[tuple[Any, ...]]]:
        return [self.rows(table) for table in SEALED]

    def change(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.data / "handslag.db", timeout=PATIENCE)) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()

    def is_writing(self) -> bool:
        with closing(sqlite3.connect(self.data / "handslag.db", timeout=0)) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            database.rollback()
        return False

    def until(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline
            time.sleep(0.02)

    @contextmanager
    def killed_in(self, when: str) -> Iterator[None]:
        """Hold up whoever writes `when`; kill the server as soon as its transaction stands open there."""
        self.change(SLOW.format(when=when))
        yield
        # What the server writes by itself is over at once: only what is held up lasts.
        lasting = [0]

        def lasts() -> bool:
            lasting[0] = lasting[0] + 1 if self.is_writing() else 0
            return lasting[0] > 20

        self.until(lasts)
        self.server.kill()
        self.change("DROP TRIGGER held_up")


@pytest.fixture
def registered(examples: Examples, on_disk: Path) -> Iterator[Mediated]:
    """A mediation in which everybody is invited, and nobody but the mediator came in."""
    with examples.showing(on_disk / "enrolling", "registration", block="mediation") as (server, made):
        yield Mediated(server, made)


@pytest.fixture
def agreed(examples: Examples, on_disk: Path, request: pytest.FixtureRequest) -> Iterator[Mediated]:
    """A mediation in which much was said."""
    with examples.showing(on_disk / request.node.name[:40], "agreements", block="mediation") as (
        server,
        made,
    ):
        yield Mediated(server, made)


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
    agreed: Mediated, on_disk: Path
) -> None:
    copy = on_disk / "of-before.db"
    agreed.server.manage("backup", str(copy))
    agreed.server.stop()
    agreed.change(
        "UPDATE mediation SET ended_at = '2026-01-05 12:00:00', destroy_on = '2026-07-05'",
    )
    before = agreed.sealed()

    with agreed.killed_in("AFTER DELETE ON mediation_item"):
        agreed.server.start()
    # Their names were kept first; of the rows none is gone, or half gone.
    names = (agreed.data / "destroyed-mediations").read_text().split()
    assert len(names) == 2
    assert agreed.sealed() == before
    agreed.server.start()
    agreed.until(lambda: agreed.sealed() == [[], [], [], []])

    # As docs/operating.md says: the copy in the place of the database, and the journal away.
    agreed.server.stop()
    shutil.copyfile(copy, agreed.data / "handslag.db")
    for journal in ("handslag.db-wal", "handslag.db-shm"):
        (agreed.data / journal).unlink(missing_ok=True)
    assert all(agreed.sealed())
    agreed.server.start()

    # Before anything is served: whoever had the words opens nothing.
    assert agreed.sealed() == [[], [], [], []]
    assert agreed.opens(RINUS) is None and agreed.opens(MEDIATOR) is None
    held = b"".join(path.read_bytes() for path in agreed.data.glob("handslag.db*"))
    with closing(sqlite3.connect(copy)) as older:
        sealed = [
            row[0]
            for row in older.execute(
                "SELECT sealed FROM mediation_item UNION SELECT sealed FROM mediation_key"
            )
        ]
    assert sealed and not [one for one in sealed if one in held]


def _words(page: str) -> str:
    found = re.search(r'class="six"[^>]*>([^<]+)<', page)
    assert found is not None
    return found[1]
