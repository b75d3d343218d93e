"""A phone is known by its cookie: who refuses it is told so, and counts once it comes back with it."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from models.alliance.partner import partner_token
from models.basics.words import Door, Step
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Partner
from models.workshop.participant import make_personal_codes
from models.workshop.people import count_people, list_participants, people_here, with_unused_code
from models.workshop.workshop import set_door
from phone.serving.cookies import phone_cookie
from tests.builders import LEADER, Room, make_round, make_workshop, take_room
from tests.phone.conftest import JSON, open_phone

FORM = {"form": "1", "name": "Zoë", "group": ""}


def _here(room: Room) -> int:
    with reading() as session:
        return count_people(session, room.workshop_id)


def _people(room: Room) -> int:
    with reading() as session:
        return len(list_participants(session, room.workshop_id))


def test_who_refuses_cookies_is_told_so_and_is_nobody_however_often_they_tap(client: TestClient) -> None:
    room = make_workshop()

    for _ in range(3):
        client.get(f"/j/{room.code}")
        client.cookies.clear()
        page = client.post(f"/j/{room.code}", data=FORM)
        client.cookies.clear()

    assert page.status_code == 422
    assert "Your browser keeps no cookies of this page." in page.text
    assert 'value="Zoë"' in page.text
    assert (_people(room), _here(room)) == (0, 0)


def test_the_form_that_was_refused_works_as_soon_as_the_cookie_is_kept(client: TestClient) -> None:
    room = make_workshop()

    client.post(f"/j/{room.code}", data=FORM)
    again = client.post(f"/j/{room.code}", data=FORM)

    assert (again.status_code, again.headers["location"]) == (303, f"/p/{room.code}")
    assert (_people(room), _here(room)) == (1, 1)


def test_posts_that_never_come_back_count_nowhere(client: TestClient) -> None:
    room = make_workshop()
    (code,) = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)

    for _ in range(3):
        client.post(f"/j/{room.code}", data={"group": ""})
        client.cookies.clear()
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
    client.post(f"/j/{room.code}", data={"group": ""})

    with reading() as session:
        people = people_here(session, room.workshop_id)
        unused = with_unused_code(list_participants(session, room.workshop_id))
    assert (people.total, people.waiting) == (0, 0)
    # Their codes are nobody's to print.
    assert [one.personal_code for one in unused] == [code]


def _page(client: TestClient, room: Room) -> int:
    return client.get(f"/p/{room.code}").status_code


def _state(client: TestClient, room: Room) -> int:
    answer = client.get(f"/p/{room.code}/state")
    assert answer.json()["admitted"] is True
    assert answer.json()["people"] == 6
    return answer.status_code


def _proposal(client: TestClient, room: Room) -> int:
    answer = client.post(f"/p/{room.code}/proposals", data={"text": "Luister 🙂"}, headers=JSON)
    return answer.status_code


def _vote(client: TestClient, room: Room) -> int:
    vote = make_round(room)
    fields = {"round": str(vote.round_id), "item": str(vote.items[0]), "choice": "agree"}
    return client.post(f"/p/{room.code}/ballots", data=fields, headers=JSON).status_code


def _join_again(client: TestClient, room: Room) -> int:
    return client.post(f"/j/{room.code}", data={"group": ""}, headers=JSON).status_code


@pytest.mark.parametrize("goes_on", [_page, _state, _proposal, _vote, _join_again])
def test_a_client_of_the_contract_counts_from_its_next_request_whatever_it_asks(
    client: TestClient, goes_on: Callable[[TestClient, Room], int]
) -> None:
    room = make_workshop(people=5)
    take_room(room, Step.DRAFT)

    joined = client.post(f"/j/{room.code}", data={"group": ""}, headers=JSON)
    before = _here(room)
    status = goes_on(client, room)
    client.get(f"/p/{room.code}")

    assert joined.json() == {"page": f"/p/{room.code}", "number": 6}
    assert phone_cookie(room.code) in client.cookies
    assert (before, status, _here(room)) == (5, 200, 6)


def test_who_opens_the_link_again_goes_on_to_the_room(client: TestClient) -> None:
    room = make_workshop()
    client.post(f"/j/{room.code}", data={"group": ""})

    answer = client.get(f"/j/{room.code}")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{room.code}")


def test_a_value_that_this_server_did_not_give_is_not_taken_over(client: TestClient) -> None:
    room = make_workshop()
    planted = "a" * 36
    client.cookies.set(phone_cookie(room.code), planted)

    given = client.post(f"/j/{room.code}", data={"group": ""}).headers["set-cookie"]
    with open_phone() as stranger:
        stranger.cookies.set(phone_cookie(room.code), planted)
        answer = stranger.get(f"/p/{room.code}")

    assert given.startswith(f"{phone_cookie(room.code)}=") and planted not in given
    assert (answer.status_code, answer.headers["location"]) == (303, f"/j/{room.code}")


def test_over_https_only_a_cookie_of_this_host_counts(client: TestClient) -> None:
    room = make_workshop()
    client.base_url = client.base_url.copy_with(scheme="https")

    given = client.get(f"/j/{room.code}").headers["set-cookie"]
    joined = client.post(f"/j/{room.code}", data=FORM)
    own = client.get(f"/p/{room.code}")
    token = given.partition("=")[2].partition(";")[0]
    client.cookies.clear()
    planted = client.get(f"/p/{room.code}", headers={"cookie": f"{phone_cookie(room.code)}={token}"})

    assert given.startswith(f"__Host-{phone_cookie(room.code)}=")
    assert all(part in given for part in ("Secure", "HttpOnly", "Path=/")) and "Domain" not in given
    assert (joined.status_code, own.status_code) == (303, 200)
    assert (planted.status_code, planted.headers["location"]) == (303, f"/j/{room.code}")


def test_a_partner_whose_phone_refuses_cookies_is_told_so(client: TestClient) -> None:
    room = make_workshop(partners=["Selam"])
    take_room(room, Step.WELCOME)
    with reading() as session:
        link = f"/s/{partner_token(session.get_one(Partner, room.partners['Selam']))}"

    client.get(link)
    client.cookies.clear()
    refused = client.post(f"{link}/join", data={"form": "1"})
    client.get(link)
    kept = client.post(f"{link}/join", data={"form": "1"})

    assert refused.status_code == 422
    assert "Your browser keeps no cookies of this page." in refused.text
    assert (kept.status_code, kept.headers["location"]) == (303, f"/p/{room.code}")
    assert _here(room) == 1
