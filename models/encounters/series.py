"""A series: evenings that belong together, so that who comes again meets people whom they have not met."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sqlmodel import Session, col, func, select

from models.basics.clock import now
from models.basics.errors import EveningBegun, InvalidValue
from models.basics.text import LINE_LIMIT, one_line
from models.basics.words import BuildingBlock, WorkshopState
from models.encounters.evening import evening_of
from models.storage.chain import record
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import (
    Encounter,
    EncounterCondition,
    MixingAnswer,
    Participant,
    QuestionCard,
    Seat,
    Series,
    SeriesPerson,
    Workshop,
)
from models.workshop.meetings import WorkshopAdded, add_workshop

# As in every table of groups: what is less than this is shown nowhere, and counts in no total.
FEWEST_PAIRS = 5
# Of its own evening the next one takes over how it goes, and nothing of who came.
_TAKEN_OVER = (
    "theme",
    "table_size",
    "rounds",
    "minutes",
    "groups_mixing",
    "bubbles_mixing",
    "question",
    "question_mixing",
)


@dataclass(frozen=True)
class SeriesEvening:
    """An evening as a line of its series, or as one that has none yet. `has_begun`: it stays where it is."""

    workshop_id: int
    code: str
    venue: str
    held_on: date
    state: str
    theme: str
    people: int
    has_begun: bool


@dataclass(frozen=True)
class SeriesView:
    """A series with its evenings, the earliest first."""

    id: int
    theme: str
    evenings: tuple[SeriesEvening, ...]


@dataclass(frozen=True)
class PairsOfGroups:
    """How many pairs of groups have met, of how many that could have."""

    met: int
    possible: int


def series_of(session: Session, workshop_id: int) -> SeriesView | None:
    """Return the series to which an evening belongs, with all its evenings; None where it belongs to none."""
    evening = session.get(Encounter, workshop_id)
    if evening is None or evening.series_id is None:
        return None
    found = session.get_one(Series, evening.series_id)
    evenings = _evenings(session, found.alliance_id, series_id=found.id).get(found.id, [])
    return SeriesView(found.id, found.theme, tuple(evenings))


def evenings_to_join(session: Session, workshop_id: int) -> list[SeriesView]:
    """Return with what an evening can be put: each other series of its alliance, and each evening that stands alone.

    What stands alone has the id 0. The newest comes first.
    """
    workshop = existing(session, Workshop, workshop_id)
    mine = session.get(Encounter, workshop_id)
    own = mine.series_id if mine else None
    evenings = _evenings(session, workshop.alliance_id)
    found = [
        SeriesView(series.id, series.theme, tuple(evenings[series.id]))
        for series in session.exec(select(Series).where(Series.alliance_id == workshop.alliance_id)).all()
        if series.id != own and series.id in evenings
    ]
    found += [
        SeriesView(0, one.theme, (one,)) for one in evenings.get(None, ()) if one.workshop_id != workshop_id
    ]
    return sorted(
        found,
        key=lambda one: (one.evenings[-1].held_on, one.evenings[-1].workshop_id),
        reverse=True,
    )


def plan_next_evening(session: Session, *, who: str, workshop_id: int, held_on: date) -> WorkshopAdded:
    """Plan one more evening in the series of an evening, and return it. Where it has no series, one begins.

    It takes over the place, the theme, how the evening goes and the questions; nothing of who came. Phones of the
    evening that it follows say when one meets again, where they said nothing yet. Asked for twice for the same day, it
    is planned once. Raises `InvalidValue` for a day before that of the evening.
    """
    workshop, evening = evening_of(session, workshop_id)
    if held_on < workshop.held_on:
        raise InvalidValue("held_on", held_on)
    series = _series_with(session, workshop, evening)
    planned = session.exec(
        select(Workshop)
        .join(Encounter, col(Encounter.workshop_id) == Workshop.id)
        .where(
            Encounter.series_id == series.id,
            Workshop.held_on == held_on,
            Workshop.id != workshop_id,
            Workshop.state == WorkshopState.PREPARED,
        )
    ).first()
    if planned is not None:
        return WorkshopAdded(planned.id, planned.code)
    added = add_workshop(
        session,
        who=who,
        alliance_id=workshop.alliance_id,
        venue=workshop.venue,
        held_on=held_on,
        block=BuildingBlock.ENCOUNTERS,
    )
    session.add(
        Encounter(
            workshop_id=added.workshop_id,
            series_id=series.id,
            **{name: getattr(evening, name) for name in _TAKEN_OVER},
        )
    )
    session.add_all(
        MixingAnswer(workshop_id=added.workshop_id, place=answer.place, text=answer.text)
        for answer in session.exec(select(MixingAnswer).where(MixingAnswer.workshop_id == workshop_id)).all()
    )
    # How they were looked after is taken over; that they are, who leads says of each evening.
    session.add_all(
        EncounterCondition(workshop_id=added.workshop_id, condition=one.condition, how=one.how)
        for one in session.exec(
            select(EncounterCondition).where(EncounterCondition.workshop_id == workshop_id)
        ).all()
    )
    session.add_all(
        QuestionCard(workshop_id=added.workshop_id, round=card.round, place=card.place, text=card.text)
        for card in session.exec(select(QuestionCard).where(QuestionCard.workshop_id == workshop_id)).all()
    )
    if workshop.next_meeting_on is None and held_on > workshop.held_on:
        workshop.next_meeting_on = held_on
        session.add(workshop)
    _changed(session, who, workshop, "evening of series planned", code=added.code)
    return added


def put_with(session: Session, *, who: str, workshop_id: int, other_id: int) -> None:
    """Let an evening belong to the series of another one; where that has none, one begins with it.

    Harmless when repeated. Raises `EveningBegun` once people came to the evening, and `InvalidValue` for one of another
    alliance or for the evening itself.
    """
    workshop, evening = evening_of(session, workshop_id)
    other, with_it = evening_of(session, other_id)
    if workshop.id == other.id or workshop.alliance_id != other.alliance_id:
        raise InvalidValue("evening", other_id)
    if evening.series_id is not None and evening.series_id == with_it.series_id:
        return
    _check_not_begun(session, workshop)
    before = evening.series_id
    evening.series_id = _series_with(session, other, with_it).id
    session.flush()
    _drop_when_empty(session, before)
    _changed(session, who, workshop, "evening put in series", code=other.code)


def take_out(session: Session, *, who: str, workshop_id: int) -> None:
    """Let an evening belong to no series any more. Harmless when repeated. Raises `EveningBegun` once people came."""
    workshop, evening = evening_of(session, workshop_id)
    if evening.series_id is None:
        return
    _check_not_begun(session, workshop)
    before, evening.series_id = evening.series_id, None
    session.flush()
    _drop_when_empty(session, before)
    _changed(session, who, workshop, "evening taken out of series")


def name_series(session: Session, *, who: str, workshop_id: int, theme: str) -> None:
    """Change what the series of an evening is about. Raises `InvalidValue` where it belongs to none."""
    workshop, evening = evening_of(session, workshop_id)
    if evening.series_id is None:
        raise InvalidValue("series", None)
    series = existing(session, Series, evening.series_id)
    series.theme = one_line(theme, field="theme", limit=LINE_LIMIT, is_required=False)
    session.add(series)
    _changed(session, who, workshop, "series named")


def pairs_of_groups_met(session: Session, series_id: int) -> PairsOfGroups | None:
    """Return how many pairs of groups have met over a series: "84 % of all pairs of groups have met".

    Two groups have met once at least five different pairs of their people sat at one table in rounds that have begun;
    with fewer, nothing of the two is shown anywhere, so that no total tells it either. Groups that are so small that
    they have no five pairs are left out of both numbers. Somebody who came again counts once, with the group of each
    evening. None before two groups sat anywhere, and once the seats are erased.
    """
    members: dict[int, set[str]] = {}
    met: set[frozenset[tuple[int, str]]] = set()
    tables: dict[tuple[int, int, int], list[tuple[int, str]]] = {}
    seats = session.exec(
        select(Seat, Participant.group_id, SeriesPerson.person)
        .join(Encounter, col(Encounter.workshop_id) == Seat.workshop_id)
        .join(Participant, col(Participant.id) == Seat.participant_id)
        .join(SeriesPerson, col(SeriesPerson.participant_id) == Seat.participant_id, isouter=True)
        .where(Encounter.series_id == series_id, Seat.round <= Encounter.round_now)
    ).all()
    for seat, group_id, person in seats:
        if group_id is None:
            continue
        who = person or str(seat.participant_id)
        members.setdefault(group_id, set()).add(who)
        tables.setdefault((seat.workshop_id, seat.round, seat.table_number), []).append((group_id, who))
    for people in tables.values():
        met.update(
            frozenset((one, other))
            for one, other in combinations(people, 2)
            if one[0] != other[0] and one[1] != other[1]
        )
    counts = Counter(frozenset(group for group, _ in pair) for pair in met)
    possible = [
        frozenset((one, other))
        for one, other in combinations(sorted(members), 2)
        if _pairs(members[one], members[other]) >= FEWEST_PAIRS
    ]
    if not possible:
        return None
    return PairsOfGroups(sum(counts[pair] >= FEWEST_PAIRS for pair in possible), len(possible))


def _pairs(ours: Collection[str], theirs: Collection[str]) -> int:
    return len(ours) * len(theirs)


def _evenings(
    session: Session, alliance_id: int, *, series_id: int | None = None
) -> dict[int | None, list[SeriesEvening]]:
    """Return the evenings of an alliance, or of one series of it, by their series; None is for those that have none.

    The earliest comes first.
    """
    asked = (
        select(Workshop, Encounter)
        .join(Encounter, col(Encounter.workshop_id) == Workshop.id, isouter=True)
        .where(Workshop.alliance_id == alliance_id, Workshop.block == BuildingBlock.ENCOUNTERS)
        .order_by(col(Workshop.held_on), col(Workshop.id))
    )
    if series_id is not None:
        asked = asked.where(Encounter.series_id == series_id)
    rows = session.exec(asked).all()
    came = _came(session, [workshop.id for workshop, _ in rows])
    found: dict[int | None, list[SeriesEvening]] = {}
    for workshop, evening in rows:
        people = came.get(workshop.id, 0)
        found.setdefault(evening.series_id if evening else None, []).append(
            SeriesEvening(
                workshop_id=workshop.id,
                code=workshop.code,
                venue=workshop.venue,
                held_on=workshop.held_on,
                state=workshop.state,
                theme=evening.theme if evening else "",
                people=people,
                has_begun=_has_begun(workshop, people),
            )
        )
    return found


def _came(session: Session, workshop_ids: Collection[int]) -> dict[int, int]:
    """Return how many people came in at each of these evenings to which anybody came."""
    return dict(
        session.exec(
            select(Participant.workshop_id, func.count())
            .where(col(Participant.workshop_id).in_(workshop_ids), col(Participant.joined_at).is_not(None))
            .group_by(col(Participant.workshop_id))
        ).all()
    )


def _has_begun(workshop: Workshop, people: int) -> bool:
    """Return whether an evening to which so many people came stays where it is: it opened, or somebody came in."""
    return workshop.state != WorkshopState.PREPARED or people > 0


def _check_not_begun(session: Session, workshop: Workshop) -> None:
    if _has_begun(workshop, _came(session, [workshop.id]).get(workshop.id, 0)):
        raise EveningBegun


def _series_with(session: Session, workshop: Workshop, evening: Encounter) -> Series:
    """Return the series of an evening. Where it has none, one begins with it, under its theme."""
    if evening.series_id is not None:
        return existing(session, Series, evening.series_id, lock=True)
    series = Series(alliance_id=workshop.alliance_id, theme=evening.theme, created_at=now())
    session.add(series)
    session.flush()
    evening.series_id = series.id
    session.add(evening)
    session.flush()
    # Its phones tell who was there that their code is valid at the next one.
    page_changed(session, workshop.id, content=True)
    return series


def _drop_when_empty(session: Session, series_id: int | None) -> None:
    if series_id is None:
        return
    if session.exec(select(Encounter.workshop_id).where(Encounter.series_id == series_id)).first() is None:
        session.delete(session.get_one(Series, series_id))


def _changed(session: Session, who: str, workshop: Workshop, what: str, **details: str) -> None:
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what=what,
        workshop=workshop.code,
        **details,
    )
    page_changed(session, workshop.id, content=True)
