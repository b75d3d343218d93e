"""The partners and their personal links."""

from typing import Any

import streamlit as st

from exports.sentences import partner_kind_word
from models.alliance.partner import add_partner, change_partner, remove_partner, renew_partner_link
from models.basics.text import LINE_LIMIT, NAME_LIMIT
from models.basics.words import PartnerKind
from models.tables import Group, Partner
from pages.parts.frame.acting import act
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain
from pages.parts.leading.partner_link import own_page_message, partner_link, print_partner_links
from pages.parts.leading.withdraw_link import withdraw_link
from pages.parts.prepare.groups import NO_GROUP
from pages.parts.prepare.typed_fields import act_on_fields


def the_partners(room: RoomNow, partners: list[Partner], groups: list[Group], address: str | None) -> None:
    """Draw the partners with their personal links, and room for one more."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(_("Partners"), anchor=False)
        with st.popover(_("Add a partner"), icon=":material/add:", key="new_partner"):
            new_partner(room, groups)
    st.markdown(
        _(
            "A partner carries agreements and signs, by a personal link. "
            "Whoever has the link can sign: give it to one person."
        )
    )
    if partners:
        print_partner_links(room, address, key="print_links")
    else:
        st.markdown(_("There is no partner yet."))
    for partner in partners:
        told = f"{plain(partner.name)} · {partner_kind_word(partner.kind, language())}"
        if partner.representative:
            told += f" · {plain(partner.representative)}"
        with st.expander(told, key=f"partner_{partner.id}"):
            partner_fields(partner, groups)
            link_of_partner(room, partner, address)


def partner_fields(partner: Partner, groups: list[Group]) -> None:
    """Draw what we know of a partner, to change."""

    def key(field: str) -> str:
        return f"partner_{field}_{partner.id}"

    saves: dict[str, Any] = {"on_change": store_partner, "args": (partner.id,)}
    choices = [NO_GROUP, *(group.id for group in groups)]
    names = {group.id: group.name for group in groups}
    st.text_input(_("Name"), value=partner.name, key=key("name"), max_chars=LINE_LIMIT, **saves)
    left, right = st.columns(2)
    left.selectbox(
        _("Kind"),
        list(PartnerKind),
        index=list(PartnerKind).index(PartnerKind(partner.kind)),
        format_func=lambda kind: partner_kind_word(kind, language()),
        key=key("kind"),
        **saves,
    )
    right.selectbox(
        _("Group"),
        choices,
        index=choices.index(partner.group_id) if partner.group_id in choices else 0,
        format_func=lambda group_id: names.get(group_id, _("no group")),
        key=key("group"),
        **saves,
    )
    left.text_input(
        _("Who speaks for this partner?"),
        value=partner.representative,
        key=key("representative"),
        max_chars=NAME_LIMIT,
        **saves,
    )
    right.text_input(_("Role"), value=partner.role, key=key("role"), max_chars=NAME_LIMIT, **saves)
    st.button(
        _("Remove this partner"),
        key=key("remove"),
        icon=":material/remove:",
        on_click=_remove,
        args=(partner.id, partner.name),
    )


def _remove(partner_id: int, name: str) -> None:
    removed = act(remove_partner, partner_id=partner_id)
    if removed:
        tell(
            _("{partner} is removed. The link of {partner} opens nothing any more.").format(partner=name),
            removed.undo,
            undone=_("{partner} is back, with the same link.").format(partner=name),
        )


def store_partner(partner_id: int) -> None:
    """Store the fields of a partner. For `on_change`."""

    def typed(field: str) -> str:
        return st.session_state[f"partner_{field}_{partner_id}"] or ""

    act_on_fields(
        change_partner,
        partner_id=partner_id,
        kind=typed("kind"),
        name=typed("name"),
        representative=typed("representative"),
        role=typed("role"),
        group_id=st.session_state[f"partner_group_{partner_id}"] or None,
    )


def link_of_partner(room: RoomNow, partner: Partner, address: str | None) -> None:
    """Draw a partner's personal link, to scan or to send, and the way to withdraw it."""
    partner_link(
        room, partner, address, own_page_message(room, partner, address), key=f"link_of_{partner.id}"
    )
    if address is None:
        return
    name = plain(partner.name)
    withdraw_link(
        renew_partner_link,
        key=f"renew_link_{partner.id}",
        loses=_(
            "Who has the link of {partner} now cannot open it any more, also from a sheet that was printed. "
            "What was answered stays."
        ).format(partner=name),
        done=_("The old link of {partner} does not work any more. Send the new one.").format(
            partner=partner.name
        ),
        partner_id=partner.id,
        serial=partner.serial,
    )


def new_partner(room: RoomNow, groups: list[Group]) -> None:
    """Draw the fields of a new partner."""
    names = {group.id: group.name for group in groups}
    kind = st.selectbox(
        _("Kind"),
        list(PartnerKind),
        format_func=lambda kind: partner_kind_word(kind, language()),
        key="new_partner_kind",
    )
    name = st.text_input(_("Name"), key="new_partner_name", max_chars=LINE_LIMIT)
    representative = st.text_input(
        _("Who speaks for this partner?"), key="new_partner_person", max_chars=NAME_LIMIT
    )
    role = st.text_input(_("Role"), key="new_partner_role", max_chars=NAME_LIMIT)
    group_id = st.selectbox(
        _("Group"),
        [NO_GROUP, *names],
        format_func=lambda group_id: names.get(group_id, _("no group")),
        key="new_partner_group",
    )
    if st.button(_("Store this partner"), key="add_partner", icon=":material/check:"):
        added = act_on_fields(
            add_partner,
            alliance_id=room.alliance_id,
            kind=kind,
            name=name or "",
            representative=representative or "",
            role=role or "",
            group_id=group_id or None,
        )
        if added:
            for field in ("kind", "name", "person", "role", "group"):
                del st.session_state[f"new_partner_{field}"]
            st.rerun()
