"""The timer of an open round: it tells everyone how long there is, and closes nothing."""

from datetime import UTC, datetime

import streamlit as st

from models.basics.clock import now
from models.voting.round import LONGEST_TIMER_MINUTES, one_more_minute, set_timer
from models.voting.round_views import RoundView
from pages.parts.frame.acting import act_on_click, act_then
from pages.parts.frame.component import component
from pages.parts.frame.panel import opens_panel, panel_is_open
from pages.parts.frame.words import gettext as _

PANEL, MINUTES = "set_timer", "timer_minutes"
READY_MINUTES = 3

_component = component("handslag_timer", __file__, html='<p class="left" role="timer"></p>')


def time_left(round_: RoundView) -> None:
    """Draw how long the room still has, counting down; nothing without a timer."""
    if round_.ends_at is None:
        return
    _component(
        key=f"timer_{round_.id}",
        data={
            "ends": _milliseconds(round_.ends_at),
            "now": _milliseconds(now()),
            "words": _("{time} left"),
            "over": _("The time is up. The round stays open until you close it."),
        },
    )


def timer_buttons(round_: RoundView) -> None:
    """Draw what can be done with the timer."""
    if round_.ends_at is None:
        opens_panel(_("Set a timer"), key=PANEL, icon=":material/timer:")
        return
    time_left(round_)
    st.button(
        _("One more minute"),
        key="one_more_minute",
        icon=":material/more_time:",
        on_click=act_on_click,
        args=(one_more_minute,),
        kwargs={"round_id": round_.id},
    )
    st.button(
        _("Take the timer away"),
        key="timer_away",
        icon=":material/timer_off:",
        on_click=act_on_click,
        args=(set_timer,),
        kwargs={"round_id": round_.id, "minutes": None},
    )


def timer_form(round_: RoundView) -> None:
    """Draw the form of a timer, where its button was pressed."""
    if round_.ends_at is not None or not panel_is_open(PANEL):
        return
    with st.form("timer_form", border=False):
        st.number_input(
            _("How many minutes? Everyone sees them count down. The timer closes nothing."),
            min_value=1,
            max_value=LONGEST_TIMER_MINUTES,
            value=READY_MINUTES,
            step=1,
            key=MINUTES,
        )
        st.form_submit_button(
            _("Start the timer"),
            key="timer_start",
            icon=":material/timer:",
            on_click=_start,
            args=(round_.id,),
        )


def _start(round_id: int) -> None:
    act_then(set_timer, then={PANEL: False}, round_id=round_id, minutes=st.session_state[MINUTES])


def _milliseconds(moment: datetime) -> int:
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
