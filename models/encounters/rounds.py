"""The evening itself: a round begins, the cards go on, and who comes late gets a table. Nobody who sits is moved."""

from collections import Counter
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, InvalidValue, NotSeated
from models.basics.words import BuildingBlock, Step, WorkshopState
from models.encounters.evening import ROUND_BEGUN, evening_of, read_cards
from models.encounters.hosting import cards_follow, settle_hosts
from models.encounters.joined import joined_tables
from models.encounters.plan import people_to_seat, seats_by_round, wanted_of
from models.encounters.seating.latecomer import table_of_latecomer
from models.storage.chain import record
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import Encounter, Participant, Seat, Workshop
from models.workshop.comings import follows_comings
from models.workshop.presence import is_here
from models.workshop.workshop import take_room_to


def begin_round(session: Session, *, who: str, workshop_id: int, number: int) -> None:
    """Begin a round: its seats stand from now on, every phone shows its table. Begun twice, it begins once.

    Who left has no seat in it; who came since the plan gets one. Raises `NotSeated` before there is a plan for it, and
    `ChangedMeanwhile` for a round that is not the next one.
    """
    workshop, evening = evening_of(session, workshop_id)
    if number <= evening.round_now:
        return
    if number != evening.round_now + 1 or number > evening.rounds:
        raise ChangedMeanwhile
    planned = {
        seat.participant_id: seat
        for seat in session.exec(
            select(Seat).where(Seat.workshop_id == workshop_id, Seat.round == number)
        ).all()
    }
    if not planned:
        raise NotSeated
    here = people_to_seat(session, workshop_id)
    for person_id in set(planned) - {person.id for person in here}:
        session.delete(planned[person_id])
    session.flush()
    evening.round_now, evening.card_now = number, 1
    evening.ends_at = now() + timedelta(minutes=evening.minutes)
    evening.shows_question = False
    session.flush()
    _number_chairs(session, evening)
    for person in here:
        if person.id not in planned:
            _seat(session, evening, person)
    settle_hosts(session, evening)
    if workshop.step != Step.TABLES or workshop.state != WorkshopState.OPEN:
        take_room_to(session, who=who, workshop_id=workshop_id, step=Step.TABLES)
    workshop.wall_page = 0
    session.add(workshop)
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what=ROUND_BEGUN,
        workshop=workshop.code,
        number=number,
    )
    page_changed(session, workshop_id, content=True)


def seat_latecomer(session: Session, workshop: Workshop, participant: Participant) -> None:
    """Give who comes in while a round goes on the table that costs least. Harmless for who has one, and elsewhere."""
    if workshop.block != BuildingBlock.ENCOUNTERS or not is_here(participant):
        return
    evening = session.get(Encounter, workshop.id)
    if evening is None or evening.round_now == 0:
        return
    is_late = session.get(Seat, (workshop.id, evening.round_now, participant.id)) is None
    if is_late:
        _seat(session, evening, participant)
    is_news = settle_hosts(session, evening)
    if is_late or is_news:
        page_changed(session, workshop.id, content=is_news)


@follows_comings
def follow_comings(session: Session, participant: Participant) -> None:
    """Give who comes in a table in the round that goes on, and a table whose host left another host."""
    workshop = existing(session, Workshop, participant.workshop_id)
    if is_here(participant):
        seat_latecomer(session, workshop, participant)
        return
    evening = session.get(Encounter, workshop.id) if workshop.block == BuildingBlock.ENCOUNTERS else None
    if evening is not None and settle_hosts(session, evening):
        page_changed(session, workshop.id, content=True)


def show_card(session: Session, *, who: str, workshop_id: int, number: int, card: int) -> None:
    """Put a question card of the round that goes on, counted from 1, on every phone."""
    _workshop, evening = evening_of(session, workshop_id)
    if number != evening.round_now:
        raise ChangedMeanwhile
    if not 1 <= card <= len(read_cards(session, workshop_id)[number]):
        raise InvalidValue("card", card)
    evening.card_now = card
    cards_follow(session, evening)
    page_changed(session, workshop_id, content=True)


def lengthen_round(session: Session, *, who: str, workshop_id: int, number: int, ends_at: datetime) -> None:
    """Let the round that goes on end at another moment. The same moment again changes nothing."""
    _workshop, evening = evening_of(session, workshop_id)
    if number != evening.round_now or number == 0:
        raise ChangedMeanwhile
    evening.ends_at = ends_at
    page_changed(session, workshop_id, content=True)


def show_question(session: Session, *, who: str, workshop_id: int, is_shown: bool) -> None:
    """Show the question on the projector, or who sits where."""
    _workshop, evening = evening_of(session, workshop_id)
    evening.shows_question = is_shown
    page_changed(session, workshop_id)


def _number_chairs(session: Session, evening: Encounter) -> None:
    """Give who sits at a table of the round that begins a chair, by the number on their badge."""
    taken: Counter[int] = Counter()
    for seat in session.exec(
        select(Seat)
        .join(Participant, col(Participant.id) == Seat.participant_id)
        .where(Seat.workshop_id == evening.workshop_id, Seat.round == evening.round_now)
        .order_by(col(Participant.number))
    ).all():
        taken[seat.table_number] += 1
        seat.chair = taken[seat.table_number]
        session.add(seat)
    session.flush()


def _seat(session: Session, evening: Encounter, participant: Participant) -> None:
    """Seat somebody in the round that goes on, at the table that costs least."""
    rounds = seats_by_round(session, evening.workshop_id, up_to=evening.round_now)
    sitting_now = rounds[-1]
    people = list(
        session.exec(
            select(Participant)
            .where(col(Participant.id).in_({*sitting_now, participant.id}))
            .order_by(col(Participant.number))
        ).all()
    )
    place = {person.id: number for number, person in enumerate(people)}
    tables = max([evening.tables, *sitting_now.values(), 1])
    joined = joined_tables(session, evening.workshop_id, evening.round_now)
    sitting: dict[int, list[int]] = {table: [] for table in range(1, tables + 1) if table not in joined}
    for person_id, table in sitting_now.items():
        # Who left has an empty chair.
        if is_here(people[place[person_id]]):
            sitting[joined.get(table, table)].append(place[person_id])
    wanted = wanted_of(session, evening, people, tables=len(sitting), rounds=1, begun=rounds[:-1])
    found = table_of_latecomer(wanted, tuple(map(tuple, sitting.values())), place[participant.id])
    table_number = list(sitting)[found.table]
    last_chair = session.exec(
        select(func.max(Seat.chair)).where(
            Seat.workshop_id == evening.workshop_id,
            Seat.round == evening.round_now,
            Seat.table_number == table_number,
        )
    ).one()
    session.add(
        Seat(
            workshop_id=evening.workshop_id,
            round=evening.round_now,
            participant_id=participant.id,
            table_number=table_number,
            chair=(last_chair or 0) + 1,
        )
    )
    session.flush()
