"""Undoing in a startfoto: words made vaguer, evidence, points proposed or put off, a finding or conclusion removed."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.baseline.conclusions import evidence_of, lay_as_before
from models.baseline.improvements import is_built_on
from models.baseline.removed import KEPT_FOR, place_again, put_finding_back
from models.baseline.sources import may_be_put_back, put_back
from models.basics.words import Hindrance, ImprovementState
from models.storage.changes import alliance_changed, page_changed
from models.tables import (
    Baseline,
    BaselineSource,
    Conclusion,
    ConclusionTheme,
    Improvement,
    ImprovementConclusion,
    Proposal,
    Theme,
)
from models.undoing.way import Kept, Way


def _changed(session: Session, baseline_id: int) -> None:
    alliance_changed(session, session.get_one(Baseline, baseline_id).alliance_id, content=True)


def _no_word(session: Session, kept: Kept) -> Hindrance | None:
    return None if may_be_put_back(session, kept["source"], kept["became"]) else Hindrance.CHANGED


def _word_stands_again(session: Session, kept: Kept) -> int:
    put_back(session, kept["source"], kept["became"])
    _changed(session, session.get_one(BaselineSource, kept["source"]).baseline_id)
    return 0


def _became(_session: Session, kept: Kept) -> str:
    return str(kept["became"])


def _other_evidence(session: Session, kept: Kept) -> Hindrance | None:
    if session.get(Conclusion, kept["conclusion"]) is None:
        return Hindrance.GONE
    is_same = evidence_of(session, kept["conclusion"]) == kept["after"]
    return None if is_same else Hindrance.CHANGED


def _evidence_as_before(session: Session, kept: Kept) -> int:
    conclusion = session.get_one(Conclusion, kept["conclusion"])
    left = lay_as_before(session, conclusion, kept["before"])
    _changed(session, conclusion.baseline_id)
    return left


def _conclusion(session: Session, kept: Kept) -> str:
    conclusion = session.get(Conclusion, kept["conclusion"])
    return conclusion.text if conclusion else ""


def _is_used(session: Session, kept: Kept) -> Hindrance | None:
    proposal = session.get(Proposal, kept["proposal"])
    if proposal is None or proposal.withdrawn_at is not None:
        return Hindrance.CHANGED
    return Hindrance.IN_USE if is_built_on(session, proposal.id) else None


def _point_is_open(session: Session, kept: Kept) -> int:
    """Nobody supported it and nothing was built on it: the proposal never was."""
    point = session.get_one(Improvement, kept["improvement"])
    point.state, point.why_not_now = kept["state"], kept["why_not_now"]
    session.add(point)
    proposal = session.get_one(Proposal, kept["proposal"])
    page_changed(session, proposal.workshop_id, content=True)
    session.delete(proposal)
    session.flush()
    _changed(session, point.baseline_id)
    return 0


def _is_not_put_off(session: Session, kept: Kept) -> Hindrance | None:
    point = session.get(Improvement, kept["improvement"])
    is_same = (
        point is not None and point.state == ImprovementState.NOT_NOW and point.why_not_now == kept["why"]
    )
    return None if is_same else Hindrance.CHANGED


def _point_as_before(session: Session, kept: Kept) -> int:
    point = session.get_one(Improvement, kept["improvement"])
    point.state, point.why_not_now = kept["state"], kept["why_not_now"]
    session.add(point)
    _changed(session, point.baseline_id)
    return 0


def _point(session: Session, kept: Kept) -> str:
    point = session.get(Improvement, kept["improvement"])
    return point.text if point else ""


def _number_is_taken(session: Session, kept: Kept) -> Hindrance | None:
    """Numbers are given anew once the highest one went."""
    found = session.exec(
        select(Conclusion.id).where(
            Conclusion.baseline_id == kept["baseline"], Conclusion.number == kept["fields"]["number"]
        )
    ).first()
    return None if found is None else Hindrance.CHANGED


def _conclusion_stands_again(session: Session, kept: Kept) -> int:
    conclusion = Conclusion(
        baseline_id=kept["baseline"], written_at=datetime.fromisoformat(kept["written_at"]), **kept["fields"]
    )
    session.add(conclusion)
    session.flush()
    left = lay_as_before(session, conclusion, kept["evidence"])
    for table, own, column, identifiers in (
        (ConclusionTheme, Theme, "theme_id", kept["themes"]),
        (ImprovementConclusion, Improvement, "improvement_id", kept["points"]),
    ):
        standing = session.exec(select(own.id).where(col(own.id).in_(identifiers))).all()
        session.add_all(table(conclusion_id=conclusion.id, **{column: one}) for one in standing)
        left += len(identifiers) - len(standing)
    session.flush()
    _changed(session, kept["baseline"])
    return left


def _its_words(_session: Session, kept: Kept) -> str:
    return str(kept["fields"]["text"])


def _has_no_place(session: Session, kept: Kept) -> Hindrance | None:
    """Its words are told nowhere: they stand on the page where one collects, and there only."""
    source = session.get(BaselineSource, kept["source"])
    if source is None or source.note_erased_at is not None:
        return Hindrance.GONE
    is_quote = kept["fields"]["starts"] is not None
    return Hindrance.CHANGED if is_quote and place_again(source, kept) is None else None


def _finding_stands_again(session: Session, kept: Kept) -> int:
    left = put_finding_back(session, kept)
    _changed(session, kept["baseline"])
    return left


VAGUER = Way(_no_word, _word_stands_again, _became, locks=((BaselineSource, "source"),))
EVIDENCE = Way(_other_evidence, _evidence_as_before, _conclusion, locks=((Conclusion, "conclusion"),))
PROPOSED = Way(_is_used, _point_is_open, _point, locks=((Improvement, "improvement"),))
PUT_OFF = Way(_is_not_put_off, _point_as_before, _point, locks=((Improvement, "improvement"),))
REMOVED = Way(_number_is_taken, _conclusion_stands_again, _its_words, locks=((Baseline, "baseline"),))
FINDING = Way(
    _has_no_place,
    _finding_stands_again,
    locks=((BaselineSource, "source"), (Baseline, "baseline")),
    within=KEPT_FOR,
    followed=Hindrance.GONE,
)
