"""Proposals that look alike, offered together: a hint from the program, told apart by a facilitator for good."""

from collections.abc import Sequence
from itertools import combinations

from sqlmodel import Session, col, or_, select

from models.basics.errors import NotFound
from models.drafting.likeness import alike
from models.drafting.views import ProposalRow
from models.storage.chain import record
from models.storage.changes import page_changed
from models.tables import Proposal, ToldApart
from models.workshop.workshop import read_workshop


def look_alikes(session: Session, proposals: Sequence[ProposalRow]) -> list[list[ProposalRow]]:
    """Return groups of proposals that look alike, in each the one with most support first.

    Looked at are those that still wait for words: not hidden, not withdrawn, and not worded into a principle yet. A
    group whose first came earliest stands first.
    """
    open_ones = [
        proposal
        for proposal in proposals
        if proposal.state in ("received", "shown") and proposal.principle_number is None
    ]
    places = {proposal.id: place for place, proposal in enumerate(open_ones)}
    apart = [
        tuple(sorted((places[one], places[other])))
        for one, other in _told_apart(session, list(places))
        if one in places and other in places
    ]
    groups = alike([proposal.text for proposal in open_ones], [(one, other) for one, other in apart])
    return [
        sorted((open_ones[place] for place in group), key=lambda proposal: -proposal.support)
        for group in groups
    ]


def tell_apart(session: Session, *, who: str, workshop_id: int, proposal_ids: list[int]) -> None:
    """Keep that none of these proposals is the same as another, so that they are not offered together again.

    Done twice it is done once. Raises `NotFound` for a proposal of another workshop.
    """
    workshop = read_workshop(session, workshop_id)
    ids = sorted(set(proposal_ids))
    found = session.exec(
        select(Proposal.id).where(Proposal.workshop_id == workshop_id, col(Proposal.id).in_(ids))
    ).all()
    if len(found) != len(ids):
        raise NotFound("proposal")
    known = set(_told_apart(session, ids))
    pairs = [pair for pair in combinations(ids, 2) if pair not in known]
    for one, other in pairs:
        session.add(ToldApart(proposal_id=one, other_id=other))
    if pairs:
        record(
            session,
            alliance_id=workshop.alliance_id,
            who=who,
            what="proposals told apart",
            workshop=workshop.code,
            proposals=ids,
        )
        page_changed(session, workshop_id)


def _told_apart(session: Session, ids: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs told apart in which one of these proposals stands, the lower id first."""
    found = session.exec(
        select(ToldApart.proposal_id, ToldApart.other_id).where(
            or_(col(ToldApart.proposal_id).in_(ids), col(ToldApart.other_id).in_(ids))
        )
    ).all()
    return [(one, other) for one, other in found]
