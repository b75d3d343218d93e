"""Fields that store themselves when one leaves them, and a line that says when."""

from typing import Any

import streamlit as st

from exports.language import clock_time
from models.basics.clock import now
from pages.parts.frame.acting import Acted
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small_print


def note_stored(part: str, acted: Acted) -> None:
    """Remember for this window when `part` of the page was last stored."""
    if acted:
        st.session_state[f"stored_{part}"] = now()


def stored_now(part: str) -> dict[str, Any]:
    """Return the session's state in which `part` of the page was just stored; for `act_then`."""
    return {f"stored_{part}": now()}


def stored_line(part: str, time_zone: str) -> None:
    """Say that fields store themselves, or when they last did."""
    stored_at = st.session_state.get(f"stored_{part}")
    if stored_at is None:
        told = _("We store each field when you leave it.")
    else:
        told = _("Stored at {time}.").format(time=clock_time(stored_at, language(), time_zone))
    small_print(told)
