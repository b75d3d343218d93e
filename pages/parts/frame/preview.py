"""What the phones show now, small, beside what the facilitator does."""

import streamlit as st

from models.storage.database import reading
from models.workshop.workshop import read_workshop
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small_print

PREVIEW = "preview"


@st.fragment(key=PREVIEW)
def preview(room: RoomNow) -> None:
    """Draw a phone's page of this workshop, inert. A live part with the key `preview`."""
    with reading() as session:
        workshop = read_workshop(session, room.workshop_id)
    # Another address at every change of the room, so that the frame loads anew: also what phones only count.
    seen = f"{workshop.id}.{workshop.revision}"
    with st.container(key="phone_preview"):
        small_print(_("This is what phones see now"))
        st.iframe(
            f"/p/{workshop.code}/preview?seen={seen}",
            height=641,
            width=360,
            tab_index=-1,
            alt=_("A phone in the room"),
        )
