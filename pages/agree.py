"""Step 3: concrete agreements, who carries them, and how they hang together."""

import streamlit as st

from models.agreeing.names import waiting_among
from models.agreeing.views import coherence_of, list_agreements
from models.alliance.partner import read_partners
from models.basics.words import PrincipleStatus, ProposalKind, Step
from models.drafting.views import proposals_for_facilitator
from models.installation.address import public_address
from models.storage.database import reading
from models.threads.dead_ends import dead_ends
from models.threads.evidence import read_evidence_thread
from models.threads.views import read_threads
from models.voting.principles import list_principles
from pages.parts.agreeing.at_hand import FORM, NEW, agreement_at_hand, form_in_sight
from pages.parts.agreeing.card import CARD, owner_card
from pages.parts.agreeing.coherence import coherence_picture
from pages.parts.agreeing.evidence import behind_agreement
from pages.parts.agreeing.form import agreement_form
from pages.parts.agreeing.from_phones import proposed_agreements, still_waits
from pages.parts.agreeing.listing import agreement_list
from pages.parts.agreeing.names import waiting_names
from pages.parts.agreeing.new import begin_new, is_begun, new_form, record_card
from pages.parts.agreeing.thread import thread_picture
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import live
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.leading.page_head import only_where_it_is_a_step, page_foot
from pages.parts.leading.steps_style import steps_style

AGREE = "agree"


@st.fragment(key=AGREE)
def agreeing(room: RoomNow) -> None:
    """Draw the agreements, the one at hand with what one does now, and the coherence. A live part (`agree`)."""
    facilitator()
    with reading() as session:
        partners = read_partners(session, room.alliance_id)
        agreements = list_agreements(session, room.alliance_id, partners=partners)
        principles = list_principles(session, room.alliance_id)
        threads = read_threads(session, room.alliance_id, principles=principles, agreements=agreements)
        ends = dead_ends(session, room.alliance_id, principles=principles, agreements=agreements)
        evidence = read_evidence_thread(session, room.alliance_id)
        address = public_address(session)
        proposals = [
            proposal
            for proposal in proposals_for_facilitator(session, room.workshop_id)
            if proposal.kind == ProposalKind.AGREEMENT and proposal.state != "withdrawn"
        ]
    names = waiting_among(partners, agreements)
    at_hand = agreement_at_hand(agreements)
    with st.container(key="agree_columns"):
        left, middle, right = st.columns([292, 586, 404], gap="small")
        with left:
            agreement_list(
                room,
                agreements,
                at_hand,
                is_begun=is_begun(room),
                names=len(names),
                proposed=sum(still_waits(proposal) for proposal in proposals),
            )
        form = middle.container(border=True, key=FORM, gap="small")
        card = right.container(border=True, key=CARD, gap="small")
        if at_hand == NEW:
            new = begin_new(room, proposals)
            with form:
                new_form(room, new, agreements, principles, partners)
            with card:
                record_card(room, new, partners)
        else:
            agreement = next(found for found in agreements if str(found.number) == at_hand)
            with form:
                agreement_form(room, agreement, agreements, principles, partners)
            with card:
                owner_card(room, agreement, partners, address)
        form_in_sight()
    if at_hand != NEW:
        behind_agreement(room, int(at_hand), threads, evidence)
    waiting_names(room, names)
    proposed_agreements(room, proposals)
    adopted = [
        (principle.number, principle.text)
        for principle in principles
        if principle.status == PrincipleStatus.ADOPTED
    ]
    coherence_picture(coherence_of(adopted, partners, agreements))
    thread_picture(threads, ends, evidence)


room = room_now()
steps_style()
only_where_it_is_a_step(room, Step.AGREE)
agreeing(room)
page_foot(room)
live(room.workshop.code, AGREE)
