"""Step 3: concrete agreements, who carries them, and how they hang together."""

from collections.abc import Sequence

import streamlit as st

from exports.language import listed
from models.agreeing.names import names_waiting
from models.agreeing.views import AgreementView, list_agreements, read_coherence
from models.alliance.partner import read_partners
from models.basics.words import ProposalKind, Step
from models.drafting.proposal import proposals_for_facilitator
from models.storage.database import reading
from models.threads.views import read_threads
from models.voting.principles import list_principles
from pages.parts.agreeing.at_hand import NEW, agreement_at_hand, is_open, open_agreement
from pages.parts.agreeing.coherence import coherence_picture
from pages.parts.agreeing.from_phones import proposed_agreements
from pages.parts.agreeing.names import waiting_names
from pages.parts.agreeing.new import is_begun, new_agreement
from pages.parts.agreeing.recorded import just_recorded
from pages.parts.agreeing.rows import agreement_rows
from pages.parts.agreeing.showing import show
from pages.parts.agreeing.thread import thread_picture
from pages.parts.drafting.proposals import opens_table_form, table_form
from pages.parts.frame.acting import facilitator
from pages.parts.frame.live import live
from pages.parts.frame.room_now import RoomNow, room_now
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.leading.page_head import page_head
from pages.parts.leading.steps_style import steps_style

AGREE = "agree"


@st.fragment(key=AGREE)
def agreeing(room: RoomNow) -> None:
    """Draw the agreements, the form of the one at hand, and their coherence. A live part (key `agree`)."""
    facilitator()
    with reading() as session:
        agreements = list_agreements(session, room.alliance_id)
        principles = list_principles(session, room.alliance_id)
        partners = read_partners(session, room.alliance_id)
        names = names_waiting(session, room.alliance_id)
        coherence = read_coherence(session, room.alliance_id)
        threads = read_threads(session, room.alliance_id, principles=principles, agreements=agreements)
        proposals = [
            proposal
            for proposal in proposals_for_facilitator(session, room.workshop_id)
            if proposal.kind == ProposalKind.AGREEMENT and proposal.state != "withdrawn"
        ]
    at_hand = agreement_at_hand(agreements)
    _tools(room, agreements, is_writing=at_hand == NEW)
    if at_hand == NEW:
        new_agreement(room, agreements, principles, partners, proposals)
    just_recorded(room, agreements, partners)
    waiting_names(room, names)
    agreement_rows(room, agreements, principles, partners, at_hand)
    _owners_wanted(agreements)
    proposed_agreements(room, proposals)
    coherence_picture(coherence)
    thread_picture(threads)


def _tools(room: RoomNow, agreements: Sequence[AgreementView], *, is_writing: bool) -> None:
    not_shown = [agreement.id for agreement in agreements if is_open(agreement) and not agreement.is_shown]
    with st.container(horizontal=True, vertical_alignment="center", key="agree_tools"):
        st.button(
            _("Go on with the new agreement") if is_begun(room) else _("New agreement"),
            key="new_agreement",
            icon=":material/add:",
            type="secondary" if is_writing else "primary",
            disabled=is_writing,
            on_click=open_agreement,
            args=(NEW,),
        )
        adds = opens_table_form(ProposalKind.AGREEMENT)
        if not_shown:
            count = len(not_shown)
            st.button(
                ngettext(
                    "Show {count} agreement on the screen", "Show {count} agreements on the screen", count
                ).format(count=count),
                key="show_agreements",
                icon=":material/visibility:",
                on_click=show,
                args=(not_shown,),
            )
    if adds:
        table_form(room.workshop_id, ProposalKind.AGREEMENT)


def _owners_wanted(agreements: Sequence[AgreementView]) -> None:
    wanted = [agreement.number for agreement in agreements if is_open(agreement) and agreement.owner is None]
    if not wanted:
        return
    numbers = listed([str(number) for number in wanted], language())
    st.warning(
        ngettext(
            "**Agreement {numbers} has no owner yet.** Ask who takes it on. Phones show: “I take this on”.",
            "**Agreements {numbers} have no owner yet.** Ask who takes them on. "
            "Phones show: “I take this on”.",
            len(wanted),
        ).format(numbers=numbers),
        icon=":material/person:",
    )


room = room_now()
steps_style()
page_head(room, _("Agreements"), here=Step.AGREE)
agreeing(room)
live(room.workshop.code, AGREE)
