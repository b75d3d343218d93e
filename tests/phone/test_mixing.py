"""The facilitator's own question on a phone at the welcome: as large to skip, and asked where it is used."""

import re

import pytest
from starlette.testclient import TestClient

from models.basics.words import Mixing, Step
from models.encounters.evening import change_evening
from models.encounters.mixing import change_question, own_choice, read_question
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import take_room_to
from tests.builders import LEADER, Room
from tests.builders.evening import divide, make_evening
from tests.phone.conftest import JSON, hold, open_phone
from tests.phone.test_tables import _text

LANGUAGE = "Welke taal spreekt u aan tafel?"
PROMISE = "Only to divide the tables. We show your answer to nobody. After 30 days it is erased."


@pytest.fixture
def room(sqlite: str) -> Room:
    made = make_evening(8)
    write(take_room_to, who=LEADER, workshop_id=made.workshop_id, step=Step.WELCOME)
    return made


def _ask(room: Room, *, mixing: Mixing = Mixing.TOGETHER) -> list[int]:
    answers = ["Nederlands", "العربية", "<b>anders</b>"]
    write(change_question, who=LEADER, workshop_id=room.workshop_id, question=LANGUAGE, answers=answers)
    write(
        change_evening,
        who=LEADER,
        workshop_id=room.workshop_id,
        theme="",
        table_size=4,
        rounds=2,
        minutes=10,
        groups_mixing=Mixing.MIX,
        bubbles_mixing=Mixing.MIX,
        question_mixing=mixing,
    )
    with reading() as session:
        found = read_question(session, room.workshop_id)
    assert found is not None
    return [number for number, _ in found.answers]


def _send(phone: TestClient, room: Room, **form: str) -> int:
    return phone.post(f"/p/{room.code}/mixing", data=form).status_code


def _chosen(room: Room) -> int | None:
    with reading() as session:
        return own_choice(session, room.workshop_id, room.people[0]).answer_id


def test_without_a_question_or_where_no_table_uses_it_the_phone_asks_nothing(room: Room) -> None:
    with open_phone() as phone:
        hold(phone, room, 0)
        assert 'id="mixing"' not in phone.get(f"/p/{room.code}").text
        answers = _ask(room, mixing=Mixing.ASIDE)

        assert 'id="mixing"' not in phone.get(f"/p/{room.code}").text
        assert _send(phone, room, answer=str(answers[0])) == 422


def test_one_answers_changes_it_skips_it_and_once_seated_it_only_stands_there(room: Room) -> None:
    answers = _ask(room)
    with open_phone() as phone:
        hold(phone, room, 0)
        page = phone.get(f"/p/{room.code}").text
        assert LANGUAGE in page and PROMISE in _text(phone, room)
        assert "&lt;b&gt;anders" in page and "<b>anders" not in page

        assert _send(phone, room, answer=str(answers[1])) == 303
        page = phone.get(f"/p/{room.code}").text
        assert re.search(f'name="answer" value="{answers[1]}" required checked', page)
        assert "We have it. You can change it until the tables are divided." in _text(phone, room)

        assert _send(phone, room, skip="1") == 303
        assert _chosen(room) is None
        assert "You skip this. You can still fill it in." in _text(phone, room)
        assert phone.post(
            f"/p/{room.code}/mixing", data={"answer": str(answers[0])}, headers=JSON
        ).json() == {"saved": True}

        divide(room)
        page = phone.get(f"/p/{room.code}").text
        assert 'id="mixing"' in page and 'name="answer"' not in page and ">Nederlands</span>" in page
        assert _send(phone, room, answer=str(answers[1])) == 409
    assert _chosen(room) == answers[0]


@pytest.mark.parametrize("answer", ["", "0", "99999", "abc", "-1"])
def test_what_is_no_answer_is_refused_and_changes_nothing(room: Room, answer: str) -> None:
    _ask(room)
    with open_phone() as phone:
        hold(phone, room, 0)
        assert _send(phone, room, answer=answer) == 422
    assert _chosen(room) is None


def test_ones_own_page_and_file_tell_the_answer(room: Room) -> None:
    answers = _ask(room)
    with open_phone() as phone:
        hold(phone, room, 0)
        _send(phone, room, answer=str(answers[1]))

        page = phone.get(f"/p/{room.code}/mine").text
        kept = phone.get(f"/p/{room.code}/mine.json").json()

    assert 'id="own-mixing"' in page and "العربية" in page
    assert kept["mixing_choice"] == {"question": LANGUAGE, "answer": "العربية"}
