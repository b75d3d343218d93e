"""A room of phones votes on every item: how long until a vote is confirmed, and is each one stored once?

One meeting that grows from 60 to 10,000 phones. With 1,000 everybody votes within one second; then a projector and a
facilitator are there in real Chromium, the round is closed and revealed while all listen, and it is done once more.
"""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench import floor
from bench.ballots import Kept, count_kept
from bench.floor import Floor
from bench.following import Followed
from bench.leading import windows
from bench.meeting import Meeting
from bench.memory import Memory
from bench.voting import Votes, vote_on_all
from tests.serving import Server

SLOW_DISK = "bench.slow_disk"
BURST_SECONDS = 1.0


@dataclass(frozen=True)
class Crowd:
    """How many phones vote on how many items, within how many seconds per item."""

    phones: int
    items: int
    seconds: float


@dataclass(frozen=True)
class Voted:
    """What came of a crowd. `joined` per second, each with its live connection; memory in MB, at its peak.

    The floor is measured right after its votes: machines are not equally fast from one minute to the next.
    """

    crowd: Crowd
    votes: Votes
    kept: Kept
    joined: float
    memory: float
    floor: Floor | None = None


@dataclass(frozen=True)
class Burst:
    """What came of a crowd that votes on one item within one second."""

    votes: Votes
    kept: Kept


@dataclass(frozen=True)
class Event:
    """What is measured beside the windows: the same crowd votes once more, on fewer items. `shown` is how many
    milliseconds after the confirmation of the last phone's first vote the projector counted everybody. The burst is
    measured before they open, too: in a room they run on other machines.
    """

    voted: Voted
    shown: float
    closed: Followed
    revealed: Followed
    kept_after_close: Kept
    burst: Burst
    burst_beside: Burst


CROWDS = (
    Crowd(60, 8, 5),
    Crowd(500, 8, 5),
    Crowd(1_000, 8, 5),
    Crowd(5_000, 3, 5),
    Crowd(10_000, 3, 10),
)
# How often each of so many phones posts nothing: enough for a 95th percentile.
FLOORS = {60: 2, 500: 1, 1_000: 1}
WITH_WINDOWS = 1_000
BESIDE_WINDOWS = Crowd(WITH_WINDOWS, 3, 5)
ON_SLOW_DISK = Crowd(1_000, 2, 5)
SLOWER_MILLISECONDS = 8


def measure(folder: Path, crowds: tuple[Crowd, ...] = CROWDS) -> tuple[list[Voted], Event | None]:
    """Return how each crowd voted, and the event of the crowd of 1,000, if there is one."""
    return _on(Server(folder / "phones"), crowds, WITH_WINDOWS)


def measure_on_slow_disk(folder: Path) -> Voted:
    """Return how 1,000 phones vote when each fsync takes 8 ms longer."""
    slower = {"SLOW_DISK_MILLISECONDS": str(SLOWER_MILLISECONDS)}
    server = Server(folder / "slow-disk", module=SLOW_DISK, environment=slower)
    return _on(server, (ON_SLOW_DISK,), 0)[0][0]


def _on(server: Server, crowds: tuple[Crowd, ...], with_windows: int) -> tuple[list[Voted], Event | None]:
    server.start()
    try:
        return uvloop.run(_grow(server, crowds, with_windows))
    finally:
        server.kill()


async def _grow(
    server: Server, crowds: tuple[Crowd, ...], with_windows: int
) -> tuple[list[Voted], Event | None]:
    meeting, memory = Meeting(server), Memory(server)
    found: list[Voted] = []
    event = None
    for crowd in crowds:
        joined = await meeting.grow(crowd.phones)
        asked = await meeting.ask(crowd.items)
        votes = await vote_on_all(meeting.phones, asked, seconds=crowd.seconds)
        kept, most = count_kept(server, asked.round, votes.counts), memory.most()
        await meeting.close(asked)
        below = None
        if crowd.phones in FLOORS:
            rounds = FLOORS[crowd.phones]
            below = await asyncio.to_thread(
                floor.measure, server.folder, crowd.phones, seconds=crowd.seconds, rounds=rounds
            )
        voted = Voted(crowd, votes, kept, joined, most, below)
        _tell(voted)
        found.append(voted)
        if crowd.phones == with_windows:
            event = await _event(meeting, joined, memory, await _burst(meeting))
            _tell(event.voted)
    meeting.leave()
    return found, event


def _tell(voted: Voted) -> None:
    told = f"{voted.crowd.phones} phones: p95 {voted.votes.p95:.1f} ms, refused {voted.votes.refused}, {voted.kept}"
    print(told, file=sys.stderr, flush=True)


async def _burst(meeting: Meeting) -> Burst:
    asked = await meeting.ask(1)
    votes = await vote_on_all(meeting.phones, asked, seconds=BURST_SECONDS)
    kept = count_kept(meeting.server, asked.round, votes.counts)
    await meeting.close(asked)
    return Burst(votes, kept)


async def _event(meeting: Meeting, joined: float, memory: Memory, burst: Burst) -> Event:
    crowd = BESIDE_WINDOWS
    server, phones = meeting.server, meeting.phones
    async with windows(server, meeting.place) as both:
        asked = await meeting.ask(crowd.items)
        memory.most()  # to check the passphrase took 64 MB for a moment, which is asked of nobody who votes
        await both.watch_counter()
        votes = await vote_on_all(phones, asked, seconds=crowd.seconds)
        shown = await both.showed(len(phones)) - votes.last_confirmed_at[asked.items[0]]
        voted = Voted(crowd, votes, count_kept(server, asked.round, votes.counts), joined, memory.most())
        meeting.following.expect(lambda news: news["round"] == asked.round and news["phase"] == "closed")
        closed = await meeting.following.followed(phones, await both.close(asked))
        kept_after_close = count_kept(server, asked.round, votes.counts)
        meeting.following.expect(lambda news: news["round"] == asked.round and news["phase"] == "revealed")
        revealed = await meeting.following.followed(phones, await both.reveal(asked))
        burst_beside = await _burst(meeting)
    return Event(voted, shown * 1000, closed, revealed, kept_after_close, burst, burst_beside)
