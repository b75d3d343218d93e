"""Which agreement is open on the page, and the keys of its fields."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from models.agreeing.views import AgreementView
from pages.parts.frame.in_sight import bring_into_sight
from pages.parts.frame.opening import opening as page_opening

NEW, NEWEST = "new", "newest"
EDITING, FROM_PROPOSAL = "agreement", "proposal"
AT_HAND, SOURCE = "agreement_at_hand", "agreement_source"
OPENING, PAGE = "agreement_opening", "agreement_page_opening"
COMES_INTO_SIGHT = "agreement_comes_into_sight"
FORM = "card_agreement"


def agreement_at_hand(agreements: Sequence[AgreementView]) -> str:
    """Return which agreement is open: a number, or `new`. The address says so when the page is opened.

    Later it is kept here as well: news of the room may bring along an address from before the last click. Where
    nothing is asked for, it is what asks attention first, and it stays that one whatever happens to others.
    """
    state = st.session_state
    if state.get(PAGE) != page_opening():
        if PAGE in state:
            # Fields of an earlier visit may show what has changed since.
            state[OPENING] = state.get(OPENING, 0) + 1
        state[PAGE] = page_opening()
        asked = st.query_params.get(EDITING)
        if asked is not None or AT_HAND not in state:
            state[AT_HAND] = asked
            state[SOURCE] = st.query_params.get(FROM_PROPOSAL)
    numbers = [str(agreement.number) for agreement in agreements]
    if state[AT_HAND] == NEWEST:
        state[AT_HAND] = numbers[-1]
    if state[AT_HAND] != NEW and state[AT_HAND] not in numbers:
        state[AT_HAND] = _asks_first(agreements)
        state[SOURCE] = None
    for name, value in ((EDITING, state[AT_HAND]), (FROM_PROPOSAL, state[SOURCE])):
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value
    at_hand: str = state[AT_HAND]
    return at_hand


def _asks_first(agreements: Sequence[AgreementView]) -> str:
    """Return the first that waits for an answer, else the first that looks for an owner, else the first of all."""
    standing = [agreement for agreement in agreements if agreement.is_open]
    asked = [agreement for agreement in standing if agreement.owner and not agreement.owner_accepted]
    wanted = [agreement for agreement in standing if agreement.owner is None]
    return next((str(agreement.number) for agreement in [*asked, *wanted, *standing]), NEW)


def open_agreement(at_hand: str | None, proposal_id: int | None = None) -> None:
    """Take an agreement, or `new`, at hand; `proposal_id` gives a new one its first words. For `on_click`."""
    st.session_state.update(opened(at_hand, proposal_id, comes_into_sight=True))


def choose_agreement(number: int) -> None:
    """Take an agreement of the list at hand: whoever chooses it goes on in the list. For callbacks."""
    st.session_state.update(opened(str(number)))


def opened(
    at_hand: str | None, proposal_id: int | None = None, *, comes_into_sight: bool = False
) -> dict[str, Any]:
    """Return the session's state when another agreement is at hand: its fields get new keys.

    None is whichever asks attention first. The form comes into sight only where one asked for it: after storing,
    everything stays where it was.
    """
    opening = st.session_state.get(OPENING, 0) + 1
    return {
        AT_HAND: at_hand,
        SOURCE: None if proposal_id is None else str(proposal_id),
        OPENING: opening,
        COMES_INTO_SIGHT: opening if comes_into_sight else None,
    }


def form_in_sight() -> None:
    """Bring the form into sight, where it was just asked for."""
    opening = st.session_state.get(COMES_INTO_SIGHT)
    if opening is not None:
        bring_into_sight(FORM, field("what"), str(opening))


def field(name: str) -> str:
    """Return the key of a field of the agreement at hand: it lasts from opening to folding.

    A new agreement has the same keys at each opening, since what is typed there is kept until it is recorded.
    """
    if st.session_state.get(AT_HAND) == NEW:
        return f"agreement_{name}_new_{st.session_state.get(SOURCE) or 0}"
    return f"agreement_{name}_{st.session_state.get(OPENING, 0)}"
