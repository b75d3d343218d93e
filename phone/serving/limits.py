"""Brakes in memory: failed tries per address, and posts per participant. A right code never waits."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FREE_TRIES = 10
FIRST_DELAY = 2
LONGEST_DELAY = 300
FORGOTTEN_AFTER = 15 * 60
# What a braked address may still look up of what it has not got right before: faster than a hall mistypes, and a
# join code of five signs takes a week instead of hours.
LOOKS_AT_ONCE = 20
LOOKS_PER_SECOND = 5
MOST_RIGHT_KEPT = 200
POSTS_PER_SECOND = 20
MOST_KEPT = 20_000

Clock = Callable[[], float]


@dataclass
class _Failures:
    count: int
    last_at: float
    open_again_at: float
    looks: float = LOOKS_AT_ONCE
    looked_at: float = 0.0


class FailedTries:
    """Counts wrong codes, links and passphrases per address. After ten the wait doubles with each further one.

    Who is braked is answered without looking anything up, where that comes in faster than people type. What an address
    got right is known there and always looked up, also what it got right before anybody guessed: behind the address of
    a hall whose people are in already, or whose projector shows the code, nobody waits for a stranger in that hall.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        # In the order of the last try, so that the oldest goes when there are too many.
        self._by_address: OrderedDict[str, _Failures] = OrderedDict()
        self._right: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        self._braked_until = 0.0
        self._lock = threading.Lock()

    @property
    def is_braking(self) -> bool:
        """Whether any address is braked. Asked for every request, so it is only a look at the clock."""
        return self._clock() < self._braked_until

    def failed(self, address: str) -> int:
        """Note a wrong try and return how many seconds to wait before the next; 0 while tries are free."""
        with self._lock:
            now = self._clock()
            found = self._of(address, now)
            if found is None:
                found = self._by_address[address] = _Failures(0, now, now, looked_at=now)
                if len(self._by_address) > MOST_KEPT:
                    self._by_address.popitem(last=False)
            self._by_address.move_to_end(address)
            found.looks = max(0.0, self._looks(found, now) - (found.count >= FREE_TRIES))
            found.looked_at = now
            if now < found.open_again_at:
                return math.ceil(found.open_again_at - now)
            found.count += 1
            found.last_at = now
            if found.count < FREE_TRIES:
                return 0
            self._braked_until = now + FORGOTTEN_AFTER
            if found.count == FREE_TRIES:
                return 0
            delay = min(FIRST_DELAY * 2 ** min(found.count - FREE_TRIES - 1, 20), LONGEST_DELAY)
            found.open_again_at = now + delay
            return delay

    def may_look_up(self, address: str, what: str) -> bool:
        """Return whether `what`, a code that somebody typed, may be looked up for this address."""
        with self._lock:
            now = self._clock()
            found = self._of(address, now)
            if found is None or found.count < FREE_TRIES or what in self._right.get(address, ()):
                return True
            return self._looks(found, now) >= 1

    def was_right(self, address: str, what: str) -> None:
        """Note that `what` was right, so that wrong tries from the same address do not keep it waiting."""
        with self._lock:
            right = self._right.setdefault(address, OrderedDict())
            self._right.move_to_end(address)
            right[what] = None
            right.move_to_end(what)
            if len(right) > MOST_RIGHT_KEPT:
                right.popitem(last=False)
            if len(self._right) > MOST_KEPT:
                self._right.popitem(last=False)

    def free_tries(self, address: str) -> int:
        """Return how many tries are free for this address; 0 for one that is braked."""
        with self._lock:
            found = self._of(address, self._clock())
            return FREE_TRIES if found is None else max(0, FREE_TRIES - found.count)

    def _of(self, address: str, now: float) -> _Failures | None:
        found = self._by_address.get(address)
        if found is not None and now - found.last_at > FORGOTTEN_AFTER:
            del self._by_address[address]
            return None
        return found

    def _looks(self, found: _Failures, now: float) -> float:
        return min(float(LOOKS_AT_ONCE), found.looks + (now - found.looked_at) * LOOKS_PER_SECOND)


class PostRate:
    """A bucket of twenty posts per participant that fills again within a second."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, participant: str) -> bool:
        """Return whether this participant may post now, and count the post."""
        with self._lock:
            now = self._clock()
            left, at = self._buckets.get(participant, (float(POSTS_PER_SECOND), now))
            left = min(float(POSTS_PER_SECOND), left + (now - at) * POSTS_PER_SECOND)
            is_allowed = left >= 1
            self._buckets[participant] = (left - 1 if is_allowed else left, now)
            self._buckets.move_to_end(participant)
            if len(self._buckets) > MOST_KEPT:
                # Who posted longest ago has all of them again by now.
                self._buckets.popitem(last=False)
            return is_allowed


failed_tries = FailedTries()
post_rate = PostRate()
