"""One writer thread per process, and group commit.

Faces call `write(action, …)` (facilitators, the command line) or `await post(action, …)` (phones). An action takes a
session and plain values, and returns plain values; the answer goes out after the commit. Measured before it was built:
with one transaction for each ballot a disk of 8 ms per fsync held up 1,000 phones for 8 s, with this 21 ms.
"""

import asyncio
import logging
import queue
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlmodel import Session

from models.basics.errors import Busy, DomainError, NoRoomLeft
from models.basics.words import Erased
from models.storage.changes import notify_other_processes
from models.storage.database import is_sqlite, writing_session
from models.storage.feed import announce
from models.storage.forgetting import forget_deleted, mark_erased
from models.storage.room_locks import lock_rooms
from models.storage.transaction import KeptConnection, Transaction

Action = Callable[..., Any]
BatchAction = Callable[[Transaction, Sequence[dict[str, Any]]], list[Any]]

QUEUE_LIMIT = 20_000
BATCH_LIMIT = 500
# While one group after another is of many, a moment in which more gather: a group costs hardly more than one post.
MANY = 3
GATHER_SECONDS = 0.005
# Another process held what this one waits for, and the other way round: PostgreSQL ended this one, and nothing is lost.
DEADLOCK_TRIES = 5
LONGEST_PAUSE_SECONDS = 0.1
FORGET = "forget deleted rows after the commit"
# A write that found no room, by SQLite's name and PostgreSQL's number. A quota and a limit on the size of files come as
# a failed write, as does a broken disk: there too somebody has to look at the disk.
NO_ROOM = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "53100"}
log = logging.getLogger("handslag.writing")

_batches: dict[Action, BatchAction] = {}


def in_one_go(batch: BatchAction) -> Callable[[Action], Action]:
    """Let `batch` do many posts of the decorated action at once: a list of arguments in, results or errors out."""

    def register(action: Action) -> Action:
        _batches[action] = batch
        return action

    return register


@dataclass(frozen=True, eq=False)
class _Job:
    """An action that waits, and who waits for it: a thread, or on an event loop a phone, whose posts may share."""

    action: Action
    arguments: dict[str, Any]
    answer: Future[Any] | asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop | None = None

    @property
    def may_share(self) -> bool:
        return self.loop is not None


class Writer:
    """The thread that holds the write lock, so that nobody in this process fights over it."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._kept = KeptConnection()
        self.shared_at = 0.0

    def start(self) -> None:
        """Start the thread that writes."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what waits, then end the thread."""
        self._jobs.put(None)
        self._thread.join(timeout=30)

    def submit(self, action: Action, arguments: dict[str, Any]) -> Future[Any]:
        """Queue an action in a transaction of its own. Raises `Busy` when the queue is full."""
        answer: Future[Any] = Future()
        self._queue(_Job(action, arguments, answer))
        return answer

    def submit_shared(self, action: Action, arguments: dict[str, Any]) -> asyncio.Future[Any]:
        """Queue an action that may share its transaction, from the running event loop. Raises `Busy`."""
        loop = asyncio.get_running_loop()
        answer = loop.create_future()
        self._queue(_Job(action, arguments, answer, loop))
        self.shared_at = time.monotonic()
        return answer

    def _queue(self, job: _Job) -> None:
        if self._jobs.qsize() >= QUEUE_LIMIT:
            raise Busy
        self._jobs.put(job)

    def is_this_thread(self) -> bool:
        """Return whether whoever asks is the thread that writes."""
        return threading.current_thread() is self._thread

    def _work(self) -> None:
        try:
            self._settle_all()
        finally:
            self._kept.close()

    def _settle_all(self) -> None:
        held: _Job | None = None
        was_of_many = False
        while True:
            job = held or self._jobs.get()
            held = None
            if job is None:
                return
            if not job.may_share:
                _settle_alone(job)
                continue
            batch = [job]
            while len(batch) < BATCH_LIMIT:
                try:
                    following = self._jobs.get_nowait()
                except queue.Empty:
                    break
                if following is None:
                    _settle_batch(batch, self._kept)
                    return
                if not following.may_share:
                    held = following
                    break
                batch.append(following)
            _settle_batch(batch, self._kept)
            is_of_many = len(batch) >= MANY
            if is_of_many and was_of_many and held is None:
                time.sleep(GATHER_SECONDS)
            was_of_many = is_of_many


