"""How many new people came from one address: told to who leads, never stored, and nobody is refused by it.

In a hall all phones may come from one address, and a computer that throws its cookies away is known by nothing else.
So this is a hint beside the count of heads. It stands in memory only, and each process counts for itself.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

# So many within a minute are more than a table that shares a phone.
MANY = 10
WITHIN = 60
FORGOTTEN_AFTER = 12 * 60 * 60
MOST_KEPT = 2_000

Clock = Callable[[], float]


@dataclass
class _Joins:
    count: int = 0
    newest: deque[float] = field(default_factory=lambda: deque(maxlen=MANY))
    were_many: bool = False


class FreshJoins:
    """Counts the new people of each workshop per address."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        # In the order of the last join, so that the oldest goes when there are too many.
        self._joins: OrderedDict[tuple[str, str], _Joins] = OrderedDict()
        self._lock = threading.Lock()

    def joined(self, code: str, address: str) -> None:
        """Note that somebody new came into the workshop with this join code."""
        with self._lock:
            moment = self._clock()
            found = self._joins.pop((code, address), None) or _Joins()
            self._joins[code, address] = found
            found.count += 1
            found.newest.append(moment)
            found.were_many |= len(found.newest) == MANY and moment - found.newest[0] <= WITHIN
            if len(self._joins) > MOST_KEPT:
                self._joins.popitem(last=False)

    def crowds(self, code: str) -> list[int]:
        """Return how many came from each address from which many came within a minute, largest first."""
        with self._lock:
            limit = self._clock() - FORGOTTEN_AFTER
            while self._joins and next(iter(self._joins.values())).newest[-1] < limit:
                self._joins.popitem(last=False)
            return sorted(
                (found.count for (of, _), found in self._joins.items() if of == code and found.were_many),
                reverse=True,
            )


fresh_joins = FreshJoins()
