"""A personal code on another phone, as phones and who leads meet it."""

import re

import pytest
from starlette.testclient import TestClient

from models.basics.words import Step
from models.storage.database import reading
from models.storage.writing import write
from models.voting.round_views import ballots_of
from models.workshop.participant import make_personal_codes
from models.workshop.people import list_participants
from tests.builders import LEADER, Room, Vote, make_round, make_workshop, take_room
from tests.phone.conftest import JSON, hold, open_phone

WORDS = "Mijn zus Zoë woont daar 🙂"


@pytest.fixture
def voting(client: TestClient) -> tuple[Room, Vote]:
    """A room of five in which the first has objected, with a reason, in an anonymous round."""
    room = make_workshop(people=5)
    take_room(room, Step.VOTE)
    vote = make_round(room)
    hold(client, room)
    answer = client.post(
        f"/p/{room.code}/ballots", data=_fields(vote, "objection", reason=WORDS), headers=JSON
    )
    assert answer.status_code == 200
    return room, vote


def _fields(vote: Vote, choice: str, **more: str) -> dict[str, str]:
    return {"round": str(vote.round_id), "item": str(vote.items[0]), "choice": choice, **more}


def _code(room: Room, number: int = 1) -> str:
    with reading() as session:
        people = list_participants(session, room.workshop_id)
    return next(one.personal_code for one in people if one.number == number)


def _stored(vote: Vote, room: Room) -> tuple[str, str | None]:
    with reading() as session:
        ballot = ballots_of(session, vote.round_id, room.people[0])[vote.items[0]]
    return ballot.choice, ballot.reason


def _answer(client: TestClient, room: Room, yes: str) -> None:
    page = client.get(f"/p/{room.code}").text
    fields = {name: re.findall(rf'name="{name}" value="(\d+)"', page)[0] for name in ("phone", "person")}
    answer = client.post(f"/p/{room.code}/phones", data={**fields, "yes": yes})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{room.code}")


def test_who_has_seen_a_code_is_asked_to_wait_and_reads_nothing(
    client: TestClient, voting: tuple[Room, Vote]
) -> None:
    room, vote = voting
    with open_phone() as stranger:
        told = stranger.post(f"/j/{room.code}", data={"personal_code": _code(room)}, headers=JSON)
        page = stranger.get(f"/p/{room.code}")
        state = stranger.get(f"/p/{room.code}/state").json()
        refused = stranger.post(f"/p/{room.code}/ballots", data=_fields(vote, "agree"), headers=JSON)
        jumped = client.post(
            f"/p/{room.code}/ballots", data=_fields(vote, "agree", sequence="2000000000"), headers=JSON
        )

    assert (told.status_code, told.json()) == (200, {"page": f"/p/{room.code}", "waiting": True})
    assert "Is this you?" in page.text
    assert WORDS not in page.text and "objection" not in page.text and _code(room) not in page.text
    assert (state["admitted"], state["round"], state["voices"]) == (False, None, [])
    assert (refused.status_code, refused.json()["error"]) == (403, "not_admitted")
    assert jumped.status_code == 422
    assert _stored(vote, room) == ("objection", WORDS)
    assert WORDS in client.get(f"/p/{room.code}").text


@pytest.mark.parametrize("yes", ["1", "0"])
def test_the_first_phone_reads_the_number_of_the_other_and_answers(
    client: TestClient, voting: tuple[Room, Vote], yes: str
) -> None:
    room, _ = voting
    with open_phone() as second:
        second.post(f"/j/{room.code}", data={"personal_code": _code(room)})
        [mark] = re.findall(r'<b class="code">(\d\d)</b>', second.get(f"/p/{room.code}").text)
        first = client.get(f"/p/{room.code}").text
        _answer(client, room, yes)
        after = second.get(f"/p/{room.code}")

    assert "Another phone wants to go on as you." in first
    assert f"That phone shows the number {mark}." in first
    assert (after.status_code, WORDS in after.text) == ((200, True) if yes == "1" else (303, False))
    assert "Another phone wants to go on" not in client.get(f"/p/{room.code}").text


def test_nobody_else_answers_for_a_phone(client: TestClient, voting: tuple[Room, Vote]) -> None:
    room, _ = voting
    with open_phone() as second:
        second.post(f"/j/{room.code}", data={"personal_code": _code(room)})
        first = client.get(f"/p/{room.code}").text
        fields = {name: re.findall(rf'name="{name}" value="(\d+)"', first)[0] for name in ("phone", "person")}
        own = second.post(f"/p/{room.code}/phones", data={**fields, "yes": "1"}, headers=JSON)
        hold(second, room, 1)
        other = second.post(f"/p/{room.code}/phones", data={**fields, "yes": "1"}, headers=JSON)

    assert [answer.status_code for answer in (own, other)] == [403, 403]


def test_a_phone_asks_no_longer_and_is_whose_it_was(client: TestClient, voting: tuple[Room, Vote]) -> None:
    room, _ = voting
    with open_phone() as second:
        hold(second, room, 1)
        second.post(f"/j/{room.code}", data={"personal_code": _code(room)})
        asking = second.get(f"/p/{room.code}").text
        second.post(f"/p/{room.code}/phones", data={"cancel": "1"})
        page = second.get(f"/p/{room.code}").text

    assert "Is this you?" in asking
    assert "Can you live with this?" in page


def test_a_phone_that_lost_its_first_cookies_goes_on_without_a_question(client: TestClient) -> None:
    room = make_workshop()
    (code,) = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)
    with open_phone() as reader:
        reader.post(f"/j/{room.code}", data={"personal_code": code})
        reader.get(f"/p/{room.code}")
        told = client.post(f"/j/{room.code}", data={"personal_code": code}, headers=JSON)
        lost = reader.get(f"/p/{room.code}")
        form = reader.get(f"/j/{room.code}").text

    assert told.json() == {"page": f"/p/{room.code}", "number": 1}
    assert client.get(f"/p/{room.code}").status_code == 200
    assert (lost.status_code, lost.headers["location"]) == (303, f"/j/{room.code}")
    assert "This phone does not take part now." in form
