"""What all phones of a room read alike, read once for each revision of the room.

A room asks for its page all at once when something changes. `workshop.revision` rises with everything that such a
page shows, so what was read under one revision is what everybody gets until the next. Not for counts of people or
votes, nor for anything of one person.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar, cast

from models.storage.database import database_url
from models.tables import Workshop

Read = TypeVar("Read")
MOST_ROOMS = 200
MOST_OF_A_ROOM = 2_000


@dataclass(frozen=True)
class _Kept:
    """What was read in one room under one revision. An older one is not asked for again."""

    revision: int
    found: dict[str, Any] = field(default_factory=dict)


_rooms: dict[tuple[str, int | None], _Kept] = {}
_lock = Lock()


def read_once(workshop: Workshop, what: str, read: Callable[[], Read]) -> Read:
    """Return what `read` returned under this revision of the workshop. `workshop` was read in the same session before,
    so that never an older answer is kept under a newer revision.
    """
    kept = _of_room(workshop)
    if what in kept.found:
        return cast(Read, kept.found[what])
    found = read()
    if len(kept.found) < MOST_OF_A_ROOM:
        kept.found[what] = found
    return found


def _of_room(workshop: Workshop) -> _Kept:
    room = (database_url(), workshop.id)
    with _lock:
        kept = _rooms.get(room)
        if kept is None or kept.revision != workshop.revision:
            if len(_rooms) >= MOST_ROOMS:
                _rooms.clear()
            kept = _rooms[room] = _Kept(workshop.revision)
    return kept
