"""An edition of a startfoto's report is known by the SHA-256 of its text, or by how that begins."""

from sqlmodel import Session, col, select

from models.reports.freezing import ReportDocument, document_of
from models.signing.files import CHECK_CODE_LENGTH, MOST_ORIGINALS, DocumentCheck, check_document
from models.tables import Baseline, BaselineReport


def check_any(
    session: Session, *, sha256_of_bytes: str | None = None, code: str | None = None
) -> DocumentCheck | None:
    """Return what is known of an agenda, or of an edition of a report; see `check_document`.

    No bytes of a report are kept: it is known by its text, of which its file can be made again.
    """
    found = check_document(session, sha256_of_bytes=sha256_of_bytes, code=code)
    if found is not None or not code:
        return found
    typed = "".join(code.split()).lower()
    if len(typed) < CHECK_CODE_LENGTH or any(letter not in "0123456789abcdef" for letter in typed):
        return None
    kept = session.exec(
        select(BaselineReport, Baseline.number)
        .join(Baseline, col(Baseline.id) == BaselineReport.baseline_id)
        .where(col(BaselineReport.sha256).startswith(typed))
    ).first()
    if kept is None:
        return None
    report, number = kept
    document = document_of(session, report)
    alliance = document.content["alliance"]
    return DocumentCheck(
        alliance["name"],
        version=number,
        edition=report.edition,
        copy_for=None,
        closed_at=report.frozen_at,
        sha256=report.sha256,
        control_words=document.control_words,
        language=alliance["language"],
        agenda_id=report.id,
        time_zone=alliance["time_zone"],
        report_of=number,
    )


def documents_of_text(session: Session, sha256: str) -> list[ReportDocument]:
    """Return every edition of this very text: two places of one name may have frozen the same."""
    found = session.exec(
        select(BaselineReport)
        .where(BaselineReport.sha256 == sha256)
        .order_by(col(BaselineReport.id))
        .limit(MOST_ORIGINALS)
    ).all()
    return [document_of(session, report) for report in found]
