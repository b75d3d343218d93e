"""What is shown of a startfoto's conclusions with their evidence, and of what became of its points for improvement."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.baseline.evidence import Piece, Standing, standing
from models.basics.words import Consent, SourceKind, Stance
from models.tables import (
    Agreement,
    BaselineSource,
    Conclusion,
    ConclusionEvidence,
    ConclusionTheme,
    Finding,
    Improvement,
    ImprovementConclusion,
    Principle,
    Proposal,
    Statement,
    Theme,
    Workshop,
)


@dataclass(frozen=True)
class Evidence:
    """A finding beside a conclusion. `text` is empty while it is not released; `is_quote` for a speaker's own words.

    `role` and `name` are empty where the speaker does not allow them; `is_attributed` whether the alias may be told.
    """

    finding_id: int
    number: int
    stance: Stance
    text: str
    is_quote: bool
    source_id: int
    kind: str
    side: str
    alias_number: int | None
    title: str
    role: str
    name: str
    is_attributed: bool


@dataclass(frozen=True)
class StatementEvidence:
    statement_id: int
    number: int
    stance: Stance
    text: str


@dataclass(frozen=True)
class ConclusionView:
    id: int
    number: int
    text: str
    theme_ids: list[int]
    sureness: str
    methods: str
    coherence: str
    adequacy: str
    relevance: str
    opposite_sought: bool
    standing: Standing
    evidence: list[Evidence]
    statements: list[StatementEvidence]

    def of(self, stance: Stance) -> list[Evidence]:
        """Return the findings for it, or those against it."""
        return [one for one in self.evidence if one.stance is stance]


@dataclass(frozen=True)
class Became:
    """What became of a point that was made a proposal, and in which meeting; numbers as far as it has come."""

    proposal_id: int
    code: str
    held_on: date
    principle: int | None
    agreement: int | None


@dataclass(frozen=True)
class ImprovementView:
    id: int
    number: int
    text: str
    who_could: str
    state: str
    why_not_now: str
    conclusions: list[int]
    became: Became | None


def list_conclusions(session: Session, baseline_id: int) -> list[ConclusionView]:
    """Return the conclusions of a startfoto with their evidence, in order. What was withdrawn is nowhere in it."""
    conclusions = session.exec(
        select(Conclusion).where(Conclusion.baseline_id == baseline_id).order_by(col(Conclusion.number))
    ).all()
    own = select(Conclusion.id).where(Conclusion.baseline_id == baseline_id)
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for laid, finding, source in session.exec(
        select(ConclusionEvidence, Finding, BaselineSource)
        .join(Finding, col(Finding.id) == ConclusionEvidence.finding_id)
        .join(BaselineSource, col(BaselineSource.id) == Finding.source_id)
        .where(col(ConclusionEvidence.conclusion_id).in_(own), col(Finding.withdrawn_at).is_(None))
        .order_by(col(Finding.number))
    ).all():
        evidence[laid.conclusion_id].append(as_evidence(finding, source, Stance(laid.stance)))
    statements: dict[int, list[StatementEvidence]] = defaultdict(list)
    for laid, statement in session.exec(
        select(ConclusionEvidence, Statement)
        .join(Statement, col(Statement.id) == ConclusionEvidence.statement_id)
        .where(col(ConclusionEvidence.conclusion_id).in_(own))
        .order_by(col(Statement.number))
    ).all():
        statements[laid.conclusion_id].append(
            StatementEvidence(statement.id, statement.number, Stance(laid.stance), statement.text)
        )
    themes: dict[int, list[int]] = defaultdict(list)
    for conclusion_id, theme_id in session.exec(
        select(ConclusionTheme.conclusion_id, ConclusionTheme.theme_id)
        .join(Theme, col(Theme.id) == ConclusionTheme.theme_id)
        .where(col(ConclusionTheme.conclusion_id).in_(own))
        .order_by(col(Theme.position))
    ).all():
        themes[conclusion_id].append(theme_id)
    return [
        _conclusion_view(found, themes[found.id], evidence[found.id], statements[found.id])
        for found in conclusions
    ]


def list_improvements(session: Session, baseline_id: int) -> list[ImprovementView]:
    """Return the points for improvement of a startfoto, and what became of each, in order."""
    found = session.exec(
        select(Improvement).where(Improvement.baseline_id == baseline_id).order_by(col(Improvement.number))
    ).all()
    conclusions: dict[int, list[int]] = defaultdict(list)
    for improvement_id, number in session.exec(
        select(ImprovementConclusion.improvement_id, Conclusion.number)
        .join(Conclusion, col(Conclusion.id) == ImprovementConclusion.conclusion_id)
        .where(Conclusion.baseline_id == baseline_id)
        .order_by(col(Conclusion.number))
    ).all():
        conclusions[improvement_id].append(number)
    became = what_became(session, [one.id for one in found])
    return [
        ImprovementView(
            one.id,
            one.number,
            one.text,
            one.who_could,
            one.state,
            one.why_not_now,
            conclusions[one.id],
            became.get(one.id),
        )
        for one in found
    ]


def what_became(session: Session, improvement_ids: Sequence[int]) -> dict[int, Became]:
    """Return what became of points for improvement that were made proposals, by their id."""
    found: dict[int, Became] = {}
    for proposal, workshop, principle, agreement in session.exec(
        select(Proposal, Workshop, Principle.number, Agreement.number)
        .join(Workshop, col(Workshop.id) == Proposal.workshop_id)
        .join(Principle, col(Principle.id) == Proposal.merged_into, isouter=True)
        .join(Agreement, col(Agreement.proposal_id) == Proposal.id, isouter=True)
        .where(col(Proposal.improvement_id).in_(improvement_ids), col(Proposal.withdrawn_at).is_(None))
        .order_by(col(Proposal.id), col(Agreement.number))
    ).all():
        if proposal.improvement_id is not None:
            found.setdefault(
                proposal.improvement_id,
                Became(proposal.id, workshop.code, workshop.held_on, principle, agreement),
            )
    return found


def findings_to_lay(session: Session, baseline_id: int) -> list[Evidence]:
    """Return every finding that can be laid beside a conclusion; the words of what is not released are not in it."""
    return [
        as_evidence(finding, source, Stance.FOR)
        for finding, source in session.exec(
            select(Finding, BaselineSource)
            .join(BaselineSource, col(BaselineSource.id) == Finding.source_id)
            .where(Finding.baseline_id == baseline_id, col(Finding.withdrawn_at).is_(None))
            .order_by(col(Finding.number))
        ).all()
    ]


def as_evidence(finding: Finding, source: BaselineSource, stance: Stance) -> Evidence:
    """Return a finding as others may read it: its words once it is released, and of its speaker what they allow."""
    is_released = finding.released_at is not None
    allowed = finding.consent if source.kind == SourceKind.INTERVIEW else Consent.WITH_NAME
    return Evidence(
        finding_id=finding.id,
        number=finding.number,
        stance=stance,
        text=finding.text if is_released else "",
        is_quote=finding.starts is not None,
        source_id=source.id,
        kind=source.kind,
        side=source.side,
        alias_number=source.alias_number,
        title=source.title,
        role=source.role if is_released and allowed in (Consent.WITH_ROLE, Consent.WITH_NAME) else "",
        name=source.name if is_released and allowed == Consent.WITH_NAME else "",
        is_attributed=is_released and allowed != Consent.WITHOUT_ATTRIBUTION,
    )


def _conclusion_view(
    conclusion: Conclusion,
    theme_ids: list[int],
    evidence: list[Evidence],
    statements: list[StatementEvidence],
) -> ConclusionView:
    return ConclusionView(
        id=conclusion.id,
        number=conclusion.number,
        text=conclusion.text,
        theme_ids=theme_ids,
        sureness=conclusion.sureness,
        methods=conclusion.methods,
        coherence=conclusion.coherence,
        adequacy=conclusion.adequacy,
        relevance=conclusion.relevance,
        opposite_sought=conclusion.opposite_sought,
        standing=standing(
            [Piece(one.stance, one.source_id, one.kind, one.side) for one in evidence],
            statements=len(statements),
            statements_against=sum(one.stance is Stance.AGAINST for one in statements),
            opposite_sought=conclusion.opposite_sought,
        ),
        evidence=evidence,
        statements=statements,
    )
