"""What was answered on the statements of a startfoto: only so much as may be shown.

Everything here comes from the tally that was stored at the close. Its rows were joined then, once for the whole round,
so that each is large enough on every statement; a statement with fewer than five answers has no numbers at all. No
other number leaves a round of statements: exports tell these, and the picture and the second photo add them up
(`models.picture`), so that nothing more follows from two of them together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.baseline.statements import list_statements
from models.basics.words import Phase
from models.photo.meeting import last_day_by_link, statements_round
from models.storage.finding import existing
from models.tables import Baseline, Statement
from models.voting.decision import Result
from models.voting.methods.method import Choice
from models.voting.round_views import RoundView, read_round


@dataclass(frozen=True)
class Spread:
    """How one statement was answered by some people: how many chose each answer, in the order of the method."""

    counts: dict[str, int]

    @property
    def people(self) -> int:
        """How many answered, those who do not know included."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class RowSpread:
    """A row of people: a group, by its id as text and its name; `none` without a group, `other` small ones together."""

    key: str
    name: str | None
    spread: Spread


@dataclass(frozen=True)
class StatementAnswers:
    """A statement as it was asked, with its answers: `total` is None under five, and `rows` is empty then.

    `rows` is empty too where fewer than two rows are large enough.
    """

    statement_id: int
    number: int
    theme_id: int
    text: str
    is_reversed: bool
    same_as_id: int | None
    total: Spread | None
    rows: list[RowSpread]

    def row(self, key: str) -> Spread | None:
        """Return how a row answered."""
        return next((one.spread for one in self.rows if one.key == key), None)


@dataclass(frozen=True)
class Answers:
    """The round of statements of a startfoto. While it is open there are no answers in it, only how many people.

    `joined_groups` names the groups that count together as other groups, with the people without a group where
    `joins_people_without_group`. `open_until` is the last day by link, None where it was open in the room alone: by
    link one person may answer twice. `is_shown` once the room may see it.
    """

    baseline_id: int
    round_id: int
    is_open: bool
    is_shown: bool
    people: int
    electorate: int
    sources: dict[str, int]
    opened_at: datetime
    closed_at: datetime | None
    open_until: date | None
    is_shared_outside: bool
    joined_groups: list[str]
    joins_people_without_group: bool
    statements: list[StatementAnswers]

    @property
    def may_be_twice(self) -> bool:
        """Whether one person may have answered more than once."""
        return self.open_until is not None

    @property
    def rows(self) -> list[tuple[str, str | None]]:
        """The rows that answered, in their order, each with its name; the same on every statement."""
        return next(([(row.key, row.name) for row in one.rows] for one in self.statements if one.rows), [])


def read_answers(session: Session, baseline_id: int) -> Answers | None:
    """Return what was answered on the statements of a startfoto, None before they were asked. Raises `NotFound`."""
    baseline = existing(session, Baseline, baseline_id)
    asked = statements_round(session, baseline_id)
    if asked is None:
        return None
    return answers_in(session, baseline, read_round(session, asked.id))


def answers_in(session: Session, baseline: Baseline, asked: RoundView) -> Answers:
    """Return the same from the round."""
    ids = [item.about.id for item in asked.items]
    statements = {
        one.id: one for one in session.exec(select(Statement).where(col(Statement.id).in_(ids))).all()
    }
    order = {
        one.id: place for place, one in enumerate(list_statements(session, baseline.id, with_left_out=True))
    }
    told = [
        _told(statements[item.about.id], item.text, asked.choices, item.result)
        for item in asked.items
        if item.about.id in statements
    ]
    return Answers(
        baseline_id=baseline.id,
        round_id=asked.id,
        is_open=asked.phase == Phase.OPEN,
        is_shown=asked.phase == Phase.REVEALED,
        people=asked.voted,
        electorate=asked.electorate,
        sources=asked.sources or {},
        opened_at=asked.opened_at,
        closed_at=asked.closed_at,
        open_until=last_day_by_link(session, baseline, asked.closed_at),
        is_shared_outside=baseline.is_shared_outside,
        joined_groups=asked.joined_groups,
        joins_people_without_group=asked.joins_people_without_group,
        statements=sorted(told, key=lambda one: order.get(one.statement_id, 0)),
    )


def _told(
    statement: Statement, text: str, choices: Sequence[Choice], result: Result | None
) -> StatementAnswers:
    values = [choice.value for choice in choices]
    numbers = result.numbers if result is not None else None

    def spread(counts: dict[str, int]) -> Spread:
        return Spread({value: counts.get(value, 0) for value in values})

    return StatementAnswers(
        statement_id=statement.id,
        number=statement.number,
        theme_id=statement.theme_id,
        text=text,
        is_reversed=statement.is_reversed,
        same_as_id=statement.same_as_id,
        total=spread(numbers.counts) if numbers is not None else None,
        rows=[RowSpread(row.key, row.name, spread(row.counts)) for row in result.rows]
        if result is not None and numbers is not None
        else [],
    )
