"""When a finding may stand elsewhere than on the pages where one collects: with consent, and every hint answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from models.baseline.names import KnownNames, hints_of, hints_of_finding, known_names
from models.baseline.telling import NOWHERE, Hint, unanswered, within
from models.basics.clock import now
from models.basics.words import Consent
from models.storage.finding import existing
from models.tables import Baseline, BaselineSource, Finding, KeptWord


def settle(session: Session, source: BaselineSource) -> None:
    """Release what of a source may be shared now, and take back what may not any more."""
    session.flush()
    baseline = existing(session, Baseline, source.baseline_id)
    findings = session.exec(select(Finding).where(Finding.source_id == source.id)).all()
    hints = open_hints_of(session, source, findings, known_names(session, baseline.alliance_id))
    for finding in findings:
        may = finding.consent != Consent.NONE and finding.withdrawn_at is None and not hints[finding.id]
        if may and finding.released_at is None:
            finding.released_at = now()
        elif not may:
            finding.released_at = None
        session.add(finding)
    session.flush()


def withdraw(finding: Finding) -> None:
    """Let nothing of a finding be shared any more: its speaker took it back."""
    finding.consent, finding.consent_by_speaker = Consent.NONE, True
    finding.consent_at = finding.withdrawn_at = now()
    finding.released_at = None


def ask_anew(finding: Finding) -> None:
    """Let nothing of a finding be shared until its speaker was asked again."""
    finding.consent, finding.consent_by, finding.consent_at = Consent.NONE, "", None
    finding.consent_by_speaker = False
    finding.released_at = None


def open_hints_of(
    session: Session, source: BaselineSource, findings: Sequence[Finding], known: KnownNames
) -> dict[int, list[Hint]]:
    """Return the unanswered hints of each of these findings of a source; its note is read once.

    What is shared with the role asks about the role too: those hints stand on no place in the words.
    """
    kept: dict[int, list[str]] = defaultdict(list)
    for finding_id, word in session.exec(
        select(KeptWord.finding_id, KeptWord.word).where(
            col(KeptWord.finding_id).in_([finding.id for finding in findings])
        )
    ).all():
        kept[finding_id].append(word)
    of_note = hints_of(source.note, known) if source.note else []
    of_role = [replace(hint, starts=NOWHERE, ends=NOWHERE) for hint in hints_of(source.role, known)]
    return {
        finding.id: unanswered(
            [
                *(
                    within(of_note, finding.starts, finding.ends)
                    if finding.starts is not None and finding.ends is not None and source.note
                    else hints_of_finding(finding, source, known)
                ),
                *(of_role if finding.consent in (Consent.WITH_ROLE, Consent.WITH_NAME) else []),
            ],
            kept[finding.id],
        )
        for finding in findings
    }
