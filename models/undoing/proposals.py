"""Undoing what was let through or hidden: each proposal stands as it stood, unless something else was done to it."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from models.basics.words import Hindrance
from models.drafting.proposal import SHOWN, state_of
from models.storage.changes import page_changed
from models.storage.undoable import as_moment
from models.tables import Proposal
from models.undoing.way import Kept, Way


def _hidden(session: Session, kept: Kept) -> Proposal | None:
    """Return the proposal where it is still hidden by that act."""
    proposal = session.get(Proposal, kept["proposal"])
    if proposal is None or state_of(proposal) != "hidden":
        return None
    return proposal if proposal.hidden_at == as_moment(kept["hidden_at"]) else None


def _stays_hidden(session: Session, kept: Kept) -> Hindrance | None:
    return None if _hidden(session, kept) else Hindrance.CHANGED


def _bring_back(session: Session, kept: Kept) -> int:
    proposal = _hidden(session, kept)
    if proposal is not None:
        proposal.hidden_at = proposal.hidden_reason = None
        session.add(proposal)
        page_changed(session, proposal.workshop_id, content=True)
    return 0


def _text(session: Session, kept: Kept) -> str:
    proposal = session.get(Proposal, kept["proposal"])
    return proposal.text if proposal else ""


def _shown(session: Session, kept: Kept) -> Iterator[tuple[Proposal, dict[str, Any]]]:
    """Yield the proposals that stand as they were let through, with what they were before.

    What was worded into a principle since then stays: the room has read it there.
    """
    for before in kept["before"]:
        proposal = session.get(Proposal, before["proposal"])
        if (
            proposal is not None
            and state_of(proposal) == SHOWN
            and proposal.shown_at == as_moment(kept["shown_at"])
            and proposal.merged_into is None
        ):
            yield proposal, before


def _none_stands(session: Session, kept: Kept) -> Hindrance | None:
    return None if any(True for _ in _shown(session, kept)) else Hindrance.CHANGED


def _take_off(session: Session, kept: Kept) -> int:
    """Let them wait, or be hidden, as before. Who supported them still does."""
    taken = 0
    workshops = set()
    for proposal, before in list(_shown(session, kept)):
        proposal.shown_at = as_moment(before["shown_at"])
        proposal.hidden_at = as_moment(before["hidden_at"])
        proposal.hidden_reason = before["hidden_reason"]
        session.add(proposal)
        workshops.add(proposal.workshop_id)
        taken += 1
    for workshop_id in workshops:
        page_changed(session, workshop_id, content=True)
    return len(kept["before"]) - taken


def _only_text(session: Session, kept: Kept) -> str:
    return _text(session, kept["before"][0]) if len(kept["before"]) == 1 else ""


HIDDEN = Way(_stays_hidden, _bring_back, _text, locks=((Proposal, "proposal"),))
LET_THROUGH = Way(_none_stands, _take_off, _only_text)
