"""From the people in the room to a seating that is asked for, and from the plan that came of it to seats."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.basics.errors import ChangedMeanwhile
from models.basics.words import Mixing, WishStrength
from models.encounters.come_again import rounds_before
from models.encounters.evening import evening_of, read_evening
from models.encounters.hosting import draw_coming_hosts
from models.encounters.mixing import Alike, By, alike
from models.encounters.seating.tables import tables_for
from models.encounters.seating.wanted import Plan, Round, Wanted, Wish
from models.storage.chain import record
from models.storage.changes import page_changed
from models.tables import Encounter, Participant, Seat, SeatWish
from models.workshop.presence import HERE


@dataclass(frozen=True)
class Asked:
    """A seating that is asked for: of whom (participants by their place in `wanted`), and from which round on.

    `planned` are the same rounds as they were planned before, with only who is here now; `alike` who are mixed or kept
    together, and by what.
    """

    wanted: Wanted
    people: tuple[int, ...]
    first_round: int
    planned: tuple[Round, ...] = ()
    alike: tuple[Alike, ...] = ()


def asked_now(session: Session, workshop_id: int) -> Asked:
    """Return the seating of the coming rounds for who is here now, with all that happened before as history."""
    evening = read_evening(session, workshop_id)
    people = people_to_seat(session, workshop_id)
    begun = seats_by_round(session, workshop_id, up_to=evening.round_now)
    tables = tables_for(len(people), evening.table_size, standing=evening.tables or None)
    wanted = wanted_of(
        session, evening, people, tables=tables, rounds=evening.rounds - evening.round_now, begun=begun
    )
    return Asked(
        wanted,
        tuple(person.id for person in people),
        evening.round_now + 1,
        _planned(session, evening, people, tables),
        tuple(alike(session, evening, people)),
    )


def people_to_seat(session: Session, workshop_id: int) -> list[Participant]:
    """Return who is here, by number."""
    return list(
        session.exec(
            select(Participant)
            .where(Participant.workshop_id == workshop_id, HERE)
            .order_by(col(Participant.number))
        ).all()
    )


def wanted_of(
    session: Session,
    evening: Encounter,
    people: Sequence[Participant],
    *,
    tables: int,
    rounds: int,
    begun: Sequence[dict[int, int]],
) -> Wanted:
    """Return a seating of these people that is asked for. `begun` holds a table per participant, round by round.

    Before what has begun comes who met at earlier evenings of the series.
    """
    place = {person.id: number for number, person in enumerate(people)}
    groups = tuple(person.group_id for person in people) if evening.groups_mixing == Mixing.MIX else ()
    sets = alike(session, evening, people)
    wishes = session.exec(
        select(SeatWish).where(SeatWish.workshop_id == evening.workshop_id).order_by(col(SeatWish.id))
    ).all()
    return Wanted(
        people=len(people),
        tables=tables,
        rounds=rounds,
        groups=groups,
        mixed=tuple(one.people for one in sets if one.mixing == Mixing.MIX and one.by != By.GROUP),
        kept=tuple(one.people for one in sets if one.mixing == Mixing.TOGETHER),
        wishes=tuple(
            Wish(place[wish.one_id], place[wish.other_id], WishStrength(wish.strength))
            for wish in wishes
            if wish.one_id in place and wish.other_id in place
        ),
        earlier=(
            *rounds_before(session, evening, people),
            *(_as_round(seats, place) for seats in begun),
        ),
    )


def seats_by_round(session: Session, workshop_id: int, *, up_to: int) -> list[dict[int, int]]:
    """Return who sat where, a table per participant, for each round that has begun up to `up_to`."""
    found: list[dict[int, int]] = [{} for _ in range(up_to)]
    for seat in session.exec(select(Seat).where(Seat.workshop_id == workshop_id, Seat.round <= up_to)).all():
        found[seat.round - 1][seat.participant_id] = seat.table_number
    return found


def keep_plan(session: Session, *, who: str, workshop_id: int, asked: Asked, plan: Plan) -> None:
    """Store who will sit where in the coming rounds, in place of what was planned before. What has begun stays.

    Raises `ChangedMeanwhile` when a round began since it was asked for.
    """
    workshop, evening = evening_of(session, workshop_id)
    if asked.first_round != evening.round_now + 1:
        raise ChangedMeanwhile
    for seat in session.exec(
        select(Seat).where(Seat.workshop_id == workshop_id, Seat.round >= asked.first_round)
    ).all():
        session.delete(seat)
    session.flush()
    for number, tables in enumerate(plan.rounds, start=asked.first_round):
        for table_number, table in enumerate(tables, start=1):
            session.add_all(
                Seat(
                    workshop_id=workshop_id,
                    round=number,
                    participant_id=asked.people[person],
                    table_number=table_number,
                )
                for person in table
            )
    session.flush()
    draw_coming_hosts(session, workshop_id, after=evening.round_now, tables=asked.wanted.tables)
    evening.tables = asked.wanted.tables
    evening.new_meetings, evening.most_meetings = plan.new, plan.bound.most
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what="tables divided",
        workshop=workshop.code,
        number=asked.first_round,
    )
    page_changed(session, workshop_id)


def _planned(
    session: Session, evening: Encounter, people: Sequence[Participant], tables: int
) -> tuple[Round, ...]:
    if evening.tables != tables:
        return ()
    place = {person.id: number for number, person in enumerate(people)}
    coming = range(evening.round_now + 1, evening.rounds + 1)
    held: dict[int, list[list[int]]] = {number: [[] for _ in range(tables)] for number in coming}
    for seat in session.exec(
        select(Seat)
        .where(Seat.workshop_id == evening.workshop_id, col(Seat.round).in_(held))
        .order_by(col(Seat.participant_id))
    ).all():
        if seat.participant_id in place:
            held[seat.round][seat.table_number - 1].append(place[seat.participant_id])
    rounds = tuple(tuple(map(tuple, sitting)) for sitting in held.values())
    return rounds if all(any(tables) for tables in rounds) else ()


def _as_round(seats: dict[int, int], place: dict[int, int]) -> Round:
    """Return one round that happened, with only who is here now."""
    tables: dict[int, list[int]] = {}
    for person, table in sorted(seats.items()):
        if person in place:
            tables.setdefault(table, []).append(place[person])
    return tuple(tuple(people) for _, people in sorted(tables.items()))
