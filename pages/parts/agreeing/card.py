"""The card at the right: what one does now with the agreement at hand. It changes only with what one chose.

Whoever is asked gets the link where one asked; it is drawn here only, and never on the projector.
"""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from exports.language import clock_time, day_this_year, listed
from exports.sentences import ask_to_carry
from models.agreeing.agreement import revive_agreement
from models.agreeing.views import AgreementView
from models.basics.clock import day_of, today
from models.tables import Partner
from pages.parts.agreeing.showing import show
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.choosing import back_to_list
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small
from pages.parts.leading.page_head import big_sentence
from pages.parts.leading.partner_link import let_scan, link_of, link_to_scan, own_page_message, person_of

CARD = "card_owner"


def owner_card(
    room: RoomNow, agreement: AgreementView, partners: Sequence[Partner], address: str | None
) -> None:
    """Draw whom an agreement waits for, or who carries it, with the way to reach them."""
    owner = agreement.owner
    partner = next((found for found in partners if owner and found.id == owner.id), None)
    if not agreement.is_open:
        _dropped(agreement)
    elif partner is None:
        _nobody(agreement)
    elif agreement.owner_accepted:
        big_sentence(
            _("{person} carries this.").format(person=person_of(partner)),
            above=_carried_since(room, agreement),
        )
        message = own_page_message(room, partner, address)
        link_to_scan(room, partner, address, message, key=f"asked_{agreement.id}", prints_all=True)
    else:
        big_sentence(let_scan(partner), above=_asked_since(room, agreement))
        message = _message(room, agreement, partner, address)
        link_to_scan(room, partner, address, message, key=f"asked_{agreement.id}", prints_all=True)
    _before(agreement)
    back_to_list()


def _dropped(agreement: AgreementView) -> None:
    big_sentence(
        _("This agreement was dropped."), above=_("Agreement {number}").format(number=agreement.number)
    )
    st.markdown(_("It stays to be read, with the reason. The room does not see it any more."))
    st.button(
        _("Take it up again"),
        key="revive_agreement",
        icon=":material/undo:",
        on_click=act_on_click,
        args=(revive_agreement,),
        kwargs={"agreement_id": agreement.id},
    )


def _nobody(agreement: AgreementView) -> None:
    big_sentence(_("Who takes this on?"), above=_("looks for an owner").capitalize())
    if agreement.is_shown:
        st.markdown(_("Ask the room. Phones show: “I take this on”."))
    else:
        st.markdown(_("Show it first, then ask the room. Phones then show: “I take this on”."))
        st.button(
            _("Show on the screen"),
            key="show_to_the_room",
            icon=":material/visibility:",
            on_click=show,
            args=([agreement.id],),
        )
    st.markdown(
        _("Or choose a partner at “Who carries it?”. Then their link stands here, to scan or to send.")
    )


def _message(room: RoomNow, agreement: AgreementView, partner: Partner, address: str | None) -> str:
    if address is None:
        return ""
    return ask_to_carry(
        person_of(partner),
        room.alliance.name,
        partner.name,
        agreement.what,
        link_of(partner, address),
        room.alliance.language,
    )


def _asked_since(room: RoomNow, agreement: AgreementView) -> str:
    asked = agreement.carrying
    if asked is None:
        return _("Asked, no answer yet")
    if _is_today(room, asked.asked_at):
        time = clock_time(asked.asked_at, language(), room.alliance.time_zone)
        return _("Asked at {time}, no answer yet").format(time=time)
    return _("Asked on {day}, no answer yet").format(day=_day(room, asked.asked_at))


def _carried_since(room: RoomNow, agreement: AgreementView) -> str:
    accepted = agreement.carrying.accepted_at if agreement.carrying else None
    if accepted is None:
        return _("Accepted")
    if _is_today(room, accepted):
        time = clock_time(accepted, language(), room.alliance.time_zone)
        return _("Accepted at {time}").format(time=time)
    return _("Accepted on {day}").format(day=_day(room, accepted))


def _is_today(room: RoomNow, moment: datetime) -> bool:
    return day_of(moment, room.alliance.time_zone) == today(room.alliance.time_zone)


def _day(room: RoomNow, moment: datetime) -> str:
    zone = room.alliance.time_zone
    return day_this_year(day_of(moment, zone), today(zone), language())


def _before(agreement: AgreementView) -> None:
    if agreement.carried_before:
        names = listed(agreement.carried_before, language())
        small(_("Carried it before: {names}").format(names=names))
    if agreement.asked_in_vain:
        names = listed(agreement.asked_in_vain, language())
        small(_("Was asked, and did not take it on: {names}").format(names=names))
