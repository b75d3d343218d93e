"""Asking for a mediation: one neutral line, of a participant or a partner, which facilitators read until it begins."""

import pytest
from starlette.testclient import TestClient

from models.alliance.partner import partner_token, read_partners
from models.basics.words import Step
from models.mediation.coming_in import come_in, draw_words
from models.mediation.mediation import begin_mediation
from models.mediation.requests import list_requests
from models.own_data.reading import own_data
from models.storage.database import reading
from models.storage.writing import write
from models.tables import MediationRequest
from models.workshop.participant import remove
from models.workshop.workshop import end_workshop
from tests.builders import LEADER, Room, make_workshop, rows_of, take_room
from tests.phone.conftest import JSON, hold

LINE = "De bushalte bij de school"


@pytest.fixture
def room(client: TestClient) -> Room:
    made = make_workshop(people=2, step=Step.VOTE, partners=["De Brug"])
    hold(client, made)
    return made


def _asked(room: Room) -> list[tuple[str, str, int | None]]:
    with reading() as session:
        return [
            (one.line, one.asked_by, one.participant_number)
            for one in list_requests(session, room.alliance_id)
        ]


def test_a_participant_asks_changes_the_line_and_takes_it_back(client: TestClient, room: Room) -> None:
    path = f"/p/{room.code}/mediation"
    assert "in one neutral line" in client.get(path).text
    assert rows_of(MediationRequest) == []

    assert client.post(path, data={"line": "  "}).status_code == 422
    client.post(path, data={"line": "De bus"})
    client.post(path, data={"line": LINE})
    with reading() as session:
        told = own_data(session, room.people[0]).asks_for_mediation

    assert _asked(room) == [(LINE, "", 1)]
    assert told is not None and told.line == LINE
    assert LINE in client.get(f"/p/{room.code}/mine").text
    client.post(path, data={"withdraw": "1"})
    assert _asked(room) == []


def test_a_partner_asks_on_their_own_page(client: TestClient, room: Room) -> None:
    with reading() as session:
        (partner,) = read_partners(session, room.alliance_id)
        own = f"/s/{partner_token(partner)}"
    assert f"{own}/mediation" in client.get(own).text

    client.post(f"{own}/mediation", data={"line": LINE})

    assert _asked(room) == [(LINE, "De Brug", None)]
    assert LINE in client.get(f"{own}/mediation").text


def test_the_line_and_who_asked_are_gone_once_the_mediator_has_come_in(
    client: TestClient, room: Room
) -> None:
    client.post(f"/p/{room.code}/mediation", data={"line": LINE})
    invited = write(begin_mediation, who=LEADER, alliance_id=room.alliance_id, request_id=1)
    assert len(rows_of(MediationRequest)) == 1

    drawn = draw_words(invited.token, "nl")
    come_in(invited.token, drawn, drawn.words)

    assert rows_of(MediationRequest) == []


def test_who_is_not_in_the_meeting_asks_nothing(client: TestClient, room: Room) -> None:
    client.cookies.clear()

    assert client.get(f"/p/{room.code}/mediation").status_code == 403
    assert client.post(f"/p/{room.code}/mediation", data={"line": LINE}).status_code == 403
    assert client.get(f"/s/{'a' * 26}/mediation").status_code == 404


@pytest.mark.parametrize("step", [Step.WELCOME, Step.DRAFT, Step.AGREE, Step.AGENDA])
def test_the_foot_of_a_page_of_the_meeting_leads_there_the_same_for_who_asked(
    client: TestClient, room: Room, step: Step
) -> None:
    take_room(room, step)
    path = f"/p/{room.code}"

    def foot() -> str:
        return client.get(path).text.split("<footer>")[1]

    before = foot()
    assert f'<a class="link" href="{path}/mediation">Is working together difficult?</a>' in before
    client.post(f"{path}/mediation", data={"line": LINE})

    # Nobody who looks along sees that somebody asked.
    assert foot() == before
    assert f'href="{path}"' in client.get(f"{path}/mediation").text


def test_after_the_meeting_one_finds_it_too(client: TestClient, room: Room) -> None:
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    assert f"/p/{room.code}/mediation" in client.get(f"/p/{room.code}").text
    client.post(f"/p/{room.code}/mediation", data={"line": LINE})
    assert _asked(room) == [(LINE, "", 1)]


def test_who_waits_at_the_door_or_left_is_led_to_nothing_that_is_refused(
    client: TestClient, room: Room
) -> None:
    write(remove, who=LEADER, participant_id=room.people[0])

    assert "/mediation" not in client.get(f"/p/{room.code}").text


def test_on_a_phone_of_two_it_says_for_whom_one_asks(client: TestClient, room: Room) -> None:
    path = f"/p/{room.code}/mediation"
    assert "You ask for yourself only" not in client.get(path).text

    client.post(f"/p/{room.code}/voices", data={"name": "Piet"}, headers=JSON)

    assert "You ask for yourself only: <bdi>participant 1</bdi>." in client.get(path).text
