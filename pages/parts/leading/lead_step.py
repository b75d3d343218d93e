"""What who leads has of a step: its page, its words, and what the page Lead shows of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pages.parts.frame.room_now import RoomNow

# The page of the meeting itself: where the room is, who is here. A step without a page of its own is led there.
LEAD = "room.py"


@dataclass(frozen=True)
class LeadWords:
    """What a step is about, and what one does in it, in short sentences."""

    about: str
    to_do: Sequence[str]


@dataclass(frozen=True)
class LeadPage:
    """A page of its own for a step: a file in `pages/`, which gives its address. `icon` stands in the menu.

    The menu calls it by the step's name, or by `title`.
    """

    file: str
    icon: str
    title: Callable[[], str] | None = None

    @property
    def path(self) -> str:
        return self.file.removesuffix(".py")


@dataclass(frozen=True)
class LeadStep:
    """A step as who leads sees it. `summary` draws on the page Lead what there is to see of it now."""

    words: Callable[[], LeadWords]
    page: LeadPage | None = None
    summary: Callable[[RoomNow], None] | None = None
