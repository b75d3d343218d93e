"""Who is not let in hears and reads nothing of the room; who is let in hears it at once."""

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from models.basics.keys import new_token
from models.basics.words import Door, Step
from models.joining.joining import join
from models.storage.writing import write
from models.voting.round import reveal_round
from models.workshop.participant import admit, remove
from models.workshop.workshop import set_door
from phone.serving.cookies import phone_cookie
from tests.builders import LEADER, Room, cast_all, close, make_people, make_round, make_workshop, take_room
from tests.phone.conftest import hold
from tests.phone.live_phone import Place


@contextmanager
def _stream(place: Place, token: str) -> Iterator[http.client.HTTPResponse]:
    port = urlsplit(place.address).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    cookie = f"{phone_cookie(place.room.code)}={token}"
    connection.request("GET", f"/p/{place.room.code}/live", headers={"Cookie": cookie})
    try:
        yield connection.getresponse()
    finally:
        connection.close()


def _next(stream: http.client.HTTPResponse) -> dict[str, object]:
    while line := stream.readline():
        if line.startswith(b"data: {"):
            told: dict[str, object] = json.loads(line.removeprefix(b"data: "))
            return told
    raise EOFError


def _wait_at_the_door(room: Room) -> tuple[str, int]:
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
    token = new_token()
    joined = write(join, code=room.code, phone_token=token)
    assert not joined.is_admitted
    return token, joined.participant_id


def test_who_waits_at_the_door_hears_no_result_and_hears_the_room_once_let_in(place: Place) -> None:
    room = place.room
    token, waiting = _wait_at_the_door(room)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])

    with _stream(place, token) as outside, _stream(place, room.phones[0]) as inside:
        close(vote)
        write(reveal_round, who=LEADER, round_id=vote.round_id)
        heard = _next(inside)
        while "result" not in heard:
            heard = _next(inside)
        write(admit, who=LEADER, participant_ids=[waiting])
        first = _next(outside)

    # Of the open and the closed round nothing was told: what comes first is the room as it is now.
    assert first["phase"] == "revealed"
    assert outside.status == 200


def test_who_is_removed_hears_nothing_more(place: Place) -> None:
    room = place.room
    with _stream(place, room.phones[1]) as gone, _stream(place, room.phones[0]) as inside:
        assert _next(gone)["people"] == 6
        write(remove, who=LEADER, participant_id=room.people[1])
        make_people(room, count=3)
        while _next(inside)["people"] != 8:
            pass
        write(admit, who=LEADER, participant_ids=[room.people[1]])

        # Not 5, 6 and 7: of who came and went meanwhile nothing was told.
        assert _next(gone)["people"] in (8, 9)


@pytest.mark.parametrize("is_removed", [False, True])
def test_the_page_of_who_is_not_let_in_tells_nothing_of_the_room(
    client: TestClient, is_removed: bool
) -> None:
    room = make_workshop(people=6)
    take_room(room, Step.DRAFT)
    make_round(room)
    if is_removed:
        write(remove, who=LEADER, participant_id=room.people[0])
        hold(client, room)
    else:
        token, _ = _wait_at_the_door(room)
        client.cookies.set(phone_cookie(room.code), token)

    page = client.get(f"/p/{room.code}?step=draft").text

    assert "Please wait" in page
    assert not re.findall(r"data-(?:step|room-step|round|phase|content|revision|people)\b", page)
    assert "Look back" not in page and "Everybody belongs." not in page
