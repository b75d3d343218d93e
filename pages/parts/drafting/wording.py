"""What is being worded together: the proposals that are chosen, and the text that they begin.

Kept as one goes (`pages.parts.frame.unfinished`): a reload, a second window and a restarted server show it again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from models.drafting.views import ProposalRow
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.unfinished import bring_back, keep, put

WORDING, SUGGESTED, CHOSEN = "wording", "wording_suggested", "wording_chosen"
WHY, TARGET = "wording_why", "wording_target"
TICK = "choose_proposal_"
EMPTY: dict[str, Any] = {WORDING: "", SUGGESTED: "", CHOSEN: [], WHY: "", TARGET: 0}


def wording_of(workshop_id: int) -> str:
    """Return under which name the wording of a workshop is kept."""
    return f"wording {workshop_id}"


def bring_wording_back(room: RoomNow) -> datetime | None:
    """Put in the fields what this facilitator was wording, and return when it was last kept."""
    return bring_back(wording_of(room.workshop_id), room.leader.name, EMPTY)


def keep_wording(workshop_id: int) -> None:
    """Keep what is being worded, and tell the other windows. For `on_change`."""
    keep(wording_of(workshop_id), workshop_id)


def keep_typed(workshop_id: int) -> None:
    """Keep what is being typed, after each pause. The other windows hear it when one has left the field."""
    keep(wording_of(workshop_id))


def choice_key(proposal_id: int) -> str:
    """Return the key of the tick before a proposal."""
    return f"{TICK}{proposal_id}"


def is_chosen(proposal: ProposalRow) -> bool:
    """Return whether a proposal is among those that are worded together."""
    return proposal.id in st.session_state[CHOSEN]


def chosen_now() -> list[int]:
    """Return which proposals are chosen, as the ticks stand at this moment.

    On a busy server a tick and the press of a button behind it come in together, and that button was drawn before both.
    """
    ticks = {
        int(str(key).removeprefix(TICK)): bool(value)
        for key, value in st.session_state.items()
        if str(key).startswith(TICK)
    }
    kept = [proposal_id for proposal_id in st.session_state[CHOSEN] if ticks.get(proposal_id, True)]
    return kept + [proposal_id for proposal_id, is_on in ticks.items() if is_on and proposal_id not in kept]


def suggest(workshop_id: int, proposal_id: int, text: str) -> None:
    """Choose a proposal or not, by its tick. The first one begins the wording, and never over what somebody typed."""
    is_ticked = bool(st.session_state[choice_key(proposal_id)])
    others = [other for other in st.session_state[CHOSEN] if other != proposal_id]
    st.session_state[CHOSEN] = [*others, proposal_id] if is_ticked else others
    typed = st.session_state[WORDING]
    if is_ticked and not typed.strip():
        _put_text(workshop_id, text)
    elif not is_ticked and typed == st.session_state[SUGGESTED] == text:
        _put_text(workshop_id, "")
    keep_wording(workshop_id)


def choose_only(workshop_id: int, proposal_ids: Sequence[int], text: str) -> None:
    """Choose exactly these proposals; `text` begins the wording, unless somebody typed one."""
    st.session_state[CHOSEN] = list(proposal_ids)
    typed = st.session_state[WORDING]
    if not typed.strip() or typed == st.session_state[SUGGESTED]:
        _put_text(workshop_id, text)
    keep_wording(workshop_id)


def choose_none(workshop_id: int) -> None:
    """Choose no proposal any more. The wording stays."""
    st.session_state[CHOSEN] = []
    keep_wording(workshop_id)


def _put_text(workshop_id: int, text: str) -> None:
    put(wording_of(workshop_id), {WORDING: text, SUGGESTED: text})
