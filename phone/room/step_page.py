"""What a phone's page of a step is, and the rounds that such pages read once for all phones of a room."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from models.basics.words import Phase
from models.joining.joining import PhoneView
from models.voting.round_views import RoundView, last_round, list_rounds
from phone.serving.shared import read_once

Values = dict[str, Any]


def nothing(_session: Session, _view: PhoneView, _last: RoundView | None) -> Values:
    """Return what a page shows beside the room where it shows nothing."""
    return {}


def always(_last: RoundView | None) -> bool:
    """Say that a page never has a form on it."""
    return True


def never(_last: RoundView | None) -> bool:
    """Say that a page may have a form on it."""
    return False


def without_open_round(last: RoundView | None) -> bool:
    """Return whether a page of votes has no form on it."""
    return last is None or last.phase != Phase.OPEN or last.is_key_lost


@dataclass(frozen=True)
class StepPage:
    """A page in a room. `template` is a file in `phone/templates/`, without its ending.

    `values` reads what it shows beside the room. Where a phone has nothing of its own, that must equal what is read for
    nobody (without a participant): then the phone gets the page that all have in common. `shows_voices`: the people who
    speak through this phone stand on it. `waits`: without a script the page may load anew by itself, unless it `asks`
    something now.
    """

    template: str
    values: Callable[[Session, PhoneView, RoundView | None], Values] = nothing
    shows_voices: bool = False
    waits: Callable[[RoundView | None], bool] = never


def newest_round(session: Session, view: PhoneView) -> RoundView | None:
    """Return the round that is open, or else was last; read once for all phones of a room."""
    return read_once(view.workshop, "last round", lambda: last_round(session, view.workshop.id))


def revealed_rounds(session: Session, view: PhoneView) -> list[RoundView]:
    """Return the rounds whose outcome the room saw, the newest first."""
    rounds = read_once(view.workshop, "rounds", lambda: list_rounds(session, view.workshop.id))
    return [found for found in reversed(rounds) if found.phase == Phase.REVEALED]
