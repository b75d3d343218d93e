"""Growth: the same votes with 100,000 ballots of earlier meetings in the database."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.meeting import Meeting
from bench.room import fill
from bench.voting import Votes, vote_on_all
from tests.serving import Server, running

PHONES, ITEMS, SECONDS = 1_000, 2, 5.0
BALLOTS = 100_000


@dataclass(frozen=True)
class Growth:
    """The same crowd on the same server, before and after."""

    before: Votes
    after: Votes

    @property
    def ratio(self) -> float:
        return self.after.p95 / self.before.p95


def measure(folder: Path) -> Growth:
    """Return how 1,000 phones vote on an almost empty database, and on a full one."""
    with running(folder / "growth") as server:
        return uvloop.run(_measure(server))


async def _measure(server: Server) -> Growth:
    meeting = Meeting(server)
    await meeting.grow(PHONES)
    before = await _votes(meeting)
    await asyncio.to_thread(fill, server, BALLOTS)
    after = await _votes(meeting)
    meeting.leave()
    return Growth(before, after)


async def _votes(meeting: Meeting) -> Votes:
    asked = await meeting.ask(ITEMS)
    votes = await vote_on_all(meeting.phones, asked, seconds=SECONDS)
    await meeting.close(asked)
    return votes
