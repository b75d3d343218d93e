"""The way to the page of paper votes."""

import streamlit as st

from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _


def to_paper_votes(room: RoomNow) -> None:
    """Draw the link to print sheets and to type them in."""
    st.page_link(
        "paper.py",
        label=_("Paper votes: print and type in"),
        icon=":material/description:",
        query_params=room.link,
    )
