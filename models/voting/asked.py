"""What a round asks about: wordings of principles, statements, or points for improvement, each with its own text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.basics.words import SubjectKind
from models.tables import Improvement, Principle, PrincipleVersion, RoundItem, Statement


@dataclass(frozen=True)
class Subject:
    """What an item of a round is about, by its id: of a principle that is the one whose wordings are voted on."""

    kind: SubjectKind
    id: int


@dataclass(frozen=True)
class Question:
    """What an item is made of: the text that is asked, and of what it is the text."""

    text: str
    version_id: int | None = None
    statement_id: int | None = None
    improvement_id: int | None = None

    @property
    def kind(self) -> SubjectKind:
        """What kind of thing the round asks about."""
        return _kind(self.statement_id, self.improvement_id)


@dataclass(frozen=True)
class Asked:
    """A stored item with what it is about: its number there, and of a principle which wording."""

    item: RoundItem
    about: Subject
    number: int
    version: int | None


def about_principles(ids: Iterable[int]) -> list[Subject]:
    """Return principles to ask about, each in its newest wording."""
    return [Subject(SubjectKind.PRINCIPLE, one) for one in ids]


def about_statements(ids: Iterable[int]) -> list[Subject]:
    """Return statements to ask about."""
    return [Subject(SubjectKind.STATEMENT, one) for one in ids]


def about_improvements(ids: Iterable[int]) -> list[Subject]:
    """Return points for improvement to ask about."""
    return [Subject(SubjectKind.IMPROVEMENT, one) for one in ids]


def same_question(item: RoundItem) -> Question:
    """Return the question of an item, to ask it again word for word."""
    return Question(item.text, item.version_id, item.statement_id, item.improvement_id)


def asked_in(session: Session, round_ids: Sequence[int]) -> list[Asked]:
    """Return the items of these rounds with what they are about, by round and position."""
    found = session.exec(
        select(
            RoundItem,
            Principle.id,
            PrincipleVersion.version,
            func.coalesce(Principle.number, Statement.number, Improvement.number),
        )
        .outerjoin(PrincipleVersion, col(PrincipleVersion.id) == RoundItem.version_id)
        .outerjoin(Principle, col(Principle.id) == PrincipleVersion.principle_id)
        .outerjoin(Statement, col(Statement.id) == RoundItem.statement_id)
        .outerjoin(Improvement, col(Improvement.id) == RoundItem.improvement_id)
        .where(col(RoundItem.round_id).in_(round_ids))
        .order_by(col(RoundItem.round_id), col(RoundItem.position))
    ).all()
    return [
        Asked(item, _subject(item, principle_id), number, version)
        for item, principle_id, version, number in found
    ]


def _subject(item: RoundItem, principle_id: int | None) -> Subject:
    """Return the one that an item is about; the database checks that there is one."""
    held = principle_id or item.statement_id or item.improvement_id
    assert held is not None, f"item {item.id} is about nothing"
    return Subject(kind_of(item), held)


def kind_of(item: RoundItem) -> SubjectKind:
    """Return what kind of thing an item is about."""
    return _kind(item.statement_id, item.improvement_id)


def _kind(statement_id: int | None, improvement_id: int | None) -> SubjectKind:
    if statement_id is not None:
        return SubjectKind.STATEMENT
    return SubjectKind.PRINCIPLE if improvement_id is None else SubjectKind.IMPROVEMENT
