"""What is shown of what was collected for a startfoto to who leads it.

What is not released shows its words only where one collects.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.baseline.baseline import read_themes
from models.baseline.conclusion_views import as_evidence
from models.baseline.coverage import Coverage, Heard, coverage
from models.baseline.erasing import PRIVATE, erased_on
from models.baseline.names import hints_of, known_names
from models.baseline.releasing import open_hints_of
from models.baseline.telling import Hint
from models.basics.words import Consent, SourceKind, Stance
from models.storage.finding import existing
from models.tables import Baseline, BaselineSource, Finding, FindingTheme, Replacement, Theme


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
