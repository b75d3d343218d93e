"""Signing on the facilitator's screen, with the facilitator as witness."""

from typing import Any

import streamlit as st
from markupsafe import escape
from sqlmodel import Session

from exports.sentences import consent_sentence, reservation_ready
from models.alliance.partner import partner_token
from models.basics.words import Answer, PartnerKind
from models.signing.agenda import AgendaView, AnswerStored, PartnerAnswer, answer_agenda
from pages.parts.frame.acting import act_then
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small


def _answers_to_choose(partner_kind: str) -> dict[Answer, str]:
    if partner_kind == PartnerKind.RESIDENT:
        return {
            Answer.SIGNED: _("I sign"),
            Answer.RESERVED: _("I sign with a reservation"),
            Answer.DECLINED: _("I do not sign"),
        }
    return {
        Answer.SIGNED: _("We sign"),
        Answer.RESERVED: _("We sign with a reservation"),
        Answer.DECLINED: _("We do not sign"),
    }


def sign_here(room: RoomNow, agenda: AgendaView, answer: PartnerAnswer) -> None:
    """Draw the form in which a partner answers on the facilitator's screen."""
    partner = answer.partner
    key = f"sign_here_{partner.id}"
    consent = consent_sentence(partner.name, partner.kind, language())
    words = _answers_to_choose(partner.kind)
    with st.container(key=f"{key}_form"):
        st.markdown(plain(consent))
        left, right = st.columns(2, gap="medium")
        with left:
            st.text_input(
                _("Name"), value=answer.name or partner.representative, key=f"{key}_name", max_chars=80
            )
            st.text_input(_("Role"), value=answer.role or partner.role, key=f"{key}_role", max_chars=80)
        with right:
            chosen = st.radio(
                _("Answer"), list(words), format_func=lambda chosen: words[chosen], key=f"{key}_answer"
            )
            # A ready sentence under another answer would look as if it went along.
            if chosen == Answer.RESERVED:
                st.text_area(
                    _("Reservation"),
                    value=answer.reservation or reservation_ready(language()),
                    key=f"{key}_reservation",
                    max_chars=400,
                    height=80,
                )
        if agenda.closed_at is not None:
            small(_("Signing is closed. This answer comes in a new edition of the document."))
        small(_("Witness: {name}").format(name=room.leader.name))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Store this answer"),
                key=f"{key}_save",
                icon=":material/draw:",
                on_click=_answer,
                args=(agenda.id, partner.id, consent, key),
            )
            own_page = f"/s/{partner_token(partner)}?witness=1"
            draws = escape(_("Draw a signature on this screen"))
            st.html(f'<a class="button" href="{own_page}" target="_blank">{draws}</a>')


def _answer(agenda_id: int, partner_id: int, consent: str, key: str) -> None:
    answer = Answer(st.session_state[f"{key}_answer"])
    reservation = st.session_state.get(f"{key}_reservation") or reservation_ready(language())
    act_then(
        answer_with_witness,
        then={key: False},
        agenda_id=agenda_id,
        partner_id=partner_id,
        answer=answer,
        name=st.session_state[f"{key}_name"],
        role=st.session_state[f"{key}_role"],
        reservation=reservation if answer is Answer.RESERVED else "",
        consent=consent,
    )


def answer_with_witness(session: Session, *, who: str, **answer: Any) -> AnswerStored:
    """Store a partner's answer given on a facilitator's screen; who is signed in stands by it as witness."""
    return answer_agenda(session, witness=who, **answer)
