"""On to the next text: the form that opens a round on it comes into sight, with the focus on its button."""

from typing import Any

import streamlit as st

from pages.parts.frame.in_sight import bring_into_sight

_ASKED = "next_text_asked"


def shows_next_text() -> dict[str, Any]:
    """Return the session's state by which the page of voting brings the next text into sight; for `act_then`."""
    return {_ASKED: int(st.session_state.get(_ASKED, 0)) + 1}


def bring_next_text_into_sight() -> None:
    """Bring the form of the next round into sight where that was asked for, once. Call it where the form is drawn."""
    asked = st.session_state.get(_ASKED)
    if asked:
        bring_into_sight("card_next_round", "open_round", str(asked))
