"""How soon a whole room has its new page: from a change to the last phone that has fetched it.

The change is a proposal that appears at once. Each phone does what its script does: it hears of it, waits a random 0 to
2 ms × people, and fetches its page.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.crowd import Phone
from tests.serving import ROOT, Server, running

CROWDS = (60, 1000)
JOINING_AT_ONCE = 50
CHANGES = 3
PATIENCE = 60
LET_ALL_THROUGH = (
    "import sys\n"
    "from models.database import reading\n"
    "from models.workshop import find_workshop, set_lets_all_through\n"
    "from models.writing import write\n"
    "with reading() as session:\n"
    "    found = find_workshop(session, sys.argv[1])\n"
    "write(set_lets_all_through, who='bench', workshop_id=found.id, lets_all_through=True)\n"
)


@dataclass(frozen=True)
class Following:
    """Milliseconds after the answer to the post that changed the room; the worst of three changes."""

    phones: int
    told_last_ms: int
    page_median_ms: int
    page_last_ms: int


class Room:
    """A crowd that follows one room, and when each phone heard and had its page."""

    def __init__(self, phones: list[Phone]) -> None:
        self._phones = phones
        self._told: dict[int, float] = {}
        self._read: dict[int, float] = {}
        self._fetching: set[asyncio.Task[None]] = set()
        self._wanted = 0

    def hear(self, phone: Phone, news: dict[str, Any]) -> None:
        if news["content"] < self._wanted or id(phone) in self._told or not self._wanted:
            return
        self._told[id(phone)] = time.monotonic()
        task = asyncio.create_task(self._fetch(phone, news["people"]))
        self._fetching.add(task)
        task.add_done_callback(self._fetching.discard)

    async def _fetch(self, phone: Phone, people: int) -> None:
        await asyncio.sleep(random.random() * 0.002 * people)
        answer = await phone.get(f"/p/{phone.code}")
        assert answer.status == 200
        self._read[id(phone)] = time.monotonic()

    async def change(self, number: int) -> tuple[float, float, float]:
        """Let one phone change the room; return when the last was told, and the median and last page, in seconds."""
        self._told.clear()
        self._read.clear()
        self._wanted = max(phone.news["content"] for phone in self._phones) + 1
        author = self._phones[0]
        answer = await author.post(
            f"/p/{author.code}/proposals", text=f"Voorstel {number} uit de zaal", kind="principle"
        )
        assert answer.status == 200
        began = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            while len(self._read) < len(self._phones):
                await asyncio.sleep(0.005)
        pages = sorted(moment - began for moment in self._read.values())
        return max(self._told.values()) - began, pages[len(pages) // 2], pages[-1]


async def _follow(server: Server, code: str, count: int) -> Following:
    phones = [Phone(server.port, code) for _ in range(count)]
    room = Room(phones)
    for start in range(0, count, JOINING_AT_ONCE):
        group = phones[start : start + JOINING_AT_ONCE]
        await asyncio.gather(*(phone.join() for phone in group))
        await asyncio.gather(*(phone.listen(room.hear) for phone in group))
    async with asyncio.timeout(PATIENCE):
        while not all(phone.news for phone in phones):
            await asyncio.sleep(0.05)
    await asyncio.sleep(2)
    changes = [await room.change(number) for number in range(CHANGES)]
    await asyncio.gather(*(phone.hang_up() for phone in phones))
    told, median, last = (round(max(column) * 1000) for column in zip(*changes, strict=True))
    return Following(count, told, median, last)


def measure(folder: Path) -> list[Following]:
    """Return how soon rooms of 60 and 1,000 phones follow, each with a server of its own."""
    found = []
    for count in CROWDS:
        with running(folder / f"room-{count}") as server:
            made = json.loads(server.manage("example", "--step", "draft").splitlines()[-1])
            subprocess.run(
                [sys.executable, "-c", LET_ALL_THROUGH, made["code"]],
                cwd=ROOT,
                env=server.variables(),
                check=True,
            )
            found.append(asyncio.run(_follow(server, made["code"], count)))
    return found


def table(rows: list[Following]) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| phones | last one told, ms | page: median | page: last |", "| --- | --- | --- | --- |"]
    lines += [f"| {r.phones} | {r.told_last_ms} | {r.page_median_ms} | {r.page_last_ms} |" for r in rows]
    return "\n".join(lines)


def as_json(rows: list[Following]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]
