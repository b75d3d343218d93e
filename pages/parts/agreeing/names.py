"""Names that came from phones and wait for a tap: until then the room reads "a resident"."""

from collections.abc import Sequence

import streamlit as st

from exports.language import listed
from models.agreeing.names import WaitingName, refuse_name, show_names
from pages.parts.agreeing.listing import NAMES, NAMES_PLACE
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain


def waiting_names(room: RoomNow, names: Sequence[WaitingName]) -> None:
    """Draw the names that wait, what was done under each, and whether one looks like a partner. Nothing without any."""
    if not names:
        return
    with st.container(border=True, key=NAMES):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(_("Names that wait"), anchor=NAMES_PLACE)
            harmless = [name for name in names if name.looks_like is None]
            if len(harmless) > 1:
                st.button(
                    _("Let all {count} names through").format(count=len(harmless)),
                    key="show_all_names",
                    icon=":material/visibility:",
                    on_click=act_on_click,
                    args=(show_names,),
                    kwargs=_shown(room, harmless),
                )
        st.markdown(_("The room does not read these names yet. It reads: a resident."))
        for name in names:
            _waiting(room, name)


def _waiting(room: RoomNow, name: WaitingName) -> None:
    key = f"partner_{name.partner_id}" if name.partner_id is not None else f"offer_{name.supporter_id}"
    numbers = listed([str(number) for number in name.agreements], language())
    if name.partner_id is None:
        told = _("**{name}** offers help with agreement {numbers}.")
    else:
        told = ngettext(
            "**{name}** carries or helps with agreement {numbers}.",
            "**{name}** carries or helps with agreements {numbers}.",
            len(name.agreements),
        )
    with st.container(horizontal=True, vertical_alignment="center", key=f"name_{key}"):
        st.markdown(told.format(name=plain(name.name), numbers=numbers), width="stretch")
        st.button(
            _("Let the name through"),
            key=f"show_name_{key}",
            icon=":material/visibility:",
            on_click=act_on_click,
            args=(show_names,),
            kwargs=_shown(room, [name]),
        )
        st.button(
            _("Do not let it through"),
            key=f"refuse_name_{key}",
            icon=":material/visibility_off:",
            help=_("Takes back what was done under this name."),
            on_click=act_on_click,
            args=(refuse_name,),
            kwargs={
                "alliance_id": room.alliance_id,
                "partner_id": name.partner_id,
                "supporter_id": name.supporter_id,
            },
        )
    if name.looks_like is not None:
        st.warning(
            _(
                "This name looks like the partner {partner}. It was typed by somebody in the room: "
                "ask who it is first."
            ).format(partner=plain(name.looks_like)),
            icon=":material/info:",
        )


def _shown(room: RoomNow, names: Sequence[WaitingName]) -> dict[str, object]:
    return {
        "alliance_id": room.alliance_id,
        "partner_ids": [name.partner_id for name in names if name.partner_id is not None],
        "supporter_ids": [name.supporter_id for name in names if name.supporter_id is not None],
    }
