"""The bubbles on a phone: asked once one is in, beside what is done with them, and of who comes late for what comes."""

import re

import pytest
from starlette.testclient import TestClient

from models.basics.words import Mixing, Step
from models.encounters.bubbles import own_bubbles
from models.encounters.evening import change_evening
from models.encounters.mixing import change_question, own_choice, read_question
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import take_room_to
from tests.builders import LEADER, Room, make_people, make_workshop
from tests.builders.evening import begin, divide, make_evening
from tests.phone.conftest import JSON, hold, open_phone
from tests.phone.test_tables import _text

PROMISE = "Only to mix the tables We put different bubbles at one table. Nobody sees your choice."
LANGUAGE = "Welke taal spreekt u aan tafel?"


@pytest.fixture
def room(sqlite: str) -> Room:
    made = make_evening(8)
    write(take_room_to, who=LEADER, workshop_id=made.workshop_id, step=Step.WELCOME)
    return made


def _send(phone: TestClient, room: Room, **form: object) -> int:
    return phone.post(f"/p/{room.code}/bubbles", data=form).status_code


def _bubbles(room: Room, place: int = 0) -> tuple[int, ...]:
    with reading() as session:
        return own_bubbles(session, room.workshop_id, room.people[place]).groups


def _mix(room: Room, *, bubbles: Mixing = Mixing.MIX, question: Mixing = Mixing.ASIDE) -> None:
    write(
        change_evening,
        who=LEADER,
        workshop_id=room.workshop_id,
        theme="",
        table_size=4,
        rounds=2,
        minutes=10,
        groups_mixing=Mixing.MIX,
        bubbles_mixing=bubbles,
        question_mixing=question,
    )


def test_the_door_of_an_evening_asks_no_bubbles_and_that_of_another_meeting_still_does(room: Room) -> None:
    alliance = make_workshop()
    with open_phone() as phone:
        door = phone.get(f"/j/{room.code}").text
        assert 'name="bubbles"' not in door and "So we can mix the tables." in door
        assert 'name="bubbles"' in phone.get(f"/j/{alliance.code}").text


def test_one_says_changes_and_skips_ones_bubbles_beside_what_they_are_for(room: Room) -> None:
    town, mosque = str(room.groups["Gemeente"]), str(room.groups["Moskee"])
    with open_phone() as phone:
        hold(phone, room, 0)
        page = phone.get(f"/p/{room.code}").text
        text = _text(phone, room)
        assert PROMISE in text
        assert "Will you first look at the questions below?" in text and "Your group: Bewoners." in text
        assert re.findall(r'name="bubbles" value="(\d+)"', page) == [town, mosque], "not the own group"

        assert _send(phone, room, bubbles=[town, mosque, str(room.groups["Bewoners"])]) == 303
        assert _bubbles(room) == (int(town), int(mosque))
        assert "We have it. You can change it until the tables are divided." in _text(phone, room)
        assert _send(phone, room, skip="1") == 303
        assert _bubbles(room) == ()
        assert "You skip this. You can still fill it in." in _text(phone, room)
        phone.post(f"/p/{room.code}/known", data={"asked": "before", "skip": "1"})
        assert "The evening starts soon. You can put your phone down." in _text(phone, room)
        answer = phone.post(f"/p/{room.code}/bubbles", data={"bubbles": mosque}, headers=JSON)
        assert answer.json() == {"saved": True}

        divide(room)
        page = phone.get(f"/p/{room.code}").text
        assert 'id="bubbles"' in page and 'name="bubbles"' not in page and ">Moskee</span>" in page
        assert _send(phone, room, bubbles=town) == 409
    assert _bubbles(room) == (int(mosque),)


@pytest.mark.parametrize("bubble", ["99999", "abc", "-1"])
def test_what_is_no_group_here_is_refused_and_changes_nothing(room: Room, bubble: str) -> None:
    with open_phone() as phone:
        hold(phone, room, 0)
        assert _send(phone, room, bubbles=bubble) == 422
    assert _bubbles(room) == ()


def test_where_no_table_uses_them_nobody_is_asked(room: Room) -> None:
    _mix(room, bubbles=Mixing.ASIDE)
    with open_phone() as phone:
        hold(phone, room, 0)
        assert 'id="bubbles"' not in phone.get(f"/p/{room.code}").text
        assert _send(phone, room, bubbles=str(room.groups["Moskee"])) == 422


def test_who_comes_late_is_asked_both_for_the_coming_tables_until_they_are_divided_again(room: Room) -> None:
    _mix(room, question=Mixing.MIX)
    answers = ["Nederlands", "العربية"]
    write(change_question, who=LEADER, workshop_id=room.workshop_id, question=LANGUAGE, answers=answers)
    divide(room)
    begin(room, 1)
    make_people(room, count=1, group="Bewoners")
    with reading() as session:
        question = read_question(session, room.workshop_id)
    assert question is not None
    with open_phone() as seated, open_phone() as late:
        hold(seated, room, 0)
        hold(late, room, 8)
        assert "For your next tables" not in _text(seated, room)
        page = late.get(f"/p/{room.code}").text
        assert "For your next tables" in page and 'id="bubbles"' in page and LANGUAGE in page
        assert 'http-equiv="refresh"' in seated.get(f"/p/{room.code}").text
        assert 'http-equiv="refresh"' not in page, (
            "what one chooses here is not lost to a page that loads anew"
        )

        assert _send(late, room, bubbles=str(room.groups["Moskee"])) == 303
        sent = late.post(f"/p/{room.code}/mixing", data={"answer": str(question.answers[1][0])})
        assert sent.status_code == 303
        assert _send(seated, room, bubbles=str(room.groups["Moskee"])) == 409

        divide(room)
        assert "For your next tables" not in _text(late, room)
        assert _send(late, room, skip="1") == 409
        begin(room, 2)
        assert "For your next tables" not in _text(late, room), "the last round is divided"
    assert _bubbles(room, 8) == (room.groups["Moskee"],)
    with reading() as session:
        assert own_choice(session, room.workshop_id, room.people[8]).answer_id == question.answers[1][0]
