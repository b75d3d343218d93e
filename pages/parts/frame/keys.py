"""The keys of who leads: Page Up and Page Down turn the wall of the projector, B makes it blank and brings it back.

A letter counts only while one does not type, choose in a list, or answer a dialog.
"""

import json
from collections.abc import Callable, Mapping

import streamlit as st

from pages.parts.frame.component import component

_component = component("handslag_page_keys", __file__)

KEYS, ANSWERED = "page_keys", "page_keys_answered"
BLANK, PAGE_ON, PAGE_BACK = "b", "PageDown", "PageUp"


@st.fragment(key=KEYS)
def page_keys(deeds: Mapping[str, Callable[[], None]]) -> None:
    """Listen to keys, by their name in the browser, letters small. Call it outside every other fragment."""

    def answer() -> None:
        for number, key in st.session_state[KEYS].pressed or []:
            if number > st.session_state.get(ANSWERED, 0):
                st.session_state[ANSWERED] = number
                if key in deeds:
                    deeds[key]()

    _component(
        key=KEYS,
        data={"answered": st.session_state.get(ANSWERED, 0), "keys": json.dumps(list(deeds))},
        on_pressed_change=answer,
    )
