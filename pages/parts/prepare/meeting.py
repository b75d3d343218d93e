"""Where and when the meeting is, and who may come in."""

from datetime import date

import streamlit as st

from models.basics.text import LINE_LIMIT
from models.basics.words import Door
from models.storage.database import reading
from models.workshop.workshop import change_workshop, read_workshop, set_door
from pages.parts.frame.acting import act
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.saving import note_stored, stored_line
from pages.parts.frame.words import gettext as _
from pages.parts.prepare.typed_fields import act_on_fields


def the_workshop(room: RoomNow) -> None:
    """Draw where and when, the door, and whether one needs a personal code."""
    workshop = room.workshop
    st.header(_("The meeting"), anchor=False)
    st.text_input(
        _("Where do you meet?"),
        value=workshop.venue,
        key=f"venue_{workshop.id}",
        max_chars=LINE_LIMIT,
        placeholder=_("Town hall, council chamber"),
        on_change=store_workshop,
        args=(workshop.id,),
    )
    left, right = st.columns(2)
    left.date_input(
        _("When?"),
        value=workshop.held_on,
        min_value=date(2020, 1, 1),
        format="DD-MM-YYYY",
        key=f"held_on_{workshop.id}",
        on_change=store_workshop,
        args=(workshop.id,),
    )
    right.date_input(
        _("Next meeting (may be empty)"),
        value=workshop.next_meeting_on,
        min_value=date(2020, 1, 1),
        format="DD-MM-YYYY",
        key=f"next_meeting_{workshop.id}",
        on_change=store_workshop,
        args=(workshop.id,),
    )
    st.radio(
        _("The door"),
        list(Door),
        index=list(Door).index(Door(workshop.door)),
        format_func=door_name,
        key=f"door_{workshop.id}",
        on_change=store_door,
        args=(workshop.id,),
    )
    st.checkbox(
        _("One needs a personal code to join"),
        value=workshop.needs_personal_code,
        key=f"needs_code_{workshop.id}",
        on_change=store_workshop,
        args=(workshop.id,),
    )
    stored_line("workshop", room.alliance.time_zone)


def door_name(door: Door) -> str:
    """Return who may come in, in a sentence."""
    return {
        Door.OPEN: _("Open: whoever has the code comes in"),
        Door.ASKS: _("Asks you: you let people in one by one"),
        Door.SHUT: _("Shut: nobody new comes in"),
    }[door]


def store_workshop(workshop_id: int) -> None:
    """Store the fields of the workshop. For `on_change`."""
    held_on = st.session_state[f"held_on_{workshop_id}"]
    if held_on is None:
        with reading() as session:
            held_on = read_workshop(session, workshop_id).held_on
    acted = act_on_fields(
        change_workshop,
        workshop_id=workshop_id,
        venue=st.session_state[f"venue_{workshop_id}"] or "",
        held_on=held_on,
        next_meeting_on=st.session_state[f"next_meeting_{workshop_id}"],
        needs_personal_code=st.session_state[f"needs_code_{workshop_id}"],
    )
    note_stored("workshop", acted)


def store_door(workshop_id: int) -> None:
    """Store the door. For `on_change`."""
    note_stored(
        "workshop", act(set_door, workshop_id=workshop_id, door=st.session_state[f"door_{workshop_id}"])
    )
