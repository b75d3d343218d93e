"""A participant's phone, as a test holds it: the real routes and guard, on a database of its own."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from models.basics.keys import new_token
from models.installation.installation import hash_passphrase, renew_passphrase, sign_in
from models.room_state import read_state
from models.storage.feed import start_news, stop_news
from models.storage.writing import start_writer, stop_writer, write
from phone.routes import exception_handlers, in_front_of, middleware, routes
from phone.serving.cookies import LEAD, phone_cookie
from phone.serving.limits import FailedTries, PostRate
from tests.builders import Room, make_workshop
from tests.phone.live_phone import Place
from tests.serving import PASSPHRASE, ROOM_HOST

JSON = {"accept": "application/json"}


def make_app(lifespan: Any = None) -> ASGIApp:
    """Return everything that phones meet, in the order in which they meet it; Streamlit's pages apart."""
    return in_front_of(
        Starlette(
            routes=routes, middleware=middleware, exception_handlers=exception_handlers, lifespan=lifespan
        )
    )


def open_phone(language: str = "en") -> TestClient:
    """Return a browser without cookies."""
    return TestClient(
        make_app(),
        follow_redirects=False,
        headers={"accept-language": language},
        raise_server_exceptions=True,
    )


def hold(client: TestClient, room: Room, person: int = 0) -> None:
    """Make `client` the phone of the person-th participant."""
    client.cookies.set(phone_cookie(room.code), room.phones[person])


def lead(client: TestClient, name: str = "Iris") -> None:
    """Sign `client` in as a facilitator."""
    token = new_token()
    write(sign_in, name=name, token=token)
    client.cookies.set(LEAD, token)


@pytest.fixture
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    # Time stands still for it: on a slow machine a braked address would earn another look while a test guesses.
    monkeypatch.setattr("phone.serving.errors.failed_tries", FailedTries(clock=lambda: 0.0))
    monkeypatch.setattr("phone.room.posting.post_rate", PostRate())


@pytest.fixture
def client(database: str, fresh_limits: None) -> Iterator[TestClient]:
    """A browser without cookies, while the writer runs; once on SQLite and once on PostgreSQL."""
    start_writer()
    try:
        with open_phone() as browser:
            yield browser
    finally:
        stop_writer()


@pytest.fixture
def passphrase(client: TestClient) -> str:
    """The passphrase of this installation."""
    write(renew_passphrase, passphrase_hash=hash_passphrase(PASSPHRASE))
    return PASSPHRASE


@pytest.fixture
def place(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr("phone.room.posting.post_rate", PostRate())

    @asynccontextmanager
    async def news(_app: Starlette) -> AsyncIterator[None]:
        start_news(asyncio.get_running_loop(), read_state)
        yield
        stop_news()

    app = make_app(lifespan=news)
    start_writer()
    # Held from here on: nobody takes its port before the server has it.
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, args=([door],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Place(f"http://{ROOM_HOST}:{port}", make_workshop(people=6))
    stop_news()
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive(), "a question to the server was never answered"
    stop_writer()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    yield opened
    opened.close()
