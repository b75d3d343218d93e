"""A phone that opens the form before it joins, and tries again when nobody answers, as our script does."""

import json
import sqlite3
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPException
from typing import Any, TypeVar

from phone.serving.cookies import phone_cookie
from tests.builders import Room
from tests.plain_phone import PlainPhone
from tests.serving import Server

PATIENCE = 30
NOT_NOW = (429, 503)
# On a machine that does much else a server takes its time to start.
GIVES_UP_AFTER = 90
LONGEST_PAUSE = 2.0
Result = TypeVar("Result")


class StubbornPhone(PlainPhone):
    """A participant's phone, or with `joins=False` one that has only opened the form at the door.

    It waits `patience` seconds for an answer.
    """

    def __init__(self, address: str, code: str, *, joins: bool = True, patience: float = PATIENCE) -> None:
        self._address, self._code, self._patience = address, code, patience
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.page(f"/j/{code}")
        if joins:
            self.number = self.join()

    @classmethod
    def of(cls, room: Room, person: int, address: str, *, patience: float = PATIENCE) -> "StubbornPhone":
        """Return the phone of the person-th participant, who is in the room already."""
        phone = cls.__new__(cls)
        phone._address, phone._code, phone._patience = address, room.code, patience
        phone._opener = urllib.request.build_opener()
        phone._opener.addheaders = [("Cookie", f"{phone_cookie(room.code)}={room.phones[person]}")]
        return phone

    def join(self) -> int:
        """Send the form at the door, and return the participant's number."""
        return int(self.post(f"/j/{self._code}")["number"])

    def send(self, what: str, **fields: str) -> dict[str, Any]:
        """Post to a path below the room's own, once."""
        request = urllib.request.Request(
            f"{self._address}/p/{self._code}/{what}",
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Accept": "application/json"},
        )
        with self._opener.open(request, timeout=self._patience) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def page(self, path: str = "") -> str:
        """Return a page as text; without a path the room's."""
        with self._opener.open(self._address + (path or f"/p/{self._code}"), timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    @contextmanager
    def stream(self) -> Iterator[Iterator[bytes]]:
        """Yield the lines of the room's news, until the block ends or the server does."""
        with self._opener.open(f"{self._address}/p/{self._code}/live", timeout=PATIENCE) as answer:
            yield iter(answer)


@contextmanager
def held(server: Server) -> Iterator[None]:
    """Hold SQLite's write lock, as a second process that writes."""
    with closing(sqlite3.connect(server.folder / "data" / "handslag.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def until_answered(send: Callable[[], Result]) -> Result:
    """Do `send` again until the server answers other than "not now". What it refuses is raised."""
    deadline = time.monotonic() + GIVES_UP_AFTER
    pause = 0.1
    while True:
        try:
            return send()
        except urllib.request.HTTPError as error:
            if error.code not in NOT_NOW or time.monotonic() > deadline:
                raise
        except (OSError, HTTPException):
            if time.monotonic() > deadline:
                raise
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def all_at_once(calls: Sequence[Callable[[], Result]]) -> list[Result]:
    """Do every call in a thread of its own, and return the results in order."""
    with ThreadPoolExecutor(len(calls)) as people:
        return [each.result() for each in [people.submit(call) for call in calls]]


def killed_while(server: Server, calls: Sequence[Callable[[], Result]], *, after: float) -> list[Result]:
    """Do every call, kill the server `after` seconds, start it again; return the results in order."""
    with ThreadPoolExecutor(len(calls)) as people:
        going_on = [people.submit(call) for call in calls]
        time.sleep(after)
        server.kill()
        server.start()
        return [each.result() for each in going_on]
