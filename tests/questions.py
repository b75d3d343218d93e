"""What is asked of the database while something is done: how often, and in which words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from models.storage.database import engine


@contextmanager
def questions_asked(just_before: Callable[[int], object] | None = None) -> Iterator[list[str]]:
    """Yield a list that grows with every question to the database, in SQL, from any thread of this process.

    `just_before` is called with each question's number, from one on, before the database hears of it.
    """
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, question: str, *_more: Any) -> None:
        asked.append(question)
        if just_before is not None:
            just_before(len(asked))

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine(), "before_cursor_execute", note)
