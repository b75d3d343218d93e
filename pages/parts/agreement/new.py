"""The form of a new agreement."""

from collections.abc import Sequence

import streamlit as st

from models.agreement import record_agreement
from models.agreement_views import AgreementView
from models.principle import PrincipleView
from models.proposal import ProposalRow
from models.tables import Partner
from pages.parts.agreement.at_hand import NEWEST, SOURCE, field, fold, form_in_sight, opened
from pages.parts.agreement.fields import agreement_fields, typed
from pages.parts.proposals import support_and_origin
from pages.parts.room_now import RoomNow
from pages.parts.small_print import small
from pages.parts.storing import store
from pages.parts.words import gettext as _


def new_agreement(
    room: RoomNow,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
    proposals: Sequence[ProposalRow],
) -> None:
    """Draw the form of a new agreement, with the words of the proposal that it is made from, if any."""
    asked = st.session_state[SOURCE]
    source = next((proposal for proposal in proposals if str(proposal.id) == asked), None)
    with st.container(border=True, key="card_new_agreement"):
        st.header(_("New agreement"), anchor=False)
        if source is not None:
            origin = support_and_origin(source)
            small(_("From a phone: {origin}").format(origin=origin))
        with st.form(field("new_form"), border=False, enter_to_submit=False):
            agreement_fields(
                agreements, principles, partners, stored=None, ready_text=source.text if source else ""
            )
            with st.container(horizontal=True):
                st.form_submit_button(
                    _("Record this agreement"),
                    key="record_agreement",
                    icon=":material/handshake:",
                    type="primary",
                    on_click=_record,
                    args=(room.workshop_id, source.id if source else None),
                )
                st.form_submit_button(_("Cancel"), key="cancel_agreement", on_click=fold)
    form_in_sight("card_new_agreement")


def _record(workshop_id: int, proposal_id: int | None) -> None:
    # The new one stays open, so that the hints about what is still vague can be answered at once.
    store(
        record_agreement,
        then=opened(NEWEST, comes_into_sight=True),
        workshop_id=workshop_id,
        owner_id=st.session_state.get(field("owner")),
        proposal_id=proposal_id,
        **typed(),
    )
