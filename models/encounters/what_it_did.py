"""What an evening did, as it may be told: who met and who chose whom, how many people one knows, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models.alliance.alliance import read_alliance
from models.basics.words import WishStrength
from models.encounters.answers import AnswersNow, answers_now
from models.encounters.conditions import ConditionNow, read_conditions
from models.encounters.contacts import mutual_pairs
from models.encounters.evening import read_evening
from models.encounters.forgetting import KEPT_DAYS, is_forgotten
from models.encounters.group_pairs import (
    GroupPairs,
    chosen_by_group,
    counted_groups,
    met_by_group,
    pairs_that_met,
)
from models.encounters.plan import seats_by_round
from models.encounters.seating.bound import most_that_could_meet
from models.encounters.seating.wanted import Bound
from models.encounters.series import PairsOfGroups, SeriesEvening, pairs_of_groups_met, series_of
from models.tables import EncounterAnswer, Group, Participant, SeatWish
from models.workshop.rows import NONE, is_too_few
from models.workshop.workshop import read_workshop

# Upper ends of the classes of numbers; the last is open.
_CLASSES = (5, 10, 15, 20)


@dataclass(frozen=True)
class KnownClass:
    """How many people gave a number from `least` to `most` (None for more), before and after."""

    least: int
    most: int | None
    before: int
    after: int


@dataclass(frozen=True)
class Numbers:
    """What those answered who gave both numbers: the means and the classes. Never of fewer than five."""

    people: int
    mean_before: float
    mean_after: float
    classes: tuple[KnownClass, ...]


@dataclass(frozen=True)
class RowName:
    """Which groups stand in a row; `is_other` where small ones were joined. None is for who has no group."""

    groups: tuple[str | None, ...]
    is_other: bool


@dataclass(frozen=True)
class Met:
    """Who sat together. `total` is of shown cells where some are hidden, so that it is at least that."""

    by_group: GroupPairs | None
    total: int
    people: int
    sizes: tuple[int, ...]
    rounds: int
    tables: int
    bound: Bound

    @property
    def is_at_least(self) -> bool:
        return self.by_group is not None and self.by_group.has_hidden


@dataclass(frozen=True)
class EveningDid:
    """What an evening did. `met` is None where nobody sat, or that is erased; `chosen` before the evening is over,
    and once that is erased.

    `numbers` is None before both questions are closed, where fewer than five people gave both, and once they are
    erased: `is_answer_erased` says so. `place` is which
    evening of how many of its series it is. `erased_on` is the day on which all of this goes.
    """

    theme: str
    held_on: date
    place: tuple[int, int] | None
    met: Met | None
    chosen: GroupPairs | None
    rows: tuple[RowName, ...]
    answers: AnswersNow
    numbers: Numbers | None
    series: PairsOfGroups | None
    asks_again_on: date | None
    erased_on: date
    is_over: bool
    is_erased: bool
    is_answer_erased: bool
    conditions: tuple[ConditionNow, ...] = ()


def read_what_it_did(session: Session, workshop_id: int) -> EveningDid:
    """Return what an evening did, as it may be told to everybody."""
    workshop = read_workshop(session, workshop_id)
    evening = read_evening(session, workshop_id)
    rounds = seats_by_round(session, workshop_id, up_to=evening.round_now)
    met, rows = _met(session, workshop_id, rounds)
    answers = answers_now(session, workshop_id)
    series = series_of(session, workshop_id)
    zone = ZoneInfo(read_alliance(session, workshop.alliance_id).time_zone)
    over_on = workshop.over_at.astimezone(zone).date() if workshop.over_at else None
    chosen = None
    is_answer_erased = is_forgotten(workshop)
    if workshop.over_at is not None and met is not None and met.by_group is not None and not is_answer_erased:
        chosen = chosen_by_group(met.by_group, mutual_pairs(session, workshop_id))
    return EveningDid(
        theme=evening.theme,
        held_on=workshop.held_on,
        place=_place(series.evenings, workshop_id) if series else None,
        met=met,
        chosen=chosen,
        rows=rows,
        answers=answers,
        numbers=_numbers(session, workshop_id) if answers.is_closed and not is_answer_erased else None,
        series=pairs_of_groups_met(session, series.id) if series else None,
        asks_again_on=workshop.next_meeting_on,
        erased_on=(over_on or workshop.held_on) + timedelta(days=KEPT_DAYS),
        is_over=over_on is not None,
        is_erased=evening.round_now > 0 and met is None,
        is_answer_erased=is_answer_erased,
        conditions=read_conditions(session, workshop_id),
    )


def numbers_of(answers: Sequence[tuple[int, int]]) -> Numbers | None:
    """Return the means and the classes of numbers before and after; None for fewer than five people.

    No class holds one to four people, before or after: it is joined with the next one, or the last with the one before.
    """
    if is_too_few(len(answers)):
        return None
    ends = list(_CLASSES)
    classes = _classes(answers, ends)
    while len(classes) > 1:
        few = next((place for place, one in enumerate(classes) if _is_few(one)), None)
        if few is None:
            break
        del ends[min(few, len(ends) - 1)]
        classes = _classes(answers, ends)
    return Numbers(
        len(answers),
        sum(before for before, _ in answers) / len(answers),
        sum(after for _, after in answers) / len(answers),
        classes if len(classes) > 1 else (),
    )


def _is_few(one: KnownClass) -> bool:
    return any(count > 0 and is_too_few(count) for count in (one.before, one.after))


def _classes(answers: Sequence[tuple[int, int]], ends: Sequence[int]) -> tuple[KnownClass, ...]:
    found = []
    for least, most in zip([0, *(end + 1 for end in ends)], [*ends, None], strict=True):
        before, after = (
            sum(least <= pair[which] and (most is None or pair[which] <= most) for pair in answers)
            for which in (0, 1)
        )
        found.append(KnownClass(least, most, before, after))
    return tuple(found)


def _numbers(session: Session, workshop_id: int) -> Numbers | None:
    found = session.exec(
        select(EncounterAnswer.before, EncounterAnswer.after).where(
            EncounterAnswer.workshop_id == workshop_id
        )
    ).all()
    return numbers_of(
        [(before, after) for before, after in found if before is not None and after is not None]
    )


def _met(
    session: Session, workshop_id: int, rounds: Sequence[dict[int, int]]
) -> tuple[Met | None, tuple[RowName, ...]]:
    everybody = sorted({person for seats in rounds for person in seats})
    if not everybody:
        return None, ()
    group_of = dict(
        session.exec(
            select(Participant.id, Participant.group_id).where(col(Participant.id).in_(everybody))
        ).all()
    )
    names = {
        str(identifier): name
        for identifier, name in session.exec(
            select(Group.id, Group.name).where(col(Group.id).in_(set(group_of.values())))
        ).all()
    }
    pairs = pairs_that_met(rounds)
    bound, sizes = _bound(session, workshop_id, rounds, everybody)
    groups = counted_groups(group_of)
    by_group = met_by_group(groups, pairs, bound.most) if groups else None
    rows = tuple(
        RowName(
            tuple(None if key == NONE else names.get(key) for key in row.members),
            is_other=not (len(row.members) == 1 and row.members[0] == row.key),
        )
        for row in (groups.rows if groups else ())
    )
    return (
        Met(
            by_group,
            by_group.total if by_group else len(pairs),
            len(everybody),
            sizes,
            len([seats for seats in rounds if seats]),
            max((len(set(seats.values())) for seats in rounds), default=0),
            bound,
        ),
        rows,
    )


def _bound(
    session: Session, workshop_id: int, rounds: Sequence[dict[int, int]], everybody: Sequence[int]
) -> tuple[Bound, tuple[int, ...]]:
    """Return how many pairs could have met at most, by who was there in each round, and how large tables were."""
    place = {person: number for number, person in enumerate(everybody)}
    held = []
    for seats in rounds:
        tables: dict[int, list[int]] = {}
        for person, table in sorted(seats.items()):
            tables.setdefault(table, []).append(place[person])
        held.append(tuple(map(tuple, tables.values())))
    together = [
        (place[wish.one_id], place[wish.other_id])
        for wish in session.exec(
            select(SeatWish).where(
                SeatWish.workshop_id == workshop_id, SeatWish.strength == WishStrength.MUST
            )
        ).all()
        if wish.one_id in place and wish.other_id in place
    ]
    sizes = sorted({len(table) for tables in held for table in tables})
    return most_that_could_meet(held, together), tuple(sizes)


def _place(evenings: Sequence[SeriesEvening], workshop_id: int) -> tuple[int, int]:
    ids = [one.workshop_id for one in evenings]
    return ids.index(workshop_id) + 1, len(ids)
