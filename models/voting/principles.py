"""Principles as pages and documents read them: every version, its sources, and the rounds about it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from models.drafting.proposal import SHOWN, state_of
from models.tables import Principle, PrincipleVersion, Proposal, Support, VersionSource
from models.voting.round_views import RoundView, rounds_of_alliance


@dataclass(frozen=True)
class VersionView:
    id: int
    version: int
    text: str
    why: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True)
class SourceView:
    """A proposal that a version was worded from. Only a shown one may leave the facilitators' pages."""

    proposal_id: int
    text: str
    support: int
    is_shown: bool


@dataclass(frozen=True)
class PrincipleView:
    """A principle with its newest text, all versions (newest first), its sources and its rounds (oldest first)."""

    id: int
    number: int
    text: str
    version: int
    version_id: int
    status: str
    review_on: date | None
    versions: list[VersionView] = field(default_factory=list)
    sources: list[SourceView] = field(default_factory=list)
    rounds: list[RoundView] = field(default_factory=list)


def list_principles(session: Session, alliance_id: int) -> list[PrincipleView]:
    """Return the principles of an alliance by number."""
    principles = session.exec(
        select(Principle).where(Principle.alliance_id == alliance_id).order_by(col(Principle.number))
    ).all()
    versions: dict[int, list[PrincipleVersion]] = defaultdict(list)
    for version in session.exec(
        select(PrincipleVersion)
        .join(Principle, col(Principle.id) == PrincipleVersion.principle_id)
        .where(Principle.alliance_id == alliance_id)
        .order_by(col(PrincipleVersion.version).desc())
    ).all():
        versions[version.principle_id].append(version)
    sources = _sources(session, alliance_id)
    rounds = rounds_of_alliance(session, alliance_id)
    return [
        PrincipleView(
            id=principle.id,
            number=principle.number,
            text=versions[principle.id][0].text,
            version=versions[principle.id][0].version,
            version_id=versions[principle.id][0].id,
            status=principle.status,
            review_on=principle.review_on,
            versions=[
                VersionView(
                    found.id, found.version, found.text, found.why, found.written_by, found.written_at
                )
                for found in versions[principle.id]
            ],
            sources=sources.get(versions[principle.id][0].id, []),
            rounds=[
                found for found in rounds if any(item.principle_id == principle.id for item in found.items)
            ],
        )
        for principle in principles
    ]


def _sources(session: Session, alliance_id: int) -> dict[int, list[SourceView]]:
    """Return the sources of every version with the support that each had."""
    sources: dict[int, list[SourceView]] = defaultdict(list)
    for version_id, proposal, support in session.exec(
        select(VersionSource.version_id, Proposal, func.count(col(Support.participant_id)))
        .join(Proposal, col(Proposal.id) == VersionSource.proposal_id)
        .join(PrincipleVersion, col(PrincipleVersion.id) == VersionSource.version_id)
        .join(Principle, col(Principle.id) == PrincipleVersion.principle_id)
        .join(Support, col(Support.proposal_id) == Proposal.id, isouter=True)
        .where(Principle.alliance_id == alliance_id)
        .group_by(col(VersionSource.version_id), col(Proposal.id))
        .order_by(col(Proposal.id))
    ).all():
        is_shown = state_of(proposal) == SHOWN
        sources[version_id].append(SourceView(proposal.id, proposal.text, support, is_shown))
    return sources
