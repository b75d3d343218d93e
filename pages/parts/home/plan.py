"""The plan of approach on the home of an alliance: its line of months, and what comes next in it."""

import streamlit as st
from markupsafe import Markup

from exports.sentences.plan import plan_headline
from models.planning.reading import Plan
from pages.parts.frame.room_now import ALLIANCE
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language
from pages.parts.home.months import line_of_months
from pages.parts.home.next_step import PLAN


def plan_card(alliance_id: int, plan: Plan) -> None:
    """Draw the plan as a line, with the way to it."""
    with st.container(border=True, key="card_plan"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(
                Markup('<h2 class="small">{}</h2><p class="lines">{}</p>').format(
                    _("Plan of approach"), plan_headline(plan.step, language())
                ),
                width="content",
            )
            st.page_link(
                PLAN,
                label=_("Look at the plan"),
                icon=":material/arrow_forward:",
                query_params={ALLIANCE: str(alliance_id)},
            )
        line_of_months(plan)
