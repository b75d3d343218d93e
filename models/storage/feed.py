"""What changed, told to who listens: phones, facilitators' pages and the projector.

An action marks what it changed; after the commit the writer announces it once. Listeners get the state of the room,
never a difference, so that a missed message harms nobody. Phones hear of mere counts at most once a second per 200
phones, and of everything else at most five times a second; pages twice a second; the projector at once, but of what is
more than counts after the phones, which it waits for a tenth of a second at most. News goes out in slices of a
fortieth, at most fifty, so that a vote never waits behind it; mere counts go out more gently still, at most ten at a
time with a rest after each, and make way for what is more than that.
"""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Literal

from sqlmodel import Session

from models.storage.changes import take_changed
from models.storage.database import engine, is_sqlite, reading
from models.storage.state import RoomState
from models.storage.transaction import Transaction
from models.storage.watching import watch_file, watch_postgres

Kind = Literal["phone", "page", "projector"]
ReadState = Callable[[Session, int], RoomState | None]
# In this order they are told.
KINDS: tuple[Kind, ...] = ("phone", "projector", "page")

HEARTBEAT_SECONDS = 15
SLICES = 40
LARGEST_SLICE = 50
LARGEST_SLICE_OF_COUNTS = 10
SLICE_PAUSE = 0.001
# Smallest time between two messages to the same kind of listener, in seconds.
GAPS: dict[Kind, float] = {"projector": 0.03, "page": 0.5, "phone": 0.2}
PHONE_COUNTS_GAP = 1.0
# A thousand phones are told within this; for more of them the windows of those who lead do not wait.
PHONES_FIRST_SECONDS = 0.1
# Of mere counts: a phone shows only how many people are there, and each message wakes it up.
PHONES_A_SECOND = 200
# After a room was read nobody reads it again for so many times as long as that took; likewise between slices of counts.
RESTS = SLICE_RESTS = 3

log = logging.getLogger("handslag.news")


def announce(transaction: Transaction) -> None:
    """Wake this process's listeners for what a committed transaction changed. From any thread."""
    changed = take_changed(transaction)
    if changed and _feed is not None:
        _feed.wake(changed)


class Listener(AsyncIterator[RoomState | None]):
    """One open stream: the state of its room now and at every change, None after 15 quiet seconds.

    Holds at most one message: the newest. It ends when the server stops; who goes earlier closes it. No generator: a
    thousand are woken at once, and what each wakes in turn is what telling costs.
    """

    def __init__(self, kind: Kind, room: "_Room | None") -> None:
        self.kind = kind
        self._room = room
        self._latest: RoomState | None = None
        self._has_news = self._has_begun = False
        self._has_ended = room is None
        self._waiting: asyncio.Future[None] | None = None

    def tell(self, state: RoomState | None) -> None:
        """Hand over a state, or None as a sign of life, which never takes the place of a state."""
        if state is None and self._has_news:
            return
        self._latest, self._has_news = state, True
        self._wake()

    def end(self) -> None:
        """End the stream: what was not read yet is not told any more."""
        self._has_ended = True
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def __anext__(self) -> RoomState | None:
        if not self._has_begun:
            await self._begin()
        if not self._has_news and not self._has_ended:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        if self._has_ended:
            raise StopAsyncIteration
        self._has_news = False
        return self._latest

    async def _begin(self) -> None:
        self._has_begun = True
        if self._room is None:
            return
        if self._room.state is None:
            await self._room.refresh()
        if not self._has_news:
            self.tell(self._room.known_to(self.kind))
        # A change between reading and listening is told again: a state harms nobody twice.
        self._room.changed.set()

    async def aclose(self) -> None:
        """Leave the room."""
        self.end()
        if self._room is not None:
            self._room.leave(self)


