"""Which agreement is open on the page, and the keys of its fields."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from models.agreeing.views import AgreementView
from models.basics.words import AgreementState
from pages.parts.frame.in_sight import bring_into_sight

NEW, NEWEST = "new", "newest"
EDITING, FROM_PROPOSAL = "agreement", "proposal"
AT_HAND, SOURCE = "agreement_at_hand", "agreement_source"
OPENING, RECORDED = "agreement_opening", "agreement_recorded"
COMES_INTO_SIGHT = "agreement_comes_into_sight"


def is_open(agreement: AgreementView) -> bool:
    """Return whether an agreement stands: it was not dropped."""
    return agreement.state == AgreementState.OPEN


def agreement_at_hand(agreements: Sequence[AgreementView]) -> str | None:
    """Return which agreement is open: a number, `new`, or None. The address says so when the page is opened.

    Later it is kept here as well: news of the room may bring along an address from before the last click.
    """
    if AT_HAND not in st.session_state:
        st.session_state[AT_HAND] = st.query_params.get(EDITING)
        st.session_state[SOURCE] = st.query_params.get(FROM_PROPOSAL)
    if st.session_state.get(RECORDED) == NEWEST:
        st.session_state[RECORDED] = str(max(agreement.number for agreement in agreements))
    for name, value in ((EDITING, st.session_state[AT_HAND]), (FROM_PROPOSAL, st.session_state[SOURCE])):
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value
    return st.session_state[AT_HAND]


def open_agreement(at_hand: str | None, proposal_id: int | None = None) -> None:
    """Take an agreement, or `new`, at hand; `proposal_id` gives a new one its first words. For `on_click`."""
    st.session_state.update(opened(at_hand, proposal_id, comes_into_sight=True))


def opened(
    at_hand: str | None, proposal_id: int | None = None, *, comes_into_sight: bool = False
) -> dict[str, Any]:
    """Return the session's state when another agreement is at hand, or none: its fields get new keys.

    The form comes into sight only where one asked for it: after storing, everything stays where it was.
    """
    opening = st.session_state.get(OPENING, 0) + 1
    return {
        AT_HAND: at_hand,
        SOURCE: None if proposal_id is None else str(proposal_id),
        OPENING: opening,
        RECORDED: None,
        COMES_INTO_SIGHT: opening if comes_into_sight else None,
    }


def fold() -> None:
    """Take no agreement at hand. For `on_click`."""
    open_agreement(None)


def form_in_sight(key: str) -> None:
    """Bring the form in the container with this key into sight, where it was just asked for."""
    opening = st.session_state.get(COMES_INTO_SIGHT)
    if opening is not None:
        bring_into_sight(key, field("what"), str(opening))


def field(name: str) -> str:
    """Return the key of a field of the agreement at hand: it lasts from opening to folding.

    A new agreement has the same keys at each opening, since what is typed there is kept until it is recorded.
    """
    if st.session_state.get(AT_HAND) == NEW:
        return f"agreement_{name}_new_{st.session_state.get(SOURCE) or 0}"
    return f"agreement_{name}_{st.session_state.get(OPENING, 0)}"
