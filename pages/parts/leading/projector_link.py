"""The projector: dark or light, and the read-only link for the town hall's own computer."""

import streamlit as st
from markupsafe import escape

from models.installation.address import projector_url, public_address
from models.server_key import projector_link_can_be_shown
from models.storage.database import reading
from models.tables import Workshop
from models.workshop.workshop import projector_token, read_workshop, renew_projector_link, set_projector_dark
from pages.parts.frame.acting import act, facilitator
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.leading.withdraw_link import withdraw_link

PROJECTOR = "room_projector"


@st.fragment(key=PROJECTOR)
def share_projector(room: RoomNow) -> None:
    """Draw the projector's colours and its read-only link. A live part with the key `room_projector`."""
    facilitator()
    st.subheader(_("Projector"), anchor=False)
    with reading() as session:
        address = public_address(session)
        workshop = read_workshop(session, room.workshop_id)
    dark_or_light(workshop)
    if address is None:
        st.markdown(_("Choose the address for phones first. Then the link appears here."))
        return
    if projector_link_can_be_shown(workshop):
        link = projector_url(address, projector_token(workshop))
        st.markdown(_("On another computer: open this link. It can only show."))
        st.html(f'<p class="link-text"><a href="{escape(link)}" target="_blank">{escape(link)}</a></p>')
    else:
        st.warning(
            _(
                "The server was started with another key, so we cannot show this link again. "
                "The link that was given out still works. For a new one: withdraw it."
            ),
            icon=":material/info:",
        )
    withdraw_link(
        renew_projector_link,
        key="renew_projector",
        loses=_("A screen that was opened by this link goes blank. Open the new link there."),
        done=_("The old link does not work any more. Open the new one on the projector's computer."),
        workshop_id=workshop.id,
        serial=workshop.projector_serial,
    )


def dark_or_light(workshop: Workshop) -> None:
    """Draw the switch for a dim room. It belongs to the room, so every window shows what is stored."""
    key = f"is_dark_{workshop.id}"
    st.session_state[key] = workshop.is_projector_dark
    st.toggle(_("Dark, for a dim room"), key=key, on_change=store_colours, args=(workshop.id, key))


def store_colours(workshop_id: int, key: str) -> None:
    """Store whether the projector is dark. For `on_change`."""
    act(set_projector_dark, workshop_id=workshop_id, is_dark=bool(st.session_state[key]))
