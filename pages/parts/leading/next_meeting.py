"""When the alliance meets again: asked before the text is frozen, since it stands in the document."""

from datetime import date

import streamlit as st

from exports.language import day
from models.tables import Workshop
from models.workshop.workshop import change_workshop
from pages.parts.frame.acting import act
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small

NEXT_MEETING = "next_meeting_on"


def next_meeting(workshop: Workshop) -> None:
    """Draw the day of the next meeting; it is stored at once, and it says so."""
    next_meeting_field(workshop)
    if workshop.next_meeting_on is not None:
        stored = _("Stored: {day}.").format(day=day(workshop.next_meeting_on, language()))
        small(stored)


def next_meeting_field(workshop: Workshop) -> None:
    """Draw the field of the day of the next meeting; it is stored at once."""
    st.session_state[NEXT_MEETING] = workshop.next_meeting_on

    def store_date() -> None:
        act(
            change_workshop,
            workshop_id=workshop.id,
            venue=workshop.venue,
            held_on=workshop.held_on,
            next_meeting_on=st.session_state[NEXT_MEETING],
            needs_personal_code=workshop.needs_personal_code,
        )

    st.date_input(
        _("Next meeting"),
        key=NEXT_MEETING,
        format="DD-MM-YYYY",
        min_value=date(2000, 1, 1),
        width=320,
        on_change=store_date,
    )