_writer: Writer | None = None


def start_writer() -> None:
    """Start this process's writer thread."""
    global _writer
    if _writer is None:
        _writer = Writer()
        _writer.start()


def stop_writer() -> None:
    """Finish what waits and stop the writer thread."""
    global _writer
    if _writer is not None:
        _writer.stop()
        _writer = None


def write(action: Action, /, **arguments: Any) -> Any:
    """Run `action` in a transaction of its own and return its result after the commit.

    Raises the action's domain errors, `Busy` when the queue is full or the database does not come free, and
    `NoRoomLeft` when its disk is full.
    Without a running writer (command line, tests) it runs in the caller's thread.
    """
    if _writer is None or _writer.is_this_thread():
        return _run_alone(action, arguments)
    return _writer.submit(action, arguments).result()


async def post(action: Action, /, **arguments: Any) -> Any:
    """Run `action` in a transaction that it may share with other phones' posts; return its result after the commit.

    Raises like `write`.
    """
    if _writer is None:
        return await asyncio.to_thread(_run_alone, action, arguments)
    return await _writer.submit_shared(action, arguments)


def seconds_since_a_post() -> float:
    """Return how long ago a phone posted something to this process."""
    return time.monotonic() - (_writer.shared_at if _writer else 0.0)


def after_commit_forget(session: Session, what: Erased) -> None:
    """Ask that deleted rows are overwritten once this transaction has committed, and noted until they are."""
    mark_erased(session, what)
    session.info[FORGET] = True


def _settle_alone(job: _Job) -> None:
    try:
        result = _run_alone(job.action, job.arguments)
    except Exception as error:
        _answer([(job, error)])
    else:
        _answer([(job, result)])


def _answer(settled: Iterable[tuple[_Job, Any]]) -> None:
    """Hand out results and errors; those of one event loop together, since waking it is what costs."""
    by_loop: dict[asyncio.AbstractEventLoop | None, list[tuple[_Job, Any]]] = defaultdict(list)
    for job, result in settled:
        by_loop[job.loop].append((job, result))
    for loop, together in by_loop.items():
        if loop is None:
            _hand_out(together)
        else:
            # A loop that was closed meanwhile has nobody who waits; what was asked stands all the same.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_hand_out, together)


def _hand_out(settled: Iterable[tuple[_Job, Any]]) -> None:
    for job, result in settled:
        # A phone that went away has cancelled its answer; what it asked stands all the same.
        if job.answer.done():
            continue
        if isinstance(result, Exception):
            job.answer.set_exception(result)
        else:
            job.answer.set_result(result)


def _run_alone(action: Action, arguments: dict[str, Any]) -> Any:
    for _ in range(DEADLOCK_TRIES - 1):
        try:
            return _run_once(action, arguments)
        except OperationalError as error:
            if not _is_deadlock(error):
                raise
            _step_aside()
    try:
        return _run_once(action, arguments)
    except OperationalError as error:
        raise (Busy() if _is_deadlock(error) else error) from error


def _step_aside() -> None:
    """Wait for a moment of no fixed length, so that two processes do not meet again."""
    time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))


def _run_once(action: Action, arguments: dict[str, Any]) -> Any:
    try:
        with writing_session() as session:
            transaction = Transaction.of(session)
            result = action(session, **arguments)
            _commit(transaction)
    except OperationalError as error:
        raise _busy_or(error) from error
    _tell(transaction)
    return result


