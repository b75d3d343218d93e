"""The door for everyone, signing in to lead, the language, and what machines ask."""

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from models.installation.address import address_key, read_reached
from models.installation.installation import signed_in
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import end_workshop, projector_token, read_workshop
from phone.serving.limits import FREE_TRIES
from tests.builders import LEADER, make_workshop
from tests.phone.conftest import lead


def test_the_door_asks_for_a_code_and_shows_the_way_to_sign_in(client: TestClient) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert 'name="code"' in page.text
    assert 'href="/sign-in"' in page.text


def test_a_code_in_small_letters_leads_to_the_workshop(client: TestClient) -> None:
    room = make_workshop()

    answer = client.get("/", params={"code": f" {room.code.lower()} "})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/j/{room.code}")


def test_an_unknown_code_stays_in_the_field_and_is_404(client: TestClient) -> None:
    page = client.get("/", params={"code": "XXXXX"})

    assert page.status_code == 404
    assert 'value="XXXXX"' in page.text
    assert "We do not know this code." in page.text


def test_after_ten_wrong_codes_one_waits_but_a_right_code_never_does(client: TestClient) -> None:
    room = make_workshop()

    statuses = [client.get("/", params={"code": "XXXXX"}).status_code for _ in range(FREE_TRIES + 1)]
    refused = client.get("/j/XXXXX")
    right = client.get("/", params={"code": room.code})

    assert statuses == [404] * FREE_TRIES + [429]
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert right.status_code == 303


def test_name_and_passphrase_let_a_facilitator_in(client: TestClient, passphrase: str) -> None:
    answer = client.post("/sign-in", data={"name": "Iris", "passphrase": passphrase})

    assert (answer.status_code, answer.headers["location"]) == (303, "/lead/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    with reading() as session:
        found = signed_in(session, client.cookies["handslag_lead"])
        assert found is not None and found.name == "Iris"


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [("Iris", "something else", "This passphrase is not right."), (" ", "", "Your name is missing.")],
)
def test_a_refused_sign_in_keeps_the_name_and_sets_no_cookie(
    client: TestClient, passphrase: str, name: str, said: str, sentence: str
) -> None:
    page = client.post("/sign-in", data={"name": name, "passphrase": said})

    assert page.status_code == 422
    assert sentence in page.text
    assert f'value="{name}"' in page.text
    assert "handslag_lead" not in client.cookies


def test_the_sign_in_cookie_is_secure_when_the_browser_came_by_https(
    client: TestClient, passphrase: str
) -> None:
    client.base_url = "https://testserver"

    answer = client.post("/sign-in", data={"name": "Iris", "passphrase": passphrase})

    assert "Secure" in answer.headers["set-cookie"]


def test_signing_out_ends_the_sign_in_in_the_database(client: TestClient) -> None:
    lead(client)
    token = client.cookies["handslag_lead"]

    page = client.get("/sign-out")
    answer = client.post("/sign-out")

    assert page.status_code == 200
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    with reading() as session:
        assert signed_in(session, token) is None


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/p/K7M4Q?step=draft", "/p/K7M4Q?step=draft"),
        ("https://elsewhere.example", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
    ],
)
def test_the_language_switch_goes_back_to_our_own_pages_only(
    client: TestClient, back: str, leads_to: str
) -> None:
    answer = client.post("/language", data={"language": "nl", "back": back})

    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    assert client.cookies["language"] == "nl"
    assert '<html lang="nl">' in client.get("/").text


def test_an_unknown_language_is_refused(client: TestClient) -> None:
    assert client.post("/language", data={"language": "xx"}).status_code == 422


def test_the_projectors_link_opens_one_room_and_a_wrong_one_none(client: TestClient) -> None:
    room = make_workshop()
    with reading() as session:
        token = projector_token(read_workshop(session, room.workshop_id))

    answer = client.get(f"/projector/{token}")
    wrong = client.get("/projector/aaaaaaaaaaaaaaaaaaaaaaaaaa")

    assert (answer.status_code, answer.headers["location"]) == (303, "/lead/projector")
    assert client.cookies["handslag_projector"] == token
    assert wrong.status_code == 404


def test_the_projectors_link_says_after_the_end_that_it_is_over_not_that_it_is_wrong(
    client: TestClient,
) -> None:
    room = make_workshop()
    with reading() as session:
        token = projector_token(read_workshop(session, room.workshop_id))
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    answer = client.get(f"/projector/{token}")

    assert answer.status_code == 404
    assert "This meeting is over." in answer.text
    assert "handslag_projector" not in client.cookies


def test_a_phone_shows_by_which_address_it_reaches_us(client: TestClient, passphrase: str) -> None:
    client.base_url = "http://192.168.1.20:8501"

    page = client.get(f"/here/{address_key('http://192.168.1.20:8501')}")
    wrong = client.get(f"/here/{address_key('http://192.168.1.99:8501')}")

    assert page.status_code == 200
    assert "192.168.1.20:8501" in page.text
    with reading() as session:
        found = read_reached(session)
        assert found is not None and found[0] == "http://192.168.1.20:8501"
    assert wrong.status_code == 404


def test_health_names_the_database_and_the_version(client: TestClient) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["database"] == "ok"
    assert answer.json()["version"]


def test_health_is_503_when_the_database_does_not_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_answer() -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr("phone.public.door.reading", no_answer)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (503, "failing")


def test_an_unknown_page_is_a_page_of_ours(client: TestClient) -> None:
    page = client.get("/nowhere")
    for_a_script = client.get("/nowhere", headers={"accept": "application/json"})

    assert page.status_code == 404
    assert "This page does not exist." in page.text
    assert for_a_script.json()["error"] == "not_found"
