"""The form of a new agreement."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from models.agreeing.agreement import record_agreement
from models.agreeing.views import AgreementView
from models.drafting.proposal import ProposalRow
from models.tables import Partner
from models.voting.principles import PrincipleView
from models.workshop.unfinished import finish_form, forget_unfinished
from pages.parts.agreeing.at_hand import NEWEST, RECORDED, SOURCE, field, fold, form_in_sight, opened
from pages.parts.agreeing.fields import agreement_fields, empty_fields, field_keys, typed
from pages.parts.drafting.proposals import support_and_origin
from pages.parts.frame.acting import act_then
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.unfinished import bring_back, emptied, keep, kept_line, unfinished
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import small


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
    what = _draft(room.workshop_id)
    beginning = empty_fields(source.text if source else "")
    stored_at = bring_back(what, room.leader.name, beginning, days=(field("due_on"),))
    with st.container(border=True, key="card_new_agreement"):
        st.header(_("New agreement"), anchor=False)
        if source is not None:
            origin = support_and_origin(source)
            small(_("From a phone: {origin}").format(origin=origin))
        agreement_fields(
            agreements, principles, partners, stored=None, on_change=keep, args=(what, room.workshop_id)
        )
        kept_line(stored_at, room.alliance.time_zone)
        with st.container(horizontal=True):
            st.button(
                _("Record this agreement"),
                key="record_agreement",
                icon=":material/handshake:",
                type="primary",
                on_click=_record,
                args=(room.workshop_id, source.id if source else None, what, beginning, field_keys()),
            )
            st.button(_("Close"), key="fold_new", help=_("What you typed is kept."), on_click=fold)
            if stored_at is not None:
                st.button(
                    _("Throw this away"),
                    key="cancel_agreement",
                    icon=":material/remove:",
                    on_click=_throw_away,
                    args=(what, beginning),
                )
    form_in_sight("card_new_agreement")


def is_begun(room: RoomNow) -> bool:
    """Return whether this facilitator has begun a new agreement and not recorded it yet."""
    return unfinished(f"agreement {room.workshop_id} 0", room.leader.name) is not None


def _draft(workshop_id: int) -> str:
    """Return under which name what is typed is kept: a draft for each proposal, and one from nothing."""
    return f"agreement {workshop_id} {st.session_state[SOURCE] or 0}"


def _record(
    workshop_id: int,
    proposal_id: int | None,
    what: str,
    beginning: dict[str, Any],
    keys: Mapping[str, str],
) -> None:
    act_then(
        finish_form,
        then={**emptied(what, beginning), **opened(None), RECORDED: NEWEST},
        what=what,
        action=record_agreement,
        arguments={
            "workshop_id": workshop_id,
            "owner_id": st.session_state.get(keys["owner"]),
            "proposal_id": proposal_id,
            **typed(keys),
        },
    )


def _throw_away(what: str, beginning: dict[str, Any]) -> None:
    act_then(forget_unfinished, then={**emptied(what, beginning), **opened(None)}, what=what)
