"""The alliance's logo: chosen with a look at it, replaced, and taken away."""

import streamlit as st
from markupsafe import escape

from models.alliance.logo import remove_logo
from pages.parts.frame.acting import act
from pages.parts.frame.file_brought import Told, file_sent
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small_print


def the_logo(room: RoomNow) -> None:
    """Draw the alliance's logo as documents show it, and where it is chosen."""
    alliance = room.alliance
    address = f"/files/{room.workshop.code}/logo.png"
    st.header(_("Your logo"), anchor=False)
    if alliance.logo:
        st.html(
            f'<div class="logo"><img src="{escape(address)}?{alliance.logo[:12]}" alt="{escape(alliance.name)}"></div>'
        )
    with st.container(horizontal=True, vertical_alignment="top"):
        file_sent(
            _("Choose another logo") if alliance.logo else _("Choose a logo"),
            accepts=".png,.jpg,.jpeg,.svg",
            key="logo_file",
            address=address,
            then=_chosen,
        )
        if alliance.logo:
            st.button(
                _("Take the logo away"),
                key="no_logo",
                icon=":material/delete:",
                on_click=_take_away,
                args=(alliance.id,),
            )
    small_print(
        _(
            "PNG, JPEG or SVG, 5 MB at most. It stands on the first page of documents, and is frozen with the text: a "
            "document that was frozen keeps the logo that it had."
        )
    )


def _chosen(told: Told) -> None:
    event_id = told.get("event")
    tell(_("Stored. Documents show this logo from now on."), event_id if isinstance(event_id, int) else None)


def _take_away(alliance_id: int) -> None:
    removed = act(remove_logo, alliance_id=alliance_id)
    if removed:
        tell(_("Taken away. Documents show no logo from now on."), removed.undo)
