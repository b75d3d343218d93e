"""The read-only link for the town hall's own computer."""

import streamlit as st
from markupsafe import escape

from models.address import projector_url, public_address
from models.database import reading
from models.links import projector_token
from models.workshop import read_workshop, renew_projector_link
from pages.parts.acting import do
from pages.parts.room_now import RoomNow
from pages.parts.words import gettext as _


def share_projector(room: RoomNow) -> None:
    """Draw the read-only link for the town hall's own computer."""
    st.subheader(_("Projector"), anchor=False)
    with reading() as session:
        address = public_address(session)
        workshop = read_workshop(session, room.workshop_id)
    if address is None:
        st.markdown(_("Choose the address for phones first. Then the link appears here."))
        return
    link = projector_url(address, projector_token(workshop))
    st.markdown(_("On another computer: open this link. It can only show."))
    st.html(f'<p class="link-text"><a href="{escape(link)}" target="_blank">{escape(link)}</a></p>')
    st.button(
        _("Withdraw this link and make a new one"),
        key="renew_projector",
        icon=":material/history:",
        on_click=do,
        args=(renew_projector_link,),
        kwargs={"workshop_id": workshop.id},
    )
