"""The server is killed while it divides the tables, and between two rounds: what phones show is what is stored."""

import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from models.basics.words import Mixing, Step
from models.encounters.evening import change_evening, read_evening
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Seat
from models.workshop.workshop import take_room_to
from tests.builders import LEADER, Room, rows_of
from tests.builders.evening import begin, make_evening
from tests.faults.stubborn_phone import StubbornPhone
from tests.faults.test_killed_in_sight import PATIENCE, back_again, killed
from tests.serving import Server
from tests.waiting import still

SECONDS = PATIENCE / 1000


def test_killed_while_it_divides_and_between_two_rounds_phones_show_what_is_stored(
    server: Server, browser: Browser
) -> None:
    # A hall of which nobody knows the best plan: the search goes on to its end.
    room = make_evening(36, table_size=6, rounds=4)
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.TABLES)
    phones = [StubbornPhone.of(room, person, server.url) for person in range(36)]
    with browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB") as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        _sign_in(page, server)
        page.goto(f"{server.room_url}/lead/tables?workshop={room.code}")

        with ThreadPoolExecutor(1) as watcher:
            found = watcher.submit(_stopped_search, server)
            page.get_by_role("button", name="Divide the tables", exact=True).click()
            search = found.result()
        killed(server, page)
        os.kill(search, signal.SIGCONT)

        assert _ends_by_itself(search)
        # Of this one the best plan is found at once.
        _easier(room)
        back_again(server, page)
        assert _stored(room) == {}
        assert [_table_on(phone) for phone in phones[:3]] == [None] * 3

        begins = page.get_by_role("button", name="Begin round 1")
        _press(page, "Divide the tables", until=begins)
        planned = _stored(room)
        assert sorted(planned) == [1, 2] and all(len(seats) == 36 for seats in planned.values())
        begin(room, 1)

        killed(server, page)
        back_again(server, page)

        assert _stored(room) == planned
        assert [_table_on(phone) for phone in phones] == [planned[1][person] for person in room.people]
        _press(page, "Begin round 2", until=page.get_by_role("heading", name="Round 2 of 2"))
        assert [_table_on(phone) for phone in phones] == [planned[2][person] for person in room.people]
        assert _stored(room) == planned


def _sign_in(page: Page, server: Server) -> None:
    page.goto(f"{server.room_url}/sign-in")
    page.locator("input[name=name]").fill("Sanne de Boer")
    page.locator("input[name=passphrase]").fill(server.passphrase)
    page.locator("input[name=passphrase]").press("Enter")
    page.wait_for_url("**/lead/**")


def _press(page: Page, button: str, *, until: Locator) -> None:
    """Press until the page tells what came of it: while a page comes back one press may do nothing."""
    deadline = time.monotonic() + 2 * SECONDS
    while time.monotonic() < deadline:
        still(page)
        with suppress(TimeoutError):
            page.get_by_role("button", name=button, exact=True).click(timeout=5_000)
        with suppress(AssertionError):
            expect(until).to_be_visible(timeout=15_000)
            return
    raise AssertionError(f"nothing came of {button}:\n{page.locator('body').aria_snapshot()}")


def _stopped_search(server: Server) -> int:
    """Wait until the server has a search of its own going, hold it there, and return its process."""
    assert server.process is not None
    parent = str(server.process.pid)
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        for process in _processes():
            with suppress(OSError):
                after_name = (process / "stat").read_text().rpartition(")")[2].split()
                if after_name[1] == parent and b"seating.process" in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGSTOP)
                    return int(process.name)
        time.sleep(0.01)
    raise AssertionError("no search was begun")


def _processes() -> Iterator[Path]:
    return (path for path in Path("/proc").iterdir() if path.name.isdecimal())


def _ends_by_itself(process: int) -> bool:
    """Wait until a process is gone; what nobody asked for its end counts as gone."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.05)
    return False


def _easier(room: Room) -> None:
    with reading() as session:
        evening = read_evening(session, room.workshop_id)
    write(
        change_evening,
        who=LEADER,
        workshop_id=room.workshop_id,
        theme=evening.theme,
        table_size=6,
        rounds=2,
        minutes=evening.minutes,
        groups_mixing=Mixing.ASIDE,
        bubbles_mixing=Mixing.ASIDE,
    )


def _stored(room: Room) -> dict[int, dict[int, int]]:
    """Return who sits where, round by round, as the database has it."""
    seats: dict[int, dict[int, int]] = {}
    for row in rows_of(Seat):
        if row["workshop_id"] == room.workshop_id:
            seats.setdefault(row["round"], {})[row["participant_id"]] = row["table_number"]
    return seats


def _table_on(phone: StubbornPhone) -> int | None:
    """Return the table that a phone shows, without its script."""
    found = re.search(r'class="mytable".*?<strong aria-hidden="true">(\d+)</strong>', phone.page(), re.DOTALL)
    return int(found[1]) if found else None
