"""The floor: what the same votes cost where nothing is asked or decided.

An empty POST to a bare ASGI app under the same server, at the same moments; and the same number of durable commits
straight into SQLite, at the same pace.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop

from bench.answering import answering
from bench.crowd import Outcome, Phone, p95
from bench.room import Asked
from bench.voting import SEED, Votes, vote_on_all
from tests.serving import ROOT, free_port


@dataclass(frozen=True)
class Floor:
    """Milliseconds of empty posts and of durable commits."""

    post_p95: float
    commit_p95: float


async def app(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[..., Any]) -> None:
    """Answer every request with what it could not have known: nothing is looked at, nothing is stored."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{}"})


@contextmanager
def bare_server(folder: Path) -> Iterator[int]:
    """Yield the port of the bare app, in a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "bench.floor:app", "--port", str(port), "--no-access-log"]
    with answering(command, f"http://127.0.0.1:{port}/", log=folder / "floor.log", folder=ROOT):
        yield port


class _EmptyPhone(Phone):
    """Posts nothing, and asks nothing of the answer."""

    async def vote(self, round_id: int, item: int, choice: str) -> Outcome:
        answer = await self.post("/")
        return Outcome(answer.sent_at, time.perf_counter(), answer.status == 200)


def empty_posts(folder: Path, phones: int, seconds: float, rounds: int) -> Votes:
    """Return how long an empty post takes, `rounds` of each phone, each within `seconds`."""

    async def post_all(port: int) -> Votes:
        crowd = [_EmptyPhone(port, "") for _ in range(phones)]
        return await vote_on_all(crowd, Asked(0, list(range(rounds))), seconds=seconds)

    with bare_server(folder) as port:
        return uvloop.run(post_all(port))


def commits(file: Path, count: int, seconds: float) -> list[float]:
    """Return how many milliseconds each of `count` durable commits took, spread over `seconds`."""
    chance = random.Random(SEED)
    moments = sorted(chance.random() * seconds for _ in range(count))
    found = []
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(
            "CREATE TABLE vote (item INTEGER, voter TEXT, choice TEXT, PRIMARY KEY (item, voter))"
        )
        began = time.perf_counter()
        for number, moment in enumerate(moments):
            time.sleep(max(0.0, began + moment - time.perf_counter()))
            started = time.perf_counter()
            database.execute("INSERT INTO vote VALUES (1, ?, 'agree')", (f"{number:064}",))
            found.append((time.perf_counter() - started) * 1000)
    return found


def measure(folder: Path, phones: int, seconds: float, rounds: int) -> Floor:
    """Return the floor for as many phones that vote `rounds` times, each time within `seconds`."""
    posts = empty_posts(folder, phones, seconds, rounds)
    stored = commits(folder / f"floor-{phones}.db", phones, seconds)
    return Floor(posts.p95, p95(stored))
