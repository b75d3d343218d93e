"""Where each block of the plan stands today, and the one thing that the plan asks for next: plain values in and out.

What is planned is typed; what became of it is computed from what a block has stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from models.alliance.plan import PlannedBlock
from models.basics.words import BuildingBlock


class PlanStand(StrEnum):
    """Where a block stands."""

    OPEN = "still to choose"
    NOT_NEEDED = "not needed"
    DONE = "done"
    BUSY = "busy"
    # Its month has come, and nothing was begun.
    DUE = "due"
    # Its months have passed, and nothing was begun.
    PASSED = "passed"
    LATER = "later"
    WITHOUT_MONTH = "without a month"


@dataclass(frozen=True)
class Seen:
    """What a block itself has stored: when it was begun, when it was done, and the day of its next meeting."""

    began_on: date | None = None
    done_on: date | None = None
    ahead_on: date | None = None


@dataclass(frozen=True)
class PlanStanding:
    """A block of the plan as it stands today. `starts_on` and `ends_on` are the first days of months, or None."""

    planned: PlannedBlock
    stand: PlanStand
    starts_on: date | None = None
    ends_on: date | None = None
    done_on: date | None = None
    ahead_on: date | None = None

    @property
    def block(self) -> BuildingBlock:
        return self.planned.block


class PlanAsks(StrEnum):
    """What the plan asks for next."""

    CHOOSING = "choosing blocks"
    BEGINNING = "beginning a block"
    MOVING = "moving a block whose month has passed"
    GOING_ON = "going on with a block"
    MONTHS = "months for a block"
    WAITING = "waiting for the month of a block"
    CHOOSING_REST = "choosing the rest"
    NOTHING = "nothing any more"


@dataclass(frozen=True)
class PlanStep:
    """What the plan asks for, and of which block."""

    asks: PlanAsks
    standing: PlanStanding | None = None


def standings(
    plan: Sequence[PlannedBlock], seen: Mapping[str, Seen], today: date
) -> tuple[PlanStanding, ...]:
    """Return where each block stands on `today`. What is begun or has a day is needed, though nobody chose it."""
    return tuple(
        _standing(
            _chosen(planned, seen.get(planned.block, Seen())),
            seen.get(planned.block, Seen()),
            today.replace(day=1),
        )
        for planned in plan
    )


def _chosen(planned: PlannedBlock, seen: Seen) -> PlannedBlock:
    is_under_way = any(day is not None for day in (seen.began_on, seen.done_on, seen.ahead_on))
    return replace(planned, is_needed=True) if planned.is_needed is None and is_under_way else planned


def _standing(planned: PlannedBlock, seen: Seen, this_month: date) -> PlanStanding:
    if planned.is_needed is None:
        return PlanStanding(planned, PlanStand.OPEN)
    if not planned.is_needed:
        return PlanStanding(planned, PlanStand.NOT_NEEDED)
    starts_on, ends_on = planned.starts_on, planned.ends_on
    if starts_on is None and seen.ahead_on is not None:
        starts_on = ends_on = seen.ahead_on.replace(day=1)
    done_on = seen.done_on or planned.done_on
    began_on = seen.began_on and seen.began_on.replace(day=1)
    if done_on is not None:
        last = done_on.replace(day=1)
        first = min(each for each in (began_on, starts_on, last) if each is not None)
        return PlanStanding(planned, PlanStand.DONE, first, max(last, first), done_on)
    if began_on is not None:
        first = min(each for each in (began_on, starts_on, this_month) if each is not None)
        return PlanStanding(
            planned, PlanStand.BUSY, first, max(ends_on or this_month, this_month), ahead_on=seen.ahead_on
        )
    if starts_on is None or ends_on is None:
        return PlanStanding(planned, PlanStand.WITHOUT_MONTH)
    stand = PlanStand.DUE if starts_on <= this_month else PlanStand.LATER
    if ends_on < this_month:
        stand = PlanStand.PASSED
    return PlanStanding(planned, stand, starts_on, ends_on, ahead_on=seen.ahead_on)


# What is asked first stands first; of two blocks that ask the same, the one that is planned first.
_ASKED: Sequence[tuple[PlanStand, PlanAsks]] = (
    (PlanStand.DUE, PlanAsks.BEGINNING),
    (PlanStand.PASSED, PlanAsks.MOVING),
    (PlanStand.BUSY, PlanAsks.GOING_ON),
    (PlanStand.WITHOUT_MONTH, PlanAsks.MONTHS),
    (PlanStand.LATER, PlanAsks.WAITING),
    (PlanStand.OPEN, PlanAsks.CHOOSING_REST),
)


def plan_step(found: Sequence[PlanStanding]) -> PlanStep:
    """Return what the plan asks for next: what is due, has passed, is busy, has no month, or is ahead."""
    if not any(one.planned.is_needed for one in found) and any(one.stand is PlanStand.OPEN for one in found):
        return PlanStep(PlanAsks.CHOOSING)
    for stand, asks in _ASKED:
        asking = [one for one in found if one.stand is stand]
        if asking:
            return PlanStep(asks, min(asking, key=lambda one: one.starts_on or date.max))
    return PlanStep(PlanAsks.NOTHING)


class Unit(StrEnum):
    """What one column of the line of months holds."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
# A line is at least a year long, and has at most so many columns.
FEWEST_MONTHS, MOST_COLUMNS = 12, 18


@dataclass(frozen=True)
class Bar:
    """A block on the line, from column `first` to column `last`, counted from 0."""

    standing: PlanStanding
    first: int
    last: int


@dataclass(frozen=True)
class MonthLine:
    """A line of months: the first day of each column, the column of today and how far that is (0 to 1), the bars."""

    unit: Unit
    columns: tuple[date, ...]
    now: int
    now_share: float
    bars: tuple[Bar, ...]


def month_line(found: Sequence[PlanStanding], today: date) -> MonthLine:
    """Return the plan as a line from its first month, or this one, to its last: by quarter or year where it is long."""
    this_month = today.replace(day=1)
    starts = [one.starts_on for one in found if one.starts_on]
    ends = [one.ends_on for one in found if one.ends_on]
    first, last = min([*starts, this_month]), max([*ends, this_month])
    last = max(last, month_after(first, FEWEST_MONTHS - 1))
    unit = next(
        (unit for unit in Unit if _between(first, last) + 1 <= MOST_COLUMNS * _MONTHS_IN[unit]), Unit.YEAR
    )
    size = _MONTHS_IN[unit]
    # A quarter or a year begins where people let it begin.
    first = first.replace(month=(first.month - 1) // size * size + 1)
    count = _between(first, last) // size + 1
    columns = tuple(month_after(first, place * size) for place in range(count))

    def column(day: date) -> int:
        return _between(first, day) // size

    now = column(this_month)
    begins, ends_at = columns[now], month_after(columns[now], size)
    return MonthLine(
        unit,
        columns,
        now,
        (today - begins).days / (ends_at - begins).days,
        tuple(
            Bar(one, column(one.starts_on), column(one.ends_on))
            for one in found
            if one.starts_on is not None and one.ends_on is not None
        ),
    )


def month_after(month: date, count: int) -> date:
    """Return the first day of the month so many months later, or earlier where fewer than none."""
    years, place = divmod(month.month - 1 + count, 12)
    return date(month.year + years, place + 1, 1)


def _between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
