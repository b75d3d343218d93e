"""A crowd that follows its room as the phones' script does: when each phone heard of a change, and had its page."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.crowd import Phone, until

SPREAD_SECONDS = 0.002
PATIENCE = 60


@dataclass(frozen=True)
class Followed:
    """Milliseconds after a change until the first and the last phone were told, and until the last had its page.

    `wait_longest` is the longest that one phone waited for its page; `per_second` how many pages were asked for.
    """

    told_first: float
    told_last: float
    page_last: float
    wait_longest: float
    per_second: float


class Following:
    """Phones that wait for a change: `hear` is what their streams call."""

    def __init__(self) -> None:
        self._is_it: Callable[[dict[str, Any]], bool] | None = None
        self._told: dict[Phone, float] = {}
        self._asked: list[float] = []
        self._read: list[float] = []
        self._waited: list[float] = []
        self._fetching: set[asyncio.Task[None]] = set()

    def expect(self, is_it: Callable[[dict[str, Any]], bool]) -> None:
        """Wait for news of which `is_it` holds."""
        self._is_it = is_it
        for kept in (self._told, self._asked, self._read, self._waited):
            kept.clear()

    def hear(self, phone: Phone) -> None:
        if self._is_it is None or phone in self._told:
            return
        moment, news = time.time(), phone.news
        if not self._is_it(news):
            return
        self._told[phone] = moment
        task = asyncio.create_task(self._fetch(phone, news["people"]))
        self._fetching.add(task)
        task.add_done_callback(self._fetching.discard)

    async def _fetch(self, phone: Phone, people: int) -> None:
        await asyncio.sleep(random.random() * SPREAD_SECONDS * people)
        self._asked.append(time.time())
        answer = await phone.get(f"/p/{phone.code}")
        if answer.status != 200:
            raise RuntimeError(f"a page: {answer.status}")
        self._read.append(time.time())
        self._waited.append((time.perf_counter() - answer.sent_at) * 1000)

    async def followed(self, phones: Sequence[Phone], since: float) -> Followed:
        """Return how all phones followed a change that was made at `since`, in seconds since 1970."""
        await until(lambda: len(self._read) == len(phones), PATIENCE)
        self._is_it = None
        spread = max(self._asked) - min(self._asked)
        return Followed(
            told_first=(min(self._told.values()) - since) * 1000,
            told_last=(max(self._told.values()) - since) * 1000,
            page_last=(max(self._read) - since) * 1000,
            wait_longest=max(self._waited),
            per_second=len(self._asked) / spread,
        )
