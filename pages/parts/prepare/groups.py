"""The groups for which votes count."""

import streamlit as st

from models.alliance.groups import GROUP_LIMIT, add_group, group_name_is_sensitive, remove_group, rename_group
from models.tables import Group
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import plain
from pages.parts.home.alliance_fields import sensitive_group_hint
from pages.parts.prepare.typed_fields import act_on_fields

NO_GROUP = 0


def the_groups(room: RoomNow, groups: list[Group]) -> None:
    """Draw the groups, each to rename or remove, and room for one more."""
    st.header(_("Groups"), anchor=False)
    st.markdown(_("Participants choose for which group their vote counts."))
    for place, group in enumerate(groups, start=1):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                _("Group {number}").format(number=place),
                value=group.name,
                key=f"group_{group.id}",
                max_chars=GROUP_LIMIT,
                on_change=store_group,
                args=(group.id,),
            )
            st.button(
                _("Remove"),
                key=f"remove_group_{group.id}",
                icon=":material/remove:",
                help=_("Remove {group}").format(group=plain(group.name)),
                on_click=act_on_click,
                args=(remove_group,),
                kwargs={"group_id": group.id},
            )
        if group_name_is_sensitive(group.name):
            sensitive_group_hint(group.name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("One more group"), key="new_group", max_chars=GROUP_LIMIT, placeholder=_("Schools"))
        st.button(
            _("Add"),
            key="add_group",
            icon=":material/add:",
            on_click=store_new_group,
            args=(room.alliance_id,),
        )


def store_group(group_id: int) -> None:
    """Store the new name of a group. For `on_change`."""
    act_on_fields(rename_group, group_id=group_id, name=st.session_state[f"group_{group_id}"] or "")


def store_new_group(alliance_id: int) -> None:
    """Store the group that was typed, and empty the field. For `on_click`."""
    if act_on_fields(add_group, alliance_id=alliance_id, name=st.session_state["new_group"] or ""):
        st.session_state["new_group"] = ""
