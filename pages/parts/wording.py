"""Which proposals are chosen to be worded together, and the text that this begins with."""

from collections.abc import Sequence

import streamlit as st

from models.proposal import ProposalRow

WORDING, SUGGESTED = "wording", "wording_suggested"


def choice_key(proposal_id: int) -> str:
    """Return the key of the tick before a proposal."""
    return f"choose_proposal_{proposal_id}"


def is_chosen(proposal: ProposalRow) -> bool:
    return bool(st.session_state.get(choice_key(proposal.id)))


def suggest(key: str, text: str) -> None:
    """Start the wording from the first proposal chosen, and never over what somebody typed."""
    typed = st.session_state.get(WORDING, "")
    if st.session_state[key] and not typed.strip():
        st.session_state[WORDING] = st.session_state[SUGGESTED] = text
    elif not st.session_state[key] and typed == st.session_state.get(SUGGESTED) == text:
        st.session_state[WORDING] = st.session_state[SUGGESTED] = ""


def choose_only(chosen_ids: Sequence[int], other_ids: Sequence[int], text: str) -> None:
    """Choose exactly these proposals; `text` begins the wording, unless somebody typed one."""
    for proposal_id in other_ids:
        st.session_state[choice_key(proposal_id)] = False
    for proposal_id in chosen_ids:
        st.session_state[choice_key(proposal_id)] = True
    typed = st.session_state.get(WORDING, "")
    if not typed.strip() or typed == st.session_state.get(SUGGESTED):
        st.session_state[WORDING] = st.session_state[SUGGESTED] = text


def choose_none(proposal_ids: Sequence[int]) -> None:
    """Take the tick away from these proposals. The wording stays."""
    for proposal_id in proposal_ids:
        st.session_state[choice_key(proposal_id)] = False
