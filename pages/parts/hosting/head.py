"""The head of a table host's pages: whose meeting it is, what this page is for, and the way to the other one."""

import streamlit as st
from markupsafe import escape

from pages.parts.frame.room_now import Room
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain


def head(room: Room, title: str) -> None:
    """Draw the page's only h1 (`title`, plain text), and links to both pages."""
    with st.container(gap=None, key="page_head"):
        over_title = _("{alliance} · table host").format(alliance=room.alliance.name)
        st.html(f'<p class="over-title">{escape(over_title)}</p>')
        st.title(plain(title), anchor=False)
    with st.container(horizontal=True, key="pages_of_hosts"):
        for page, label, icon in (
            ("table.py", _("Proposals"), ":material/edit:"),
            ("paper.py", _("Paper votes"), ":material/description:"),
        ):
            st.page_link(page, label=label, icon=icon, width="content", query_params=room.link)
