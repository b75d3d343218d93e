"""What is noted for whoever watches over the server: what was refused, to whom, and never a secret."""

import logging

import pytest
from starlette.testclient import TestClient

from phone.serving import noticed
from phone.serving.noticed import notice
from tests.builders import make_workshop
from tests.phone.conftest import JSON

SECRETS = ("guessed passphrase", "ZZZZZ")


@pytest.fixture(autouse=True)
def _nothing_noted_before(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(noticed, "_counts", type(noticed._counts)())
    caplog.set_level(logging.INFO, logger="handslag.security")


def test_who_signs_in_and_out_is_noted(
    client: TestClient, passphrase: str, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/sign-in", data={"name": "Iris\nsigned in; address 203.0.113.9", "passphrase": passphrase})
    client.post("/sign-out")

    signed_in, signed_out = caplog.messages
    assert signed_in.startswith("signed in; address testclient; name 'Iris")
    assert "\n" not in signed_in
    assert signed_out == "signed out; address testclient"
    assert passphrase not in caplog.text


def test_what_is_refused_is_noted_without_what_was_typed(
    client: TestClient, passphrase: str, caplog: pytest.LogCaptureFixture
) -> None:
    room = make_workshop()
    client.post("/sign-in", data={"name": "Iris", "passphrase": SECRETS[0]})
    client.get("/", params={"code": SECRETS[1]})
    client.get("/s/not-a-link")
    client.get(f"/p/{room.code}/live", headers=JSON)
    client.post("/language", data={"language": "nl"}, headers={"origin": "http://elsewhere.example"})
    client.get("/lead/_stcore/stream", headers=JSON)

    told = [message.split("; address")[0] for message in caplog.messages]
    assert told == [
        "wrong passphrase",
        "wrong code",
        "wrong link",
        "refused: NotAdmitted",
        "refused: OtherSite",
        "refused: SignInEnded",
    ]
    assert not [secret for secret in (*SECRETS, "not-a-link", room.code) if secret in caplog.text]


def test_a_flood_is_noted_in_a_few_lines(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(1_500):
        notice("wrong code", "203.0.113.7")
    notice("wrong code", "203.0.113.8")

    assert [message.rsplit(" ", 1)[1] for message in caplog.messages] == ["1", "10", "100", "1000", "1"]
