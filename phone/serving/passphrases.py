"""Checking the facilitators' passphrase: slow on purpose, and never so that wrong ones keep the right one waiting.

The passphrase that fitted last is known again without the slow check, so that a flood of wrong ones costs nothing and
the right one gets in beside it, also from the same address. Where it is not known yet, as after a restart, addresses
without many wrong tries have a thread of their own, and a braked one holds no more than two places before the other.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

from models.basics.errors import Busy
from models.installation.installation import is_remembered, passphrase_fits, read_passphrase_hash
from models.storage.database import reading

# In all, so that a flood from everywhere does not fill the memory.
MOST_WAITING = 40
MOST_WAITING_BRAKED = 2
LONGEST_PASSPHRASE = 500
# Whoever has no turn by then is told so: a check takes half a minute at most on a machine that never rests, and what
# stands before a server often gives up after a minute.
LONGEST_WAIT_SECONDS = 20.0
Made = TypeVar("Made")


class PlacesTaken(Exception):
    """As many passphrases as may wait for a check from one address do so already."""


class Checking:
    """Who waits for the slow check: never more than two run at a time, or they would slow down the votes."""

    def __init__(self) -> None:
        self._waiting: Counter[str] = Counter()
        self._threads = {
            is_braked: ThreadPoolExecutor(1, thread_name_prefix="passphrase") for is_braked in (False, True)
        }
        self._busy: Counter[bool] = Counter()

    @property
    def is_full(self) -> bool:
        """Whether as many wait, everywhere, as may."""
        return self._waiting.total() >= MOST_WAITING

    async def fits(self, passphrase: str, *, address: str, free_tries: int) -> bool:
        """Return whether a passphrase is the right one. `free_tries` is how many this address has left.

        Raises `PlacesTaken`, and `Busy` when too many wait everywhere.
        """
        if len(passphrase) > LONGEST_PASSPHRASE:
            return False
        given = passphrase.strip()
        stored = await run_in_threadpool(_stored)
        if stored is None:
            return False
        known = is_remembered(stored, given)
        if known is not None:
            return known
        if self._waiting[address] >= max(MOST_WAITING_BRAKED, free_tries):
            raise PlacesTaken
        if self.is_full:
            raise Busy
        return await self._in(free_tries == 0, address, lambda: passphrase_fits(stored, given))

    async def slowly(self, whose: str, work: Callable[[], Made]) -> Made:
        """Return what `work` comes to, which takes the memory of a passphrase's check and waits with those.

        `whose` is who waits for it. Raises `PlacesTaken`, and `Busy` also where it got no turn for long.
        """
        if self._waiting[whose] >= MOST_WAITING_BRAKED:
            raise PlacesTaken
        if self.is_full:
            raise Busy
        return await self._in(self._busy[True] < self._busy[False], whose, work)

    async def _in(self, thread: bool, whose: str, work: Callable[[], Made]) -> Made:
        self._waiting[whose] += 1
        self._busy[thread] += 1
        try:
            begun = self._threads[thread].submit(work)
            made = asyncio.wrap_future(begun)
            await asyncio.wait({made}, timeout=LONGEST_WAIT_SECONDS)
            # What has begun is waited for: nobody else would get what it comes to.
            if not made.done() and begun.cancel():
                raise Busy
            return await made
        finally:
            self._busy[thread] -= 1
            self._waiting[whose] -= 1
            if not self._waiting[whose]:
                del self._waiting[whose]


def _stored() -> str | None:
    with reading() as session:
        return read_passphrase_hash(session)


checking = Checking()
