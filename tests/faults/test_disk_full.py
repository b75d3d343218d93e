"""The disk is full while a room votes: everybody is told, nothing is half stored, and with room again it goes on.

Full in two ways: a small disk of its own, filled to the last byte (where the machine lets us mount one), and a limit on
how far the server's files may grow, which is how a quota feels.
"""

import json
import os
import resource
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, expect

from exports.language import DEFAULT_LANGUAGE
from exports.sentences import error_sentence
from models.basics.errors import NoRoomLeft
from models.basics.words import Step
from models.storage import database as databases
from tests.builders import Room, Vote, make_round, make_workshop
from tests.faults.stubborn_phone import StubbornPhone, all_at_once, until_answered
from tests.phone.live_phone import WAIT
from tests.serving import SERVER_KEY, Server, running

PEOPLE = 12
DISK_BYTES = 16 * 2**20
SMALLEST_FILE = 4096
PATIENCE_SECONDS = 60


class Disk:
    """The disk that the server's database is on."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.file = server.folder / "data" / "handslag.db"

    @contextmanager
    def full(self) -> Iterator[None]:
        """Let not one more page be written, until the block ends."""
        with closing(sqlite3.connect(self.file)) as connection:
            # What SQLite wrote before it would write over, without any need of room. While the server moves that
            # itself, SQLite says so at once, and does not wait (`sqlite3_wal_checkpoint_v2`).
            deadline = time.monotonic() + PATIENCE_SECONDS
            while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] != 0:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        self.fill()
        try:
            yield
        finally:
            self.make_room()

    def fill(self) -> None:
        raise NotImplementedError

    def make_room(self) -> None:
        raise NotImplementedError

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row that has to do with votes and people, as SQLite itself reads them."""
        with closing(sqlite3.connect(self.file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return {
                table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)
                for table in ("ballot", "ballot_request", "round_participant", "participant", "proposal")
            }


class SmallDisk(Disk):
    """A disk of its own: what does not fit is refused with ENOSPC."""

    def fill(self) -> None:
        with (self.file.parent / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while filler.write(b"0" * 4096):
                pass
        free = os.statvfs(self.file.parent)
        assert free.f_bavail == 0

    def make_room(self) -> None:
        (self.file.parent / "filler").unlink()


class Quota(Disk):
    """No file of the server may grow: a write behind its end is refused with EFBIG."""

    def fill(self) -> None:
        self._limit(SMALLEST_FILE)

    def make_room(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        assert self._server.process is not None
        hard = resource.prlimit(self._server.process.pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(self._server.process.pid, resource.RLIMIT_FSIZE, (size, hard))


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a small disk at `folder`. Skips the test where the machine does not allow it."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=700", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module", params=["disk", "quota"])
def disk(request: pytest.FixtureRequest, on_disk: Path) -> Iterator[Disk]:
    """The disk of a running server."""
    folder = on_disk / f"full-{request.param}" / "server"
    data = folder / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{data / 'handslag.db'}")
        databases.dispose()
        if request.param == "quota":
            with running(folder, HANDSLAG_KEY=SERVER_KEY) as server:
                yield Quota(server)
        else:
            with small_disk(data), running(folder, HANDSLAG_KEY=SERVER_KEY) as server:
                yield SmallDisk(server)
        databases.dispose()


@pytest.fixture
def server(disk: Disk) -> Server:
    return disk._server


@pytest.fixture
def room(disk: Disk) -> tuple[Room, Vote]:
    """A room that votes on two texts."""
    opened = make_workshop(people=PEOPLE, step=Step.VOTE)
    return opened, make_round(opened, items=2)


def vote_on(vote: Vote, item: int, choice: str, sequence: int) -> dict[str, str]:
    place = {"round": str(vote.round_id), "item": str(vote.items[item]), "choice": choice}
    return {**place, "sequence": str(sequence), "request_id": f"{item}-{sequence}"}


def refused(send: Callable[[], Any]) -> dict[str, Any]:
    """Return what was said of a post that could not be stored."""
    with pytest.raises(HTTPError) as told:
        send()
    assert told.value.code == 503
    assert int(told.value.headers["Retry-After"]) > 0
    found: dict[str, Any] = json.loads(told.value.read())
    return found


def test_nothing_is_half_stored_everybody_is_told_and_with_room_again_every_vote_is_there_once(
    disk: Disk, server: Server, room: tuple[Room, Vote]
) -> None:
    opened, vote = room
    phones = [StubbornPhone.of(opened, person, server.url) for person in range(PEOPLE)]
    outside = StubbornPhone(server.url, opened.code, joins=False)
    first = [partial(phone.send, "ballots", **vote_on(vote, 0, "agree", 1)) for phone in phones]
    changed = [partial(phone.send, "ballots", **vote_on(vote, 0, "concern", 2)) for phone in phones]
    other = [partial(phone.send, "ballots", **vote_on(vote, 1, "objection", 1)) for phone in phones]
    all_at_once(first)
    before = disk.rows()

    with disk.full():
        told = all_at_once([partial(refused, send) for send in (*changed, *other)])
        told += [refused(outside.join), refused(partial(phones[0].send, "voices", name="Omar"))]
        during = disk.rows()
        [shown, not_chosen] = phones[0].state()["round"]["items"]
        page = phones[0].page()

    sentence = " ".join(error_sentence(NoRoomLeft(), DEFAULT_LANGUAGE))
    assert {(answer["error"], answer["message"]) for answer in told} == {("no_room_left", sentence)}
    assert during == before
    assert (shown["choice"], shown["sequence"], not_chosen["choice"]) == ("agree", 1, None)
    assert opened.code in page

    answers = all_at_once([partial(until_answered, send) for send in (*changed, *other)])
    until_answered(outside.join)

    choices = [answer["choice"] for answer in answers]
    assert choices == ["concern"] * PEOPLE + ["objection"] * PEOPLE
    with closing(sqlite3.connect(disk.file)) as connection:
        stored = connection.execute(
            "SELECT round_item_id, choice, count(*), count(DISTINCT voter_key) FROM ballot"
            " WHERE round_item_id IN (?, ?) GROUP BY 1, 2",
            vote.items,
        ).fetchall()
    assert sorted(stored) == [
        (vote.items[0], "concern", PEOPLE, PEOPLE),
        (vote.items[1], "objection", PEOPLE, PEOPLE),
    ]
    assert phones[0].state()["people"] == PEOPLE + 1


def test_a_phone_keeps_its_choice_and_sends_it_by_itself_once_there_is_room(
    disk: Disk, server: Server, room: tuple[Room, Vote], browser: Browser
) -> None:
    opened, _ = room
    with browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{server.room_url}/j/{opened.code}")
        page.locator("[name=group]").last.check()
        page.get_by_role("button", name="Join", exact=True).click()
        asked = page.locator(".ask").first
        expect(page.locator("[data-online]")).to_be_visible(timeout=WAIT)
        before = disk.rows()

        with disk.full():
            asked.locator(".vote[value=concern]").click()
            expect(page.get_by_text("Not sent yet").first).to_be_visible(timeout=WAIT)
            during = disk.rows()

        expect(asked).to_have_attribute("data-state", "stored", timeout=WAIT)

    assert during == before
    after = disk.rows()["ballot"]
    assert len(after) == len(before["ballot"]) + 1
