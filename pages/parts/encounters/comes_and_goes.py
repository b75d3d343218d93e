"""Somebody without a phone comes in, and somebody goes home without saying so on a phone: who leads notes it."""

from collections.abc import Sequence

import streamlit as st

from models.alliance.groups import read_groups
from models.basics.errors import PersonalCodeUnknown
from models.basics.text import NAME_LIMIT
from models.encounters.plan import people_to_seat
from models.encounters.views import own_seat
from models.joining.without_phone import BroughtIn, bring_in
from models.storage.database import reading
from models.tables import Participant
from models.workshop.participant import note_back, note_left
from pages.parts.encounters.wishes import called
from pages.parts.frame.acting import act, facilitator, refuse
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.told import tell
from pages.parts.frame.whole_page import keep_message
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small

COMING_AND_GOING = "coming_and_going"
TURN, GOES = "comes_in_turn", "goes_home"
NAME, GROUP, CARD = "comes_in_name", "comes_in_group", "comes_in_card"


@st.fragment(key=COMING_AND_GOING)
def coming_and_going(room: RoomNow) -> None:
    """Draw the same on a page that has nothing else of the tables."""
    facilitator()
    with reading() as session:
        people = people_to_seat(session, room.workshop_id)
    comes_and_goes(room, people)


def comes_and_goes(room: RoomNow, people: Sequence[Participant]) -> None:
    """Draw the form for who comes without a phone, and the choice of who went home."""
    with reading() as session:
        groups = {group.id: group.name for group in read_groups(session, room.alliance.id)}
    # Each filling in has fields of its own: a second tap on the same ones brings in nobody.
    turn = st.session_state.get(TURN, 0)
    st.header(_("Somebody comes or goes"), anchor=False)
    small(_("Who has no phone gets a number here, and a table at once. Or type what is on a card or badge."))
    name, group, card = st.columns(3)
    name.text_input(_("Name (may be empty)"), key=f"{NAME}_{turn}", max_chars=NAME_LIMIT)
    group.selectbox(
        _("Group"),
        list(groups),
        index=None,
        format_func=groups.__getitem__,
        placeholder=_("no group"),
        key=f"{GROUP}_{turn}",
    )
    card.text_input(_("Number or code on a card (may be empty)"), key=f"{CARD}_{turn}", max_chars=60)
    st.button(
        _("Let somebody without a phone in"),
        key="bring_in",
        icon=":material/person_add:",
        on_click=_bring_in,
        args=(room, turn),
    )
    here = {person.id: called(person) for person in people}
    if not here:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="goes"):
        st.selectbox(
            _("Who went home without saying so on a phone?"),
            list(here),
            index=None,
            format_func=lambda person_id: here.get(person_id, ""),
            placeholder=_("Choose a participant"),
            key=GOES,
            width=360,
        )
        st.button(_("Went home"), key="went_home", icon=":material/remove:", on_click=_went_home)


def _bring_in(room: RoomNow, turn: int) -> None:
    if st.session_state.get(TURN, 0) != turn:
        return
    typed = {field: st.session_state.get(f"{field}_{turn}") for field in (NAME, GROUP, CARD)}
    if not any(typed.values()):
        keep_message(_("Fill in a name, a group or a card first."))
        return
    st.session_state[TURN] = turn + 1
    done = act(
        bring_in,
        handled=(PersonalCodeUnknown,),
        workshop_id=room.workshop_id,
        name=typed[NAME] or "",
        group_id=typed[GROUP],
        card=typed[CARD] or "",
    )
    if done.error is not None:
        for field, value in typed.items():
            st.session_state[f"{field}_{turn + 1}"] = value
        refuse(done.error)
        return
    tell(_told(room, done.result), note_left, participant_id=done.result.participant_id)


def _told(room: RoomNow, came: BroughtIn) -> str:
    number = came.number
    with reading() as session:
        seat = own_seat(session, room.workshop_id, came.participant_id)
    if seat is None:
        return _("Badge {number} is in, and gets a table once a round begins.").format(number=number)
    return _("Badge {number} is in, and sits at table {table}.").format(number=number, table=seat[0])


def _went_home() -> None:
    gone = st.session_state.get(GOES)
    if gone is not None:
        act(note_left, participant_id=gone)
        tell(_("Noted. This person has no seat in the coming rounds."), note_back, participant_id=gone)