def _settle_batch(
    jobs: Sequence[_Job], kept: KeptConnection, *, is_careful: bool = False, tries: int = DEADLOCK_TRIES
) -> None:
    if len(jobs) == 1 and jobs[0].action not in _batches:
        _settle_alone(jobs[0])
        return
    try:
        with kept.transaction() as transaction:
            settled = list((_perform_carefully if is_careful else _perform)(transaction, jobs))
            _commit(transaction)
    except Exception as error:
        if isinstance(error, OperationalError) and _is_deadlock(error) and tries > 1:
            _step_aside()
            _settle_batch(jobs, kept, is_careful=is_careful, tries=tries - 1)
            return
        if isinstance(error, OperationalError) and isinstance(busy := _busy_or(error), Busy):
            # One by one they would wait for the same lock in turn, and the last would hear of it after hours.
            _answer((job, busy) for job in jobs)
            return
        if not is_careful and not isinstance(error, OperationalError):
            # Once more, and now a post that fails costs its own savepoint: one bad one must not sink the others.
            _settle_batch(jobs, kept, is_careful=True)
            return
        for job in jobs:
            _settle_alone(job)
        return
    failed = {job for job, result in settled if _is_failure(result)}
    _answer((job, result) for job, result in settled if job not in failed)
    _tell(transaction)
    for job in failed:
        # It may have failed at what another process stored meanwhile.
        _settle_alone(job)


def _is_failure(result: Any) -> bool:
    return isinstance(result, Exception) and not isinstance(result, DomainError)


def _perform(transaction: Transaction, jobs: Sequence[_Job]) -> Iterable[tuple[_Job, Any]]:
    """Do the batches first (ballots), then the others under a savepoint each. Raises what a batch raises."""
    for action, batch in _batches.items():
        together = [job for job in jobs if job.action is action]
        if together:
            yield from zip(together, batch(transaction, [job.arguments for job in together]), strict=True)
    others = [job for job in jobs if job.action not in _batches]
    lock_rooms(transaction, [job.arguments for job in others])
    for job in others:
        yield job, _under_a_savepoint(transaction, job)


def _perform_carefully(transaction: Transaction, jobs: Sequence[_Job]) -> Iterable[tuple[_Job, Any]]:
    """Do every post under a savepoint of its own: the batches first, as above."""
    in_order = sorted(jobs, key=lambda job: job.action not in _batches)
    are_locked = False
    for place, job in enumerate(in_order):
        if not are_locked and job.action not in _batches:
            are_locked = True
            lock_rooms(transaction, [other.arguments for other in in_order[place:]])
        yield job, _under_a_savepoint(transaction, job)


def _under_a_savepoint(transaction: Transaction, job: _Job) -> Any:
    """Return a post's result, or the error that it ended in. Raises what ends the transaction for all."""
    session = transaction.session
    try:
        with session.begin_nested():
            return job.action(session, **job.arguments)
    except OperationalError:
        raise
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        return error
    except Exception as error:
        return error


def _commit(transaction: Transaction) -> None:
    transaction.flush()
    notify_other_processes(transaction)
    transaction.commit()


def _tell(transaction: Transaction) -> None:
    announce(transaction)
    if not transaction.info.pop(FORGET, False):
        return
    # SQLite's log is emptied at once, in a moment; PostgreSQL's tables may be large, and no vote waits for them.
    may_wait = is_sqlite() or _writer is None
    if not (may_wait and forget_deleted(rounds=1)):
        threading.Thread(target=_forget, name="forget", daemon=True).start()


def _forget() -> None:
    try:
        forget_deleted()
    except SQLAlchemyError:
        log.exception("what was deleted is not overwritten yet; the upkeep tries again")


def _is_deadlock(error: DBAPIError) -> bool:
    """Return whether PostgreSQL ended this transaction so that another process could go on."""
    return getattr(error.orig, "sqlstate", None) == "40P01"


def _busy_or(error: DBAPIError) -> Exception:
    """Return `NoRoomLeft` for a full disk, `Busy` for a database that was held by another process, else the error."""
    name = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    if name in NO_ROOM:
        log.error("nothing can be stored, the disk takes no more: %s", error.orig)
        return NoRoomLeft()
    if _is_deadlock(error):
        return error
    held = "locked" in str(error.orig).lower() or "timeout" in str(error.orig).lower()
    return Busy() if held else error
