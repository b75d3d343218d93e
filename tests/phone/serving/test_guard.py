"""What every answer carries, and what no request may do."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from phone.serving.guard import FORM_LIMIT, Guard
from tests.phone.conftest import JSON, open_phone


@pytest.fixture
def browser(sqlite: str) -> Iterator[TestClient]:
    with open_phone() as opened:
        yield opened


def test_own_pages_carry_a_strict_policy_and_are_not_kept(browser: TestClient) -> None:
    headers = browser.get("/").headers

    assert headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 303),
        ({"origin": "http://testserver"}, 303),
        ({"origin": "https://testserver"}, 303),
        ({"origin": "https://merenveld.example"}, 303),
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": "http://testserver:8080"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, 303),
    ],
)
def test_a_post_of_another_site_is_refused(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch, sent: dict[str, str], status: int
) -> None:
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example")

    answer = browser.post("/language", data={"language": "nl", "back": "/"}, headers=sent)

    assert answer.status_code == status


def test_ten_megabytes_are_refused_without_reading_them(browser: TestClient) -> None:
    def body() -> Iterator[bytes]:
        for _ in range(160):
            yield b"x" * 64 * 1024

    announced = browser.post(
        "/language", content=b"x" * 10 * 1024 * 1024, headers={**JSON, "content-type": "text/plain"}
    )
    streamed = browser.post(
        "/language", content=body(), headers={**JSON, "content-type": "application/x-www-form-urlencoded"}
    )

    assert (announced.status_code, announced.json()["error"]) == (413, "body_too_large")
    assert streamed.status_code == 413
    assert FORM_LIMIT < 1024 * 1024


@pytest.mark.parametrize(
    ("origin", "opened"), [(b"http://elsewhere.example", False), (b"http://room.test:8501", True)]
)
def test_a_websocket_of_another_site_is_closed_before_it_opens(origin: bytes, opened: bool) -> None:
    reached: list[str] = []
    sent: list[Message] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["path"])

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"room.test:8501"), (b"origin", origin)]
    scope = {"type": "websocket", "path": "/lead/_stcore/stream", "headers": headers}
    asyncio.run(Guard(streamlit)(scope, receive, send))

    assert reached == (["/lead/_stcore/stream"] if opened else [])
    assert [message["type"] for message in sent] == ([] if opened else ["websocket.close"])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/lead/_stcore/upload_file/a-window/a-file"),
        ("DELETE", "/lead/_stcore/upload_file/a-window/a-file"),
        ("GET", "/lead/_stcore/metrics"),
    ],
)
def test_what_streamlit_offers_beside_our_pages_is_closed(
    browser: TestClient, method: str, path: str
) -> None:
    answer = browser.request(method, path, headers=JSON)

    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
