"""Somebody without a phone, whom who leads brings in: counted, seated, and nobody else's voice."""

import pytest

from models.basics.errors import InvalidValue, PersonalCodeUnknown, WorkshopOver
from models.basics.words import Door, Source
from models.encounters.come_again import known_before
from models.encounters.plan import people_to_seat
from models.encounters.views import own_seat, who_differs
from models.joining.without_phone import BroughtIn, bring_in
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant
from models.workshop.participant import make_personal_codes, note_left
from models.workshop.people import people_here
from models.workshop.workshop import end_workshop, set_door
from tests.builders import LEADER, Room, make_alliance, make_people, rows_of
from tests.builders.evening import begin, divide, make_evening, make_next_evening

pytestmark = pytest.mark.both_databases


def _bring_in(room: Room, *, name: str = "", group: str | None = None, card: str = "") -> BroughtIn:
    came = write(
        bring_in,
        who=LEADER,
        workshop_id=room.workshop_id,
        name=name,
        group_id=room.groups[group] if group else None,
        card=card,
    )
    assert isinstance(came, BroughtIn)
    return came


def _person(came: BroughtIn) -> Participant:
    with reading() as session:
        return session.get_one(Participant, came.participant_id)


def test_who_has_no_phone_counts_at_once_with_a_number_also_where_the_door_is_shut(database: str) -> None:
    room = make_evening(11)
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.SHUT)

    came = _bring_in(room, name="  Mevrouw Öztürk ", group="Moskee")

    person = _person(came)
    assert (person.number, person.name, person.group_id) == (12, "Mevrouw Öztürk", room.groups["Moskee"])
    assert person.source == Source.PAPER
    with reading() as session:
        assert people_here(session, room.workshop_id).total == 12
        assert len(people_to_seat(session, room.workshop_id)) == 12


def test_who_comes_while_a_round_goes_on_has_a_table_at_once_and_who_goes_home_gives_theirs_back(
    database: str,
) -> None:
    room = make_evening(11)
    divide(room)
    begin(room, 1)

    came = _bring_in(room, name="Ahmed")

    with reading() as session:
        assert own_seat(session, room.workshop_id, came.participant_id) is not None
        assert who_differs(session, room.workshop_id, 2).newcomers == (12,)
    write(note_left, who=LEADER, participant_id=came.participant_id)
    with reading() as session:
        assert who_differs(session, room.workshop_id, 2).newcomers == ()
    assert _bring_in(room, card="12") == came
    assert _person(came).left_at is None


@pytest.mark.parametrize("by", ["code", "number"])
def test_a_printed_badge_keeps_its_number_and_group_and_twice_is_once(database: str, by: str) -> None:
    room = make_evening(3)
    [code] = write(
        make_personal_codes,
        who=LEADER,
        workshop_id=room.workshop_id,
        count=1,
        group_id=room.groups["Gemeente"],
    )
    card = code.lower() if by == "code" else "4"

    came = _bring_in(room, name="Siobhán", card=card)
    again = _bring_in(room, name="Iemand anders", card=card)

    assert came == again and came.number == 4
    assert (_person(came).name, _person(came).group_id) == ("Siobhán", room.groups["Gemeente"])
    assert len(rows_of(Participant)) == 4


def test_the_code_of_an_earlier_evening_is_the_same_person(database: str) -> None:
    earlier = make_evening(4)
    came = _bring_in(earlier, name="Nour", group="Moskee")
    divide(earlier)
    begin(earlier, 1)
    room = make_next_evening(earlier)

    again = _bring_in(room, card=_person(came).personal_code)

    assert (_person(again).name, _person(again).source) == ("Nour", Source.PAPER)
    with reading() as session:
        assert known_before(session, room.workshop_id, people_to_seat(session, room.workshop_id)).people == 1


def test_a_number_is_no_way_to_be_who_has_a_phone_and_nobody_comes_into_what_is_over(database: str) -> None:
    room = make_evening(2)
    elsewhere = make_alliance(groups=["Buren"])

    with pytest.raises(PersonalCodeUnknown):
        _bring_in(room, card="1")
    with pytest.raises(PersonalCodeUnknown):
        _bring_in(room, card="ZZZZ ZZZZ")
    with pytest.raises(InvalidValue):
        write(
            bring_in,
            who=LEADER,
            workshop_id=room.workshop_id,
            name="",
            group_id=elsewhere.groups["Buren"],
        )
    assert len(rows_of(Participant)) == 2
    make_people(room, count=1)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with pytest.raises(WorkshopOver):
        _bring_in(room, name="Te laat")
