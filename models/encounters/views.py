"""What there is to see of an evening: who sits where, who waits, whom one met."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.encounters.evening import ROUND_BEGUN, read_cards, read_evening
from models.encounters.joined import joined_tables, tables_with
from models.encounters.plan import people_to_seat, seats_by_round
from models.storage.finding import existing
from models.tables import Event, Group, Participant, Seat, TableOfRound, Workshop
from models.workshop.presence import HERE, is_here


@dataclass(frozen=True)
class Sitting:
    """Somebody at a table; `number` stands on their badge. `has_left` since the round began."""

    participant_id: int
    number: int
    name: str | None
    group: str | None
    has_left: bool


@dataclass(frozen=True)
class TableView:
    """A table of a round, from 1, with its people by number. `host` is the badge of who minds the turns there.

    `card` is the question card that its host put on it, None while it follows who leads. `joined` are the tables that
    go with it since who was left there was brought here.
    """

    number: int
    people: tuple[Sitting, ...]
    host: int | None = None
    card: int | None = None
    joined: tuple[int, ...] = ()

    @property
    def here(self) -> int:
        return sum(not person.has_left for person in self.people)


@dataclass(frozen=True)
class Waiting:
    """How a plan stands to who is here now: who has no seat in the next round, and who has one and left."""

    newcomers: tuple[int, ...]
    gone: tuple[int, ...]


@dataclass(frozen=True)
class Met:
    """How many others somebody sat with, of how many who sat anywhere."""

    met: int
    others: int


@dataclass(frozen=True)
class OwnTable:
    """The table of somebody in the round that goes on, with the question on it: card `card` of `cards`.

    `chair` is one's own, `host_chair` that of who minds the turns; `is_host` where that is oneself. `is_alone` where
    nobody else is there, or is there still. `came_from` is the table where one sat before who leads brought it to this
    one; there one has a chair, and none here.
    """

    number: int
    chair: int
    question: str
    card: int
    cards: int
    host_chair: int | None
    is_host: bool
    is_alone: bool = False
    came_from: int | None = None


@dataclass(frozen=True)
class EveningNow:
    """Where an evening is. `round_now` is 0 before the first round; `question` is card `card` of `cards`."""

    theme: str
    round_now: int
    rounds: int
    minutes: int
    ends_at: datetime | None
    question: str
    card: int
    cards: int
    shows_question: bool


def evening_now(session: Session, workshop_id: int) -> EveningNow:
    """Return where an evening is, as everybody may see it."""
    evening = read_evening(session, workshop_id)
    questions = read_cards(session, workshop_id).get(evening.round_now, [])
    card = min(evening.card_now, len(questions))
    return EveningNow(
        theme=evening.theme,
        round_now=evening.round_now,
        rounds=evening.rounds,
        minutes=evening.minutes,
        ends_at=evening.ends_at,
        question=questions[card - 1] if card else "",
        card=card,
        cards=len(questions),
        shows_question=evening.shows_question,
    )


def tables_of_round(session: Session, workshop_id: int, number: int) -> list[TableView]:
    """Return who sits at which table in a round, planned or begun; an empty list before it is planned."""
    found: dict[int, list[Sitting]] = {}
    rows = session.exec(
        select(Seat.table_number, Participant, Group.name)
        .join(Participant, col(Participant.id) == Seat.participant_id)
        .join(Group, col(Group.id) == Participant.group_id, isouter=True)
        .where(Seat.workshop_id == workshop_id, Seat.round == number)
        .order_by(col(Seat.table_number), col(Participant.number))
    ).all()
    joined = joined_tables(session, workshop_id, number)
    for table, person, group in rows:
        if table not in joined or is_here(person):
            found.setdefault(joined.get(table, table), []).append(
                Sitting(person.id, person.number, person.name, group, not is_here(person))
            )
    hosts = {
        table: (host, card)
        for table, host, card in session.exec(
            select(TableOfRound.table_number, Participant.number, TableOfRound.card)
            .join(Participant, col(Participant.id) == TableOfRound.host_id, isouter=True)
            .where(TableOfRound.workshop_id == workshop_id, TableOfRound.round == number)
        ).all()
    }
    return [
        TableView(
            table,
            tuple(sorted(people, key=lambda person: person.number)),
            host=hosts.get(table, (None, None))[0],
            card=hosts.get(table, (None, None))[1],
            joined=tuple(tables_with(joined, table)[1:]),
        )
        for table, people in sorted(found.items())
    ]


def planned_rounds(session: Session, workshop_id: int) -> list[int]:
    """Return the rounds for which there are seats."""
    return sorted(session.exec(select(Seat.round).where(Seat.workshop_id == workshop_id).distinct()).all())


def own_seat(session: Session, workshop_id: int, participant_id: int) -> tuple[int, int] | None:
    """Return at which table, and on which chair of it, somebody sits in the round that goes on; None without one."""
    evening = read_evening(session, workshop_id)
    seat = session.get(Seat, (workshop_id, evening.round_now, participant_id))
    return (seat.table_number, seat.chair) if seat else None


def table_now(session: Session, workshop_id: int, participant_id: int) -> OwnTable | None:
    """Return somebody's table in the round that goes on, with its question and who minds the turns; None without."""
    seat = own_seat(session, workshop_id, participant_id)
    if seat is None:
        return None
    sat_at, chair = seat
    evening = read_evening(session, workshop_id)
    joined = joined_tables(session, workshop_id, evening.round_now)
    number = joined.get(sat_at, sat_at)
    questions = read_cards(session, workshop_id).get(evening.round_now, [])
    table = session.get(TableOfRound, (workshop_id, evening.round_now, number))
    card = min((table.card if table else None) or evening.card_now, len(questions))
    host = table.host_id if table else None
    hosting = session.get(Seat, (workshop_id, evening.round_now, host)) if host is not None else None
    return OwnTable(
        number=number,
        chair=chair,
        question=questions[card - 1] if card else "",
        card=card,
        cards=len(questions),
        host_chair=hosting.chair if hosting and hosting.table_number == number else None,
        is_host=host == participant_id,
        is_alone=_is_alone(
            session, workshop_id, evening.round_now, tables_with(joined, number), participant_id
        ),
        came_from=sat_at if sat_at != number else None,
    )


