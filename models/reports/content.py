"""What the report of a startfoto says, as plain data: only what is released, so that a copy leaks nothing."""

from typing import Any, NotRequired, TypedDict

from sqlmodel import Session, col, select

from models.alliance.alliance import read_alliance
from models.baseline.conclusion_views import ConclusionView, list_conclusions, list_improvements
from models.baseline.views import FindingTold, collect_view, findings_told
from models.basics.words import Side, SourceKind
from models.picture.reading import read_picture
from models.picture.second import read_second
from models.reports.picture import ChangedContent, PictureContent, changed_content, picture_content, row_keys
from models.storage.finding import existing
from models.tables import Baseline, BaselineSource

FORMAT = 1


class FindingContent(TypedDict):
    number: int
    text: str
    is_quote: bool
    kind: str
    side: str
    alias: int | None
    title: str
    reference: str
    role: str
    name: str
    themes: list[str]
    effect: str


class EvidenceContent(TypedDict):
    """`finding` is its number, None where its words are not released."""

    finding: int | None
    stance: str


class ScoredContent(TypedDict):
    """A statement as evidence, by its number."""

    number: int
    stance: str


class ConclusionContent(TypedDict):
    number: int
    text: str
    themes: list[str]
    sureness: str
    answers: dict[str, str]
    opposite_sought: bool
    findings: int
    kinds: int
    heard: dict[str, int]
    against: int
    lacks: list[str]
    evidence: list[EvidenceContent]
    statements: list[str]
    # The same with their numbers in the picture; a report that was frozen before lacks it.
    scored: NotRequired[list[ScoredContent]]


class ImprovementContent(TypedDict):
    number: int
    text: str
    who_could: str
    state: str
    why_not_now: str
    conclusions: list[int]
    principle: int | None
    agreement: int | None


class CellContent(TypedDict):
    findings: int
    sources: int


class ThemeContent(TypedDict):
    name: str
    cells: dict[str, CellContent]


class SourcesContent(TypedDict):
    """How many sources there are of each kind, and interviews on each side; `documents` can be read by anybody."""

    by_kind: dict[str, int]
    interviews: dict[str, int]
    first_on: str | None
    last_on: str | None
    guide_given: int
    documents: list[dict[str, str]]


class ReportContent(TypedDict):
    """`picture` stands there once its statements were closed, `changed` once there is a photo before it to compare."""

    format: int
    edition: int
    alliance: dict[str, str]
    number: int
    title: str
    started_on: str | None
    presented_on: str | None
    sources: SourcesContent
    themes: list[ThemeContent]
    findings: list[FindingContent]
    not_released: int
    conclusions: list[ConclusionContent]
    improvements: list[ImprovementContent]
    picture: NotRequired[PictureContent]
    changed: NotRequired[ChangedContent]


