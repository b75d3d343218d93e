"""The meetings of an alliance, and a place to add one."""

from datetime import date

import streamlit as st

from exports.language import day
from exports.sentences import step_name
from models.alliance import AllianceRow, WorkshopRow, add_workshop
from models.clock import today
from models.tables import Alliance
from models.text import LINE_LIMIT
from models.words import WorkshopState
from pages.parts.acting import act
from pages.parts.room_now import WORKSHOP
from pages.parts.words import gettext as _
from pages.parts.words import language, plain


def meeting_state(meeting: WorkshopRow) -> str:
    """Return where a meeting is, in a few words."""
    return {
        WorkshopState.PREPARED: _("prepared"),
        WorkshopState.OPEN: _("busy: {step}").format(step=step_name(meeting.step, language()).lower()),
        WorkshopState.OVER: _("over"),
    }[WorkshopState(meeting.state)]


def meetings(alliance: Alliance, row: AllianceRow) -> None:
    """Draw every meeting with the way in, and a place to add one."""
    with st.container(border=True, key="card_meetings"):
        for meeting in sorted(row.workshops, key=lambda one: (one.held_on, one.id), reverse=True):
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                told = _("**{day}**, {venue}, code {code}, {state}").format(
                    day=day(meeting.held_on, language(), style="long"),
                    venue=plain(meeting.venue or _("place not known yet")),
                    code=meeting.code,
                    state=meeting_state(meeting),
                )
                st.markdown(told)
                with st.container(horizontal=True, width="content"):
                    st.page_link(
                        "prepare.py",
                        label=_("Prepare {code}").format(code=meeting.code),
                        icon=":material/edit:",
                        query_params={WORKSHOP: meeting.code},
                    )
                    st.page_link(
                        "room.py",
                        label=_("Lead {code}").format(code=meeting.code),
                        icon=":material/play_arrow:",
                        query_params={WORKSHOP: meeting.code},
                    )
        with st.popover(_("Plan another meeting"), icon=":material/add:", key="another_meeting"):
            venue = st.text_input(_("Where do you meet?"), key="another_venue", max_chars=LINE_LIMIT)
            held_on = st.date_input(
                _("When?"),
                value=today(alliance.time_zone),
                format="DD-MM-YYYY",
                min_value=date(2020, 1, 1),
                key="another_day",
            )
            if st.button(_("Plan it"), key="add_workshop", icon=":material/check:"):
                added = act(add_workshop, alliance_id=alliance.id, venue=venue or "", held_on=held_on)
                if added:
                    st.switch_page("prepare.py", query_params={WORKSHOP: added.result.code})