def _is_alone(
    session: Session, workshop_id: int, number: int, tables: list[int], participant_id: int
) -> bool:
    beside = (
        select(Seat.participant_id)
        .join(Participant, col(Participant.id) == Seat.participant_id)
        .where(
            Seat.workshop_id == workshop_id,
            Seat.round == number,
            col(Seat.table_number).in_(tables),
            Seat.participant_id != participant_id,
            HERE,
        )
        .limit(1)
    )
    return session.exec(beside).first() is None


def newcomers(session: Session, workshop_id: int) -> tuple[int, ...]:
    """Return the badges of who came in since the round that goes on began."""
    workshop = existing(session, Workshop, workshop_id)
    number = read_evening(session, workshop_id).round_now
    began = next(
        (
            event.happened_at
            for event in session.exec(
                select(Event)
                .where(Event.alliance_id == workshop.alliance_id, Event.what == ROUND_BEGUN)
                .order_by(col(Event.id).desc())
            )
            if (event.details["workshop"], event.details["number"]) == (workshop.code, number)
        ),
        None,
    )
    if not number or began is None:
        return ()
    return tuple(
        person.number
        for person in people_to_seat(session, workshop_id)
        if max(person.joined_at or began, person.admitted_at or began) > began
    )


def who_differs(session: Session, workshop_id: int, number: int) -> Waiting:
    """Return in what the plan of a round differs from who is here now; numbers of badges."""
    here = {person.id: person.number for person in people_to_seat(session, workshop_id)}
    planned = {
        person.participant_id: person.number
        for table in tables_of_round(session, workshop_id, number)
        for person in table.people
    }
    return Waiting(
        tuple(sorted(here[person] for person in set(here) - set(planned))),
        tuple(sorted(planned[person] for person in set(planned) - set(here))),
    )


def met_by(session: Session, workshop_id: int, participant_id: int) -> Met:
    """Return whom somebody sat with in the rounds that have begun."""
    rounds = seats_by_round(session, workshop_id, up_to=read_evening(session, workshop_id).round_now)
    everybody = {person for seats in rounds for person in seats}
    met = {
        other
        for seats in rounds
        for other, table in seats.items()
        if other != participant_id and seats.get(participant_id) == table
    }
    return Met(len(met), len(everybody - {participant_id}))