def report_content(session: Session, baseline_id: int, *, edition: int) -> ReportContent:
    """Return what a report says now: JSON values only, days in ISO 8601. Raises `NotFound`."""
    baseline = existing(session, Baseline, baseline_id)
    alliance = read_alliance(session, baseline.alliance_id)
    collected = collect_view(session, baseline_id)
    told = findings_told(session, baseline_id)
    names = {theme.id: theme.name for theme in collected.themes}
    released = {one.number for one in told if one.is_released}
    interviews = [one for one in collected.sources if one.kind == SourceKind.INTERVIEW]
    days = sorted(one.held_on for one in interviews if one.held_on is not None)
    content: ReportContent = {
        "format": FORMAT,
        "edition": edition,
        "alliance": {
            "name": alliance.name,
            "place": alliance.place,
            "purpose": alliance.purpose,
            "language": alliance.language,
            "time_zone": alliance.time_zone,
            "contact": alliance.contact,
            "accent": alliance.accent or "",
            "logo": alliance.logo or "",
        },
        "number": baseline.number,
        "title": baseline.title,
        "started_on": baseline.started_on.isoformat() if baseline.started_on else None,
        "presented_on": baseline.presented_on.isoformat() if baseline.presented_on else None,
        "sources": {
            "by_kind": {kind.value: collected.count(kind) for kind in SourceKind},
            "interviews": {side.value: sum(one.side == side for one in interviews) for side in Side},
            "first_on": days[0].isoformat() if days else None,
            "last_on": days[-1].isoformat() if days else None,
            "guide_given": guide_given(session, baseline_id),
            "documents": _documents(told),
        },
        "themes": [
            {
                "name": names[row[0].theme_id],
                "cells": {
                    cell.side.value: {"findings": cell.findings, "sources": cell.sources} for cell in row
                },
            }
            for row in collected.coverage.rows
        ],
        "findings": [_finding(one) for one in told if one.is_released],
        "not_released": sum(not one.is_released for one in told),
        "conclusions": [_conclusion(one, names, released) for one in list_conclusions(session, baseline_id)],
        "improvements": [
            {
                "number": one.number,
                "text": one.text,
                "who_could": one.who_could,
                "state": one.state,
                "why_not_now": one.why_not_now,
                "conclusions": one.conclusions,
                "principle": one.became.principle if one.became else None,
                "agreement": one.became.agreement if one.became else None,
            }
            for one in list_improvements(session, baseline_id)
        ],
    }
    view = read_picture(session, baseline_id)
    if view.is_closed:
        photo = read_second(session, baseline_id)
        keys = row_keys(view, *([photo.before] if photo else []))
        content["picture"] = picture_content(view, keys)
        if photo is not None:
            content["changed"] = changed_content(photo, keys)
    return content


def guide_given(session: Session, baseline_id: int) -> int:
    """Return to how many of who was interviewed the explanation was given."""
    return len(
        session.exec(
            select(BaselineSource.id).where(
                BaselineSource.baseline_id == baseline_id, col(BaselineSource.is_guide_handed_over).is_(True)
            )
        ).all()
    )


def _documents(told: list[FindingTold]) -> list[dict[str, str]]:
    """Return the documents in which something was found, each once, in the order of the findings."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one in told:
        if one.kind != SourceKind.INTERVIEW:
            found.setdefault(
                (one.kind, one.title),
                {"kind": one.kind, "title": one.title, "reference": one.reference, "link": one.link},
            )
    return list(found.values())


def _finding(one: FindingTold) -> FindingContent:
    return {
        "number": one.number,
        "text": one.text,
        "is_quote": one.is_quote,
        "kind": one.kind,
        "side": one.side,
        "alias": one.alias_number,
        "title": one.title,
        "reference": one.reference,
        "role": one.role,
        "name": one.name,
        "themes": one.themes,
        "effect": one.effect,
    }


def _conclusion(one: ConclusionView, names: dict[int, str], released: set[int]) -> ConclusionContent:
    standing = one.standing
    content: ConclusionContent = {
        "number": one.number,
        "text": one.text,
        "themes": [names[theme_id] for theme_id in one.theme_ids if theme_id in names],
        "sureness": one.sureness,
        "answers": {
            "methods": one.methods,
            "coherence": one.coherence,
            "adequacy": one.adequacy,
            "relevance": one.relevance,
        },
        "opposite_sought": one.opposite_sought,
        "findings": standing.findings,
        "kinds": standing.kinds,
        "heard": {side.value: count for side, count in standing.heard},
        "against": standing.against,
        "lacks": [lack.value for lack in standing.lacks],
        "evidence": [
            {"finding": piece.number if piece.number in released else None, "stance": piece.stance.value}
            for piece in one.evidence
        ],
        "statements": [statement.text for statement in one.statements],
    }
    if one.statements:
        content["scored"] = [
            {"number": statement.number, "stance": statement.stance.value} for statement in one.statements
        ]
    return content


def as_json(content: ReportContent) -> dict[str, Any]:
    """Return the content for whoever writes it as JSON."""
    return dict(content)
