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
