"""Statements: a thousand phones that come by link answer twelve statements, each page holds all."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.ballots import Kept, count_kept
from bench.crowd import Phone, come_in, make_crowd
from bench.meeting import CALM_SECONDS
from bench.room import Keeper
from bench.voting import Votes, vote_on_all
from tests.serving import Server, running

PHONES, STATEMENTS, SECONDS = 1_000, 12, 5.0
ANSWERS = ("strongly agree", "agree", "neutral", "unknown", "disagree", "strongly disagree")


@dataclass(frozen=True)
class Answered:
    """How they answered, and how long each waited for its page with all statements, in milliseconds."""

    votes: Votes
    kept: Kept
    pages: list[float]
    joined: float


def measure(folder: Path) -> Answered:
    """Return how 1,000 phones answer 12 statements within a minute."""
    with running(folder / "statements") as server:
        return uvloop.run(_measure(server))


async def _measure(server: Server) -> Answered:
    keeper = Keeper(server)
    place, asked = keeper.prepare_statements(STATEMENTS)
    phones = make_crowd(server.port, place.code, PHONES)
    began = time.perf_counter()
    await come_in(phones, place.groups)
    joined = len(phones) / (time.perf_counter() - began)
    pages = [await _page(phone, place.code) for phone in phones]
    await asyncio.sleep(CALM_SECONDS)
    votes = await vote_on_all(phones, asked, seconds=SECONDS, choices=ANSWERS)
    kept = count_kept(server, asked.round, votes.counts)
    for phone in phones:
        phone.hang_up()
    keeper.leave()
    return Answered(votes, kept, pages, joined)


async def _page(phone: Phone, code: str) -> float:
    answer = await phone.get(f"/p/{code}")
    assert answer.status == 200
    return (time.perf_counter() - answer.sent_at) * 1000
