"""How one kind of act is undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, SQLModel

from models.basics.words import Hindrance

Kept = Mapping[str, Any]


def _nothing(_session: Session, _kept: Kept) -> str:
    return ""


@dataclass(frozen=True)
class Way:
    """How a kind of act is undone, with what it kept (`models.storage.undoable`).

    `hinders` returns what came in between so that it cannot be undone any more, None while it can; `take_back` undoes
    it and returns how much of it stays, because that was changed since; `names` is in whose words one knows which it
    was. `locks` are the rows it is done to: table, and where their id is kept. What was kept goes after `within`,
    or when a later act on the same took its place, which is the hindrance `followed`.
    """

    hinders: Callable[[Session, Kept], Hindrance | None]
    take_back: Callable[[Session, Kept], int]
    names: Callable[[Session, Kept], str] = _nothing
    locks: tuple[tuple[type[SQLModel], str], ...] = ()
    within: timedelta | None = None
    followed: Hindrance = Hindrance.CHANGED
