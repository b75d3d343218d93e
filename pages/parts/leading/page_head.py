"""The head of every page of a workshop: its title, and at its end what one reads out or turns."""

from collections.abc import Callable
from html import escape

import streamlit as st

from models.storage.database import reading
from models.tables import Workshop
from models.workshop.programme import programme
from models.workshop.workshop import read_workshop
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import HEAD
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain
from pages.parts.leading.lead_step import LEAD
from pages.parts.projector.turning import projector_pages


def page_head(room: RoomNow, title: str | Callable[[Workshop], str], *, here: str | None = None) -> None:
    """Draw the page's only h1 (`title`, plain text), the code of the room, and the pages of the projector.

    `here` is the step that this page serves: a page of a step that this meeting does not have leads to the page Lead.
    It follows the news by itself where the page calls `live`.
    """
    if here is not None and not programme(room.workshop.block).has(here):
        st.switch_page(LEAD, query_params=room.link)
    _head(room, title)


@st.fragment(key=HEAD)
def _head(room: RoomNow, title: str | Callable[[Workshop], str]) -> None:
    leader = facilitator()
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
    heading = title if isinstance(title, str) else title(workshop)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="page_head"
    ):
        with st.container(width="content", gap=None):
            over_title = _("{alliance} · led by {name}").format(alliance=room.alliance.name, name=leader.name)
            st.html(f'<p class="over-title">{escape(over_title)}</p>')
            st.title(plain(heading), anchor=False)
        with st.container(horizontal=True, width="content", vertical_alignment="center", key="head_tools"):
            projector_pages(workshop)
            st.badge(_("Code {code}").format(code=workshop.code), icon=":material/link:", color="gray")
