"""The next step of an alliance with its button, on its home and on its plan."""

import streamlit as st
from markupsafe import Markup

from exports.sentences.next_step import NextStepWords, next_step_words
from models.basics.clock import today
from models.basics.words import BuildingBlock
from models.next_step import Asks, NextStep
from models.planning.standing import PlanAsks, PlanStep
from models.tables import Alliance
from models.workshop.programme import BLOCKS
from pages.parts.frame.room_now import ALLIANCE, WORKSHOP
from pages.parts.frame.words import language
from pages.parts.home.meetings import plan_meeting

PLAN, SHOW, CHANGE = "plan.py", "show", "change"
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
# Where a block of the plan is begun and gone on with, where it has a page of its own.
PAGES_OF_BLOCKS = {BuildingBlock.BASELINE: "startfoto.py", BuildingBlock.MEDIATION: "mediation.py"}


def next_step_card(alliance: Alliance, step: NextStep, kicker: str, *, level: int = 1) -> None:
    """Draw what the alliance asks for next, in large type, with the button that does it. `level` is the heading's."""
    words = next_step_words(step, language(), alliance.time_zone)
    with st.container(key="next_step", horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.html(
                Markup('<p class="kick" dir="auto">{}</p>{}<p class="more" dir="auto">{}</p>').format(
                    kicker,
                    Markup("<h{level}>{words}</h{level}>").format(level=level, words=words.headline),
                    words.more,
                )
            )
        with st.container(width="content", key="next_step_action"):
            _way(alliance, step, words)


def _way(alliance: Alliance, step: NextStep, words: NextStepWords) -> None:
    if step.plan is not None:
        _way_of_plan(alliance, step.plan, words)
        return
    page_of_meeting = PAGES.get(step.asks)
    if page_of_meeting is not None and step.meeting is not None:
        st.page_link(
            page_of_meeting,
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


def _way_of_plan(alliance: Alliance, step: PlanStep, words: NextStepWords) -> None:
    """Draw the way to what the plan asks: the page of a block, the planning of its meeting, or the plan itself."""
    here, page = {ALLIANCE: str(alliance.id)}, PLAN
    if step.standing is not None and step.asks in (PlanAsks.BEGINNING, PlanAsks.GOING_ON):
        block = step.standing.block
        if block not in PAGES_OF_BLOCKS and block in BLOCKS:
            if st.button(words.action, key="plan_next", type="primary", icon=":material/arrow_forward:"):
                plan_meeting(alliance, block=block, venue="", held_on=today(alliance.time_zone))
            return
        page = PAGES_OF_BLOCKS.get(block, PLAN)
    else:
        here[SHOW] = CHANGE
    st.page_link(page, label=words.action, icon=":material/arrow_forward:", query_params=here)
