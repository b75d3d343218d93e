"""Which part of the home page one sees; the address says so."""

import streamlit as st

from pages.parts.frame.room_now import ALLIANCE

ALL = "all"
NEW = "new"


def go(where: str) -> None:
    """Show another part of this page. For a widget's `on_click`."""
    st.query_params[ALLIANCE] = where
