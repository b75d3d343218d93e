"""Who carries the agreement at hand, and asking a partner."""

from collections.abc import Sequence

import streamlit as st

from exports.language import listed
from exports.sentences import ask_to_carry
from models.agreeing.ownership import ask_owner
from models.agreeing.views import AgreementView
from models.installation.address import public_address
from models.storage.database import reading
from models.tables import Partner
from pages.parts.agreeing.at_hand import field
from pages.parts.agreeing.fields import partner_choice
from pages.parts.frame.acting import act_on_click, act_then, refuse_with
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small
from pages.parts.leading.partner_link import link_of, partner_link, person_of, print_partner_links


def ownership(room: RoomNow, agreement: AgreementView, partners: Sequence[Partner]) -> None:
    """Draw who carries it, who was asked, who did before, and the way to ask somebody (else)."""
    st.subheader(_("Owner"), anchor=False)
    if agreement.owner is None:
        st.markdown(_("Nobody yet. Phones show: “I take this on”."))
    elif agreement.owner_accepted:
        st.markdown(plain(_("{partner} carries this.").format(partner=agreement.owner.name)))
    else:
        st.markdown(
            plain(_("{partner} is asked, and has not accepted yet.").format(partner=agreement.owner.name))
        )
        owner_is_awaited(room, agreement, partners)
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask_owner_line"):
        with st.container(width=420):
            partner_choice(
                _("Ask a partner") if agreement.owner is None else _("Ask another partner"),
                partners,
                key=field("asked"),
                placeholder=_("Choose a partner"),
                without=agreement.owner.id if agreement.owner else None,
            )
        st.button(
            _("Ask this partner") if agreement.owner is None else _("Hand it over"),
            key="ask_owner",
            icon=":material/person:",
            on_click=_ask,
            args=(agreement.id,),
        )
        if agreement.owner is not None:
            st.button(
                _("Nobody carries it now"),
                key="no_owner",
                on_click=act_on_click,
                args=(ask_owner,),
                kwargs={"agreement_id": agreement.id, "partner_id": None},
            )
    if agreement.carried_before:
        names = listed(agreement.carried_before, language())
        small(_("Carried it before: {names}").format(names=names))
    if agreement.asked_in_vain:
        names = listed(agreement.asked_in_vain, language())
        small(_("Was asked, and did not take it on: {names}").format(names=names))


def owner_is_awaited(room: RoomNow, agreement: AgreementView, partners: Sequence[Partner]) -> None:
    """Draw the way to reach the partner that was asked: its link, to scan, to copy or to send. Nothing for others."""
    if agreement.owner is None or agreement.owner_accepted:
        return
    partner = next((found for found in partners if found.id == agreement.owner.id), None)
    if partner is None:
        return
    with reading() as session:
        address = public_address(session)
    message = (
        ask_to_carry(
            person_of(partner),
            room.alliance.name,
            partner.name,
            agreement.what,
            link_of(partner, address),
            room.alliance.language,
        )
        if address is not None
        else ""
    )
    partner_link(room, partner, address, message, key=f"asked_{agreement.id}")
    print_partner_links(room, address, key=f"print_links_{agreement.id}")


def _ask(agreement_id: int) -> None:
    partner_id = st.session_state.get(field("asked"))
    if partner_id is None:
        refuse_with(_("Choose a partner first."))
    act_then(ask_owner, then={field("asked"): None}, agreement_id=agreement_id, partner_id=partner_id)
