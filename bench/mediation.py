"""Ten people open a mediation at the same moment: how much memory that takes, and what it does to votes beside it.

In one run, by turns: the room votes with nobody else there, and votes while ten type their words. Machines are not
equally fast from one minute to the next, so only the ratio says something.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from bench.crowd import Phone, p95
from bench.meeting import Meeting
from bench.memory import Memory
from bench.voting import vote_on_all
from tests.serving import Server, running

PHONES, PEOPLE, TURNS, SECONDS = 60, 10, 8, 2.0
OPENED = 303
# Two of the example's have seven people; ten come from two of them.
EXAMPLES = 2


@dataclass
class Opened:
    """Milliseconds of votes alone and beside, of each opening; the most memory of both, in MB."""

    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    openings: list[float] = field(default_factory=list)
    memory_alone: float = 0.0
    memory_beside: float = 0.0
    refused: int = 0

    @property
    def ratio(self) -> float:
        return p95(self.beside) / p95(self.alone)

    @property
    def more(self) -> float:
        """In MiB, as the goal is."""
        return (self.memory_beside - self.memory_alone) * 1_000_000 / 2**20


@dataclass(frozen=True)
class _Person:
    path: str
    words: str


def measure(folder: Path) -> Opened:
    """Return how 60 phones vote while ten people open a mediation, and while they do not."""
    with running(folder / "mediation") as server:
        people = [person for _ in range(EXAMPLES) for person in _people_of(server)]
        return uvloop.run(_by_turns(server, people[:PEOPLE]))


def _people_of(server: Server) -> list[_Person]:
    printed = server.manage("example", "--block", "mediation", "--step", "together")
    made = json.loads(printed.splitlines()[-1])
    return [
        _Person(f"/m/{link.rsplit('/', 1)[1]}", made["words"][name]) for name, link in made["links"].items()
    ]


async def _by_turns(server: Server, people: list[_Person]) -> Opened:
    found, meeting, memory = Opened(), Meeting(server), Memory(server)
    await meeting.grow(PHONES)
    for turn in range(TURNS):
        is_beside = turn % 2 == 1
        asked = await meeting.ask(1)
        memory.most()
        voting = asyncio.create_task(vote_on_all(meeting.phones, asked, seconds=SECONDS))
        if is_beside:
            found.openings += await asyncio.gather(*(_open(server, person) for person in people))
        votes = await voting
        (found.beside if is_beside else found.alone).extend(votes.latency)
        found.refused += votes.refused
        most = memory.most()
        if is_beside:
            found.memory_beside = max(found.memory_beside, most)
        else:
            found.memory_alone = max(found.memory_alone, most)
        await meeting.close(asked)
    meeting.leave()
    return found


async def _open(server: Server, person: _Person) -> float:
    """Open with the words and lock again, as from a browser of one's own; return the milliseconds of the opening."""
    browser = Phone(server.port, "")
    began = time.perf_counter()
    answer = await browser.post(f"{person.path}/open", words=person.words)
    lasted = (time.perf_counter() - began) * 1000
    if answer.status != OPENED:
        raise RuntimeError(f"opening: {answer.status} {answer.body[:200]!r}")
    browser.hang_up()
    return lasted
