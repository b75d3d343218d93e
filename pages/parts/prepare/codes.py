"""Personal codes, for badges or paper."""

import streamlit as st

from models.installation.address import join_url
from models.storage.database import reading
from models.tables import Group
from models.workshop.participant import CODES_AT_ONCE, make_personal_codes
from models.workshop.people import list_participants, with_unused_code
from pages.parts.frame.acting import act
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _
from pages.parts.paper.downloads import print_badges
from pages.parts.prepare.groups import NO_GROUP


def personal_codes(room: RoomNow, groups: list[Group], address: str | None) -> None:
    """Draw the personal codes, each with its link, and room to make more."""
    st.header(_("Personal codes"), anchor=False)
    st.markdown(_("Print them on badges or on paper. One code is one participant, however many phones."))
    names = {group.id: group.name for group in groups}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            _("How many?"), min_value=1, max_value=CODES_AT_ONCE, value=10, key="codes_count", width=160
        )
        st.selectbox(
            _("For which group?"),
            [NO_GROUP, *names],
            format_func=lambda group_id: names.get(group_id, _("no group")),
            key="codes_group",
            width=280,
        )
        st.button(
            _("Make codes"),
            key="make_codes",
            icon=":material/add:",
            on_click=store_codes,
            args=(room.workshop_id,),
        )
    with reading() as session:
        printed = with_unused_code(list_participants(session, room.workshop_id))
    if not printed:
        st.markdown(_("There are no unused codes."))
        return
    print_badges(room)
    st.page_link(
        "paper.py", label=_("Print ballot sheets"), icon=":material/description:", query_params=room.link
    )
    headers = [_("Code"), _("Group"), *([_("Link")] if address else [])]
    table(
        headers,
        [
            [
                row.personal_code,
                row.group,
                *([join_url(address, room.workshop.code, row.personal_code)] if address else []),
            ]
            for row in printed
        ],
        caption=_("Codes that nobody has used yet"),
    )


def store_codes(workshop_id: int) -> None:
    """Make the codes that were asked for. For `on_click`."""
    act(
        make_personal_codes,
        workshop_id=workshop_id,
        count=int(st.session_state["codes_count"]),
        group_id=st.session_state["codes_group"] or None,
    )
