"""Agreements that phones and tables propose."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import escape

from models.basics.words import ProposalKind
from models.drafting.views import ProposalRow
from pages.parts.agreeing.at_hand import NEW, open_agreement
from pages.parts.agreeing.listing import PROPOSED, PROPOSED_PLACE
from pages.parts.drafting.proposals import (
    decide_about,
    is_hidden,
    is_waiting,
    opens_table_form,
    show_waiting,
    support_and_origin,
    table_form,
    why_hidden,
)
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _


def still_waits(proposal: ProposalRow) -> bool:
    """Whether a proposed agreement waits for who leads: nobody has seen it, and it was not made an agreement."""
    return is_waiting(proposal) and proposal.agreement_number is None


def proposed_agreements(room: RoomNow, proposals: Sequence[ProposalRow]) -> None:
    """Draw what is proposed, each to let through, to hide, or to make an agreement of; and typing for a table."""
    with st.container(border=True, key=PROPOSED):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            with st.container(width="content"):
                st.header(_("Proposed by phones and tables"), anchor=PROPOSED_PLACE)
            adds = opens_table_form(ProposalKind.AGREEMENT)
        if adds:
            table_form(room.workshop_id, ProposalKind.AGREEMENT)
        if not proposals:
            st.markdown(_("Nothing is proposed yet. Phones show: “Propose an agreement”."))
        show_waiting(room.workshop_id, [proposal for proposal in proposals if still_waits(proposal)])
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
