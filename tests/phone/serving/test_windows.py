"""Who may open a page of Streamlit, on the real server, and how much a window may ask of it."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from phone.serving.cookies import LEAD, PROJECTOR
from phone.serving.windows import (
    MESSAGE_LIMIT,
    MESSAGES_AT_ONCE,
    MESSAGES_PER_SECOND,
    MOST_WINDOWS,
    Allowance,
)
from tests.examples import Examples
from tests.phone.room_client import HTML, Client
from tests.serving import Server

PATIENCE = 60
PAGE = {**HTML, "Sec-Fetch-Dest": "document"}


@pytest.fixture(scope="module")
def shown(
    examples: Examples, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, dict[str, Any]]]:
    with examples.showing(tmp_path_factory.mktemp("windows"), "draft") as started:
        yield started


@pytest.fixture(scope="module")
def server(shown: tuple[Server, dict[str, Any]]) -> Server:
    """The real app. Who ends it starts it again."""
    return shown[0]


@pytest.fixture(scope="module")
def example(shown: tuple[Server, dict[str, Any]]) -> dict[str, Any]:
    """An example whose room is drafting: its join code, the projector's link, and more."""
    return shown[1]


def _leading(server: Server) -> Client:
    client = Client(server)
    client.sign_in()
    return client


def _window(server: Server, cookie: str = "") -> ClientConnection:
    return connect(
        f"ws://127.0.0.1:{server.port}/lead/_stcore/stream",
        origin=Origin(server.url),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Cookie": cookie} if cookie else {},
        max_queue=None,
        legacy=True,
    )


def _window_at_last(server: Server, cookie: str) -> ClientConnection:
    """Open a window as soon as the server has noticed that another one was closed."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _window(server, cookie)
        except InvalidStatus:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _asks_to_draw(name: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = f"page={name}"
    return message.SerializeToString()


@pytest.mark.parametrize("cookie", ["", f"{LEAD}=made-up", f"{PROJECTOR}=made-up"])
def test_a_stranger_gets_no_window(server: Server, cookie: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        _window(server, cookie)

    assert refused.value.response.status_code == 403


def test_who_leads_and_the_projectors_link_get_one(server: Server, example: dict[str, Any]) -> None:
    wall = Client(server)
    wall.ask(urlsplit(example["projector"]).path)

    for client in (_leading(server), wall):
        with _window(server, client.cookie_header()) as window:
            window.send(_asks_to_draw())

            assert window.recv(timeout=20)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/lead/", "/sign-in?to=/lead/"),
        ("/lead/vote?workshop=ABCDE", "/sign-in?to=/lead/vote%3Fworkshop%3DABCDE"),
    ],
)
def test_a_strangers_page_asks_to_sign_in_first_and_leads_on_to_it(
    server: Server, path: str, asked: str
) -> None:
    client = Client(server)

    _, sent_away = client.ask(path, headers=PAGE)
    _, form = client.ask(sent_away.headers["location"], headers=PAGE)
    shown = form.read().decode()
    _, signed_in = client.sign_in(to=path)

    assert (sent_away.status, sent_away.headers["location"]) == (303, asked)
    assert f'name="to" value="{path}"' in shown
    assert (signed_in.status, signed_in.headers["location"]) == (303, path)


@pytest.mark.parametrize("path", ["//elsewhere.example/lead/", "/p/ABCDE", "https://elsewhere.example"])
def test_signing_in_leads_nowhere_but_to_the_pages_of_who_leads(server: Server, path: str) -> None:
    _, answer = Client(server).sign_in(to=path)

    assert answer.headers["location"] == "/lead/"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/lead/_stcore/health", 200),
        ("/lead/_stcore/host-config", 200),
        ("/lead/app/static/mark.svg", 200),
        ("/lead/media/0123456789abcdef.png", 403),
        ("/lead/_stcore/script-health-check", 403),
        ("/lead/_stcore/agent/openapi.json", 403),
        ("/lead/_stcore/bidi-components/handslag_live/index.js", 403),
    ],
)
def test_a_stranger_gets_the_files_for_everybody_and_nothing_of_a_page(
    server: Server, path: str, status: int
) -> None:
    _, answer = Client(server).ask(path, headers={"Accept": "application/json"})

    assert answer.status == status


def test_a_large_message_ends_the_window_that_sent_it_and_no_other(server: Server) -> None:
    client = _leading(server)

    with _window(server, client.cookie_header()) as large, _window(server, client.cookie_header()) as other:
        large.send(b"x" * (MESSAGE_LIMIT + 1))
        other.send(_asks_to_draw())
        with pytest.raises(ConnectionClosed) as ended:
            while True:
                large.recv(timeout=20)

        assert ended.value.rcvd is not None
        assert ended.value.rcvd.code == 1009
        assert other.recv(timeout=20)


def test_one_person_has_two_dozen_windows_at_most_and_may_close_some(server: Server) -> None:
    cookie = _leading(server).cookie_header()

    opened = [_window(server, cookie) for _ in range(MOST_WINDOWS)]
    try:
        with pytest.raises(InvalidStatus):
            _window(server, cookie)
        with _window(server, _leading(server).cookie_header()):
            pass
        opened.pop().close()
        opened.append(_window_at_last(server, cookie))
    finally:
        for window in opened:
            window.close()


def test_a_window_that_stays_open_after_signing_out_is_ended(server: Server) -> None:
    client = _leading(server)

    with _window(server, client.cookie_header()) as window, pytest.raises(ConnectionClosed) as ended:
        client.ask("/sign-out", form="")
        for _ in range(PATIENCE * 5):
            window.send(_asks_to_draw())
            time.sleep(0.2)

    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == 1008
    log = server.log.read_text()
    assert "Traceback" not in log, log[log.index("Traceback") :]


def test_a_window_that_asks_too_often_waits() -> None:
    now = 100.0
    allowance = Allowance(clock=lambda: now)

    waits = [allowance.wait() for _ in range(MESSAGES_AT_ONCE + 2)]
    now += 1
    later = [allowance.wait() for _ in range(MESSAGES_PER_SECOND)]

    assert waits[:MESSAGES_AT_ONCE] == [0] * MESSAGES_AT_ONCE
    assert waits[MESSAGES_AT_ONCE:] == [1 / MESSAGES_PER_SECOND, 2 / MESSAGES_PER_SECOND]
    assert later[-1] <= 2 / MESSAGES_PER_SECOND
