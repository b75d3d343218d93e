"""The questions of a new round: made from what it is about, as far as that may be asked by its rule."""

from collections.abc import Sequence

from sqlmodel import Session

from models.basics.errors import InvalidValue, NothingToVoteOn
from models.basics.words import ImprovementState, PrincipleStatus, SubjectKind
from models.drafting.wording import newest_version
from models.tables import Baseline, Improvement, Principle, PrincipleVersion, RoundItem, Statement
from models.voting.asked import Question, Subject
from models.voting.decision import Rule

ITEMS_LIMIT = 30
VOTABLE = (PrincipleStatus.DRAFT, PrincipleStatus.NOT_ADOPTED)
# What is adopted is not voted on again, but may be put in order.
RANKABLE = (*VOTABLE, PrincipleStatus.ADOPTED)


def new_questions(session: Session, alliance_id: int, about: Sequence[Subject], rule: Rule) -> list[Question]:
    """Return the questions of a round on these, all of one kind, each once, in this order.

    A principle is adopted or not by a round, or put in order; a statement or a point for improvement never is adopted.

    Raises `NothingToVoteOn` for none or too many, for what is not the alliance's, and for what may not be asked now;
    `InvalidValue` for several kinds in one round (`about`), and for a rule that does not fit the kind (`rule`).
    """
    chosen = list(dict.fromkeys(about))
    if not chosen or len(chosen) > ITEMS_LIMIT:
        raise NothingToVoteOn
    if len({one.kind for one in chosen}) > 1:
        raise InvalidValue("about", [one.kind for one in chosen])
    if not _fits(chosen[0].kind, rule):
        raise InvalidValue("rule", rule.kind)
    return [_QUESTIONS[one.kind](session, alliance_id, one.id, rule) for one in chosen]


def may_be_asked_again(session: Session, item: RoundItem, rule: Rule) -> bool:
    """Return whether what an item asked still stands: a principle was not worded anew, adopted or left out since."""
    if item.version_id is None:
        return True
    version = session.get_one(PrincipleVersion, item.version_id)
    principle = session.get_one(Principle, version.principle_id)
    newest = newest_version(session, version.principle_id)
    return newest.id == item.version_id and principle.status in _allowed(rule)


def _fits(kind: SubjectKind, rule: Rule) -> bool:
    if kind == SubjectKind.PRINCIPLE:
        return rule.decides or rule.only_ranks
    return not rule.decides


def _allowed(rule: Rule) -> tuple[PrincipleStatus, ...]:
    return RANKABLE if rule.only_ranks else VOTABLE


def _about_principle(session: Session, alliance_id: int, principle_id: int, rule: Rule) -> Question:
    principle = session.get(Principle, principle_id)
    if principle is None or principle.alliance_id != alliance_id or principle.status not in _allowed(rule):
        raise NothingToVoteOn
    newest = newest_version(session, principle_id)
    return Question(newest.text, version_id=newest.id)


def _about_statement(session: Session, alliance_id: int, statement_id: int, _rule: Rule) -> Question:
    found = session.get(Statement, statement_id)
    if found is None or session.get_one(Baseline, found.baseline_id).alliance_id != alliance_id:
        raise NothingToVoteOn
    return Question(found.text, statement_id=statement_id)


def _about_improvement(session: Session, alliance_id: int, improvement_id: int, _rule: Rule) -> Question:
    found = session.get(Improvement, improvement_id)
    if (
        found is None
        or found.state == ImprovementState.NOT_NOW
        or session.get_one(Baseline, found.baseline_id).alliance_id != alliance_id
    ):
        raise NothingToVoteOn
    return Question(found.text, improvement_id=improvement_id)


_QUESTIONS = {
    SubjectKind.PRINCIPLE: _about_principle,
    SubjectKind.STATEMENT: _about_statement,
    SubjectKind.IMPROVEMENT: _about_improvement,
}
