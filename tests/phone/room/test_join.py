"""Coming in: open doors, shut doors, personal codes, and phones that send twice."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.basics.words import Door
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Bubble, Participant
from models.workshop.participant import make_personal_codes
from models.workshop.workshop import change_workshop, end_workshop, set_door
from phone.serving.cookies import phone_cookie
from tests.builders import HELD_ON, LEADER, Room, make_workshop
from tests.phone.conftest import JSON, hold, open_phone


def people(room: Room) -> list[Participant]:
    with reading() as session:
        return list(
            session.exec(select(Participant).where(Participant.workshop_id == room.workshop_id)).all()
        )


def test_the_form_asks_for_a_group_and_gives_the_phone_its_cookie(client: TestClient) -> None:
    room = make_workshop()

    page = client.get(f"/j/{room.code.lower()}")

    assert page.status_code == 200
    assert all(f'value="{group}"' in page.text for group in room.groups.values())
    assert phone_cookie(room.code) in client.cookies


def test_joining_makes_one_participant_and_goes_to_the_room(client: TestClient) -> None:
    room = make_workshop()
    residents, communities = room.groups["Residents"], room.groups["Communities"]
    client.get(f"/j/{room.code}")

    answer = client.post(
        f"/j/{room.code}",
        data={"name": "Ada", "group": residents, "bubbles": [communities], "language": "nl"},
    )

    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{room.code}")
    assert client.cookies["language"] == "nl"
    [ada] = people(room)
    assert (ada.name, ada.group_id) == ("Ada", residents)
    with reading() as session:
        assert [bubble.group_id for bubble in session.exec(select(Bubble)).all()] == [communities]


def test_a_first_post_that_is_sent_twice_is_one_person(client: TestClient) -> None:
    room = make_workshop()
    client.get(f"/j/{room.code}")

    first = client.post(f"/j/{room.code}", data={"group": ""}, headers=JSON)
    second = client.post(f"/j/{room.code}", data={"group": ""}, headers=JSON)

    assert first.json() == {"page": f"/p/{room.code}", "number": 1}
    assert second.json() == first.json()
    assert len(people(room)) == 1


def test_a_post_without_a_cookie_gets_one(client: TestClient) -> None:
    room = make_workshop()

    client.post(f"/j/{room.code}", data={"group": ""})

    assert phone_cookie(room.code) in client.cookies
    assert client.get(f"/p/{room.code}").status_code == 200


def test_who_takes_part_already_goes_straight_to_the_room(client: TestClient) -> None:
    room = make_workshop(people=1)
    hold(client, room)

    answer = client.get(f"/j/{room.code}")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{room.code}")


def test_a_shut_door_keeps_what_was_typed(client: TestClient) -> None:
    room = make_workshop()
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.SHUT)

    page = client.post(f"/j/{room.code}", data={"name": "Ada", "group": room.groups["Residents"]})

    assert page.status_code == 403
    assert 'value="Ada"' in page.text
    assert f'value="{room.groups["Residents"]}" checked' in page.text
    assert people(room) == []


def test_where_the_door_asks_one_waits_for_the_facilitator(client: TestClient) -> None:
    room = make_workshop()
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)

    client.post(f"/j/{room.code}", data={"group": ""})
    page = client.get(f"/p/{room.code}")
    vote = client.post(f"/p/{room.code}/proposals", data={"text": "Let me in"}, headers=JSON)

    assert "Please wait" in page.text
    assert 'http-equiv="refresh"' in page.text
    assert (vote.status_code, vote.json()["error"]) == (403, "not_admitted")


def test_a_personal_code_is_the_same_person_on_another_phone(client: TestClient) -> None:
    room = make_workshop(people=1)
    [first] = people(room)

    client.post(f"/j/{room.code}", data={"personal_code": first.personal_code.lower()})
    page = client.get(f"/p/{room.code}")

    assert first.personal_code in page.text
    assert len(people(room)) == 1


def test_a_badges_link_fills_the_code_in(client: TestClient) -> None:
    room = make_workshop()
    [code] = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)

    page = client.get(f"/j/{room.code}/{code}")

    assert f'value="{code}"' in page.text


@pytest.mark.both_databases
def test_without_the_personal_code_that_a_workshop_asks_for_nobody_joins(client: TestClient) -> None:
    room = make_workshop()
    write(
        change_workshop,
        who=LEADER,
        workshop_id=room.workshop_id,
        venue="Town hall",
        held_on=HELD_ON,
        next_meeting_on=None,
        needs_personal_code=True,
    )

    missing = client.post(f"/j/{room.code}", data={"group": ""})
    wrong = client.post(f"/j/{room.code}", data={"personal_code": "AAAAAAAA"}, headers=JSON)

    assert missing.status_code == 422
    assert "For this meeting you need a personal code." in missing.text
    assert (wrong.status_code, wrong.json()["error"]) == (404, "personal_code_unknown")


@pytest.mark.parametrize("group", ["999999", "none", "-1", "9" * 40])
def test_a_group_of_nobody_is_refused(client: TestClient, group: str) -> None:
    room = make_workshop()

    assert client.post(f"/j/{room.code}", data={"group": group}, headers=JSON).status_code == 422
    assert people(room) == []


def test_a_workshop_that_is_over_shows_thanks_instead_of_the_form(client: TestClient) -> None:
    room = make_workshop()
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    answer = client.get(f"/j/{room.code}")
    page = client.get(f"/p/{room.code}")

    assert answer.headers["location"] == f"/p/{room.code}"
    assert "This meeting is over." in page.text
    assert "0900 0123" in page.text


def test_an_unknown_workshop_is_404_as_page_and_as_json(client: TestClient) -> None:
    page = client.get("/j/XXXXX")
    posted = client.post("/j/XXXXX", data={}, headers=JSON)

    assert (page.status_code, posted.status_code) == (404, 404)
    assert posted.json()["error"] == "not_found"


def test_two_phones_are_two_people(client: TestClient) -> None:
    room = make_workshop()

    client.post(f"/j/{room.code}", data={"group": ""})
    with open_phone() as other:
        other.post(f"/j/{room.code}", data={"group": ""})

    assert [person.number for person in people(room)] == [1, 2]


def test_no_group_is_chosen_before_a_person_chooses_one(client: TestClient) -> None:
    room = make_workshop()

    page = client.get(f"/j/{room.code}").text

    assert page.count('name="group"') == len(room.groups) + 1
    assert " checked" not in page
    assert page.count('type="radio" name="group"') == page.count('" required>')


def test_another_language_keeps_everything_that_was_filled_in(client: TestClient) -> None:
    room = make_workshop(people={"Bewoners": 1, "Gemeenschappen": 1, "Organisaties": 1})
    groups = list(room.groups.values())
    client.get(f"/j/{room.code}")
    filled_in = {"name": "Zoë", "group": str(groups[1]), "bubbles": [str(groups[0]), str(groups[2])]}

    page = client.post(f"/j/{room.code}", data={**filled_in, "show_in": "nl"})
    again = client.post(f"/j/{room.code}", data={**filled_in, "group": "", "show_in": "en"})

    assert (page.status_code, client.cookies["language"]) == (200, "en")
    assert '<html lang="nl">' in page.text and '<html lang="en">' in again.text
    assert 'name="name" value="Zoë"' in page.text
    assert page.text.count(" checked") == 3
    assert f'name="group" value="{groups[1]}" checked' in page.text
    assert 'name="group" value="" checked' in again.text
    assert len(people(room)) == 3


def test_a_shut_door_is_told_before_anything_is_filled_in(client: TestClient) -> None:
    room = make_workshop(people=1)
    [first] = people(room)
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.SHUT)

    page = client.get(f"/j/{room.code}", headers={"accept-language": "nl"})
    back = client.post(f"/j/{room.code}", data={"personal_code": f" {first.personal_code} ."})

    assert page.status_code == 403
    assert "De deur van deze bijeenkomst is dicht." in page.text
    assert 'name="group"' not in page.text and 'name="name"' not in page.text
    assert (back.status_code, back.headers["location"]) == (303, f"/p/{room.code}")


def test_an_asking_door_says_so_before_one_joins(client: TestClient) -> None:
    room = make_workshop()
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)

    assert "The facilitator lets you in." in client.get(f"/j/{room.code}").text


@pytest.mark.parametrize(
    "typed", ["{code} .", "\u200b{code}", "http://192.0.2.2:8501/j/{code}", "{link}/j/{code}/AB"]
)
def test_a_code_is_read_kindly_and_is_no_wrong_try(client: TestClient, typed: str) -> None:
    room = make_workshop()
    code = typed.format(code=f"{room.code[:2].lower()}{room.code[2:]}", link="https://merenveld.example")

    answers = [client.get("/", params={"code": code}) for _ in range(15)]
    by_path = client.get(f"/j/{room.code[:2]} {room.code[2:]}.")

    assert {answer.status_code for answer in answers} == {303}
    assert all(answer.headers["location"].startswith(f"/j/{room.code}") for answer in answers)
    assert by_path.status_code == 200
