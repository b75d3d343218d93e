"""What is said of a step of a meeting."""

from collections.abc import Callable
from dataclasses import dataclass

Gettext = Callable[[str], str]


@dataclass(frozen=True)
class StepWords:
    """`name` without its number; `question` is what phones and projector ask the room."""

    name: str
    question: str


WordsOfStep = Callable[[Gettext], StepWords]


def welcome(_: Gettext) -> StepWords:
    """Return what is said of the first step, with which a meeting of every block begins."""
    return StepWords(_("Welcome"), _("Welcome. Join with your phone."))
