"""Brakes in memory: failed tries per address, and posts per participant. A right code never waits."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

FREE_TRIES = 10
FIRST_DELAY = 2
LONGEST_DELAY = 300
FORGOTTEN_AFTER = 15 * 60
POSTS_PER_SECOND = 20
MOST_KEPT = 20_000

Clock = Callable[[], float]


@dataclass
class _Failures:
    count: int
    last_at: float
    open_again_at: float


class FailedTries:
    """Counts wrong codes, links and passphrases per address. After ten the wait doubles with each further one."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._by_address: dict[str, _Failures] = {}
        self._lock = threading.Lock()

    def failed(self, address: str) -> int:
        """Note a wrong try and return how many seconds to wait before the next; 0 while tries are free."""
        with self._lock:
            now = self._clock()
            found = self._by_address.get(address)
            if found is None or now - found.last_at > FORGOTTEN_AFTER:
                found = self._by_address[address] = _Failures(0, now, now)
                self._forget_old(now)
            if now < found.open_again_at:
                return math.ceil(found.open_again_at - now)
            found.count += 1
            found.last_at = now
            if found.count <= FREE_TRIES:
                return 0
            delay = min(FIRST_DELAY * 2 ** min(found.count - FREE_TRIES - 1, 20), LONGEST_DELAY)
            found.open_again_at = now + delay
            return delay

    def _forget_old(self, now: float) -> None:
        if len(self._by_address) <= MOST_KEPT:
            return
        self._by_address = {
            address: kept
            for address, kept in self._by_address.items()
            if now - kept.last_at <= FORGOTTEN_AFTER
        }


class PostRate:
    """A bucket of twenty posts per participant that fills again within a second."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def allows(self, participant: str) -> bool:
        """Return whether this participant may post now, and count the post."""
        with self._lock:
            now = self._clock()
            if len(self._buckets) > MOST_KEPT:
                self._buckets = {key: kept for key, kept in self._buckets.items() if now - kept[1] < 1}
            left, at = self._buckets.get(participant, (float(POSTS_PER_SECOND), now))
            left = min(float(POSTS_PER_SECOND), left + (now - at) * POSTS_PER_SECOND)
            if left < 1:
                self._buckets[participant] = (left, now)
                return False
            self._buckets[participant] = (left - 1, now)
            return True


failed_tries = FailedTries()
post_rate = PostRate()
