"""The order of the list, and which of its agreements is at hand: neither moves by itself."""

from collections.abc import Sequence

import streamlit as st

from models.progress.following import Followed, what_asks_first
from pages.parts.frame.opening import opening

CHOSEN, AGREEMENT = "progress_chosen", "agreement"
_ORDER = "progress_order"


def as_opened(alliance_id: int, followed: Sequence[Followed]) -> list[Followed]:
    """Return what asks attention first, in the order of when this page was opened; what came since stands last."""
    found = {agreement.id: agreement for agreement in followed}
    opened, order = st.session_state.get(_ORDER, (None, []))
    if opened != (alliance_id, opening()):
        order = [agreement.id for agreement in what_asks_first(followed)]
    order = [*order, *(key for key in found if key not in set(order))]
    st.session_state[_ORDER] = ((alliance_id, opening()), order)
    return [found[key] for key in order if key in found]


def at_hand(agreements: Sequence[Followed]) -> Followed:
    """Return the agreement that was chosen, else the one that asks attention first. The address says which."""
    numbers = {str(agreement.number): agreement for agreement in agreements}
    if CHOSEN not in st.session_state:
        st.session_state[CHOSEN] = st.query_params.get(AGREEMENT)
    chosen = numbers.get(str(st.session_state[CHOSEN]), agreements[0])
    # At every drawing: news of the room may bring along an address from before the last choice.
    if st.session_state[CHOSEN] is None:
        st.query_params.pop(AGREEMENT, None)
    elif st.query_params.get(AGREEMENT) != str(chosen.number):
        st.query_params[AGREEMENT] = str(chosen.number)
    return chosen


def choose(number: int) -> None:
    """Take an agreement at hand. For callbacks."""
    st.session_state[CHOSEN] = str(number)
