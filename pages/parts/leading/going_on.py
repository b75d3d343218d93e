"""Going on to the next step: the page changes first, and the room follows once the new page is there.

In this order, because the news that the room moves must not reach the page that is being left: it would look for
live parts that are gone.
"""

import streamlit as st

from exports.sentences import step_name
from models.basics.words import WorkshopState
from models.storage.database import reading
from models.workshop.programme import programme
from models.workshop.workshop import read_workshop, take_room_to
from pages.parts.frame.acting import act
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small
from pages.parts.leading.lead_steps import LEADING, page_of_step
from pages.parts.leading.step_bar import take_room_words

_FOLLOWS = "room_follows_to"


def go_on(room: RoomNow, *, after: str, is_primary: bool, icon: str | None = None, not_yet: str = "") -> None:
    """Draw the button that leads to the page of the step after `after` and takes the room along, where it is not there
    already. After the last step there is none. `icon` is that of the page, unless one is given.

    `not_yet` says why that cannot be done now; empty where it can.
    """
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
    block = programme(workshop.block)
    step = block.next(after)
    if step is None:
        return
    page = LEADING.of(block.name, step).page
    is_there = workshop.step == step and workshop.state == WorkshopState.OPEN
    goes = st.button(
        _("Go to {number} {step}").format(
            number=block.number(step), step=step_name(block.name, step, language())
        )
        if is_there
        else take_room_words(block.name, step),
        key=f"go_on_to_{step}",
        icon=icon or (page.icon if page else ":material/arrow_forward:"),
        type="primary" if is_primary else "secondary",
        disabled=bool(not_yet),
    )
    if not_yet:
        small(not_yet)
    if goes:
        if not is_there:
            st.session_state[_FOLLOWS] = step
        st.switch_page(page_of_step(block.name, step), query_params=room.link)


def let_room_follow(room: RoomNow, *steps: str) -> None:
    """Take the room to the one of `steps`, those of this page, for which one came here by `go_on`. Call it in the
    page's live part.

    It is done the second time that the part is drawn: by then the browser has left the other page.
    """
    follows = st.session_state.pop(_FOLLOWS, None)
    for step in steps:
        if follows == step:
            st.session_state[_FOLLOWS] = _arrived(step)
        elif follows == _arrived(step):
            act(take_room_to, workshop_id=room.workshop_id, step=step)
            st.rerun()


def _arrived(step: str) -> str:
    return f"{step}, arrived"
