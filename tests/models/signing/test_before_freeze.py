"""What is still asked before a text is frozen, and the day that is offered for meeting again."""

from datetime import date

import pytest

from models.agreeing.named_people import NamedPerson
from models.agreeing.views import list_agreements
from models.alliance.partner import read_partners
from models.signing.before_freeze import (
    Asked,
    Thing,
    asked_before_freeze,
    next_meeting_ready,
    still_asked,
)
from models.storage.database import reading
from models.voting.principles import list_principles
from tests.builders import Room, make_adopted, make_agreement, make_principle, make_workshop

pytestmark = pytest.mark.usefixtures("sqlite")


def asked(
    room: Room,
    *,
    address: str | None = "https://merenveld.example",
    next_meeting_on: date | None = date(2027, 4, 15),
    named: tuple[NamedPerson, ...] = (),
) -> list[Asked]:
    with reading() as session:
        return asked_before_freeze(
            next_meeting_on=next_meeting_on,
            agreements=list_agreements(session, room.alliance_id),
            principles=list_principles(session, room.alliance_id),
            partners=read_partners(session, room.alliance_id),
            address=address,
            named=named,
        )


def open_ones(found: list[Asked]) -> list[str]:
    return [one.thing for one in still_asked(found, [])]


def test_a_room_that_lacks_everything_is_asked_everything_in_one_order() -> None:
    room = make_workshop()
    make_agreement(room, what="Wij zingen.")
    make_principle(room)
    named = (NamedPerson("Renée Bakhuis", (("agreement", 1),)),)

    found = asked(room, address=None, next_meeting_on=None, named=named)

    assert open_ones(found) == [
        Thing.NEXT_MEETING,
        Thing.OWNER,
        Thing.DAY,
        Thing.RESULT,
        Thing.ADDRESS,
        Thing.PARTNERS,
        Thing.NAMES,
    ]


def test_a_room_that_has_everything_is_asked_nothing_and_hears_who_still_waits() -> None:
    room = make_workshop(partners=["Gemeente", "Wijkraad Oost"], people=6)
    make_adopted(room)
    make_agreement(room, what="Wij zingen.", owner="Gemeente", due_on=date(2027, 3, 1))

    found = asked(room)

    assert open_ones(found) == []
    [carried] = [one for one in found if one.thing is Thing.CARRIED]
    assert (carried.count, carried.of, carried.accepted, carried.numbers) == (1, 1, 0, (1,))
    assert [one.thing for one in found if not one.is_told_elsewhere] == [
        Thing.NEXT_MEETING,
        Thing.ADDRESS,
        Thing.PARTNERS,
        Thing.CARRIED,
    ]


def test_what_is_left_as_it_is_is_not_asked_any_more_and_only_what_may_be_left_can_be() -> None:
    room = make_workshop(partners=["Gemeente"])
    make_agreement(room, what="Wij zingen.", due_on=date(2027, 3, 1))
    found = asked(room, next_meeting_on=None)
    by_thing = {one.thing: one for one in found}

    assert [one.thing for one in still_asked(found, [by_thing[Thing.OWNER].key])] == [Thing.NEXT_MEETING]
    assert by_thing[Thing.OWNER].may_be_left
    assert not by_thing[Thing.NEXT_MEETING].may_be_left
    assert not by_thing[Thing.ADDRESS].may_be_left


@pytest.mark.parametrize(
    ("held_on", "today", "offered"),
    [
        (date(2027, 1, 14), date(2027, 1, 14), date(2027, 4, 15)),
        (date(2027, 1, 14), date(2027, 4, 15), date(2027, 7, 15)),
    ],
)
def test_a_quarter_on_the_same_day_of_the_week_and_to_come_is_offered(
    held_on: date, today: date, offered: date
) -> None:
    assert next_meeting_ready(held_on, today) == offered
