"""Starting a misunderstood round over: asked first, and the old one is kept."""

import streamlit as st

from models.round import start_over
from models.round_views import RoundView
from pages.parts.panel import opens_panel
from pages.parts.storing import store
from pages.parts.words import gettext as _

START_OVER = "start_over"


def opens_start_over() -> bool:
    """Draw the button, and return whether its form is open."""
    return opens_panel(_("Start over"), key=START_OVER, icon=":material/history:")


def start_over_form(round_: RoundView) -> None:
    """Draw what starting over does, and the button that does it."""
    st.markdown(
        _(
            "The votes of this round do not count. It is kept, without a result. "
            "The same question opens again."
        )
    )
    st.button(
        _("Start this round over"),
        key="start_over_now",
        icon=":material/history:",
        on_click=_begin_again,
        args=(round_.id,),
    )


def _begin_again(round_id: int) -> None:
    store(start_over, then={START_OVER: False}, round_id=round_id)
