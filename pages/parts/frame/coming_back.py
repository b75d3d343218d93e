"""A window that was cut off, by a network or by a server that began anew, draws its whole page when it is back."""

from datetime import timedelta

import streamlit as st

# Longer than any meeting, and short enough for the clock of a browser, which counts to 24 days.
NEVER_DURING_A_MEETING = timedelta(days=1)


@st.fragment(key="draws_the_page_when_it_is_back", run_every=NEVER_DURING_A_MEETING)
def draws_the_page_when_it_is_back() -> None:
    """Draw nothing. Call it once on every page, in front of it.

    A server that began anew knows nothing of the parts of an open page: news and presses in them do nothing until the
    page is drawn whole. A window that is back asks for that only where a part was drawn last, or where something on the
    page runs by itself (Streamlit 1.67, `handleConnectionStateChanged`); a page at rest stayed as it was for ever.
    """
