"""One alliance: the next step, its building blocks, what happened, and its meetings."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from exports.sentences.next_step import NextStepWords, next_step_words
from models.alliance.alliance import AllianceRow, read_alliance
from models.basics.clock import today
from models.basics.words import BuildingBlock
from models.next_step import Asks, NextStep, next_step
from models.storage.database import reading
from models.tables import Alliance
from models.workshop.meetings import list_workshops
from pages.parts.frame.acting import facilitator
from pages.parts.frame.room_now import WORKSHOP
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain
from pages.parts.home.card import Home, draw_card
from pages.parts.home.cards import card_of
from pages.parts.home.meetings import meetings, plan_meeting
from pages.parts.home.news import from_one_comes_another, just_happened
from pages.parts.home.plan import plan_of_approach
from pages.parts.home.where import ALL, go

HOME = "home"
_OPENS_PLAN = "home_opens_plan"
# Where each thing that is asked for is done. Meetings are planned here.
PAGES = {
    Asks.PARTNERS: "prepare.py",
    Asks.PREPARING: "prepare.py",
    Asks.ADDRESS: "prepare.py",
    Asks.BEGINNING: "room.py",
    Asks.LEADING: "room.py",
    Asks.FREEZING: "sign.py",
    Asks.CLOSING: "sign.py",
    Asks.CALLING: "progress.py",
    Asks.FOLLOWING: "progress.py",
}


def alliance_home(alliance: Alliance) -> None:
    """Draw the home of an alliance. What one plans here is asked outside the part that follows the news."""
    if st.session_state.pop(_OPENS_PLAN, False):
        plan_of_approach(alliance)
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
            st.button(_("Plan of approach"), key="plan", icon=":material/edit:", on_click=open_plan)
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
            {entry["block"]: entry.get("reason", "") for entry in alliance.blocks},
        )
        cards = {block: card_of(block)(session, home) for block in BuildingBlock}
    with st.container(key="home_now"):
        _next_step(alliance, step)
        with st.container(key="blocks"):
            for column, (block, card) in zip(st.columns(4, gap="small"), cards.items(), strict=True):
                with column:
                    draw_card(block, card, plan_meeting=partial(_plan, alliance, block), open_plan=open_plan)
        with st.container(key="home_news"):
            left, right = st.columns(2, gap="small")
            with left:
                just_happened(alliance)
            with right:
                from_one_comes_another(alliance, home.row)


def _next_step(alliance: Alliance, step: NextStep) -> None:
    words = next_step_words(step, language(), alliance.time_zone)
    with st.container(key="next_step", horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            kicker = _("{alliance} · the next step").format(alliance=alliance.name)
            st.html(
                Markup('<p class="kick" dir="auto">{}</p><h1>{}</h1><p class="more">{}</p>').format(
                    kicker, words.headline, words.more
                )
            )
        with st.container(width="content", key="next_step_action"):
            _way(alliance, step, words)


def _way(alliance: Alliance, step: NextStep, words: NextStepWords) -> None:
    page = PAGES.get(step.asks)
    if page is not None and step.meeting is not None:
        st.page_link(
            page,
            label=words.action,
            icon=":material/arrow_forward:",
            query_params={WORKSHOP: step.meeting.code},
        )
    elif st.button(words.action, key="plan_next", type="primary", icon=":material/arrow_forward:"):
        plan_meeting(
            alliance,
            block=step.meeting.block if step.meeting else BuildingBlock.ALLIANCE,
            venue="",
            held_on=step.next_on or today(alliance.time_zone),
        )


def _plan(alliance: Alliance, block: BuildingBlock) -> None:
    plan_meeting(alliance, block=block, venue="", held_on=today(alliance.time_zone))


def open_plan() -> None:
    """Open the plan of approach. For `on_click`, also in the part that follows the news."""
    st.session_state[_OPENS_PLAN] = True
    st.rerun()
