"""The way to the page of paper votes."""

import streamlit as st

from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _


def to_paper_votes(room: RoomNow, *, says_what_for: bool = True) -> None:
    """Draw the link to print sheets and to type them in; short where the room votes already."""
    st.page_link(
        "paper.py",
        label=_("Paper votes: print and type in") if says_what_for else _("Paper votes"),
        icon=":material/description:",
        query_params=room.link,
    )
