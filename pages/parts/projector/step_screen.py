"""What the screen of a step is drawn from."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlmodel import Session

from models.tables import Workshop
from pages.parts.projector.screen import Room, Screen

Newcomers = Callable[[str, Collection[int]], frozenset[int]]
"""Tells which of the ids on a wall came in just now: `newcomers("proposals", ids)`."""


@dataclass(frozen=True)
class Showing:
    """A workshop on the projector. `address` is where people find us, whether phones can use it or not."""

    session: Session
    room: Room
    workshop: Workshop
    address: str
    newcomers: Newcomers


StepScreen = Callable[[Showing], Screen]
