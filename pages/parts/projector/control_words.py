"""The six words by which a room sees later that a text is still the same: with whatever stands frozen on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.parts.projector.screen import Room


@dataclass(frozen=True)
class ControlWords:
    """The words, and the language that they are in: that of the agenda, whatever the screen speaks."""

    words: Sequence[str] = ()
    language: str = ""


NO_WORDS = ControlWords()


def shown_words(room: Room, words: ControlWords) -> dict[str, Any]:
    """Return what `control_words.html` shows of the words; nothing while there are none."""
    return {"list": words.words, "language": words.language, "label": room.gettext("Control words")}
