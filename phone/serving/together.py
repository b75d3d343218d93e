"""What many phones ask at the same moment, answered together: one turn in a thread, one session for all of them.

A thread for each of a thousand questions costs more than the answers: each has to be woken, and to wait for its turn.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter, to_thread

from models.storage.database import is_sqlite
from models.storage.feed import tells_urgently

Question = TypeVar("Question")
Answer = TypeVar("Answer")
# A few milliseconds of work, so that a vote that comes in between does not wait long.
MOST_TOGETHER = 16
# A PostgreSQL elsewhere has to be waited for: meanwhile others can be answered.
TURNS_ON_POSTGRES = 4
GIVE_WAY_SECONDS = 0.005


class Together(Generic[Question, Answer]):
    """Collects questions while others are being answered. `answer` gets them in a thread, and returns as many answers;
    an answer that is an exception is raised where its question was asked.
    """

    def __init__(self, answer: Callable[[Sequence[Question]], Sequence[Answer | Exception]]) -> None:
        self._answer = answer
        self._desks: WeakKeyDictionary[asyncio.AbstractEventLoop, _Desk[Question, Answer]] = (
            WeakKeyDictionary()
        )

    async def ask(self, question: Question) -> Answer:
        """Return the answer to `question`. What is asked first is answered first."""
        loop = asyncio.get_running_loop()
        desk = self._desks.get(loop)
        if desk is None:
            desk = self._desks[loop] = _Desk(self._answer)
        return await desk.ask(question)


class _Desk(Generic[Question, Answer]):
    """The questions of one event loop."""

    def __init__(self, answer: Callable[[Sequence[Question]], Sequence[Answer | Exception]]) -> None:
        self._answer = answer
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._working: set[asyncio.Task[None]] = set()
        # Not by the tasks: that one is done is heard a moment later, and who asked in that moment waited for ever.
        self._at_work = 0
        # It is work for the processor: more threads would only hold up the news and the votes.
        self._most = 1 if is_sqlite() else TURNS_ON_POSTGRES
        self._turns = CapacityLimiter(self._most)

    def ask(self, question: Question) -> asyncio.Future[Answer]:
        loop = asyncio.get_running_loop()
        given: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((question, given))
        if self._at_work < self._most:
            self._at_work += 1
            task = loop.create_task(self._work())
            self._working.add(task)
            task.add_done_callback(self._working.discard)
        return given

    async def _work(self) -> None:
        try:
            await self._answer_all()
        finally:
            self._at_work -= 1

    async def _answer_all(self) -> None:
        while self._waiting:
            # Whoever was told first asks first: a thousand others would hear of a close the later for it.
            while tells_urgently():
                await asyncio.sleep(GIVE_WAY_SECONDS)
            group, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            answers: Sequence[Answer | Exception]
            try:
                answers = await to_thread.run_sync(
                    self._answer, [question for question, _ in group], limiter=self._turns
                )
            except Exception as error:
                answers = [error] * len(group)
            for (_, given), answer in zip(group, answers, strict=True):
                # Who went away has cancelled the question.
                if given.done():
                    continue
                if isinstance(answer, Exception):
                    given.set_exception(answer)
                else:
                    given.set_result(answer)
