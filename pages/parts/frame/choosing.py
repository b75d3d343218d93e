"""A list in which one row is chosen: one piece of HTML for any number of rows, with a card beside it about the one.

A row is an element with `data-row="7"`, and in it a button with `data-choose="7"`. The card is the container with the
key `card`; in it stand an element with `data-about="7"` and a heading of the second level.
"""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from pages.parts.frame.component import component
from pages.parts.frame.words import gettext as _

_component = component("handslag_choosing", __file__, isolates_styles=False)


def choosing(key: str, html: str, *, chosen: int, card: str, on_choose: Callable[[int], None]) -> None:
    """Draw the list with the row `chosen` marked; a tap on another calls `on_choose` with its number.

    Everything that people typed in `html` must be escaped.
    """

    def take() -> None:
        number = st.session_state[key].chosen
        if number:
            on_choose(number)

    _component(key=key, data={"html": html, "chosen": chosen, "card": card}, on_chosen_change=take)


def back_to_list() -> None:
    """Draw, in the card, the way back to the chosen row; it is seen on a narrow screen only."""
    st.html(Markup('<button type="button" class="back-to-list">{}</button>').format(_("Back to the list")))
