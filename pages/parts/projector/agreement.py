"""An agreement as the room reads it, on a card and in a row."""

from dataclasses import dataclass
from datetime import date

from exports.language import day
from models.words import ProgressState
from pages.parts.projector.screen import Room, typed


@dataclass(frozen=True)
class ShownAgreement:
    """`owner` is a partner's name, or None; `is_accepted` tells whether that partner took it on.

    `state` is how far it is, one of `ProgressState`.
    """

    number: int
    what: str
    owner: str | None
    is_accepted: bool
    due_on: date | None = None
    state: str = ProgressState.TO_DO


def agreement_in_words(room: Room, agreement: ShownAgreement) -> dict[str, object]:
    """Return the number, the text, who carries it, and by when it is done."""
    return {
        "number": agreement.number,
        "what": typed(agreement.what),
        "owner": typed(_owner_line(room, agreement)),
        "owner_icon": "person" if agreement.owner else "front_hand",
        "when": day(agreement.due_on, room.language, style="long")
        if agreement.due_on
        else room.gettext("no date yet"),
    }


def _owner_line(room: Room, agreement: ShownAgreement) -> str:
    """Return who carries an agreement, that someone was asked, or that it is still free."""
    _ = room.gettext
    if agreement.owner is None:
        return _("Who takes this on?")
    if agreement.is_accepted:
        return agreement.owner
    return _("{partner} is asked").format(partner=agreement.owner)
