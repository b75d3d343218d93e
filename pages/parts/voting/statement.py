"""The text that is voted on."""

import streamlit as st
from markupsafe import Markup, escape

from exports.agenda.difference import marked_difference
from models.basics.words import Phase
from models.voting.round_views import ItemView, RoundView
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small
from pages.parts.voting.subjects import subject_line


def statement(item: ItemView, round_: RoundView, *, is_alone: bool, says_which: bool = True) -> None:
    """Draw the text; large where it stands alone. `says_which` puts the numbers it has above it."""
    size = "statement" if is_alone else "statement one-of-several"
    with st.container(gap="xxsmall"):
        if says_which:
            small(subject_line(item, round_))
        if item.text_before is None or round_.phase != Phase.OPEN:
            st.html(f'<h2 class="{size}" dir="auto">{escape(item.text)}</h2>')
            return
        marked = Markup(marked_difference(item.text_before, item.text))
        st.html(f'<h2 class="{size}" dir="auto">{marked}</h2>')
        small(_("Struck through is gone, underlined is new. So it stands on the phones and the projector."))
