"""Undoing a wording: the version is gone, and its proposals are where they were; not once the room voted on it."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.basics.words import Hindrance, PrincipleStatus
from models.drafting.wording import newest_version
from models.storage.changes import alliance_changed
from models.tables import (
    AgreementPrinciple,
    Principle,
    PrincipleVersion,
    Proposal,
    RoundItem,
    VersionSource,
)
from models.undoing.way import Kept, Way


def _hinders(session: Session, kept: Kept) -> Hindrance | None:
    principle = session.get(Principle, kept["principle"])
    version = session.get(PrincipleVersion, kept["version"])
    if principle is None or version is None:
        return Hindrance.CHANGED
    if session.exec(select(RoundItem.id).where(RoundItem.version_id == version.id).limit(1)).first():
        return Hindrance.VOTED_ON
    if newest_version(session, principle.id).id != version.id or principle.status != PrincipleStatus.DRAFT:
        return Hindrance.CHANGED
    if kept["status"] is None:
        practised = select(AgreementPrinciple.agreement_id).where(
            AgreementPrinciple.principle_id == principle.id
        )
        if session.exec(practised.limit(1)).first():
            return Hindrance.IN_USE
    return None


def _take_back(session: Session, kept: Kept) -> int:
    principle = session.get_one(Principle, kept["principle"])
    version = session.get_one(PrincipleVersion, kept["version"])
    for proposal_id, before in kept["merged"]:
        proposal = session.get(Proposal, proposal_id)
        if proposal is not None and proposal.merged_into == principle.id:
            is_there = before is not None and session.get(Principle, before) is not None
            proposal.merged_into = before if is_there else None
            session.add(proposal)
    session.flush()
    session.connection().execute(delete(VersionSource).where(col(VersionSource.version_id) == version.id))
    session.delete(version)
    session.flush()
    if kept["status"] is None:
        session.delete(principle)
    else:
        principle.status = kept["status"]
        session.add(principle)
    alliance_changed(session, principle.alliance_id, content=True)
    return 0


def _text(session: Session, kept: Kept) -> str:
    version = session.get(PrincipleVersion, kept["version"])
    return version.text if version else ""


WORDED = Way(_hinders, _take_back, _text, locks=((Principle, "principle"),))
