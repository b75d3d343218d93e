"""What who was interviewed sees by their own link: what was found in their words, and how far each may be shared."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.baseline.erasing import erased_on
from models.baseline.findings import source_of_speaker
from models.basics.words import Consent
from models.storage.finding import existing
from models.tables import Alliance, Baseline, BaselineReport, Finding


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
    return SpeakerView(
        alliance=existing(session, Alliance, baseline.alliance_id),
        side=source.side,
        alias_number=source.alias_number or 0,
        name=source.name,
        findings=[_spoken(finding) for finding in findings],
        frozen_at=frozen_at,
        erased_on=erased_on(source, baseline.presented_on),
        is_erased=source.note_erased_at is not None,
    )


def _spoken(finding: Finding) -> Spoken:
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
    )
