"""A crowd votes, at moments that were drawn before: what a slow answer holds up is told apart, as lag."""

import asyncio
import gc
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from bench.crowd import Outcome, p95, percentile
from bench.room import CHOICES, Asked

SEED = 2027
START = 0.1


@dataclass
class Votes:
    """What came of the votes of a crowd. Latency, of confirmed votes, and lag in milliseconds; `counts` per item and
    choice what was confirmed; `last_confirmed_at` per item, in seconds since 1970.

    `lag` is how much later than planned a vote was sent (Tene: coordinated omission).
    """

    latency: list[float] = field(default_factory=list)
    lag: list[float] = field(default_factory=list)
    counts: Counter[tuple[int, str]] = field(default_factory=Counter)
    refused: int = 0
    last_confirmed_at: dict[int, float] = field(default_factory=dict)

    @property
    def p50(self) -> float:
        return percentile(self.latency, 50)

    @property
    def p95(self) -> float:
        return p95(self.latency)

    @property
    def p99(self) -> float:
        return percentile(self.latency, 99)

    @property
    def longest(self) -> float:
        return max(self.latency)

    @property
    def lag_p95(self) -> float:
        return p95(self.lag)


class Voter(Protocol):
    """Whoever can vote."""

    async def vote(self, round_id: int, item: int, choice: str) -> Outcome: ...


async def vote_on_all(
    voters: Sequence[Voter], asked: Asked, *, seconds: float, choices: Sequence[str] = CHOICES
) -> Votes:
    """Let everyone vote on every item, item after item, each at a random moment within `seconds`.

    Who still waits for an answer votes on the next item after it, as a person would: that is lag.
    """
    chance = random.Random(SEED)
    votes = Votes()
    plan = sorted(
        (place * seconds + chance.random() * seconds, number, item, chance.choice(choices))
        for place, item in enumerate(asked.items)
        for number in range(len(voters))
    )
    turns = [asyncio.Lock() for _ in voters]

    async def vote(number: int, item: int, choice: str, planned_at: float) -> None:
        async with turns[number]:
            outcome = await voters[number].vote(asked.round, item, choice)
        votes.lag.append((outcome.sent_at - planned_at) * 1000)
        if outcome.is_stored:
            votes.latency.append((outcome.read_at - outcome.sent_at) * 1000)
            votes.counts[(item, choice)] += 1
            votes.last_confirmed_at[item] = time.time()
        else:
            votes.refused += 1

    sending = []
    with _without_collecting():
        began = time.perf_counter() + START
        for moment, number, item, choice in plan:
            wait = began + moment - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            sending.append(asyncio.create_task(vote(number, item, choice, began + moment)))
        await asyncio.gather(*sending)
    return votes


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking through the objects of ten thousand phones: for a second the clock would stand still."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
