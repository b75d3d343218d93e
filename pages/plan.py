"""The plan of approach: what comes next, its months, what it says of each block, and what plays in this place."""

import streamlit as st
from markupsafe import Markup

from models.basics.clock import today
from models.next_step import next_step
from models.storage.database import reading
from models.workshop.meetings import list_workshops
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import live
from pages.parts.frame.room_now import workshop_at_hand
from pages.parts.frame.words import gettext as _
from pages.parts.home.months import line_of_months
from pages.parts.home.next_step import next_step_card
from pages.parts.plan.at_hand import CHANGE, MAP, PlanNow, plan_now, shown
from pages.parts.plan.blocks import blocks_of_the_plan
from pages.parts.plan.change import change_the_plan
from pages.parts.plan.head import plan_head, plan_style
from pages.parts.plan.map import who_matters

PLAN = "plan_now"


@st.fragment(key=PLAN)
def whole_plan(now: PlanNow) -> None:
    """Draw what comes next, the months and the blocks. A live part: who leads along sees what one changes."""
    facilitator()
    plan = now.read()
    with reading() as session:
        alliance = now.alliance
        step = next_step(session, alliance, list_workshops(session, alliance.id), today(alliance.time_zone))
    with st.container(key="plan_parts"):
        next_step_card(alliance, step, _("The next step"), level=2)
        with st.container(border=True, key="card_months"):
            line_of_months(plan)
        blocks_of_the_plan(now.id, plan)
        with st.container(border=True, key="card_dynamics"):
            st.html(
                Markup('<h2 class="small">{}</h2><p class="lines" dir="auto">{}</p>').format(
                    _("What plays here"), plan.dynamics or _("Nothing was written about this yet.")
                )
            )


plan_style()
now = plan_now()
face = shown()
if face == CHANGE:
    plan_head(now, _("Change the plan"), face)
    change_the_plan(now, now.read())
elif face == MAP:
    plan_head(now, _("Who matters"), face)
    who_matters(now)
else:
    plan_head(now, _("Plan of approach"), face)
    whole_plan(now)
    meeting = workshop_at_hand(now.leader)
    if meeting is not None and meeting.alliance_id == now.id:
        live(meeting.code, PLAN, has_head=False, is_gentle=True)
