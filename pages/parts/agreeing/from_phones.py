"""Agreements that phones and tables propose."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import escape

from models.drafting.proposal import ProposalRow
from pages.parts.agreeing.at_hand import NEW, open_agreement
from pages.parts.drafting.proposals import (
    decide_about,
    is_hidden,
    is_waiting,
    show_waiting,
    support_and_origin,
    why_hidden,
)
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _


def proposed_agreements(room: RoomNow, proposals: Sequence[ProposalRow]) -> None:
    """Draw what is proposed, each to let through, to hide, or to make an agreement of. Nothing where there is none."""
    if not proposals:
        return
    with st.container(border=True, key="card_agreement_proposals"):
        st.header(_("Proposed by phones and tables"), anchor=False)
        show_waiting(room.workshop_id, [proposal for proposal in proposals if is_waiting(proposal)])
        for proposal in proposals:
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"proposal_{proposal.id}"
            ):
                known = support_and_origin(proposal)
                st.html(
                    f'<p class="said" dir="auto">{escape(proposal.text)}</p><p class="said-by">{escape(known)}</p>'
                )
                if is_hidden(proposal):
                    st.badge(_("Hidden"), icon=":material/visibility_off:", color="gray")
                if proposal.agreement_number is None and not is_hidden(proposal):
                    st.button(
                        _("Make it an agreement"),
                        key=f"from_proposal_{proposal.id}",
                        icon=":material/handshake:",
                        on_click=open_agreement,
                        args=(NEW, proposal.id),
                    )
                decide_about(room.workshop_id, proposal)
            why_hidden(proposal)
