"""Voices and heads: how many may speak in the room, and how many people were counted there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

# More than one in so many too many is told, asked about, and printed.
ONE_IN = 20


class Moment(StrEnum):
    """When somebody who leads was asked about more voices than heads."""

    OPENED = "opened"
    REVEALED = "revealed"


@dataclass(frozen=True)
class Acknowledged:
    """That `who` saw how many voices there were against how many heads, and went on all the same."""

    moment: str
    who: str
    at: datetime
    voices: int
    heads: int


def most_voices(heads: int) -> int:
    """Return how many voices still fit the heads counted: one in twenty more."""
    return (ONE_IN + 1) * heads // ONE_IN


def exceeds(voices: int, heads: int | None) -> bool:
    """Return whether voices exceed the heads counted by more than one in twenty; never while nobody has counted."""
    return heads is not None and voices > most_voices(heads)


def is_seen(voices: int, seen: int | None) -> bool:
    """Return whether who saw `seen` voices has seen these: at most one in twenty came since."""
    return seen is not None and not exceeds(voices, seen)


def stored(acknowledged: Acknowledged) -> dict[str, Any]:
    """Return it as plain data."""
    return {
        "moment": acknowledged.moment,
        "who": acknowledged.who,
        "at": acknowledged.at.isoformat(),
        "voices": acknowledged.voices,
        "heads": acknowledged.heads,
    }


def read_stored(found: Iterable[Mapping[str, Any]] | None) -> tuple[Acknowledged, ...]:
    """Return what was stored, oldest first."""
    return tuple(
        Acknowledged(
            one["moment"], one["who"], datetime.fromisoformat(one["at"]), one["voices"], one["heads"]
        )
        for one in found or ()
    )
