"""Conclusions: written, and laid beside what they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from models.baseline.baseline import note_event
from models.basics.clock import now
from models.basics.errors import InvalidValue
from models.basics.text import NAME_LIMIT, STATEMENT_LIMIT, optional_text, required_text
from models.basics.words import Stance
from models.storage.finding import existing
from models.storage.undoable import keep_for_undo
from models.tables import (
    Baseline,
    Conclusion,
    ConclusionEvidence,
    ConclusionTheme,
    Finding,
    ImprovementConclusion,
    Statement,
    Theme,
)

# The four questions of GRADE-CERQual, each answered in words.
QUESTIONS = ("methods", "coherence", "adequacy", "relevance")


@dataclass(frozen=True)
class ConclusionWritten:
    conclusion_id: int
    number: int


def write_conclusion(
    session: Session, *, who: str, baseline_id: int, text: str, theme_ids: Sequence[int] = ()
) -> ConclusionWritten:
    """Write a conclusion. It is a concept until it rests on something. Raises `TextMissing`, `TextTooLong`."""
    baseline = existing(session, Baseline, baseline_id, lock=True)
    said = required_text(text, field="conclusion", limit=STATEMENT_LIMIT)
    highest = session.exec(
        select(func.max(Conclusion.number)).where(Conclusion.baseline_id == baseline_id)
    ).one()
    conclusion = Conclusion(
        baseline_id=baseline_id,
        number=(highest or 0) + 1,
        text=said,
        written_by=who[:NAME_LIMIT],
        written_at=now(),
    )
    session.add(conclusion)
    session.flush()
    _set_themes(session, conclusion, baseline, theme_ids)
    note_event(session, who, baseline, "conclusion written", conclusion.number)
    return ConclusionWritten(conclusion.id, conclusion.number)


def change_conclusion(
    session: Session,
    *,
    who: str,
    conclusion_id: int,
    text: str | None = None,
    theme_ids: Sequence[int] | None = None,
    sureness: str | None = None,
    answers: Mapping[str, str] | None = None,
    opposite_sought: bool | None = None,
) -> None:
    """Change a conclusion; None leaves it as it is. `answers` are those to some of `QUESTIONS`, by their name.

    Raises `TextMissing`, `TextTooLong`, `InvalidValue`.
    """
    conclusion = existing(session, Conclusion, conclusion_id, lock=True)
    baseline = existing(session, Baseline, conclusion.baseline_id)
    if text is not None:
        conclusion.text = required_text(text, field="conclusion", limit=STATEMENT_LIMIT)
    if sureness is not None:
        conclusion.sureness = optional_text(sureness, field="sureness", limit=STATEMENT_LIMIT)
    for question, answer in (answers or {}).items():
        if question not in QUESTIONS:
            raise InvalidValue("question", question)
        setattr(conclusion, question, optional_text(answer, field=question, limit=STATEMENT_LIMIT))
    if opposite_sought is not None:
        conclusion.opposite_sought = opposite_sought
    session.add(conclusion)
    if theme_ids is not None:
        _set_themes(session, conclusion, baseline, theme_ids)
    note_event(session, who, baseline, "conclusion changed", conclusion.number)


def remove_conclusion(session: Session, *, who: str, conclusion_id: int) -> None:
    """Remove a conclusion. Its evidence stays, and so do the points for improvement that followed from it."""
    conclusion = existing(session, Conclusion, conclusion_id)
    baseline = existing(session, Baseline, conclusion.baseline_id)
    kept = _all_of(session, conclusion)
    connection = session.connection()
    for table in (ConclusionEvidence, ConclusionTheme, ImprovementConclusion):
        connection.execute(delete(table).where(col(table.conclusion_id) == conclusion_id))
    session.delete(conclusion)
    session.flush()
    event_id = note_event(session, who, baseline, "conclusion removed", conclusion.number)
    keep_for_undo(
        session,
        event_id,
        f"conclusion {conclusion.number} of startfoto {baseline.id}",
        baseline=baseline.id,
        **kept,
    )


def lay_evidence(
    session: Session,
    *,
    who: str,
    conclusion_id: int,
    finding_ids: Sequence[int] = (),
    statement_ids: Sequence[int] = (),
    stance: str,
) -> None:
    """Lay findings and statements beside a conclusion, for it or against it. What lay there changes to this.

    Raises `InvalidValue` for what belongs to another startfoto, or was withdrawn.
    """
    conclusion = existing(session, Conclusion, conclusion_id, lock=True)
    baseline = existing(session, Baseline, conclusion.baseline_id)
    if stance not in set(Stance):
        raise InvalidValue("stance", stance)
    for finding_id in finding_ids:
        finding = session.get(Finding, finding_id)
        if finding is None or finding.baseline_id != baseline.id or finding.withdrawn_at is not None:
            raise InvalidValue("finding", finding_id)
    for statement_id in statement_ids:
        statement = session.get(Statement, statement_id)
        if statement is None or statement.baseline_id != baseline.id:
            raise InvalidValue("statement", statement_id)
    before = evidence_of(session, conclusion_id)
    _take(session, conclusion_id, finding_ids, statement_ids)
    for finding_id in dict.fromkeys(finding_ids):
        session.add(ConclusionEvidence(conclusion_id=conclusion_id, finding_id=finding_id, stance=stance))
    for statement_id in dict.fromkeys(statement_ids):
        session.add(ConclusionEvidence(conclusion_id=conclusion_id, statement_id=statement_id, stance=stance))
    session.flush()
    _note_evidence(session, who, baseline, conclusion, before)


def take_evidence(
    session: Session,
    *,
    who: str,
    conclusion_id: int,
    finding_ids: Sequence[int] = (),
    statement_ids: Sequence[int] = (),
) -> None:
    """Take findings and statements away from a conclusion. Harmless when repeated."""
    conclusion = existing(session, Conclusion, conclusion_id, lock=True)
    baseline = existing(session, Baseline, conclusion.baseline_id)
    before = evidence_of(session, conclusion_id)
    _take(session, conclusion_id, finding_ids, statement_ids)
    _note_evidence(session, who, baseline, conclusion, before)


def _take(
    session: Session, conclusion_id: int, finding_ids: Sequence[int], statement_ids: Sequence[int]
) -> None:
    connection = session.connection()
    for column, identifiers in (
        (ConclusionEvidence.finding_id, finding_ids),
        (ConclusionEvidence.statement_id, statement_ids),
    ):
        connection.execute(
            delete(ConclusionEvidence).where(
                col(ConclusionEvidence.conclusion_id) == conclusion_id, col(column).in_(identifiers)
            )
        )


def _set_themes(
    session: Session, conclusion: Conclusion, baseline: Baseline, theme_ids: Sequence[int]
) -> None:
    own = set(session.exec(select(Theme.id).where(Theme.alliance_id == baseline.alliance_id)).all())
    if not set(theme_ids) <= own:
        raise InvalidValue("theme", list(theme_ids))
    session.connection().execute(
        delete(ConclusionTheme).where(col(ConclusionTheme.conclusion_id) == conclusion.id)
    )
    for theme_id in dict.fromkeys(theme_ids):
        session.add(ConclusionTheme(conclusion_id=conclusion.id, theme_id=theme_id))
    session.flush()


def evidence_of(session: Session, conclusion_id: int) -> list[list[int | str | None]]:
    """Return what lies beside a conclusion as plain values: its id, finding or statement, and what that says."""
    return [
        [one.id, one.finding_id, one.statement_id, one.stance]
        for one in session.exec(
            select(ConclusionEvidence)
            .where(ConclusionEvidence.conclusion_id == conclusion_id)
            .order_by(col(ConclusionEvidence.finding_id), col(ConclusionEvidence.statement_id))
        ).all()
    ]


def lay_as_before(session: Session, conclusion: Conclusion, before: Sequence[Sequence[Any]]) -> int:
    """Let beside a conclusion lie what lay there; return how much of it does not stand any more."""
    session.connection().execute(
        delete(ConclusionEvidence).where(col(ConclusionEvidence.conclusion_id) == conclusion.id)
    )
    left = 0
    for identifier, finding_id, statement_id, stance in before:
        finding = session.get(Finding, finding_id) if finding_id else None
        statement = session.get(Statement, statement_id) if statement_id else None
        if (finding is not None and finding.withdrawn_at is None) or statement is not None:
            session.add(
                ConclusionEvidence(
                    id=identifier,
                    conclusion_id=conclusion.id,
                    finding_id=finding_id,
                    statement_id=statement_id,
                    stance=stance,
                )
            )
        else:
            left += 1
    session.flush()
    return left


def _all_of(session: Session, conclusion: Conclusion) -> dict[str, Any]:
    """Return everything of a conclusion as plain values: all of it is the facilitators' own words."""
    return {
        "fields": {
            name: getattr(conclusion, name)
            for name in ("id", "number", "text", "sureness", *QUESTIONS, "opposite_sought", "written_by")
        },
        "written_at": conclusion.written_at.isoformat(),
        "themes": list(
            session.exec(
                select(ConclusionTheme.theme_id).where(ConclusionTheme.conclusion_id == conclusion.id)
            ).all()
        ),
        "points": list(
            session.exec(
                select(ImprovementConclusion.improvement_id).where(
                    ImprovementConclusion.conclusion_id == conclusion.id
                )
            ).all()
        ),
        "evidence": evidence_of(session, conclusion.id),
    }


def _note_evidence(
    session: Session,
    who: str,
    baseline: Baseline,
    conclusion: Conclusion,
    before: Sequence[Sequence[int | str | None]],
) -> None:
    after = evidence_of(session, conclusion.id)
    if after == before:
        return
    event_id = note_event(session, who, baseline, "evidence changed", conclusion.number)
    keep_for_undo(
        session,
        event_id,
        f"evidence of conclusion {conclusion.id}",
        conclusion=conclusion.id,
        before=before,
        after=after,
    )
