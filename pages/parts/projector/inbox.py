"""How many proposals wait for the facilitator: the room sees that its words came in, and not yet which."""

from dataclasses import dataclass

from markupsafe import Markup

from pages.parts.projector.screen import Room, bold


@dataclass(frozen=True)
class Inbox:
    """`count` proposals wait; `words` say so, with the number first, and `about` what happens with them."""

    count: int
    words: Markup
    about: str


def inbox_of(room: Room, waiting: int) -> Inbox:
    """Return what is told of `waiting` proposals; with none of them nothing is drawn."""
    return Inbox(
        waiting,
        bold(room.ngettext("{count} proposal came in", "{count} proposals came in", waiting), count=waiting),
        room.gettext("The facilitator reads them first. Then you see them here."),
    )
