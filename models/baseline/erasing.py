"""Notes are erased on their day: what was released of them keeps its exact words, all else that somebody said goes."""

from datetime import date, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, or_, select

from models.baseline.findings import delete_findings
from models.baseline.removed import forget_removed
from models.basics.clock import months_after, now
from models.basics.words import Erased, SourceKind
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.writing import after_commit_forget
from models.tables import Baseline, BaselineSource, FieldNote, Finding, KeptWord, Replacement

DAYS_AFTER_PRESENTING = 30
MONTHS_AFTER_THE_INTERVIEW = 12
BY_ITSELF = "Handslag"
# What literature and figures say is nobody's secret: their notes are typed from what is published.
PRIVATE = (SourceKind.INTERVIEW, SourceKind.OBSERVATION)


def erased_on(source: BaselineSource, presented_on: date | None) -> date:
    """Return on which day the note of a source is erased."""
    latest = months_after(source.held_on or source.added_at.date(), MONTHS_AFTER_THE_INTERVIEW)
    if presented_on is None:
        return latest
    return min(latest, presented_on + timedelta(days=DAYS_AFTER_PRESENTING))


def erase_notes(session: Session, *, on: date | None = None) -> int:
    """Erase the notes whose day has come, and what was not released of them; return how many. Harmless when repeated.

    Gone are the note, what words were before they were made vaguer, the answers to hints, and every finding that was
    not released. `on` is the day, of UTC, in tests.
    """
    due = [(source, session.get_one(Baseline, source.baseline_id)) for source in due_to_erase(session, on=on)]
    for source, baseline in due:
        erase_source(session, source)
        session.flush()
        if not _has_notes(session, baseline.id):
            baseline.notes_erased_at = now()
            session.add(baseline)
    for baseline_id in sorted({baseline.id for _source, baseline in due}):
        baseline = session.get_one(Baseline, baseline_id)
        count = sum(of.id == baseline_id for _source, of in due)
        record(
            session,
            alliance_id=baseline.alliance_id,
            who=BY_ITSELF,
            what="notes erased",
            number=baseline.number,
            count=count,
        )
        alliance_changed(session, baseline.alliance_id, content=True)
    if due:
        after_commit_forget(session, Erased.NOTES)
    return len(due)


def due_to_erase(session: Session, *, on: date | None = None) -> list[BaselineSource]:
    """Return the sources whose day has come, and whose note is not erased yet."""
    day = on or now().date()
    return [
        source
        for source, baseline in session.exec(
            select(BaselineSource, Baseline)
            .join(Baseline, col(Baseline.id) == BaselineSource.baseline_id)
            .where(col(BaselineSource.note_erased_at).is_(None), col(BaselineSource.kind).in_(PRIVATE))
            .order_by(col(BaselineSource.id))
        ).all()
        if erased_on(source, baseline.presented_on) <= day
    ]


def erase_source(session: Session, source: BaselineSource) -> None:
    """Erase the note of a source, and of what was found in it all that was not released."""
    source.note = ""
    source.note_erased_at = now()
    session.add(source)
    of_source = select(Finding.id).where(Finding.source_id == source.id)
    delete_findings(session, session.exec(of_source.where(col(Finding.released_at).is_(None))).all())
    connection = session.connection()
    connection.execute(delete(KeptWord).where(col(KeptWord.finding_id).in_(of_source)))
    for table in (FieldNote, Replacement):
        connection.execute(delete(table).where(col(table.source_id) == source.id))
    forget_removed(session, source.id)


def _has_notes(session: Session, baseline_id: int) -> bool:
    return (
        session.exec(
            select(BaselineSource.id)
            .where(
                BaselineSource.baseline_id == baseline_id,
                col(BaselineSource.note_erased_at).is_(None),
                col(BaselineSource.kind).in_(PRIVATE),
                or_(BaselineSource.note != "", col(BaselineSource.id).in_(select(Finding.source_id))),
            )
            .limit(1)
        ).first()
        is not None
    )
