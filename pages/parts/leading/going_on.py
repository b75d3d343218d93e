"""Going on to the next step: the page changes first, and the room follows once the new page is there.

In this order, because the news that the room moves must not reach the page that is being left: it would look for
live parts that are gone.
"""

import streamlit as st

from exports.sentences import step_name
from models.basics.words import Step, WorkshopState
from models.storage.database import reading
from models.workshop.workshop import STEP_NUMBERS, read_workshop, take_room_to
from pages.parts.frame.acting import act
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small
from pages.parts.leading.step_bar import PAGE_OF_STEP, take_room_words

_FOLLOWS = "room_follows_to"


def go_on(room: RoomNow, step: Step, *, icon: str, is_primary: bool, not_yet: str = "") -> None:
    """Draw the button that leads to the page of `step` and takes the room along, where it is not there already.

    `not_yet` says why that cannot be done now; empty where it can.
    """
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
    is_there = workshop.step == step and workshop.state == WorkshopState.OPEN
    goes = st.button(
        _("Go to {number} {step}").format(number=STEP_NUMBERS[step], step=step_name(step, language()))
        if is_there
        else take_room_words(step),
        key=f"go_on_to_{step}",
        icon=icon,
        type="primary" if is_primary else "secondary",
        disabled=bool(not_yet),
    )
    if not_yet:
        small(not_yet)
    if goes:
        if not is_there:
            st.session_state[_FOLLOWS] = step
        st.switch_page(PAGE_OF_STEP[step], query_params=room.link)


def let_room_follow(room: RoomNow, step: Step) -> None:
    """Take the room to `step` where one came here by `go_on`. Call it in the page's live part.

    It is done the second time that the part is drawn: by then the browser has left the other page.
    """
    follows = st.session_state.pop(_FOLLOWS, None)
    if follows == step:
        st.session_state[_FOLLOWS] = _arrived(step)
    elif follows == _arrived(step):
        act(take_room_to, workshop_id=room.workshop_id, step=step)
        st.rerun()


def _arrived(step: Step) -> str:
    return f"{step}, arrived"
