"""Principles: worded from proposals, reworded after an objection, each version kept."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from models.basics.clock import now
from models.basics.errors import NotFound, RoundStillOpen
from models.basics.text import NOTE_LIMIT, STATEMENT_LIMIT, one_line, required_text
from models.basics.words import PrincipleStatus
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.storage.undoable import keep_for_undo
from models.tables import Alliance, Principle, PrincipleVersion, Proposal, Round, RoundItem, VersionSource
from models.workshop.workshop import read_workshop


@dataclass(frozen=True)
class PrincipleWorded:
    principle_id: int
    number: int
    version_id: int


@dataclass(frozen=True)
class WordedPrinciple:
    """The newest text of a principle, and from how many proposals it was worded."""

    number: int
    text: str
    status: str
    sources: int


def word_principle(
    session: Session, *, who: str, workshop_id: int, text: str, proposal_ids: list[int]
) -> PrincipleWorded:
    """Word proposals together into a new principle, version 1. The proposals and their support are kept.

    Raises `TextMissing`, `TextTooLong`, and `NotFound` for a proposal of another workshop.
    """
    workshop = read_workshop(session, workshop_id)
    statement = required_text(text, field="text", limit=STATEMENT_LIMIT)
    # Numbers are given one by one: the alliance's row is the lock.
    session.exec(
        select(Alliance.id).where(Alliance.id == workshop.alliance_id).with_for_update(key_share=True)
    ).one()
    highest = session.exec(
        select(func.max(Principle.number)).where(Principle.alliance_id == workshop.alliance_id)
    ).one()
    principle = Principle(alliance_id=workshop.alliance_id, number=(highest or 0) + 1)
    session.add(principle)
    session.flush()
    merged = _merged_before(session, proposal_ids)
    version = _add_version(session, principle, 1, statement, "", who, proposal_ids)
    event_id = record(
        session, alliance_id=workshop.alliance_id, who=who, what="principle worded", number=principle.number
    )
    _keep_for_undo(session, event_id, version, status=None, merged=merged)
    alliance_changed(session, workshop.alliance_id, content=True)
    return PrincipleWorded(principle.id, principle.number, version.id)


def reword_principle(
    session: Session,
    *,
    who: str,
    principle_id: int,
    text: str,
    why: str,
    proposal_ids: list[int] | None = None,
) -> PrincipleWorded:
    """Give a principle a changed text: a new version, a draft again. The same text again changes nothing.

    Raises `RoundStillOpen` while it is being voted on, `TextMissing`, `TextTooLong`.
    """
    principle = existing(session, Principle, principle_id)
    statement = required_text(text, field="text", limit=STATEMENT_LIMIT)
    because = one_line(why, field="why", limit=NOTE_LIMIT, is_required=False)
    newest = newest_version(session, principle_id)
    if statement == newest.text:
        return PrincipleWorded(principle_id, principle.number, newest.id)
    _refuse_while_voting(session, principle_id)
    kept = session.exec(select(VersionSource.proposal_id).where(VersionSource.version_id == newest.id)).all()
    sources = list(dict.fromkeys([*kept, *(proposal_ids or [])]))
    merged, status = _merged_before(session, sources), principle.status
    version = _add_version(session, principle, newest.version + 1, statement, because, who, sources)
    principle.status = PrincipleStatus.DRAFT
    session.add(principle)
    event_id = record(
        session,
        alliance_id=principle.alliance_id,
        who=who,
        what="principle reworded",
        number=principle.number,
        version=version.version,
    )
    _keep_for_undo(session, event_id, version, status=status, merged=merged)
    alliance_changed(session, principle.alliance_id, content=True)
    return PrincipleWorded(principle_id, principle.number, version.id)


def leave_out_principle(session: Session, *, who: str, principle_id: int) -> None:
    """Leave a principle out of the agenda. Raises `RoundStillOpen` while it is being voted on."""
    principle = existing(session, Principle, principle_id)
    _refuse_while_voting(session, principle_id)
    principle.status = PrincipleStatus.LEFT_OUT
    _store(session, principle, who, "principle left out")


def take_back_principle(session: Session, *, who: str, principle_id: int) -> None:
    """Undo leaving out: a draft again, to be voted on."""
    principle = existing(session, Principle, principle_id)
    if principle.status == PrincipleStatus.LEFT_OUT:
        principle.status = PrincipleStatus.DRAFT
        _store(session, principle, who, "principle taken back")


def set_review(session: Session, *, who: str, principle_id: int, review_on: date | None) -> None:
    """Set when a principle is looked at again: consent holds until a review date (Sociocracy 3.0)."""
    principle = existing(session, Principle, principle_id)
    principle.review_on = review_on
    _store(session, principle, who, "review date set")


def worded_principles(session: Session, alliance_id: int) -> list[WordedPrinciple]:
    """Return the principles that stand, draft or adopted, the one that was worded or reworded last first."""
    newest = (
        select(func.max(PrincipleVersion.id))
        .join(Principle, col(Principle.id) == PrincipleVersion.principle_id)
        .where(Principle.alliance_id == alliance_id)
        .group_by(col(PrincipleVersion.principle_id))
    )
    found = session.exec(
        select(Principle, PrincipleVersion, func.count(col(VersionSource.proposal_id)))
        .join(PrincipleVersion, col(PrincipleVersion.principle_id) == Principle.id)
        .join(VersionSource, col(VersionSource.version_id) == PrincipleVersion.id, isouter=True)
        .where(
            col(PrincipleVersion.id).in_(newest),
            col(Principle.status).in_((PrincipleStatus.DRAFT, PrincipleStatus.ADOPTED)),
        )
        .group_by(col(Principle.id), col(PrincipleVersion.id))
        .order_by(col(PrincipleVersion.id).desc())
    ).all()
    return [
        WordedPrinciple(principle.number, version.text, principle.status, sources)
        for principle, version, sources in found
    ]


def _add_version(
    session: Session,
    principle: Principle,
    number: int,
    text: str,
    why: str,
    who: str,
    proposal_ids: list[int],
) -> PrincipleVersion:
    version = PrincipleVersion(
        principle_id=principle.id, version=number, text=text, why=why, written_by=who, written_at=now()
    )
    session.add(version)
    session.flush()
    for proposal_id in dict.fromkeys(proposal_ids):
        proposal = session.get(Proposal, proposal_id)
        if (
            proposal is None
            or read_workshop(session, proposal.workshop_id).alliance_id != principle.alliance_id
        ):
            raise NotFound("proposal")
        session.add(VersionSource(version_id=version.id, proposal_id=proposal_id))
        proposal.merged_into = principle.id
        session.add(proposal)
    session.flush()
    return version


def _merged_before(session: Session, proposal_ids: list[int]) -> list[list[int | None]]:
    """Return of which principle each proposal is a source now, as pairs; None of none."""
    found = session.exec(
        select(Proposal).where(col(Proposal.id).in_(proposal_ids)).order_by(col(Proposal.id))
    )
    return [[proposal.id, proposal.merged_into] for proposal in found.all()]


def _keep_for_undo(
    session: Session,
    event_id: int,
    version: PrincipleVersion,
    *,
    status: str | None,
    merged: list[list[int | None]],
) -> None:
    """Keep what stood before a version: the principle's status, None where there was no such principle."""
    keep_for_undo(
        session,
        event_id,
        f"principle {version.principle_id}",
        principle=version.principle_id,
        version=version.id,
        status=status,
        merged=merged,
    )


def newest_version(session: Session, principle_id: int) -> PrincipleVersion:
    """Return the newest version of a principle."""
    return session.exec(
        select(PrincipleVersion)
        .where(PrincipleVersion.principle_id == principle_id)
        .order_by(col(PrincipleVersion.version).desc())
        .limit(1)
    ).one()


def _refuse_while_voting(session: Session, principle_id: int) -> None:
    voting = session.exec(
        select(Round.id)
        .join(RoundItem, col(RoundItem.round_id) == Round.id)
        .join(PrincipleVersion, col(PrincipleVersion.id) == RoundItem.version_id)
        .where(PrincipleVersion.principle_id == principle_id, col(Round.closed_at).is_(None))
    ).first()
    if voting is not None:
        raise RoundStillOpen


def _store(session: Session, principle: Principle, who: str, what: str) -> None:
    session.add(principle)
    record(session, alliance_id=principle.alliance_id, who=who, what=what, number=principle.number)
    alliance_changed(session, principle.alliance_id, content=True)
