"""An anonymous round in which too few voted: asked again with names, by one button."""

import streamlit as st

from models.basics.words import Secrecy
from models.voting.decision import has_no_outcome
from models.voting.round import ask_with_names
from models.voting.round_views import RoundView
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small
from pages.parts.voting.more_voices import voices_seen


def again_with_names(round_: RoundView, *, is_primary: bool = True) -> None:
    """Draw the button that asks again with names, and what that means; nothing where a round came to an outcome."""
    if not round_.can_be_asked_with_names:
        return
    st.button(
        _("Again, with names"),
        key="ask_with_names",
        icon=":material/badge:",
        type="primary" if is_primary else "secondary",
        on_click=_ask,
        args=(round_.id,),
    )
    small(_("The same text and the same rule. Only you see who chose what."))


def told_when_few(secrecy: str, people: int) -> None:
    """Draw, before a round opens, that with so few people it will have no outcome."""
    if not has_no_outcome(people, is_anonymous=secrecy == Secrecy.ANONYMOUS):
        return
    st.warning(
        _("Fewer than five people are here.")
        + " "
        + _(
            "With fewer than five votes an anonymous round has no outcome: it would tell what each one chose."
        )
        + " "
        + _("You can open it all the same, or choose to vote with names."),
        icon=":material/visibility_off:",
    )


def _ask(round_id: int) -> None:
    act_on_click(ask_with_names, round_id=round_id, voices_seen=voices_seen())
