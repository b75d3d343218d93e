"""One alliance: the next step, its building blocks, what happened, and its meetings."""

from functools import partial

import streamlit as st

from models.alliance.alliance import AllianceRow, read_alliance
from models.basics.clock import today
from models.basics.words import BuildingBlock
from models.next_step import next_step
from models.planning.reading import plan_as_it_stands
from models.storage.database import reading
from models.tables import Alliance
from models.workshop.meetings import list_workshops
from pages.parts.frame.acting import facilitator
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain
from pages.parts.home.card import Home, draw_card
from pages.parts.home.cards import card_of
from pages.parts.home.meetings import meetings, plan_meeting
from pages.parts.home.news import from_one_comes_another, just_happened
from pages.parts.home.next_step import next_step_card
from pages.parts.home.plan import plan_card
from pages.parts.home.where import ALL, go

HOME = "home"


def alliance_home(alliance: Alliance) -> None:
    """Draw the home of an alliance. What one plans here is asked outside the part that follows the news."""
    _now(alliance.id)
    with reading() as session:
        row = AllianceRow(alliance.id, alliance.name, alliance.place, list_workshops(session, alliance.id))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content"):
            st.header(_("Meetings"), anchor=False)
        with st.container(horizontal=True, width="content"):
            st.button(
                _("All alliances"), key="all_alliances", icon=":material/home:", on_click=go, args=(ALL,)
            )
    st.markdown(plain(alliance.purpose))
    meetings(alliance, row)


@st.fragment(key=HOME)
def _now(alliance_id: int) -> None:
    """Draw the next step, the four building blocks and what happened. A live part with the key `home`."""
    facilitator()
    with reading() as session:
        alliance = read_alliance(session, alliance_id)
        rows = list_workshops(session, alliance_id)
        step = next_step(session, alliance, rows, today(alliance.time_zone))
        home = Home(
            alliance,
            AllianceRow(alliance_id, alliance.name, alliance.place, rows),
            plan_as_it_stands(session, alliance, today(alliance.time_zone)),
        )
        cards = {block: card_of(block)(session, home) for block in BuildingBlock}
    with st.container(key="home_now"):
        next_step_card(alliance, step, _("{alliance} · the next step").format(alliance=alliance.name))
        with st.container(key="blocks"):
            for column, (block, card) in zip(st.columns(4, gap="small"), cards.items(), strict=True):
                with column:
                    draw_card(block, card, plan_meeting=partial(_plan, alliance, block))
        plan_card(alliance_id, home.plan)
        with st.container(key="home_news"):
            left, right = st.columns(2, gap="small")
            with left:
                just_happened(alliance)
            with right:
                from_one_comes_another(alliance, home.row)


def _plan(alliance: Alliance, block: BuildingBlock) -> None:
    plan_meeting(alliance, block=block, venue="", held_on=today(alliance.time_zone))
