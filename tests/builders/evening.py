"""Evenings at mixed tables."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from models.basics.keys import new_token
from models.basics.words import BuildingBlock, Mixing
from models.encounters.evening import change_evening
from models.encounters.plan import asked_now, keep_plan
from models.encounters.rounds import begin_round
from models.encounters.seating.seat import seat
from models.encounters.series import plan_next_evening
from models.encounters.views import own_seat
from models.joining.joining import join
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant
from models.workshop.meetings import add_workshop
from models.workshop.workshop import read_workshop
from tests.builders.workshop import HELD_ON, LEADER, Room, make_alliance, make_people

GROUPS = ("Bewoners", "Gemeente", "Moskee")


def make_evening(people: int = 12, *, table_size: int = 4, rounds: int = 3) -> Room:
    """Return a room of an evening at mixed tables, with people of three groups."""
    room = make_alliance(groups=list(GROUPS))
    added = write(
        add_workshop,
        who=LEADER,
        alliance_id=room.alliance_id,
        venue="Het Wijkhuis",
        held_on=HELD_ON,
        block=BuildingBlock.ENCOUNTERS,
    )
    room = replace(room, workshop_id=added.workshop_id, code=added.code)
    for place in range(people):
        make_people(room, count=1, group=GROUPS[place % 3])
    write(
        change_evening,
        who=LEADER,
        workshop_id=room.workshop_id,
        theme="Thuis in Merenveld",
        table_size=table_size,
        rounds=rounds,
        minutes=15,
        groups_mixing=Mixing.MIX,
        bubbles_mixing=Mixing.MIX,
    )
    return room


def make_next_evening(room: Room, *, weeks: int = 4, in_series: bool = True) -> Room:
    """Return one more evening of the same alliance, so many weeks later: in the series of the evening, or alone."""
    with reading() as session:
        held_on = read_workshop(session, room.workshop_id).held_on + timedelta(weeks=weeks)
    if in_series:
        added = write(plan_next_evening, who=LEADER, workshop_id=room.workshop_id, held_on=held_on)
    else:
        added = write(
            add_workshop,
            who=LEADER,
            alliance_id=room.alliance_id,
            venue="",
            held_on=held_on,
            block=BuildingBlock.ENCOUNTERS,
        )
    return Room(room.alliance_id, added.workshop_id, added.code, room.groups, room.partners)


def come_again(room: Room, earlier: Room, people: Sequence[int]) -> list[int]:
    """Let people of an earlier evening come in with the code that they had there; return who they are here."""
    with reading() as session:
        codes = [session.get_one(Participant, person).personal_code for person in people]
    write(_with_codes, room=room, codes=codes)
    return room.people[-len(people) :]


def _with_codes(session: Session, *, room: Room, codes: Sequence[str]) -> None:
    for code in codes:
        token = new_token()
        room.people.append(
            join(session, code=room.code, phone_token=token, personal_code=code).participant_id
        )
        room.phones.append(token)


def divide(room: Room) -> None:
    """Divide the coming rounds over the tables."""
    with reading() as session:
        asked = asked_now(session, room.workshop_id)
    plan = seat(asked.wanted, seed=1, tries=(5_000,), planned=asked.planned)
    write(keep_plan, who=LEADER, workshop_id=room.workshop_id, asked=asked, plan=plan)


def begin(room: Room, number: int) -> None:
    """Begin a round."""
    write(begin_round, who=LEADER, workshop_id=room.workshop_id, number=number)


def table_of(room: Room, participant_id: int) -> int | None:
    """Return at which table somebody sits in the round that goes on; None without one."""
    with reading() as session:
        seat = own_seat(session, room.workshop_id, participant_id)
    return seat[0] if seat else None


def make_held_evening(people: int = 8, *, table_size: int = 4, rounds: int = 2) -> Room:
    """Return a room of an evening of which every round has begun; nobody has ended it yet."""
    room = make_evening(people, table_size=table_size, rounds=rounds)
    divide(room)
    for number in range(1, rounds + 1):
        begin(room, number)
    return room
