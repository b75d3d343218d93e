"""Which opening of a page this is: what is put in order when a page opens, stays in that order until it opens again."""

import streamlit as st

_PAGE, _OPENING = "page_that_is_open", "page_opening"


def note_page(path: str) -> None:
    """Note which page is drawn. Call it at every run of the whole page, before the page itself."""
    if st.session_state.get(_PAGE) != path:
        st.session_state[_PAGE] = path
        st.session_state[_OPENING] = opening() + 1


def opening() -> int:
    """Return a number that is another one each time a page is opened."""
    return int(st.session_state.get(_OPENING, 0))
