"""Agreements on the projector and the phones, or off them: one tap, and the message that tells of it undoes it."""

from collections.abc import Sequence

from models.agreeing.agreement import hide_agreement, show_agreements
from pages.parts.frame.acting import act
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext


def show(agreement_ids: Sequence[int]) -> None:
    """Show agreements to everyone. For `on_click`."""
    ids = list(agreement_ids)
    acted = act(show_agreements, agreement_ids=ids)
    if acted:
        words = ngettext(
            "{count} agreement is shown to everyone.", "{count} agreements are shown to everyone.", len(ids)
        )
        tell(words.format(count=len(ids)), acted.undo)


def take_off(agreement_id: int) -> None:
    """Take an agreement off the projector and the phones. For `on_click`."""
    acted = act(hide_agreement, agreement_id=agreement_id)
    if acted:
        tell(_("Off the screen and the phones. It stays here."), acted.undo)
