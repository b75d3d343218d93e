"""The meetings of an alliance: all of them, and a place to add one."""

from datetime import date

import streamlit as st

from exports.language import day
from exports.sentences import block_name, step_name
from models.alliance.alliance import AllianceRow
from models.basics.clock import today
from models.basics.text import LINE_LIMIT
from models.basics.words import BuildingBlock, WorkshopState
from models.photo.meeting import plan_startfoto
from models.tables import Alliance
from models.workshop.meetings import WorkshopRow, add_workshop
from models.workshop.programme import BLOCKS
from pages.parts.frame.acting import act
from pages.parts.frame.room_now import WORKSHOP
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain


def meeting_state(meeting: WorkshopRow) -> str:
    """Return where a meeting is, in a few words."""
    return {
        WorkshopState.PREPARED: _("prepared"),
        WorkshopState.OPEN: _("busy: {step}").format(
            step=step_name(meeting.block, meeting.step, language()).lower()
        ),
        WorkshopState.OVER: _("over"),
    }[WorkshopState(meeting.state)]


def told_of(meeting: WorkshopRow) -> str:
    """Return day, place, code and state of a meeting on one line, as Markdown; before them the building block, where
    there are meetings of several.
    """
    told = _("**{day}**, {venue}, code {code}, {state}").format(
        day=day(meeting.held_on, language(), style="long"),
        venue=plain(meeting.venue or _("place not known yet")),
        code=meeting.code,
        state=meeting_state(meeting),
    )
    return told if len(BLOCKS) == 1 else f"{plain(block_name(meeting.block, language()))} · {told}"


def plan_meeting(alliance: Alliance, *, block: str, venue: str, held_on: date) -> None:
    """Add a meeting of a building block, and go on to its preparation. A startfoto has one: that is where one goes."""
    if block == BuildingBlock.BASELINE:
        added = act(plan_startfoto, alliance_id=alliance.id, venue=venue, held_on=held_on)
    else:
        added = act(add_workshop, alliance_id=alliance.id, block=block, venue=venue, held_on=held_on)
    if added:
        st.switch_page("prepare.py", query_params={WORKSHOP: added.result.code})


def meetings(alliance: Alliance, row: AllianceRow) -> None:
    """Draw every meeting with the way in, and a place to add one."""
    with st.container(border=True, key="card_meetings"):
        for meeting in sorted(row.workshops, key=lambda one: (one.held_on, one.id), reverse=True):
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                st.markdown(told_of(meeting))
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
            block = (
                st.selectbox(
                    _("Which building block?"),
                    list(BLOCKS),
                    format_func=lambda block: block_name(block, language()),
                    key="another_block",
                    filter_mode=None,
                )
                if len(BLOCKS) > 1
                else None
            )
            venue = st.text_input(_("Where do you meet?"), key="another_venue", max_chars=LINE_LIMIT)
            held_on = st.date_input(
                _("When?"),
                value=today(alliance.time_zone),
                format="DD-MM-YYYY",
                min_value=date(2020, 1, 1),
                key="another_day",
            )
            if st.button(_("Plan it"), key="add_workshop", icon=":material/check:"):
                plan_meeting(
                    alliance, block=block or BuildingBlock.ALLIANCE, venue=venue or "", held_on=held_on
                )
