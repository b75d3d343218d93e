"""The real app: its stream, its end, and Streamlit's page in its shell."""

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from phone.room.live import ASK_AGAIN_SECONDS
from phone.serving.cookies import phone_cookie
from tests.examples import Examples
from tests.phone.room_client import HTML, Client, next_event
from tests.serving import Server


@pytest.fixture(scope="module")
def shown(
    examples: Examples, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, dict[str, Any]]]:
    with examples.showing(tmp_path_factory.mktemp("live"), "draft") as started:
        yield started


@pytest.fixture(scope="module")
def server(shown: tuple[Server, dict[str, Any]]) -> Server:
    """The real app. Who ends it starts it again."""
    return shown[0]


@pytest.fixture(scope="module")
def example(shown: tuple[Server, dict[str, Any]]) -> dict[str, Any]:
    """An example whose room is drafting: its join code, the projector's link, and more."""
    return shown[1]


@pytest.fixture(scope="module")
def code(example: dict[str, Any]) -> str:
    return str(example["code"])


def test_a_phone_hears_the_room_and_a_stranger_does_not(server: Server, code: str) -> None:
    phone, stranger = Client(server), Client(server)
    phone.ask(f"/j/{code}", form="group=")
    assert phone_cookie(code) in phone.cookies

    _, refused = stranger.ask(f"/p/{code}/live")
    connection, stream = phone.ask(f"/p/{code}/live")
    first_line = stream.readline()
    now = next_event(stream)
    others = Client(server)
    others.ask(f"/j/{code}", form="group=")
    others.ask(f"/p/{code}/state")
    later = next_event(stream)
    while later["people"] == now["people"]:
        later = next_event(stream)
    connection.close()

    assert refused.status == 403
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert first_line == b"retry: 1000\n"
    assert {"revision", "step", "round", "phase", "content", "voted", "people", "hidden"} <= set(now)
    assert now["step"] == "draft"
    assert later["people"] == now["people"] + 1


def test_the_projectors_link_hears_its_own_room_and_no_other(server: Server, example: dict[str, Any]) -> None:
    other = json.loads(server.manage("example", "--step", "welcome"))
    wall = Client(server)
    wall.ask(urlsplit(example["projector"]).path)

    connection, stream = wall.ask(f"/p/{example['code']}/live?as=projector")
    heard = next_event(stream)
    connection.close()
    _, refused = wall.ask(f"/p/{other['code']}/live?as=projector")

    assert heard["step"] == "draft"
    assert refused.status == 403


def test_a_facilitator_may_listen_too(server: Server, code: str) -> None:
    facilitator = Client(server)
    facilitator.sign_in()

    connection, stream = facilitator.ask(f"/p/{code}/live?as=page")
    heard = next_event(stream)
    connection.close()

    assert heard["step"] == "draft"


def test_a_facilitators_stream_ends_with_the_sign_in(server: Server, code: str) -> None:
    facilitator, phone, other = Client(server), Client(server), Client(server)
    facilitator.sign_in()
    phone.ask(f"/j/{code}", form="group=")
    still, stream_that_stays = phone.ask(f"/p/{code}/live")
    connection, stream = facilitator.ask(f"/p/{code}/live?as=page")
    people = next_event(stream)["people"]

    other.ask(f"/j/{code}", form="group=")
    other.ask(f"/p/{code}/state")
    while people == next_event(stream)["people"]:
        pass
    facilitator.ask("/sign-out", form="")
    time.sleep(ASK_AGAIN_SECONDS)
    late = Client(server)
    late.ask(f"/j/{code}", form="group=")
    late.ask(f"/p/{code}/state")
    rest = stream.read()
    _, refused = facilitator.ask(f"/p/{code}/live?as=page")
    while next_event(stream_that_stays)["people"] < people + 2:
        pass
    connection.close()
    still.close()

    assert f'"people":{people + 2}'.encode() not in rest
    assert refused.status == 403


def test_open_streams_do_not_hold_up_the_end_of_the_server(server: Server, code: str) -> None:
    phone = Client(server)
    phone.ask(f"/j/{code}", form="group=")
    connection, stream = phone.ask(f"/p/{code}/live")
    next_event(stream)

    seconds = server.stop()
    connection.close()
    server.start()

    assert seconds < 5


@pytest.mark.parametrize(("language", "accepted"), [("nl", "nl-NL,nl;q=0.9"), ("en", "en-GB,en;q=0.9")])
def test_streamlits_page_has_our_language_title_and_policy(
    server: Server, language: str, accepted: str
) -> None:
    client = Client(server)
    client.sign_in()

    _, answer = client.ask("/lead/", headers={**HTML, "Accept-Language": accepted, "Accept-Encoding": "gzip"})
    page = answer.read().decode()

    assert answer.status == 200
    assert f'<html lang="{language}">' in page
    assert "<title>Handslag</title>" in page
    policy = answer.headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy.split("script-src")[1]
    assert "frame-src 'self'" in policy
    assert int(answer.headers["content-length"]) == len(page.encode())


def test_pages_are_compressed_on_the_way(server: Server, code: str) -> None:
    client = Client(server)
    client.ask(f"/j/{code}", form="group=")

    _, answer = client.ask(f"/p/{code}", headers={**HTML, "Accept-Encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.read()) < 15_000


def test_the_server_answers_again_after_a_restart_with_the_same_people(server: Server, code: str) -> None:
    phone = Client(server)
    phone.ask(f"/j/{code}", form="group=")
    server.kill()
    server.start()

    _, answer = phone.ask(f"/p/{code}", headers=HTML)

    assert answer.status == 200
