"""Keys that are open, in the memory of this process alone: at most 15 minutes after the last tap, and until the lock.

Nothing of this is ever stored. Another process, or this one after a restart, asks for the words again.
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from models.mediation.memory import give_back, overwrite_what_is_freed

OPEN_SECONDS = 15 * 60
SWEEP_SECONDS = 5
GIVE_BACK_SECONDS = 3
MOST_OPEN = 2_000

Clock = Callable[[], float]


@dataclass
class Opened:
    """What one person has open: the private half, and the audiences' keys by the audience's id.

    In bytearrays, which can be overwritten; what Python copied of them in between cannot.
    """

    person_id: int
    pair: int
    private: bytearray = field(repr=False)
    keys: dict[int, bytearray] = field(default_factory=dict, repr=False)
    tapped_at: float = 0.0

    def wipe(self) -> None:
        """Overwrite the keys with zeros."""
        for secret in (self.private, *self.keys.values()):
            secret[:] = bytes(len(secret))
        self.keys.clear()


_coming: list[threading.Timer] = []
_coming_lock = threading.Lock()


class OpenKeys:
    """Who has what open, by a random session id of which only the hash is kept here."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._opened: dict[str, Opened] = {}
        self._lock = threading.Lock()
        self._sweeper: threading.Thread | None = None

    def open(self, opened: Opened) -> str:
        """Keep what somebody has opened, and return a new session id for it."""
        session_id = secrets.token_urlsafe(32)
        opened.tapped_at = self._clock()
        overwrite_what_is_freed(True)
        with self._lock:
            if len(self._opened) >= MOST_OPEN:
                oldest = min(self._opened, key=lambda name: self._opened[name].tapped_at)
                self._opened.pop(oldest).wipe()
            self._opened[_name(session_id)] = opened
            if self._sweeper is None:
                self._sweeper = threading.Thread(target=self._sweep, name="mediation locks", daemon=True)
                self._sweeper.start()
        return session_id

    def tapped(self, session_id: str) -> Opened | None:
        """Return what a session has open, and count this as a tap; None where it is locked, or was never ours."""
        if not session_id:
            return None
        self.lock_what_is_over()
        with self._lock:
            found = self._opened.get(_name(session_id))
            if found is not None:
                found.tapped_at = self._clock()
            return found

    def seconds_left(self, opened: Opened) -> int:
        """Return after how many seconds without a tap this locks."""
        return max(0, int(OPEN_SECONDS - (self._clock() - opened.tapped_at)))

    def lock(self, session_id: str) -> None:
        """Lock one session at once."""
        with self._lock:
            found = self._opened.pop(_name(session_id), None)
        if found is not None:
            found.wipe()
            _give_back_soon()

    def lock_person(self, person_id: int) -> None:
        """Lock every session of a person, on whatever device."""
        with self._lock:
            theirs = [name for name, opened in self._opened.items() if opened.person_id == person_id]
            found = [self._opened.pop(name) for name in theirs]
        for opened in found:
            opened.wipe()
        if found:
            _give_back_soon()

    def lock_what_is_over(self) -> None:
        """Lock what nobody tapped for 15 minutes."""
        with self._lock:
            before = self._clock() - OPEN_SECONDS
            over = [name for name, opened in self._opened.items() if opened.tapped_at <= before]
            found = [self._opened.pop(name) for name in over]
        for opened in found:
            opened.wipe()
        if found:
            _give_back_soon()

    def spare_others(self) -> None:
        """Overwrite what is freed no longer where nobody has anything open."""
        with self._lock:
            if not self._opened:
                overwrite_what_is_freed(False)

    def _sweep(self) -> None:
        """Lock by the clock, also when nobody asks for anything. Ends when nothing is open."""
        while True:
            time.sleep(SWEEP_SECONDS)
            self.lock_what_is_over()
            with self._lock:
                if not self._opened:
                    self._sweeper = None
                    return


def _give_back_soon() -> None:
    """Overwrite freed memory and give it back once the answer has gone: what was drawn in it is gone then too.

    Of many who lock at once, once, after the last.
    """
    timer = threading.Timer(GIVE_BACK_SECONDS, _give_back)
    timer.daemon = True
    with _coming_lock:
        for earlier in _coming:
            earlier.cancel()
        _coming[:] = [timer]
    timer.start()


def _give_back() -> None:
    give_back()
    open_keys.spare_others()


def _name(session_id: str) -> str:
    return hashlib.sha256(session_id.encode("utf-8", "surrogatepass")).hexdigest()


open_keys = OpenKeys()
