"""The statements of a startfoto: a ready set of two per theme, in words that one may change until they are asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.baseline.baseline import THEME_PRESETS, read_themes
from models.basics.clock import now
from models.basics.errors import InvalidValue
from models.basics.text import STATEMENT_LIMIT, required_text
from models.storage.chain import record
from models.storage.changes import alliance_changed
from models.storage.finding import existing
from models.tables import Baseline, ConclusionEvidence, Round, RoundItem, Statement, Theme

# The ready set, two for each of `THEME_PRESETS` in turn: in English, as message ids; a face offers them in the
# alliance's language.
READY_WORDS = (
    "I feel at home where I live.",
    "In my street people greet each other.",
    "I can take part in what is organised here.",
    "What is organised here costs too much for me.",
    "I often speak with people who have another background than I have.",
    "There is a place nearby where I can just walk in.",
    "I feel safe in my neighbourhood, in the evening too.",
    "I am treated less well here because of who I am.",
    "My opinion counts when plans are made for my neighbourhood.",
    "If something is wrong, I know whom I can go to.",
    "If I need help, I get it.",
    "I do not understand the letters of the municipality.",
    "Everyone has a fair chance of work here.",
    "Every child is welcome at every school here.",
    "I am helped in a language that I understand.",
    "I dare to speak, also when my Dutch is not perfect.",
)
# Which of them are reversed, by their place: who disagrees finds the place inclusive. So nobody agrees with all of them
# without reading.
_REVERSED = {3, 7, 11}
READY: dict[str, list[tuple[str, bool]]] = {
    theme: [(READY_WORDS[place], place in _REVERSED) for place in (2 * at, 2 * at + 1)]
    for at, theme in enumerate(THEME_PRESETS)
}


@dataclass(frozen=True)
class ReadyStatement:
    """A statement to take over as it stands, in the words of a face."""

    theme_id: int
    text: str
    is_reversed: bool = False


@dataclass(frozen=True)
class StatementRow:
    """A statement of a startfoto. `was_asked`: its words are fixed; other words are a statement of their own."""

    id: int
    number: int
    theme_id: int
    text: str
    is_reversed: bool
    same_as_id: int | None
    was_asked: bool


def list_statements(session: Session, baseline_id: int, *, with_left_out: bool = False) -> list[StatementRow]:
    """Return the statements of a startfoto by theme and number, those that are still to be asked, or all."""
    found = session.exec(
        select(Statement)
        .join(Theme, col(Theme.id) == Statement.theme_id)
        .where(Statement.baseline_id == baseline_id)
        .order_by(col(Theme.position), col(Statement.number))
    ).all()
    asked = asked_statements(session, [one.id for one in found])
    return [
        StatementRow(
            one.id,
            one.number,
            one.theme_id,
            one.text,
            one.is_reversed,
            one.same_as_id,
            one.id in asked,
        )
        for one in found
        if with_left_out or one.left_out_at is None
    ]


def themes_of_statements(session: Session, statement_ids: Collection[int]) -> dict[int, str]:
    """Return the name of the theme of each of these statements, as it is called now."""
    return dict(
        session.exec(
            select(Statement.id, Theme.name)
            .join(Theme, col(Theme.id) == Statement.theme_id)
            .where(col(Statement.id).in_(statement_ids))
        ).all()
    )


def asked_statements(session: Session, statement_ids: Collection[int]) -> set[int]:
    """Return which of these were asked in a round that counts."""
    return {
        one
        for one in session.exec(
            select(RoundItem.statement_id)
            .join(Round, col(Round.id) == RoundItem.round_id)
            .where(col(RoundItem.statement_id).in_(statement_ids), col(Round.cancelled_at).is_(None))
        ).all()
        if one is not None
    }


def take_ready_statements(
    session: Session, *, who: str, baseline_id: int, statements: Sequence[ReadyStatement]
) -> list[int]:
    """Add these statements, but for those that stand there word for word already. Return the ids of the new ones."""
    baseline = existing(session, Baseline, baseline_id, lock=True)
    there = {one.text.casefold() for one in list_statements(session, baseline_id)}
    made = [
        _new(session, baseline, one.theme_id, one.text, is_reversed=one.is_reversed).id
        for one in statements
        if one.text.casefold() not in there
    ]
    if made:
        _note(session, who, baseline, "statements taken over", count=len(made))
    return made


def take_over_statements(session: Session, *, who: str, baseline_id: int) -> list[int]:
    """Begin with the statements of the startfoto before this one, in the same words: so the two can be compared."""
    baseline = existing(session, Baseline, baseline_id, lock=True)
    before = session.exec(
        select(Baseline)
        .where(Baseline.alliance_id == baseline.alliance_id, Baseline.number < baseline.number)
        .order_by(col(Baseline.number).desc())
        .limit(1)
    ).first()
    if before is None:
        return []
    there = {one.same_as_id for one in list_statements(session, baseline_id, with_left_out=True)}
    made = [
        _new(session, baseline, one.theme_id, one.text, is_reversed=one.is_reversed, same_as_id=one.id).id
        for one in list_statements(session, before.id)
        if one.id not in there
    ]
    if made:
        _note(session, who, baseline, "statements taken over", count=len(made))
    return made


def write_statement(
    session: Session, *, who: str, baseline_id: int, theme_id: int, text: str, is_reversed: bool = False
) -> int:
    """Write a statement about a theme, and return its id. Raises `TextMissing`, `TextTooLong`, `InvalidValue`."""
    baseline = existing(session, Baseline, baseline_id, lock=True)
    made = _new(session, baseline, theme_id, text, is_reversed=is_reversed)
    _note(session, who, baseline, "statement written", number=made.number)
    return made.id


def change_statement(
    session: Session,
    *,
    who: str,
    statement_id: int,
    text: str | None = None,
    theme_id: int | None = None,
    is_reversed: bool | None = None,
) -> int:
    """Change a statement; None leaves it as it is. Return the id of the statement that says so now.

    What was asked stays as it is, with its answers: other words, or another direction, are a new statement in its
    place, which is compared with no earlier one. Another theme only groups it, and changes nothing that was answered.

    Raises `TextMissing`, `TextTooLong`, `InvalidValue`.
    """
    statement = existing(session, Statement, statement_id, lock=True)
    baseline = existing(session, Baseline, statement.baseline_id, lock=True)
    words = statement.text if text is None else required_text(text, field="statement", limit=STATEMENT_LIMIT)
    reverses = statement.is_reversed if is_reversed is None else is_reversed
    theme = statement.theme_id if theme_id is None else theme_id
    _check_theme(session, baseline, theme)
    says_the_same = (words, reverses) == (statement.text, statement.is_reversed)
    if not says_the_same and asked_statements(session, [statement_id]):
        statement.left_out_at = statement.left_out_at or now()
        session.add(statement)
        made = _new(session, baseline, theme, words, is_reversed=reverses)
        _note(session, who, baseline, "statement replaced", number=statement.number, by=made.number)
        return made.id
    if says_the_same and theme == statement.theme_id:
        return statement.id
    statement.text, statement.is_reversed, statement.theme_id = words, reverses, theme
    if not says_the_same:
        statement.same_as_id = None
    session.add(statement)
    _note(session, who, baseline, "statement changed", number=statement.number)
    return statement.id


def leave_out_statement(session: Session, *, who: str, statement_id: int) -> None:
    """Ask a statement no more. One that was never asked is gone, one that was stays with its answers."""
    statement = existing(session, Statement, statement_id, lock=True)
    baseline = existing(session, Baseline, statement.baseline_id)
    if statement.left_out_at is not None:
        return
    if _is_used(session, statement_id):
        statement.left_out_at = now()
        session.add(statement)
    else:
        session.delete(statement)
    session.flush()
    _note(session, who, baseline, "statement left out", number=statement.number)


def _is_used(session: Session, statement_id: int) -> bool:
    """Return whether something points at a statement: a question, also of a cancelled round, evidence, another one."""
    return any(
        session.exec(select(column).where(column == statement_id).limit(1)).first() is not None
        for column in (RoundItem.statement_id, ConclusionEvidence.statement_id, Statement.same_as_id)
    )


def _new(
    session: Session,
    baseline: Baseline,
    theme_id: int,
    text: str,
    *,
    is_reversed: bool,
    same_as_id: int | None = None,
) -> Statement:
    _check_theme(session, baseline, theme_id)
    highest = session.exec(
        select(func.max(Statement.number)).where(Statement.baseline_id == baseline.id)
    ).one()
    made = Statement(
        baseline_id=baseline.id,
        theme_id=theme_id,
        number=(highest or 0) + 1,
        text=required_text(text, field="statement", limit=STATEMENT_LIMIT),
        is_reversed=is_reversed,
        same_as_id=same_as_id,
    )
    session.add(made)
    session.flush()
    return made


def _check_theme(session: Session, baseline: Baseline, theme_id: int) -> None:
    if theme_id not in {theme.id for theme in read_themes(session, baseline.alliance_id)}:
        raise InvalidValue("theme", theme_id)


def _note(session: Session, who: str, baseline: Baseline, what: str, **details: int) -> None:
    record(session, alliance_id=baseline.alliance_id, who=who, what=what, **details)
    alliance_changed(session, baseline.alliance_id, content=True)
