"""What is shown of a startfoto to who leads it. What is not released shows its words only where one collects."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.baseline.baseline import read_themes
from models.baseline.coverage import Coverage, Heard, coverage
from models.baseline.erasing import PRIVATE, erased_on
from models.baseline.evidence import Piece, Standing, standing
from models.baseline.names import hints_of, known_names
from models.baseline.releasing import open_hints_of
from models.baseline.telling import Hint
from models.basics.words import Consent, SourceKind, Stance
from models.storage.finding import existing
from models.tables import (
    Agreement,
    Baseline,
    BaselineSource,
    Conclusion,
    ConclusionEvidence,
    ConclusionTheme,
    Finding,
    FindingTheme,
    Improvement,
    ImprovementConclusion,
    Principle,
    Proposal,
    Replacement,
    Statement,
    Theme,
    Workshop,
)


@dataclass(frozen=True)
class ThemeRow:
    id: int
    name: str


@dataclass(frozen=True)
class SourceRow:
    """A source among others. `asking`, `waiting`, `released` and `withdrawn` count findings of an interview.

    Nobody has asked yet for consent to what is `asking`; what is `waiting` has it, and hints that nobody answered.
    """

    id: int
    number: int
    kind: str
    side: str
    alias_number: int | None
    title: str
    role: str
    held_on: date | None
    findings: int
    asking: int
    waiting: int
    released: int
    withdrawn: int

    @property
    def needs_consent(self) -> bool:
        return self.kind == SourceKind.INTERVIEW


@dataclass(frozen=True)
class CollectView:
    """Everything of the page where one collects."""

    baseline: "BaselineRow"
    themes: list[ThemeRow]
    coverage: Coverage
    sources: list[SourceRow]
    without_theme: int

    @property
    def findings(self) -> int:
        return sum(source.findings for source in self.sources)

    def count(self, kind: str) -> int:
        """Return how many sources are of this kind."""
        return sum(source.kind == kind for source in self.sources)


@dataclass(frozen=True)
class BaselineRow:
    id: int
    alliance_id: int
    number: int
    title: str
    started_on: date | None
    presented_on: date | None
    notes_erased_at: datetime | None


@dataclass(frozen=True)
class FindingView:
    """A finding where one collects. `hints` are those that nobody answered; `is_quote` for a span of the note."""

    id: int
    number: int
    text: str
    starts: int | None
    ends: int | None
    effect: str
    theme_ids: list[int]
    consent: str
    consent_by: str
    consent_by_speaker: bool
    consent_at: datetime | None
    withdrawn_at: datetime | None
    released_at: datetime | None
    hints: list[Hint]

    @property
    def is_quote(self) -> bool:
        return self.starts is not None


@dataclass(frozen=True)
class ReplacedWord:
    was: str
    became: str
    times: int


@dataclass(frozen=True)
class NoteView:
    """A source with its note, where one collects: the only place that shows what is not released."""

    baseline: BaselineRow
    themes: list[ThemeRow]
    source: SourceRow
    reference: str
    link: str
    name: str
    is_guide_handed_over: bool
    note: str
    note_revision: int
    note_erased_at: datetime | None
    erased_on: date | None
    hints: list[Hint]
    findings: list[FindingView]
    replaced: list[ReplacedWord]


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
    proposed_at: datetime
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


def baseline_row(baseline: Baseline) -> BaselineRow:
    """Return a startfoto as plain values."""
    return BaselineRow(
        baseline.id,
        baseline.alliance_id,
        baseline.number,
        baseline.title,
        baseline.started_on,
        baseline.presented_on,
        baseline.notes_erased_at,
    )


def list_baselines(session: Session, alliance_id: int) -> list[BaselineRow]:
    """Return the startfotos of an alliance, the first one first."""
    found = session.exec(
        select(Baseline).where(Baseline.alliance_id == alliance_id).order_by(col(Baseline.number))
    ).all()
    return [baseline_row(baseline) for baseline in found]


def collect_view(session: Session, baseline_id: int) -> CollectView:
    """Return what was collected so far, and where nobody was heard. Raises `NotFound`."""
    baseline = existing(session, Baseline, baseline_id)
    themes = read_themes(session, baseline.alliance_id)
    sources = session.exec(
        select(BaselineSource)
        .where(BaselineSource.baseline_id == baseline_id)
        .order_by(col(BaselineSource.number))
    ).all()
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for finding in session.exec(select(Finding).where(Finding.baseline_id == baseline_id)).all():
        counted = counts[finding.source_id]
        counted["findings"] += 1
        if finding.withdrawn_at is not None:
            counted["withdrawn"] += 1
        elif finding.released_at is not None:
            counted["released"] += 1
        elif finding.consent != Consent.NONE:
            counted["waiting"] += 1
        elif finding.consent_at is None:
            counted["asking"] += 1
    heard = [
        Heard(theme_id, side, source_id, finding_id)
        for theme_id, side, source_id, finding_id in session.exec(
            select(FindingTheme.theme_id, BaselineSource.side, Finding.source_id, Finding.id)
            .join(Finding, col(Finding.id) == FindingTheme.finding_id)
            .join(BaselineSource, col(BaselineSource.id) == Finding.source_id)
            .where(Finding.baseline_id == baseline_id, col(Finding.withdrawn_at).is_(None))
        ).all()
    ]
    total = sum(count["findings"] - count["withdrawn"] for count in counts.values())
    return CollectView(
        baseline=baseline_row(baseline),
        themes=[ThemeRow(theme.id, theme.name) for theme in themes],
        coverage=coverage([theme.id for theme in themes], heard),
        sources=[_source_row(source, counts[source.id]) for source in sources],
        without_theme=total - len({one.finding_id for one in heard}),
    )


def note_view(session: Session, source_id: int) -> NoteView:
    """Return a source, its note and all that was found in it. Raises `NotFound`."""
    source = existing(session, BaselineSource, source_id)
    baseline = existing(session, Baseline, source.baseline_id)
    findings = session.exec(
        select(Finding).where(Finding.source_id == source_id).order_by(col(Finding.number))
    ).all()
    themes: dict[int, list[int]] = defaultdict(list)
    for finding_id, theme_id in session.exec(
        select(FindingTheme.finding_id, FindingTheme.theme_id)
        .join(Theme, col(Theme.id) == FindingTheme.theme_id)
        .where(col(FindingTheme.finding_id).in_([finding.id for finding in findings]))
        .order_by(col(Theme.position))
    ).all():
        themes[finding_id].append(theme_id)
    known = known_names(session, baseline.alliance_id)
    hints = open_hints_of(session, source, findings, known)
    counts: Counter[str] = Counter(findings=len(findings))
    for finding in findings:
        counts["released"] += finding.released_at is not None
        counts["withdrawn"] += finding.withdrawn_at is not None
        counts["asking"] += finding.consent_at is None and finding.withdrawn_at is None
    replaced: Counter[tuple[str, str]] = Counter()
    for was, became in session.exec(
        select(Replacement.was, Replacement.became)
        .where(Replacement.source_id == source_id)
        .order_by(col(Replacement.id))
    ).all():
        replaced[was, became] += 1
    return NoteView(
        baseline=baseline_row(baseline),
        themes=[ThemeRow(theme.id, theme.name) for theme in read_themes(session, baseline.alliance_id)],
        source=_source_row(source, counts),
        reference=source.reference,
        link=source.link,
        name=source.name,
        is_guide_handed_over=source.is_guide_handed_over,
        note=source.note,
        note_revision=source.note_revision,
        note_erased_at=source.note_erased_at,
        erased_on=erased_on(source, baseline.presented_on) if source.kind in PRIVATE else None,
        hints=hints_of(source.note, known),
        findings=[_finding_view(finding, themes[finding.id], hints[finding.id]) for finding in findings],
        replaced=[ReplacedWord(was, became, times) for (was, became), times in replaced.items()],
    )


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
                Became(proposal.id, workshop.code, workshop.held_on, proposal.sent_at, principle, agreement),
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


@dataclass(frozen=True)
class FindingTold:
    """A finding as a table tells it: without its words while it is not released, of its speaker what they allow."""

    number: int
    kind: str
    side: str
    alias_number: int | None
    title: str
    reference: str
    link: str
    role: str
    name: str
    text: str
    is_quote: bool
    is_released: bool
    themes: list[str]
    effect: str


def findings_told(session: Session, baseline_id: int) -> list[FindingTold]:
    """Return every finding that stands, for a table that leaves the house. Raises `NotFound`."""
    baseline = existing(session, Baseline, baseline_id)
    names = {theme.id: theme.name for theme in read_themes(session, baseline.alliance_id)}
    themes = themes_of_findings(session, baseline_id)
    told = []
    for finding, source in session.exec(
        select(Finding, BaselineSource)
        .join(BaselineSource, col(BaselineSource.id) == Finding.source_id)
        .where(Finding.baseline_id == baseline_id, col(Finding.withdrawn_at).is_(None))
        .order_by(col(Finding.number))
    ).all():
        evidence = as_evidence(finding, source, Stance.FOR)
        is_told = source.kind != SourceKind.INTERVIEW or evidence.is_attributed
        told.append(
            FindingTold(
                number=finding.number,
                kind=source.kind,
                side=source.side if is_told else "",
                alias_number=source.alias_number if is_told else None,
                title=source.title,
                reference=source.reference if source.kind != SourceKind.INTERVIEW else "",
                link=source.link if source.kind != SourceKind.INTERVIEW else "",
                role=evidence.role,
                name=evidence.name,
                text=evidence.text,
                is_quote=evidence.is_quote,
                is_released=finding.released_at is not None,
                themes=[names[theme_id] for theme_id in themes.get(finding.id, [])],
                effect=finding.effect,
            )
        )
    return told


def themes_of_findings(session: Session, baseline_id: int) -> dict[int, list[int]]:
    """Return the themes of each finding, by its id, in the order of the list."""
    found: dict[int, list[int]] = defaultdict(list)
    for finding_id, theme_id in session.exec(
        select(FindingTheme.finding_id, FindingTheme.theme_id)
        .join(Finding, col(Finding.id) == FindingTheme.finding_id)
        .join(Theme, col(Theme.id) == FindingTheme.theme_id)
        .where(Finding.baseline_id == baseline_id)
        .order_by(col(Theme.position))
    ).all():
        found[finding_id].append(theme_id)
    return found


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


def _source_row(source: BaselineSource, counts: Counter[str]) -> SourceRow:
    return SourceRow(
        id=source.id,
        number=source.number,
        kind=source.kind,
        side=source.side,
        alias_number=source.alias_number,
        title=source.title,
        role=source.role,
        held_on=source.held_on,
        findings=counts["findings"],
        asking=counts["asking"],
        waiting=counts["waiting"],
        released=counts["released"],
        withdrawn=counts["withdrawn"],
    )


def _finding_view(finding: Finding, theme_ids: list[int], hints: Iterable[Hint]) -> FindingView:
    return FindingView(
        id=finding.id,
        number=finding.number,
        text=finding.text,
        starts=finding.starts,
        ends=finding.ends,
        effect=finding.effect,
        theme_ids=theme_ids,
        consent=finding.consent,
        consent_by=finding.consent_by,
        consent_by_speaker=finding.consent_by_speaker,
        consent_at=finding.consent_at,
        withdrawn_at=finding.withdrawn_at,
        released_at=finding.released_at,
        hints=list(hints),
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
