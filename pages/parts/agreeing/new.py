"""A new agreement: its form, and beside it how it is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st
from markupsafe import Markup

from models.agreeing.agreement import record_agreement
from models.agreeing.views import AgreementView
from models.drafting.views import ProposalRow
from models.tables import Partner
from models.voting.principles import PrincipleView
from models.workshop.unfinished import finish_form, forget_unfinished
from pages.parts.agreeing.at_hand import NEWEST, SOURCE, field, opened
from pages.parts.agreeing.fields import agreement_fields, empty_fields, field_keys, partner_choice, typed
from pages.parts.drafting.proposals import support_and_origin
from pages.parts.frame.acting import act_then
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.unfinished import bring_back, emptied, keep, kept_line, unfinished
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small
from pages.parts.leading.page_head import big_sentence
from pages.parts.leading.partner_link import person_of


@dataclass(frozen=True)
class NewAgreement:
    """A new agreement as far as it is typed: from which proposal, under which name it is kept, and since when."""

    source: ProposalRow | None
    what: str
    beginning: dict[str, Any]
    stored_at: datetime | None


def begin_new(room: RoomNow, proposals: Sequence[ProposalRow]) -> NewAgreement:
    """Return the new agreement at hand, with what was typed of it before back in its fields."""
    asked = st.session_state[SOURCE]
    source = next((proposal for proposal in proposals if str(proposal.id) == asked), None)
    what = f"agreement {room.workshop_id} {asked or 0}"
    beginning = empty_fields(source.text if source else "")
    stored_at = bring_back(what, room.leader.name, beginning, days=(field("due_on"),))
    return NewAgreement(source, what, beginning, stored_at)


def new_form(
    room: RoomNow,
    new: NewAgreement,
    agreements: Sequence[AgreementView],
    principles: Sequence[PrincipleView],
    partners: Sequence[Partner],
) -> None:
    """Draw the form of a new agreement, with the words of the proposal that it is made from, if any."""
    saves: dict[str, Any] = {"on_change": keep, "args": (new.what, room.workshop_id)}
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="agreement_form_head",
    ):
        with st.container(width="content"):
            st.html(Markup('<h2 data-about="0">{}</h2>').format(_("New agreement")))
        if new.source is not None:
            small(_("From a phone: {origin}").format(origin=support_and_origin(new.source)))
        else:
            kept_line(new.stored_at, room.alliance.time_zone)
    agreement_fields(
        agreements,
        principles,
        partners,
        stored=None,
        who_carries=lambda: partner_choice(
            _("Who carries it?"), partners, key=field("owner"), placeholder=_("nobody yet"), **saves
        ),
        **saves,
    )


def record_card(room: RoomNow, new: NewAgreement, partners: Sequence[Partner]) -> None:
    """Draw how the new agreement is recorded, and what comes after."""
    chosen = st.session_state.get(field("owner"))
    partner = next((found for found in partners if found.id == chosen), None)
    big_sentence(_("Say it in one sentence, and record it."), above=_("Not recorded yet"))
    if partner is None:
        st.markdown(_("Only what you agree must be filled in. Owner and day may come later."))
    else:
        st.markdown(
            _("Then the link for {person} stands here, to scan at once.").format(person=person_of(partner))
        )
    st.button(
        _("Record this agreement"),
        key="record_agreement",
        icon=":material/handshake:",
        type="primary",
        width="stretch",
        on_click=_record,
        args=(room.workshop_id, new, field_keys()),
    )
    if new.stored_at is not None:
        st.button(
            _("Throw this away"),
            key="cancel_agreement",
            icon=":material/remove:",
            on_click=_throw_away,
            args=(new,),
        )


def is_begun(room: RoomNow) -> bool:
    """Return whether this facilitator has begun a new agreement and not recorded it yet."""
    return unfinished(f"agreement {room.workshop_id} 0", room.leader.name) is not None


def _record(workshop_id: int, new: NewAgreement, keys: Mapping[str, str]) -> None:
    act_then(
        finish_form,
        then={**emptied(new.what, new.beginning), **opened(NEWEST)},
        what=new.what,
        action=record_agreement,
        arguments={
            "workshop_id": workshop_id,
            "owner_id": st.session_state.get(keys["owner"]),
            "proposal_id": new.source.id if new.source else None,
            **typed(keys),
        },
    )


def _throw_away(new: NewAgreement) -> None:
    act_then(forget_unfinished, then={**emptied(new.what, new.beginning), **opened(None)}, what=new.what)
