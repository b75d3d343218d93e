"""Who comes again with the code of an earlier evening is the same person: whom they met is history for the tables."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, select

from models.basics.errors import DoorShut, PersonalCodeNeeded, PersonalCodeUnknown
from models.basics.keys import new_token
from models.basics.words import Door, Source
from models.encounters.come_again import Known, has_earlier, is_code_of, known_before
from models.encounters.evening import read_evening
from models.encounters.plan import Asked, asked_now, people_to_seat
from models.encounters.seating.seat import new_meetings, seat
from models.joining.joining import Joined, join, read_phone
from models.joining.voice import add_voice
from models.own_data.reading import own_data
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant, Seat, SeriesPerson, Workshop
from models.workshop.workshop import change_workshop, end_workshop, set_door
from tests.builders import LEADER, Room, make_people, make_workshop, rows_of
from tests.builders.evening import begin, come_again, divide, make_evening, make_next_evening

pytestmark = pytest.mark.both_databases


def _held(people: int = 12) -> Room:
    """Return an evening of three rounds that is over."""
    room = make_evening(people)
    divide(room)
    for number in (1, 2, 3):
        begin(room, number)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    return room


def _code(participant_id: int) -> str:
    with reading() as session:
        return session.get_one(Participant, participant_id).personal_code


def _person(participant_id: int) -> str | None:
    with reading() as session:
        found = session.get(SeriesPerson, participant_id)
        return found.person if found else None


def _join(room: Room, code: str | None, **more: Any) -> Joined:
    return write(
        join, code=room.code, phone_token=more.pop("phone_token", new_token()), personal_code=code, **more
    )


def _asked(room: Room) -> Asked:
    with reading() as session:
        return asked_now(session, room.workshop_id)


def _sat_together(room: Room, one: int, other: int) -> bool:
    with reading() as session:
        seats = {
            (seat.round, seat.participant_id): seat.table_number
            for seat in session.exec(select(Seat).where(Seat.workshop_id == room.workshop_id)).all()
        }
    return any(seats[number, one] == seats[number, other] for number in (1, 2, 3))


def test_the_code_of_an_earlier_evening_makes_one_the_same_person_with_a_code_of_the_new_evening(
    database: str,
) -> None:
    first = _held(6)
    second = make_next_evening(first)
    before = first.people[2]
    with reading() as session:
        was = session.get_one(Participant, before)

    joined = _join(second, f" {_code(before)[:4].lower()} {_code(before)[4:]} ", name="Zoë")

    with reading() as session:
        found = session.get_one(Participant, joined.participant_id)
    assert (found.workshop_id, found.number, found.name) == (second.workshop_id, 1, "Zoë")
    assert (found.group_id, found.partner_id) == (was.group_id, None)
    assert found.personal_code != was.personal_code
    assert joined.is_admitted and not joined.is_waiting
    assert _person(joined.participant_id) == _person(before) is not None


def test_with_either_code_one_is_the_one_who_is_here_already(database: str) -> None:
    first = _held(6)
    second = make_next_evening(first)
    joined = _join(second, _code(first.people[0]))
    phone = new_token()

    again = _join(second, _code(first.people[0]), phone_token=phone)
    own = _join(second, _code(joined.participant_id), phone_token=phone)

    assert again.participant_id == own.participant_id == joined.participant_id
    with reading() as session:
        view = read_phone(session, second.code, phone)
        assert view is not None and view.participant is not None
        assert is_code_of(session, view.participant, _code(first.people[0]).lower())
        assert not is_code_of(session, view.participant, _code(first.people[1]))
    assert len(rows_of(SeriesPerson)) == 2


def test_the_code_of_any_evening_of_the_series_is_valid_in_all_that_follow(database: str) -> None:
    first = _held(6)
    second, third = make_next_evening(first), make_next_evening(first, weeks=8)
    middle = _join(second, _code(first.people[0]))

    one = _join(third, _code(middle.participant_id))
    other = _join(third, _code(first.people[0]))

    assert one.participant_id == other.participant_id
    assert _person(one.participant_id) == _person(first.people[0])


def test_who_joined_without_a_code_and_types_it_then_stays_one_person(database: str) -> None:
    first = _held(6)
    second = make_next_evening(first)
    phone = new_token()
    new = _join(second, None, phone_token=phone)

    known = _join(second, _code(first.people[3]), phone_token=phone)

    assert known.participant_id == new.participant_id
    assert _person(new.participant_id) == _person(first.people[3]) is not None
    # Another code on the same phone is somebody else.
    assert _join(second, _code(first.people[4]), phone_token=phone).participant_id != new.participant_id


def test_without_a_code_everybody_is_new(database: str) -> None:
    first = _held(6)
    second, other = make_next_evening(first), make_workshop()

    make_people(second, count=6)

    assert rows_of(SeriesPerson) == []
    assert _asked(second).wanted.earlier == ()
    with reading() as session:
        assert known_before(
            session, second.workshop_id, people_to_seat(session, second.workshop_id)
        ) == Known(0, 0)
        assert has_earlier(session, session.get_one(Workshop, second.workshop_id))
        assert not has_earlier(session, session.get_one(Workshop, other.workshop_id))


def test_a_code_of_no_evening_of_the_series_is_unknown(database: str) -> None:
    first = _held(6)
    second = make_next_evening(first)
    alone = make_next_evening(first, in_series=False)
    other_series, elsewhere = _held(2), make_workshop(people=1)
    make_next_evening(other_series)

    for room, person in (
        (second, other_series.people[0]),
        (second, elsewhere.people[0]),
        (alone, first.people[0]),
        (elsewhere, first.people[0]),
    ):
        with pytest.raises(PersonalCodeUnknown):
            _join(room, _code(person))
    with pytest.raises(PersonalCodeUnknown):
        _join(second, "AAAA AAAA")
    assert rows_of(SeriesPerson) == []


def test_a_code_opens_where_one_is_needed_and_no_door_that_is_shut(database: str) -> None:
    first = _held(6)
    second = make_next_evening(first)
    with reading() as session:
        workshop = session.get_one(Workshop, second.workshop_id)
    write(
        change_workshop,
        who=LEADER,
        workshop_id=second.workshop_id,
        venue="",
        held_on=workshop.held_on,
        next_meeting_on=None,
        needs_personal_code=True,
    )

    assert _join(second, _code(first.people[0])).is_admitted
    with pytest.raises(PersonalCodeNeeded):
        _join(second, None)
    for door in (Door.ASKS, Door.SHUT):
        write(set_door, who=LEADER, workshop_id=second.workshop_id, door=door)
        assert not _join(second, _code(first.people[1 if door is Door.ASKS else 2])).is_admitted
    with pytest.raises((DoorShut, PersonalCodeNeeded)):
        _join(second, None)


def test_somebody_without_a_phone_comes_again_on_somebody_elses(database: str) -> None:
    first = _held(6)
    second = make_next_evening(first)
    phone = new_token()
    _join(second, None, phone_token=phone)

    voice = write(add_voice, code=second.code, phone_token=phone, personal_code=_code(first.people[5]))

    with reading() as session:
        assert session.get_one(Participant, voice.participant_id).source == Source.SHARED
    assert _person(voice.participant_id) == _person(first.people[5])


def test_whom_one_met_at_earlier_evenings_is_history_for_the_tables(database: str) -> None:
    first = _held(12)
    second = make_next_evening(first)
    again = come_again(second, first, first.people[:8])
    make_people(second, count=4, group="Moskee")

    asked = _asked(second)

    met = {
        frozenset((one, other))
        for one in range(8)
        for other in range(one)
        if _sat_together(first, first.people[one], first.people[other])
    }
    place = {person: asked.people.index(participant) for person, participant in enumerate(again)}
    told = {
        frozenset((one, other))
        for tables in asked.wanted.earlier
        for table in tables
        for one in table
        for other in table
        if one != other
    }
    assert told == {frozenset(place[person] for person in pair) for pair in met}
    with reading() as session:
        people = people_to_seat(session, second.workshop_id)
        assert known_before(session, second.workshop_id, people) == Known(8, len(met))
    assert len(asked.wanted.earlier) == 3


def test_a_plan_with_history_brings_more_new_meetings_than_one_without(database: str) -> None:
    first = make_evening(12, rounds=2)
    divide(first)
    for number in (1, 2):
        begin(first, number)
    second = make_next_evening(first)
    come_again(second, first, first.people)

    divide(second)

    with reading() as session:
        people = people_to_seat(session, second.workshop_id)
        met = known_before(session, second.workshop_id, people).pairs
        evening = read_evening(session, second.workshop_id)
        asked = asked_now(session, second.workshop_id)
    blind = seat(replace(asked.wanted, earlier=()), seed=1, tries=(5_000,))
    # 66 pairs in all, of which half have met; at three tables of four some of those sit together again.
    assert (met, evening.most_meetings) == (33, 30)
    assert new_meetings(asked.wanted, blind.rounds) < evening.new_meetings <= 30


def test_a_latecomer_who_comes_again_sits_with_whom_they_have_not_met(database: str) -> None:
    first = make_evening(8, table_size=4, rounds=1)
    divide(first)
    begin(first, 1)
    second = make_next_evening(first)
    late = first.people[0]
    others = [
        person for person in first.people if person != late and _table(first, person) == _table(first, late)
    ]
    come_again(second, first, others)
    make_people(second, count=3)
    _sit(second, {1: [0, 1, 2], 2: [3, 4, 5]})

    joined = _join(second, _code(late))

    assert _table(second, joined.participant_id) == 2


def _table(room: Room, participant_id: int) -> int:
    with reading() as session:
        return session.get_one(Seat, (room.workshop_id, 1, participant_id)).table_number


def _sit(room: Room, tables: dict[int, list[int]]) -> None:
    divide(room)

    def move(session: Session) -> None:
        for table, places in tables.items():
            for place in places:
                session.get_one(Seat, (room.workshop_id, 1, room.people[place])).table_number = table

    write(move)
    begin(room, 1)


def test_ones_own_data_say_at_which_evenings_one_was_and_nobody_else_is_named(database: str) -> None:
    first = _held(6)
    second = make_next_evening(first)
    joined = _join(second, _code(first.people[0]))
    new = _join(second, None)

    with reading() as session:
        told = own_data(session, joined.participant_id).series
        before = own_data(session, first.people[0]).series
        held_on = session.get_one(Workshop, first.workshop_id).held_on
        follows = session.get_one(Workshop, second.workshop_id).held_on
        assert own_data(session, new.participant_id).series is None
        assert own_data(session, first.people[1]).series is None
    assert told is not None and before is not None
    assert (told.theme, told.other_evenings) == ("Thuis in Merenveld", [held_on])
    assert before.other_evenings == [follows]