class _Room:
    """The listeners of one workshop, and the task that serves them while there are any."""

    def __init__(self, workshop_id: int, read_state: ReadState, is_left: Callable[[int], object]) -> None:
        self.workshop_id = workshop_id
        self._read_state = read_state
        self._is_left = is_left
        self.listeners: dict[Kind, set[Listener]] = {"phone": set(), "page": set(), "projector": set()}
        self.changed = asyncio.Event()
        self.state: RoomState | None = None
        self._told: dict[Kind, RoomState | None] = dict.fromkeys(KINDS)
        self._told_at: dict[Kind, float] = dict.fromkeys(KINDS, 0.0)
        self._read_at = self._rested_at = 0.0
        self._readings = self._newest_reading = 0
        self._task: asyncio.Task[None] | None = None
        self._telling: dict[Kind, asyncio.Task[None]] = {}
        self._tells_urgently: dict[Kind, bool] = dict.fromkeys(KINDS, False)

    def start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._serve())

    def stop(self) -> None:
        for task in (self._task, *self._telling.values()):
            if task is not None:
                task.cancel()

    def tells_urgently(self) -> bool:
        return any(
            self._tells_urgently[kind] and not telling.done() for kind, telling in self._telling.items()
        )

    def leave(self, listener: Listener) -> None:
        if listener not in self.listeners[listener.kind]:
            return
        self.listeners[listener.kind].remove(listener)
        if not any(self.listeners.values()):
            self.stop()
            self._is_left(self.workshop_id)

    def known_to(self, kind: Kind) -> RoomState | None:
        """Return the newest state, as this kind of listener hears it."""
        return self.state if self.state is None or kind == "page" else self.state.of_everyone

    def _read(self) -> RoomState | None:
        with reading() as session:
            return self._read_state(session, self.workshop_id)

    async def refresh(self) -> None:
        began = time.monotonic()
        self._readings += 1
        reading_number = self._readings
        found = await asyncio.to_thread(self._read)
        # Two who come first read at once: what was asked for earlier never takes the place of what was asked for later.
        if reading_number > self._newest_reading:
            self._newest_reading, self.state = reading_number, found
        ended = time.monotonic()
        self._read_at, self._rested_at = ended, ended + RESTS * (ended - began)

    async def _serve(self) -> None:
        wait: float | None = HEARTBEAT_SECONDS
        while True:
            try:
                await asyncio.wait_for(self.changed.wait(), wait)
                await self._rest()
                self.changed.clear()
                await self.refresh()
            except TimeoutError:
                pass
            except Exception:
                log.exception("news of workshop %s could not be read; tried again", self.workshop_id)
                await asyncio.sleep(1)
                self.changed.set()
                continue
            wait = HEARTBEAT_SECONDS
            for kind in KINDS:
                wait = min(wait, self._serve_kind(kind))

    def _serve_kind(self, kind: Kind) -> float:
        """Tell listeners of this kind what they do not know yet, if it is time to; return when to look again."""
        now, state, telling = time.monotonic(), self.known_to(kind), self._telling.get(kind)
        has_news = state is not None and state != self._told[kind]
        is_urgent = state is not None and has_news and state.differs_in_more_than_counts(self._told[kind])
        if is_urgent and kind != "phone" and self._phones_go_first(now):
            return SLICE_PAUSE
        if telling is not None and not telling.done():
            if not is_urgent or self._tells_urgently[kind]:
                # A thousand phones take a moment; the projector does not wait for them, and nothing overtakes it.
                return SLICES * SLICE_PAUSE
            telling.cancel()
        if state is not None and has_news:
            due = self._told_at[kind] + self._gap(kind, is_urgent=is_urgent) - now
            if due > 0:
                return due
            self._told[kind] = state
            self._start_telling(kind, state, is_urgent=is_urgent)
        elif now - self._told_at[kind] >= HEARTBEAT_SECONDS:
            self._start_telling(kind, None, is_urgent=False)
        return max(0.0, self._told_at[kind] + HEARTBEAT_SECONDS - now)

    def _phones_go_first(self, now: float) -> bool:
        """Return whether the windows of those who lead still wait: to draw one takes longer than to tell everybody."""
        telling = self._telling.get("phone")
        is_telling = telling is not None and not telling.done() and self._tells_urgently["phone"]
        return is_telling and now - self._told_at["phone"] < PHONES_FIRST_SECONDS

    def _start_telling(self, kind: Kind, state: RoomState | None, *, is_urgent: bool) -> None:
        self._told_at[kind], self._tells_urgently[kind] = time.monotonic(), is_urgent
        telling = self._tell(kind, state, is_urgent=is_urgent)
        self._telling[kind] = asyncio.get_running_loop().create_task(telling)

    async def _rest(self) -> None:
        """Wait until somebody may be told again: a room that votes changes hundreds of times a second.

        A large room takes longer to read; then most of the time is left to its votes.
        """
        shortest = min((GAPS[kind] for kind in KINDS if self.listeners[kind]), default=0.0)
        pause = max(self._read_at + shortest, self._rested_at) - time.monotonic()
        if pause > 0:
            await asyncio.sleep(pause)

    def _gap(self, kind: Kind, *, is_urgent: bool) -> float:
        if kind != "phone" or is_urgent:
            return GAPS[kind]
        return max(PHONE_COUNTS_GAP, len(self.listeners[kind]) / PHONES_A_SECOND)

    async def _tell(self, kind: Kind, state: RoomState | None, *, is_urgent: bool) -> None:
        listeners = list(self.listeners[kind])
        largest = LARGEST_SLICE if is_urgent else LARGEST_SLICE_OF_COUNTS
        size = max(1, min(largest, -(-len(listeners) // SLICES)))
        for start in range(0, len(listeners), size):
            began = time.monotonic()
            for listener in listeners[start : start + size]:
                listener.tell(state)
            if start + size < len(listeners):
                await asyncio.sleep(0)
                if not is_urgent:
                    await asyncio.sleep(max(SLICE_PAUSE, SLICE_RESTS * (time.monotonic() - began)))


class Feed:
    """All rooms that somebody listens to in this process."""

    def __init__(self, loop: asyncio.AbstractEventLoop, read_state: ReadState) -> None:
        self._loop = loop
        self._read_state = read_state
        self._rooms: dict[int, _Room] = {}
        self.is_closing = False
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin to watch the database, in a thread of its own."""
        if is_sqlite():
            watch = partial(watch_file, engine(), self.wake, self.has_listeners, self._stopped)
        else:
            watch = partial(watch_postgres, self.wake, self._stopped)
        threading.Thread(target=watch, name="news", daemon=True).start()

    def wake(self, workshop_ids: set[int] | None) -> None:
        """Wake the listeners of these workshops, or of all (None). From any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, workshop_ids)

    def close(self) -> None:
        """End every stream. From any thread."""
        self._stopped.set()
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._close)

    def has_listeners(self) -> bool:
        """Return whether anybody listens. From any thread."""
        return bool(self._rooms)

    def tells_urgently(self) -> bool:
        """Return whether news of more than counts goes round at this moment, in some room."""
        return any(room.tells_urgently() for room in self._rooms.values())

    def _wake(self, workshop_ids: set[int] | None) -> None:
        for workshop_id in self._rooms if workshop_ids is None else workshop_ids:
            if workshop_id in self._rooms:
                self._rooms[workshop_id].changed.set()

    def _close(self) -> None:
        self.is_closing = True
        for room in self._rooms.values():
            room.stop()
            for listeners in room.listeners.values():
                for listener in listeners:
                    listener.end()

    def listen(self, workshop_id: int, kind: Kind) -> Listener:
        """Return a listener to the news of a meeting; it has ended already where the server is closing."""
        room = self._rooms.get(workshop_id)
        if room is None:
            room = self._rooms[workshop_id] = _Room(workshop_id, self._read_state, self._forget)
        listener = Listener(kind, room)
        room.listeners[kind].add(listener)
        room.start()
        if self.is_closing:
            listener.end()
        return listener

    def count(self, workshop_id: int, kind: Kind) -> int:
        """Return how many of this kind listen to a meeting."""
        room = self._rooms.get(workshop_id)
        return 0 if room is None else len(room.listeners[kind])

    def _forget(self, workshop_id: int) -> None:
        self._rooms.pop(workshop_id, None)


_feed: Feed | None = None


def start_news(loop: asyncio.AbstractEventLoop, read_state: ReadState) -> None:
    """Start this process's feed on the server's event loop. `read_state` says what everyone in a room may know."""
    global _feed
    _feed = Feed(loop, read_state)
    _feed.start()


def stop_news() -> None:
    """End every stream, so that the server can stop. From any thread, also from a signal handler."""
    if _feed is not None:
        _feed.close()


def tells_urgently() -> bool:
    """Return whether news of more than counts goes round at this moment, in some room. On the event loop."""
    return _feed is not None and _feed.tells_urgently()


def listen(workshop_id: int, kind: Kind) -> Listener:
    """Listen to a room, from the running event loop. Close what is returned, or iterate until the server stops."""
    return Listener(kind, None) if _feed is None else _feed.listen(workshop_id, kind)


def count_listeners(workshop_id: int, kind: Kind) -> int:
    """Return how many of a kind listen to a room at this moment, in this process. From any thread."""
    return 0 if _feed is None else _feed.count(workshop_id, kind)
