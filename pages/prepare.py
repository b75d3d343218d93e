"""Everything that must be ready before people come in."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import escape

from exports.accent import corrected
from exports.drawings import qr_svg
from exports.language import day_and_time
from exports.sentences import partner_kind_word
from models.address import (
    choose_address,
    is_fixed,
    is_lasting,
    join_url,
    machine_addresses,
    partner_url,
    public_address,
    reach_url,
    read_reached,
    short_address,
)
from models.alliance import (
    GROUP_LIMIT,
    add_group,
    change_alliance,
    group_name_is_sensitive,
    read_groups,
    remove_group,
    rename_group,
)
from models.database import reading
from models.links import partner_token
from models.participant import CODES_AT_ONCE, make_personal_codes
from models.partner import add_partner, change_partner, read_partners, remove_partner, renew_partner_link
from models.people import list_participants
from models.tables import Group, Partner
from models.text import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT, STATEMENT_LIMIT
from models.words import Door, Language, PartnerKind
from models.workshop import change_workshop, read_workshop, set_door
from pages.parts.acting import Acted, act, do, refuse_with
from pages.parts.alliance_fields import (
    TIME_ZONES,
    TYPING_ERRORS,
    language_name,
    sensitive_group_hint,
    what_is_missing,
)
from pages.parts.live import live
from pages.parts.picture import show_picture
from pages.parts.room_now import RoomNow, room_now
from pages.parts.saving import note_stored, stored_line
from pages.parts.step_bar import step_bar
from pages.parts.table import table
from pages.parts.words import gettext as _
from pages.parts.words import language, plain, small_print

OUR_COLOUR = "#17513F"
OWN_ADDRESS = "own"
NO_GROUP = 0
QR_WIDTH = "190px"


def show() -> None:
    """Draw the page of the chosen workshop."""
    room = room_now()
    step_bar(room, _("Prepare"))
    with reading() as session:
        address = public_address(session)
        groups = read_groups(session, room.alliance_id)
        partners = read_partners(session, room.alliance_id)
    left, right = st.columns(2)
    with left:
        with st.container(border=True, key="card_workshop"):
            the_workshop(room)
        with st.container(border=True, key="card_alliance"):
            the_alliance(room)
        with st.container(border=True, key="card_accent"):
            the_accent(room)
    with right:
        with st.container(border=True, key="card_address"):
            the_address(room, address)
        with st.container(border=True, key="card_groups"):
            the_groups(room, groups)
    with st.container(border=True, key="card_partners"):
        the_partners(room, partners, groups, address)
    with st.container(border=True, key="card_codes"):
        personal_codes(room, groups, address)
    if st.button(_("To the room"), key="to_the_room", type="primary", icon=":material/play_arrow:"):
        st.switch_page("room.py", query_params=room.link)
    live(room.workshop.code)


def store(action: Callable[..., Any], **arguments: Any) -> Acted:
    """Do an action with typed fields, and name the field that stands in the way."""
    acted = act(action, handled=TYPING_ERRORS, **arguments)
    if acted.error is not None:
        refuse_with(what_is_missing(acted.error))
    return acted


# ---- the workshop


def the_workshop(room: RoomNow) -> None:
    """Draw where and when, the door, and whether one needs a personal code."""
    workshop = room.workshop
    st.header(_("The meeting"), anchor=False)
    st.text_input(
        _("Where do you meet?"),
        value=workshop.venue,
        key=f"venue_{workshop.id}",
        max_chars=LINE_LIMIT,
        placeholder=_("Town hall, council chamber"),
        on_change=store_workshop,
        args=(workshop.id,),
    )
    left, right = st.columns(2)
    left.date_input(
        _("When?"),
        value=workshop.held_on,
        min_value=date(2020, 1, 1),
        format="DD-MM-YYYY",
        key=f"held_on_{workshop.id}",
        on_change=store_workshop,
        args=(workshop.id,),
    )
    right.date_input(
        _("Next meeting (may be empty)"),
        value=workshop.next_meeting_on,
        min_value=date(2020, 1, 1),
        format="DD-MM-YYYY",
        key=f"next_meeting_{workshop.id}",
        on_change=store_workshop,
        args=(workshop.id,),
    )
    st.radio(
        _("The door"),
        list(Door),
        index=list(Door).index(Door(workshop.door)),
        format_func=door_name,
        key=f"door_{workshop.id}",
        on_change=store_door,
        args=(workshop.id,),
    )
    st.checkbox(
        _("One needs a personal code to join"),
        value=workshop.needs_personal_code,
        key=f"needs_code_{workshop.id}",
        on_change=store_workshop,
        args=(workshop.id,),
    )
    stored_line("workshop", room.alliance.time_zone)


def door_name(door: Door) -> str:
    """Return who may come in, in a sentence."""
    return {
        Door.OPEN: _("Open: whoever has the code comes in"),
        Door.ASKS: _("Asks you: you let people in one by one"),
        Door.SHUT: _("Shut: nobody new comes in"),
    }[door]


def store_workshop(workshop_id: int) -> None:
    """Store the fields of the workshop. For `on_change`."""
    held_on = st.session_state[f"held_on_{workshop_id}"]
    if held_on is None:
        with reading() as session:
            held_on = read_workshop(session, workshop_id).held_on
    acted = store(
        change_workshop,
        workshop_id=workshop_id,
        venue=st.session_state[f"venue_{workshop_id}"] or "",
        held_on=held_on,
        next_meeting_on=st.session_state[f"next_meeting_{workshop_id}"],
        needs_personal_code=st.session_state[f"needs_code_{workshop_id}"],
    )
    note_stored("workshop", acted)


def store_door(workshop_id: int) -> None:
    """Store the door. For `on_change`."""
    note_stored(
        "workshop", act(set_door, workshop_id=workshop_id, door=st.session_state[f"door_{workshop_id}"])
    )


# ---- the address


def the_address(room: RoomNow, address: str | None) -> None:
    """Draw the address that phones use, and whether a phone reached us by it."""
    st.header(_("The address for phones"), anchor=False)
    if is_fixed():
        st.markdown(_("This address was set for this server. Everyone can use it."))
    else:
        choose_an_address(address)
    if address is None:
        return
    left, right = st.columns([1, 1.3], vertical_alignment="center")
    with left:
        alternative = _("QR code that opens {address}").format(address=short_address(address))
        show_picture(qr_svg(reach_url(address), label=alternative), alternative, width=QR_WIDTH)
    with right:
        st.markdown(f"### {plain(short_address(address))}")
        st.markdown(_("Scan this with your own phone. Then we know that phones can find us."))
        with reading() as session:
            reached = read_reached(session)
        if reached and reached[0] == address:
            when = day_and_time(reached[1], language(), room.alliance.time_zone)
            st.success(
                _("A phone reached us by this address, {when}.").format(when=when),
                icon=":material/check_circle:",
            )
        else:
            st.warning(
                _("No phone has reached us by this address yet. Did you scan it? Then look again."),
                icon=":material/info:",
            )
            st.button(_("Look again"), key="look_again", icon=":material/history:")
    if not is_lasting(address):
        small_print(
            _(
                "This address works only in this building, while this computer is on. "
                "Links in the document need a lasting one."
            )
        )


def own_port() -> int:
    """Return the port by which this page was opened."""
    parts = urlsplit(st.context.url or "")
    return parts.port or (443 if parts.scheme == "https" else 80)


def choose_an_address(address: str | None) -> None:
    """Draw this machine's addresses and room for another one."""
    options = machine_addresses(own_port())
    typed = address if address and address not in options else ""
    if typed:
        options.insert(0, typed)
    options.append(OWN_ADDRESS)
    # A choice of its own for each typed address: a browser would hold on to "another address".
    key = f"address_choice_{typed}"
    with st.container(key="address_choice"):
        chosen = st.radio(
            _("By which address can phones find this computer?"),
            options,
            index=options.index(address) if address else None,
            format_func=lambda option: (
                _("another address") if option == OWN_ADDRESS else short_address(option)
            ),
            key=key,
            on_change=store_address,
            args=(key,),
        )
    if chosen == OWN_ADDRESS:
        st.text_input(
            _("Type the address"),
            key="address_typed",
            placeholder="https://merenveld.example",
            on_change=store_typed_address,
        )


