"""What all phones of a room read alike, read once for each revision of the room.

A room asks for its page all at once when something changes. `workshop.revision` rises with everything that such a
page shows, so what was read under one revision is what everybody gets until the next. Not for counts of people or
votes, nor for anything of one person.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar, cast

from models.database import database_url
from models.tables import Workshop

Read = TypeVar("Read")
MOST_KEPT = 5_000

_kept: dict[tuple[str, int | None, int, str], Any] = {}
_lock = Lock()


def read_once(workshop: Workshop, what: str, read: Callable[[], Read]) -> Read:
    """Return what `read` returned under this revision of the workshop. `workshop` was read in the same session before,
    so that never an older answer is kept under a newer revision.
    """
    key = (database_url(), workshop.id, workshop.revision, what)
    with _lock:
        if key in _kept:
            return cast(Read, _kept[key])
    found = read()
    with _lock:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = found
    return found
