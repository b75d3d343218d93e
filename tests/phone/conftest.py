"""A participant's phone, as a test holds it: the real routes and guard, on a database of its own."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from models.installation import hash_passphrase, renew_passphrase, sign_in
from models.links import new_token
from models.writing import start_writer, stop_writer, write
from phone.cookies import LEAD, phone_cookie
from phone.limits import FailedTries, PostRate
from phone.routes import exception_handlers, middleware, routes
from tests.builders import Room
from tests.serving import PASSPHRASE

JSON = {"accept": "application/json"}


def open_phone(language: str = "en") -> TestClient:
    """Return a browser without cookies."""
    app = Starlette(routes=routes, middleware=middleware, exception_handlers=exception_handlers)
    return TestClient(
        app, follow_redirects=False, headers={"accept-language": language}, raise_server_exceptions=True
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
    monkeypatch.setattr("phone.errors.failed_tries", FailedTries())
    monkeypatch.setattr("phone.posts.post_rate", PostRate())


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
