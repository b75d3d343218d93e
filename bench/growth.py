"""Growth: the same votes with 100,000 ballots of earlier meetings in the database."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.meeting import Meeting
from bench.voting import Votes, vote_on_all
from tests.serving import Server, running

PHONES, ITEMS, SECONDS = 1_000, 2, 5.0
BALLOTS = 100_000


@dataclass(frozen=True)
class Growth:
    """The same crowd on two servers, without and with ballots of earlier meetings."""

    almost_empty: Votes
    full: Votes

    @property
    def ratio(self) -> float:
        return self.full.p95 / self.almost_empty.p95


def measure(folder: Path) -> Growth:
    """Return how 1,000 phones vote on an almost empty database, and on a full one: in turns, item by item."""
    with running(folder / "almost-empty") as almost_empty, running(folder / "full") as full:
        return uvloop.run(_measure(almost_empty, full))


async def _measure(almost_empty: Server, full: Server) -> Growth:
    meetings = [Meeting(almost_empty), Meeting(full)]
    found = [Votes(), Votes()]
    await asyncio.gather(asyncio.to_thread(meetings[1].keeper.fill, BALLOTS), meetings[0].grow(PHONES))
    await meetings[1].grow(PHONES)
    for _ in range(ITEMS):
        for meeting, votes in zip(meetings, found, strict=True):
            asked = await meeting.ask(1)
            voted = await vote_on_all(meeting.phones, asked, seconds=SECONDS)
            await meeting.close(asked)
            votes.latency += voted.latency
            votes.refused += voted.refused
    for meeting in meetings:
        meeting.leave()
    return Growth(*found)