def store_address(key: str) -> None:
    """Store the address that was chosen. For `on_change`."""
    chosen = st.session_state[key]
    if chosen and chosen != OWN_ADDRESS:
        act(choose_address, address=chosen)


def store_typed_address() -> None:
    """Store the address that was typed. For `on_change`."""
    if typed := st.session_state["address_typed"]:
        act(choose_address, address=typed)


# ---- the alliance


def the_alliance(room: RoomNow) -> None:
    """Draw what the alliance says of itself."""
    alliance = room.alliance
    st.header(_("The alliance"), anchor=False)

    def key(field: str) -> str:
        return f"alliance_{field}_{alliance.id}"

    saves: dict[str, Any] = {"on_change": store_alliance, "args": (alliance.id, alliance.accent)}
    left, right = st.columns(2)
    left.text_input(
        _("Name of the alliance"), value=alliance.name, key=key("name"), max_chars=LINE_LIMIT, **saves
    )
    right.text_input(_("Place"), value=alliance.place, key=key("place"), max_chars=LINE_LIMIT, **saves)
    st.text_area(
        _("What is it for?"),
        value=alliance.purpose,
        key=key("purpose"),
        max_chars=STATEMENT_LIMIT,
        height=90,
        **saves,
    )
    st.text_input(
        _("Whom can participants call, write or app?"),
        value=alliance.contact,
        key=key("contact"),
        max_chars=NOTE_LIMIT,
        **saves,
    )
    small_print(_("This stands at the foot of every phone page."))
    left, right = st.columns(2)
    left.selectbox(
        _("Language of the document"),
        list(Language),
        index=list(Language).index(Language(alliance.language)),
        format_func=language_name,
        key=key("language"),
        **saves,
    )
    zones = TIME_ZONES if alliance.time_zone in TIME_ZONES else [alliance.time_zone, *TIME_ZONES]
    right.selectbox(
        _("Time zone"), zones, index=zones.index(alliance.time_zone), key=key("time_zone"), **saves
    )
    stored_line("alliance", alliance.time_zone)


