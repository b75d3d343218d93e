"""The two questions about whom one knows on a phone: as large to skip as to answer, and nothing typed is lost."""

import pytest
from starlette.testclient import TestClient

from models.basics.words import Step
from models.encounters.answers import close_answers
from models.storage.writing import write
from models.workshop.workshop import take_room_to
from tests.builders import LEADER, Room
from tests.builders.evening import begin, divide, make_evening
from tests.phone.conftest import JSON, hold, open_phone
from tests.phone.test_tables import _text

BEFORE = "How many people here do you know already?"
AFTER = "How many people would you greet now?"
LATE = "How many of them did you know already before this evening?"


@pytest.fixture
def room(sqlite: str) -> Room:
    made = make_evening(12)
    write(take_room_to, who=LEADER, workshop_id=made.workshop_id, step=Step.WELCOME)
    return made


def _end(room: Room, step: str = Step.END) -> None:
    divide(room)
    begin(room, 1)
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=step)


def _send(phone: TestClient, room: Room, **form: str) -> int:
    return phone.post(f"/p/{room.code}/known", data=form).status_code


def test_at_the_welcome_one_says_how_many_one_knows_and_can_change_it(room: Room) -> None:
    with open_phone() as phone:
        hold(phone, room, 0)
        assert BEFORE in _text(phone, room) and AFTER not in _text(phone, room)

        assert _send(phone, room, asked="before", known="7") == 303
        page = phone.get(f"/p/{room.code}").text

        assert 'value="7"' in page and ">Take it back</button>" in page
        assert "We have it. You can change it until the facilitator closes the question." in _text(
            phone, room
        )


def test_who_skips_is_not_pressed_again_and_may_still_fill_it_in(room: Room) -> None:
    with open_phone() as phone:
        hold(phone, room, 0)
        assert _send(phone, room, asked="before", skip="1", known="") == 303
        assert "You skip this. You can still fill it in." in _text(phone, room)
        _end(room)

        text = _text(phone, room)

    assert AFTER in text and LATE not in text


@pytest.mark.parametrize("step", [Step.HARVEST, Step.END])
def test_who_came_late_is_asked_both_in_the_end(room: Room, step: str) -> None:
    _end(room, step)
    with open_phone() as phone:
        hold(phone, room, 0)
        text = _text(phone, room)

    assert text.index(AFTER) < text.index(LATE)


@pytest.mark.parametrize("typed", ["90", "een paar 🙂", "", "-1"])
def test_what_cannot_be_is_refused_and_still_stands_in_the_field(room: Room, typed: str) -> None:
    _end(room)
    with open_phone() as phone:
        hold(phone, room, 0)
        answer = phone.post(f"/p/{room.code}/known", data={"asked": "after", "known": typed})

    assert answer.status_code == 422
    assert "Choose a whole number from 0 to 11." in answer.text
    assert f'id="known-after" name="known" required value="{typed}" aria-describedby="problem"' in answer.text


def test_once_closed_nothing_is_asked_any_more(room: Room) -> None:
    _end(room)
    write(close_answers, who=LEADER, workshop_id=room.workshop_id)
    with open_phone() as phone:
        hold(phone, room, 0)
        text = _text(phone, room)
        late = phone.post(f"/p/{room.code}/known", data={"asked": "after", "known": "3"}, headers=JSON)

    assert AFTER not in text and LATE not in text and "You sat with 3 of the 11 other people." in text
    assert late.status_code == 409


def test_a_script_gets_what_is_stored(room: Room) -> None:
    with open_phone() as phone:
        hold(phone, room, 0)
        answer = phone.post(f"/p/{room.code}/known", data={"asked": "before", "known": "2"}, headers=JSON)

    assert answer.json() == {"before": 2, "after": None, "skips_before": False, "skips_after": False}
