"""The partners, their answers, their links, and signing on this screen."""

from typing import Literal

import streamlit as st

from exports.language import day_and_time
from exports.sentences import answer_word, ask_to_sign, partner_kind_word
from models.basics.words import Answer
from models.signing.agenda import AgendaView, PartnerAnswer
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small
from pages.parts.leading.partner_link import link_of, partner_link, person_of, print_partner_links
from pages.parts.signing.sign_here import sign_here

ANSWER_COLOURS: dict[Answer, Literal["green", "orange", "red"]] = {
    Answer.SIGNED: "green",
    Answer.RESERVED: "orange",
    Answer.DECLINED: "red",
}


def partners_who_sign(room: RoomNow, agenda: AgendaView, address: str | None) -> None:
    """Draw each partner with its answer, its link, and the way to sign on this screen."""
    with st.container(border=True, key="card_partners"):
        st.header(_("Partners"), anchor=False)
        if not agenda.partners:
            st.markdown(_("There are no partners yet. Add them on the page Prepare."))
            st.page_link(
                "prepare.py", label=_("To the preparation"), icon=":material/event:", query_params=room.link
            )
            return
        if address is None:
            st.markdown(_("Choose the address for phones on the page Prepare. Then partners get a QR code."))
        print_partner_links(room, address, key="print_links")
        for partner in agenda.partners:
            _partner(room, agenda, partner, address)


def _partner(room: RoomNow, agenda: AgendaView, answer: PartnerAnswer, address: str | None) -> None:
    partner = answer.partner
    with st.container(key=f"partner_row_{partner.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap=None):
                st.markdown(f"**{plain(partner.name)}**")
                small(_known_of(answer, room.alliance.time_zone))
            if answer.answer is None:
                st.badge(_("no answer yet"), icon=":material/hourglass_top:", color="gray")
            else:
                st.badge(answer_word(answer.answer, language()), color=ANSWER_COLOURS[Answer(answer.answer)])
            scans = address is not None and opens_panel(
                _("Link and QR code"), key=f"scan_{partner.id}", icon=":material/link:"
            )
            signs = opens_panel(
                _sign_label(agenda, answer), key=f"sign_here_{partner.id}", icon=":material/draw:"
            )
        if answer.reservation:
            st.markdown(plain(_("Reservation: {text}").format(text=answer.reservation)))
        if scans and address is not None:
            _link_to_scan(room, agenda, answer, address)
        if signs:
            sign_here(room, agenda, answer)


def _sign_label(agenda: AgendaView, answer: PartnerAnswer) -> str:
    if agenda.closed_at is None:
        return _("Sign here")
    return _("Answer afterwards") if answer.answer is None else _("Change the answer")


def _known_of(answer: PartnerAnswer, time_zone: str) -> str:
    known = [partner_kind_word(answer.partner.kind, language())]
    known += [word for word in (answer.name, answer.role) if word]
    if answer.signed_at is not None:
        known.append(day_and_time(answer.signed_at, language(), time_zone))
    if answer.witness:
        known.append(_("witness {name}").format(name=answer.witness))
    return " · ".join(known)


def _link_to_scan(room: RoomNow, agenda: AgendaView, answer: PartnerAnswer, address: str) -> None:
    partner = answer.partner
    message = ask_to_sign(
        person_of(partner),
        room.alliance.name,
        partner.name,
        agenda.closes_on if agenda.closed_at is None else None,
        link_of(partner, address),
        room.alliance.language,
    )
    partner_link(room, partner, address, message, key=f"sign_link_{partner.id}")