def store_alliance(alliance_id: int, accent: str | None) -> None:
    """Store the fields of the alliance, with `accent` as its colour. For `on_change`."""
    fields = ("name", "place", "purpose", "contact", "language", "time_zone")
    typed: dict[str, Any] = {
        field: st.session_state[f"alliance_{field}_{alliance_id}"] or "" for field in fields
    }
    note_stored("alliance", store(change_alliance, alliance_id=alliance_id, accent=accent, **typed))


def the_accent(room: RoomNow) -> None:
    """Draw the alliance's own colour, and what we make of it so that everyone can read it."""
    alliance = room.alliance
    st.header(_("Your colour · how we use it"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.color_picker(
            _("Your colour"),
            value=alliance.accent or OUR_COLOUR,
            key=f"accent_{alliance.id}",
            on_change=store_accent,
            args=(alliance.id,),
        )
        if alliance.accent:
            st.button(
                _("Use the colour of Handslag"),
                key="no_accent",
                icon=":material/undo:",
                on_click=forget_accent,
                args=(alliance.id,),
            )
    given = alliance.accent or OUR_COLOUR
    ours = corrected(given)
    st.html(
        '<div class="swatches">'
        + swatch(given, _("Your colour"))
        + swatch(ours.accent, _("Buttons and bars"))
        + swatch(ours.tint, _("Behind text"))
        + "</div>"
    )
    small_print(_("We make it darker until everyone can read it. The colours of votes stay as they are."))


def swatch(colour: str, label: str) -> str:
    """Return one colour with its name and number, as HTML."""
    return (
        f'<div class="swatch"><b style="background:{escape(colour)}"></b>'
        f"<span>{escape(label)}<br>{escape(colour)}</span></div>"
    )


def store_accent(alliance_id: int) -> None:
    """Store the colour. For `on_change`."""
    store_alliance(alliance_id, st.session_state[f"accent_{alliance_id}"])


def forget_accent(alliance_id: int) -> None:
    """Go back to our own colour. For `on_click`."""
    del st.session_state[f"accent_{alliance_id}"]
    store_alliance(alliance_id, None)


# ---- groups


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
                on_click=do,
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
    store(rename_group, group_id=group_id, name=st.session_state[f"group_{group_id}"] or "")


def store_new_group(alliance_id: int) -> None:
    """Store the group that was typed, and empty the field. For `on_click`."""
    if store(add_group, alliance_id=alliance_id, name=st.session_state["new_group"] or ""):
        st.session_state["new_group"] = ""


# ---- partners


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
    if not partners:
        st.markdown(_("There is no partner yet."))
    for partner in partners:
        told = f"{plain(partner.name)} · {partner_kind_word(partner.kind, language())}"
        if partner.representative:
            told += f" · {plain(partner.representative)}"
        with st.expander(told, key=f"partner_{partner.id}"):
            fields, link = st.columns([1.5, 1])
            with fields:
                partner_fields(partner, groups)
            with link:
                partner_link(partner, address)


def partner_fields(partner: Partner, groups: list[Group]) -> None:
    """Draw what we know of a partner, to change."""

    def key(field: str) -> str:
        return f"partner_{field}_{partner.id}"

    saves: dict[str, Any] = {"on_change": store_partner, "args": (partner.id,)}
    choices = [NO_GROUP, *(group.id or 0 for group in groups)]
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
        on_click=do,
        args=(remove_partner,),
        kwargs={"partner_id": partner.id},
    )


def store_partner(partner_id: int) -> None:
    """Store the fields of a partner. For `on_change`."""

    def typed(field: str) -> str:
        return st.session_state[f"partner_{field}_{partner_id}"] or ""

    store(
        change_partner,
        partner_id=partner_id,
        kind=typed("kind"),
        name=typed("name"),
        representative=typed("representative"),
        role=typed("role"),
        group_id=st.session_state[f"partner_group_{partner_id}"] or None,
    )


def partner_link(partner: Partner, address: str | None) -> None:
    """Draw a partner's personal link, to scan or to send."""
    if address is None:
        st.markdown(_("Choose the address for phones first. Then the link appears here."))
        return
    link = partner_url(address, partner_token(partner))
    alternative = _("QR code with the personal link of {partner}").format(partner=partner.name)
    show_picture(qr_svg(link, label=alternative), alternative, width=QR_WIDTH)
    st.html(f'<p class="link-text"><a href="{escape(link)}" target="_blank">{escape(link)}</a></p>')
    st.button(
        _("Withdraw this link and make a new one"),
        key=f"renew_link_{partner.id}",
        icon=":material/history:",
        on_click=do,
        args=(renew_partner_link,),
        kwargs={"partner_id": partner.id},
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
        added = store(
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


# ---- personal codes


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
        printed = [row for row in list_participants(session, room.workshop_id) if row.joined_at is None]
    if not printed:
        st.markdown(_("There are no unused codes."))
        return
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


show()
