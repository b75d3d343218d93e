"""The link by which table hosts type for their table: made, shown and withdrawn."""

import streamlit as st
from markupsafe import escape

from models.installation.address import public_address, table_host_url
from models.server_key import table_host_link_can_be_shown
from models.storage.database import reading
from models.workshop.workshop import (
    make_table_host_link,
    read_workshop,
    table_host_token,
    withdraw_table_host_link,
)
from pages.parts.frame.acting import act_on_click, facilitator
from pages.parts.frame.copy_button import copy_button
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.leading.withdraw_link import withdraw_link

TABLE_HOSTS, WITHDRAW = "room_table_hosts", "withdraw_table_hosts"


@st.fragment(key=TABLE_HOSTS)
def share_with_table_hosts(room: RoomNow) -> None:
    """Draw the link for table hosts, or the button that makes one. A live part with the key `room_table_hosts`."""
    facilitator()
    st.subheader(_("Table hosts"), anchor=False)
    with reading() as session:
        address = public_address(session)
        workshop = read_workshop(session, room.workshop_id)
    st.markdown(
        _("With this link they type proposals for their table, and paper votes. They see nothing else.")
    )
    if address is None:
        st.markdown(_("Choose the address for phones first. Then the link appears here."))
        return
    if not workshop.table_host_token_hash:
        st.button(
            _("Make a link for table hosts"),
            key="make_table_host_link",
            icon=":material/link:",
            on_click=act_on_click,
            args=(make_table_host_link,),
            kwargs={"workshop_id": workshop.id},
        )
        return
    if table_host_link_can_be_shown(workshop):
        link = table_host_url(address, table_host_token(workshop))
        st.html(f'<p class="link-text"><a href="{escape(link)}" target="_blank">{escape(link)}</a></p>')
        copy_button(_("Copy link"), link, key="copy_table_host_link")
    else:
        st.warning(
            _(
                "The server was started with another key, so we cannot show this link again. "
                "The link that was given out still works. For a new one: withdraw it."
            ),
            icon=":material/info:",
        )
    withdraw_link(
        withdraw_table_host_link,
        key=WITHDRAW,
        label=_("Withdraw this link"),
        loses=_("Whoever came in by this link cannot type any more. What they typed stays."),
        done=_("The link does not work any more."),
        undone=_("The link works again, for who had it."),
        workshop_id=workshop.id,
    )
