"""Proposals and principles."""

from collections.abc import Sequence

from models.basics.words import ProposalKind
from models.drafting.proposal import send_proposal, show_proposals
from models.drafting.wording import word_principle
from models.storage.writing import write
from tests.builders.workshop import LEADER, Room


def make_proposal(room: Room, *, text: str = "Talk with us", author: int = 0, is_shown: bool = True) -> int:
    """Return a proposal for a principle by the author-th participant."""
    sent = write(
        send_proposal,
        participant_id=room.people[author],
        kind=ProposalKind.PRINCIPLE,
        text=text,
        request_id=None,
    )
    if is_shown:
        write(show_proposals, who=LEADER, workshop_id=room.workshop_id, proposal_ids=[sent.id])
    return int(sent.id)


def make_principle(room: Room, *, text: str = "Everybody belongs.", sources: Sequence[int] = ()) -> int:
    """Return a principle that was worded."""
    worded = write(
        word_principle, who=LEADER, workshop_id=room.workshop_id, text=text, proposal_ids=list(sources)
    )
    return int(worded.principle_id)
