"""What who was interviewed sees by their own link: what was found in their words, and how far each may be shared."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.baseline.conclusion_views import list_conclusions, list_improvements
from models.baseline.erasing import erased_on
from models.baseline.findings import source_of_speaker
from models.basics.words import Consent, Stance
from models.storage.finding import existing
from models.tables import Alliance, Baseline, BaselineReport, Finding


@dataclass(frozen=True)
class LedTo:
    """A conclusion that rests on somebody's words; `points` follow from it, each with what became of it so far."""

    conclusion: str
    is_against: bool
    points: tuple["PointLedTo", ...]


@dataclass(frozen=True)
class PointLedTo:
    text: str
    is_proposed: bool
    principle: int | None
    agreement: int | None


@dataclass(frozen=True)
class Spoken:
    """One thing that was found in somebody's words. `may` are the choices that they have, the narrowest first.

    `is_asked` whether somebody chose before: until then they may allow as much as they like.
    """

    id: int
    number: int
    text: str
    is_quote: bool
    consent: Consent
    is_asked: bool
    withdrawn_at: datetime | None
    may: tuple[Consent, ...]
    led_to: tuple["LedTo", ...] = ()


@dataclass(frozen=True)
class SpeakerView:
    """The page of who was interviewed. `frozen_at`: since then a report stands that nobody changes any more."""

    alliance: Alliance
    side: str
    alias_number: int
    name: str
    findings: list[Spoken]
    frozen_at: datetime | None
    erased_on: date
    is_erased: bool


def speaker_view(session: Session, token: str) -> SpeakerView:
    """Return what who was interviewed may see and choose. Raises `NotFound`."""
    source = source_of_speaker(session, token)
    baseline = existing(session, Baseline, source.baseline_id)
    findings = session.exec(
        select(Finding).where(Finding.source_id == source.id).order_by(col(Finding.number))
    ).all()
    frozen_at = session.exec(
        select(BaselineReport.frozen_at)
        .where(BaselineReport.baseline_id == baseline.id)
        .order_by(col(BaselineReport.edition).desc())
        .limit(1)
    ).first()
    led_to = _led_to(session, baseline.id)
    return SpeakerView(
        alliance=existing(session, Alliance, baseline.alliance_id),
        side=source.side,
        alias_number=source.alias_number or 0,
        name=source.name,
        findings=[_spoken(finding, led_to.get(finding.id, ())) for finding in findings],
        frozen_at=frozen_at,
        erased_on=erased_on(source, baseline.presented_on),
        is_erased=source.note_erased_at is not None,
    )


def _led_to(session: Session, baseline_id: int) -> dict[int, tuple[LedTo, ...]]:
    """Return for each finding that lies beside a conclusion what came of it, by its id."""
    points: dict[int, list[PointLedTo]] = defaultdict(list)
    for point in list_improvements(session, baseline_id):
        became = point.became
        for number in point.conclusions:
            points[number].append(
                PointLedTo(
                    point.text,
                    became is not None,
                    became.principle if became else None,
                    became.agreement if became else None,
                )
            )
    found: dict[int, list[LedTo]] = defaultdict(list)
    for conclusion in list_conclusions(session, baseline_id):
        for one in conclusion.evidence:
            found[one.finding_id].append(
                LedTo(conclusion.text, one.stance is Stance.AGAINST, tuple(points[conclusion.number]))
            )
    return {finding_id: tuple(ways) for finding_id, ways in found.items()}


def _spoken(finding: Finding, led_to: tuple[LedTo, ...]) -> Spoken:
    is_asked = finding.consent_at is not None or finding.withdrawn_at is not None
    widest = list(Consent).index(Consent(finding.consent)) if is_asked else len(Consent) - 1
    return Spoken(
        finding.id,
        finding.number,
        finding.text,
        finding.starts is not None,
        Consent(finding.consent),
        is_asked,
        finding.withdrawn_at,
        tuple(Consent)[: widest + 1],
        # What is not shared led to nothing that anybody reads.
        led_to if finding.released_at is not None else (),
    )
