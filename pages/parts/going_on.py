"""Going on to the next step: the page changes first, and the room follows once the new page is there.

In this order, because the news that the room moves must not reach the page that is being left: it would look for
live parts that are gone.
"""

import streamlit as st

from models.words import Step
from models.workshop import take_room_to
from pages.parts.acting import act
from pages.parts.room_now import RoomNow
from pages.parts.step_bar import PAGE_OF_STEP

_FOLLOWS = "room_follows_to"


def go_on(
    room: RoomNow, step: Step, label: str, *, icon: str, is_primary: bool, is_ready: bool = True
) -> None:
    """Draw the button that leads to the page of `step` and takes the room along."""
    goes = st.button(
        label,
        key=f"go_on_to_{step}",
        icon=icon,
        type="primary" if is_primary else "secondary",
        disabled=not is_ready,
    )
    if goes:
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
