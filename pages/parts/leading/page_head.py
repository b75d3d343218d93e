"""The head of every page of a workshop: its title, and at its end what one reads out or turns."""

from collections.abc import Callable
from html import escape

import streamlit as st
from markupsafe import Markup

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
    if here is not None:
        only_where_it_is_a_step(room, here)
    _head(room, title)


def only_where_it_is_a_step(room: RoomNow, here: str) -> None:
    """Lead to the page Lead from a page whose step `here` this meeting does not have. For pages without `page_head`."""
    if not programme(room.workshop.block).has(here):
        st.switch_page(LEAD, query_params=room.link)


def big_sentence(sentence: str | Markup, *, above: str = "") -> None:
    """Draw a page's only h1: the one sentence that says how it stands; `above` names in small what it is about."""
    kick = Markup('<p class="kick">{}</p>').format(above) if above else ""
    st.html(f'<div class="big-sentence">{kick}{Markup("<h1>{}</h1>").format(sentence)}</div>')


@st.fragment(key=HEAD)
def page_foot(room: RoomNow) -> None:
    """Draw, below a page that says its sentence itself, what one reads out or turns: the code, the screen's pages."""
    leader = facilitator()
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
    with st.container(horizontal=True, vertical_alignment="center", key="page_foot"):
        st.html(f'<p class="over-title">{escape(_whose_room(room, leader.name))}</p>')
        st.badge(_("Code {code}").format(code=workshop.code), icon=":material/link:", color="gray")
        projector_pages(workshop)


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
            st.html(f'<p class="over-title">{escape(_whose_room(room, leader.name))}</p>')
            st.title(plain(heading), anchor=False)
        with st.container(horizontal=True, width="content", vertical_alignment="center", key="head_tools"):
            projector_pages(workshop)
            st.badge(_("Code {code}").format(code=workshop.code), icon=":material/link:", color="gray")


def _whose_room(room: RoomNow, leader: str) -> str:
    return _("{alliance} · led by {name}").format(alliance=room.alliance.name, name=leader)
