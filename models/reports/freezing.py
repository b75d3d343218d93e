"""A report of a startfoto is frozen like an agenda: edition by edition, with control words. Its text never changes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import cast

from rfc8785 import dumps as canonical_json
from sqlmodel import Session, col, func, select

from models.alliance.logo import logo_png
from models.basics.clock import now
from models.basics.errors import NothingToReport, ReportFrozen
from models.basics.text import NAME_LIMIT
from models.reports.content import ReportContent, as_json, report_content
from models.signing.control_words import control_words
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.database import reading
from models.storage.finding import existing
from models.storage.writing import write
from models.tables import Baseline, BaselineReport


@dataclass(frozen=True)
class ReportFrozenAs:
    report_id: int
    edition: int


@dataclass(frozen=True)
class ReportDocument:
    """A report for its Word file. One that is not frozen has no `frozen_at`, and no control words."""

    content: ReportContent
    made_at: datetime
    frozen_at: datetime | None
    frozen_by: str
    sha256: str
    control_words: tuple[str, ...]
    logo: bytes | None = None


@dataclass(frozen=True)
class FrozenReport:
    """The newest edition. `withdrawn` counts what stands in it and was taken back since: not in the next edition."""

    report_id: int
    edition: int
    frozen_at: datetime
    frozen_by: str
    control_words: tuple[str, ...]
    withdrawn: int
    has_changed: bool


def freeze_report(session: Session, *, who: str, baseline_id: int) -> ReportFrozenAs:
    """Freeze what the report says now as its next edition. The control words come after it: see `complete_words`.

    Raises `NothingToReport`, and `ReportFrozen` when the last edition says the very same.
    """
    baseline = existing(session, Baseline, baseline_id, lock=True)
    highest = session.exec(
        select(func.max(BaselineReport.edition)).where(BaselineReport.baseline_id == baseline_id)
    ).one()
    edition = (highest or 0) + 1
    content = report_content(session, baseline_id, edition=edition)
    if not content["conclusions"]:
        raise NothingToReport
    last = _newest(session, baseline_id)
    if last is not None and _says_the_same(json.loads(last.content), content):
        raise ReportFrozen
    text = canonical_json(as_json(content)).decode()
    report = BaselineReport(
        baseline_id=baseline_id,
        edition=edition,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        frozen_by=who[:NAME_LIMIT],
        frozen_at=now(),
    )
    session.add(report)
    session.flush()
    record(
        session,
        alliance_id=baseline.alliance_id,
        who=who,
        what="report frozen",
        number=baseline.number,
        edition=edition,
    )
    alliance_changed(session, baseline.alliance_id)
    return ReportFrozenAs(report.id, edition)


def complete_words(report_id: int | None = None) -> None:
    """Compute and keep the control words of this edition, or of all, where they are not kept yet. Not an action."""
    missing = select(BaselineReport.id, BaselineReport.sha256, BaselineReport.content).where(
        BaselineReport.control_words == ""
    )
    if report_id is not None:
        missing = missing.where(BaselineReport.id == report_id)
    with reading() as session:
        found = session.exec(missing.order_by(col(BaselineReport.id))).all()
    for without, sha256, content in found:
        words = control_words(sha256, json.loads(content)["alliance"]["language"])
        write(keep_words_of_report, report_id=without, words=words)


def keep_words_of_report(session: Session, *, report_id: int, words: tuple[str, ...]) -> None:
    """Keep the control words of an edition. Those that are kept already stay."""
    report = existing(session, BaselineReport, report_id, lock=True)
    if not report.control_words:
        report.control_words = " ".join(words)
        session.add(report)


def frozen_report(session: Session, baseline_id: int) -> FrozenReport | None:
    """Return the newest edition of a startfoto's report, or None before there is one."""
    report = _newest(session, baseline_id)
    if report is None:
        return None
    content = cast("ReportContent", json.loads(report.content))
    today = report_content(session, baseline_id, edition=report.edition)
    told = {one["number"] for one in today["findings"]}
    return FrozenReport(
        report.id,
        report.edition,
        report.frozen_at,
        report.frozen_by,
        tuple(report.control_words.split()),
        withdrawn=sum(one["number"] not in told for one in content["findings"]),
        has_changed=not _says_the_same(content, today),
    )


def report_document(session: Session, baseline_id: int) -> ReportDocument:
    """Return the newest edition, or while there is none what the report would say now. Raises `NotFound`.

    What is not frozen is dated by the day on which the startfoto began: the same content gives the same bytes.
    """
    report = _newest(session, baseline_id)
    return document_of(session, report) if report is not None else draft_document(session, baseline_id)


def document_of(session: Session, report: BaselineReport) -> ReportDocument:
    """Return what the Word file of an edition is made of."""
    content = cast("ReportContent", json.loads(report.content))
    words = tuple(report.control_words.split()) or control_words(
        report.sha256, content["alliance"]["language"]
    )
    return ReportDocument(
        content,
        report.frozen_at,
        report.frozen_at,
        report.frozen_by,
        report.sha256,
        words,
        _logo(session, report.baseline_id, content),
    )


def draft_document(session: Session, baseline_id: int) -> ReportDocument:
    """Return what the report would say if it were frozen now."""
    baseline = existing(session, Baseline, baseline_id)
    highest = session.exec(
        select(func.max(BaselineReport.edition)).where(BaselineReport.baseline_id == baseline_id)
    ).one()
    content = report_content(session, baseline_id, edition=(highest or 0) + 1)
    began = baseline.started_on or now().date()
    made_at = datetime.combine(began, time(12), tzinfo=UTC)
    return ReportDocument(content, made_at, None, "", "", (), _logo(session, baseline_id, content))


def _logo(session: Session, baseline_id: int, content: ReportContent) -> bytes | None:
    alliance_id = existing(session, Baseline, baseline_id).alliance_id
    return logo_png(session, alliance_id, content["alliance"].get("logo"))


def _newest(session: Session, baseline_id: int) -> BaselineReport | None:
    return session.exec(
        select(BaselineReport)
        .where(BaselineReport.baseline_id == baseline_id)
        .order_by(col(BaselineReport.edition).desc())
        .limit(1)
    ).first()


def _says_the_same(frozen: ReportContent, content: ReportContent) -> bool:
    """Return whether two contents say the same, whatever their edition. One from before there were logos has none."""
    before, after = (
        {**each, "edition": 0, "alliance": {"logo": "", **each["alliance"]}} for each in (frozen, content)
    )
    return bool(before == json.loads(json.dumps(after)))
