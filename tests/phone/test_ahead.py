"""Votes and streams are answered ahead of every other layer, and behind the guard."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from models.basics.words import Step
from models.storage.database import engine
from models.storage.writing import start_writer, stop_writer
from models.tables import Ballot
from phone.ahead import RoomFirst
from phone.room.live import EventStream
from phone.serving.cookies import phone_cookie
from phone.serving.guard import FORM_LIMIT, Guard
from tests.builders import Room, Vote, make_round, make_workshop, rows_of
from tests.phone.conftest import JSON, hold

pytestmark = pytest.mark.both_databases


async def nobody(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError("the layers below were asked")


@pytest.fixture
def voting(client: TestClient) -> tuple[Room, Vote]:
    """A room that votes; `client` is the phone of the first."""
    room = make_workshop(people=3, step=Step.VOTE)
    hold(client, room)
    return room, make_round(room)


def test_a_vote_needs_no_layer_below(sqlite: str, fresh_limits: None) -> None:
    room = make_workshop(people=3, step=Step.VOTE)
    vote = make_round(room)
    start_writer()
    try:
        phone = TestClient(RoomFirst(nobody))
        hold(phone, room)
        answer = phone.post(
            f"/p/{room.code}/ballots",
            data={"round": vote.round_id, "item": vote.items[0], "choice": "agree"},
            headers=JSON,
        )
    finally:
        stop_writer()

    assert (answer.status_code, answer.json()["choice"]) == (200, "agree")


def test_everything_else_is_handed_on() -> None:
    async def below(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    phone = TestClient(RoomFirst(below))
    asked = [
        phone.get("/p/ABCDE/ballots"),
        phone.post("/p/ABCDE/live"),
        phone.post("/p/ABCDE/ballots/more"),
        phone.get("/p/ABCDE"),
    ]

    assert [answer.status_code for answer in asked] == [418] * 4


def test_a_vote_has_the_headers_of_every_page_of_ours(client: TestClient, voting: tuple[Room, Vote]) -> None:
    room, vote = voting

    answer = client.post(
        f"/p/{room.code}/ballots",
        data={"round": vote.round_id, "item": vote.items[0], "choice": "agree"},
        headers=JSON,
    )

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("headers", "form", "status"),
    [
        ({"origin": "http://elsewhere.example"}, {"choice": "agree"}, 403),
        ({}, {"choice": "agree", "reason": "x" * FORM_LIMIT}, 413),
        ({}, {"choice": "agree", **{f"field{number}": "x" for number in range(300)}}, 400),
    ],
    ids=["another site", "too large", "too many fields"],
)
def test_what_no_request_may_do_a_vote_may_not_either(
    client: TestClient,
    voting: tuple[Room, Vote],
    headers: dict[str, str],
    form: dict[str, str],
    status: int,
) -> None:
    room, _ = voting

    answer = client.post(f"/p/{room.code}/ballots", data=form, headers={**JSON, **headers})

    assert answer.status_code == status


def _stream(receive: Receive, events: AsyncGenerator[bytes]) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await asyncio.wait_for(EventStream(events)({"type": "http"}, receive, send), 5)

    asyncio.run(run())
    return sent


def test_a_stream_ends_with_its_events() -> None:
    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def events() -> AsyncGenerator[bytes]:
        yield b"retry: 1000\n\n"
        yield b"event: change\ndata: {}\n\n"

    sent = _stream(receive, events())

    assert [message.get("body") for message in sent[1:]] == [
        b"retry: 1000\n\n",
        b"event: change\ndata: {}\n\n",
        b"",
    ]
    assert b"content-length" not in dict(sent[0]["headers"])


def test_a_phone_that_leaves_ends_its_stream_at_once() -> None:
    ended: list[bool] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def events() -> AsyncGenerator[bytes]:
        try:
            yield b"retry: 1000\n\n"
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    sent = _stream(receive, events())

    assert ended == [True]
    assert sent[-1].get("more_body", True)


def test_a_failure_of_our_own_is_told_and_nothing_is_half_stored(
    client: TestClient, voting: tuple[Room, Vote]
) -> None:
    room, vote = voting
    with engine().begin() as connection:
        connection.exec_driver_sql("ALTER TABLE ballot_request RENAME TO ballot_request_gone")

    answer = client.post(
        f"/p/{room.code}/ballots",
        data={"round": vote.round_id, "item": vote.items[0], "choice": "agree", "request_id": "first"},
        headers=JSON,
    )

    assert (answer.status_code, answer.json()["error"]) == (500, "failure")
    assert rows_of(Ballot) == []


def test_a_phone_that_goes_in_the_middle_of_its_vote_is_no_failure(
    sqlite: str, fresh_limits: None, caplog: pytest.LogCaptureFixture
) -> None:
    room = make_workshop(people=3, step=Step.VOTE)
    vote = make_round(room)
    fields = f"round={vote.round_id}&item={vote.items[0]}&choice=agree"
    arriving: list[Message] = [
        {"type": "http.request", "body": fields.encode(), "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return arriving.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": f"/p/{room.code}/ballots",
        "query_string": b"",
        "client": ("127.0.0.1", 4711),
        "headers": [
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"cookie", f"{phone_cookie(room.code)}={room.phones[0]}".encode()),
        ],
    }
    asyncio.run(RoomFirst(nobody)(scope, receive, send))

    assert (sent[0]["status"], caplog.records, rows_of(Ballot)) == (400, [], [])


def test_the_table_of_routes_knows_them_too(client: TestClient) -> None:
    app: Any = client.app
    assert isinstance(app, Guard)

    assert client.get("/p/ABCDE/ballots", headers=JSON).status_code == 405
