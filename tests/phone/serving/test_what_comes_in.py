"""Every string that comes in passes one door: plain forms in UTF-8, nothing too long, nothing that cannot be stored."""

from collections.abc import Iterator

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from models.basics.words import Step
from models.storage.writing import start_writer, stop_writer
from models.tables import Ballot, Proposal
from phone.routes import routes
from phone.serving.guard import FORM_LIMIT, SIGNATURE_LIMIT
from phone.serving.limits import PostRate
from phone.serving.request import MOST_FIELDS
from tests.builders import Room, Vote, make_round, make_workshop, rows_of
from tests.phone.conftest import JSON, hold, open_phone

POSTS = [route.path for route in routes if isinstance(route, Route) and "POST" in (route.methods or ())]
# What they need stands in the address and the cookie: whatever comes with it is not read. A mediation reads nothing
# that came by plain http.
READ_NO_FORM = ("/sign-out", "/s/{token}/join", "/i/{token}/explained", "/m/{token}/{act}")
LOGO = "/files/{code}/logo.png"
NOTE, FINDINGS = "/files/startfoto/note", "/files/startfoto/{baseline}/findings.csv"
CODECS = ["punycode", "idna", "raw_unicode_escape", "utf-7", "rot13", "no-such-codec"]


@pytest.fixture
def phone(sqlite: str, fresh_limits: None) -> Iterator[TestClient]:
    """A browser without cookies, while the writer runs on SQLite: what is asked here has little to do with that."""
    start_writer()
    try:
        with open_phone() as opened:
            yield opened
    finally:
        stop_writer()


@pytest.fixture
def voting(phone: TestClient) -> tuple[Room, Vote]:
    """A room that votes; `phone` is the first one's."""
    return _voting(phone)


def _voting(phone: TestClient) -> tuple[Room, Vote]:
    room = make_workshop(people=3, step=Step.VOTE)
    hold(phone, room)
    return room, make_round(room)


def place(path: str, room: Room) -> str:
    return path.replace("{code}", room.code).replace("{token}", "a" * 26).replace("{proposal}", "1")


def test_only_where_a_file_is_offered_a_form_may_carry_one(
    phone: TestClient, voting: tuple[Room, Vote], monkeypatch: pytest.MonkeyPatch
) -> None:
    room, _ = voting
    answers = {}
    for path in POSTS:
        # There are more of them than one phone may post in a second.
        monkeypatch.setattr("phone.room.posting.post_rate", PostRate())
        answers[path] = phone.post(place(path, room), files={"name": ("a.txt", b"words")}, headers=JSON)

    apart = ("/check", LOGO, NOTE, FINDINGS, *READ_NO_FORM)
    assert {path: answer.status_code for path, answer in answers.items() if path not in apart} == {
        path: 415 for path in POSTS if path not in apart
    }
    assert answers["/check"].status_code == 422
    # A phone brings no logo, no note and no findings: who leads does.
    assert [answers[path].status_code for path in (LOGO, NOTE, FINDINGS)] == [403, 403, 403]
    assert answers["/language"].json()["error"] == "not_a_plain_form"


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("path", ["/language", "/sign-in", "/j/{code}", "/p/{code}/ballots", "/check"])
def test_nobody_chooses_how_text_is_read(
    phone: TestClient, voting: tuple[Room, Vote], codec: str, path: str
) -> None:
    room, _ = voting
    boundary = "x"
    body = f'--{boundary}\r\nContent-Disposition: form-data; name="code"\r\n\r\n{"ab-" * 2_000}\r\n--{boundary}--\r\n'

    answer = phone.post(
        place(path, room),
        content=body.encode(),
        headers={**JSON, "content-type": f"multipart/form-data; charset={codec}; boundary={boundary}"},
    )

    assert answer.status_code == (200 if path == "/check" else 415)


@pytest.mark.parametrize("codec", CODECS)
def test_a_plain_form_is_utf_8_whatever_it_says(
    phone: TestClient, voting: tuple[Room, Vote], codec: str
) -> None:
    room, _ = voting

    sent = phone.post(
        f"/p/{room.code}/proposals",
        content="text=Zo%C3%AB+eet+mee+مرحبا".encode(),
        headers={**JSON, "content-type": f"application/x-www-form-urlencoded; charset={codec}"},
    )

    assert sent.status_code == 200
    assert [row["text"] for row in rows_of(Proposal)] == ["Zoë eet mee مرحبا"]


@pytest.mark.parametrize("body", [b"text=%ED%A0%BD", b"text=\xff\xfe", b"text=%C3", b"&" * (MOST_FIELDS + 1)])
def test_what_is_no_utf_8_is_refused_with_a_sentence(
    phone: TestClient, voting: tuple[Room, Vote], body: bytes
) -> None:
    room, _ = voting
    kind = {"content-type": "application/x-www-form-urlencoded"}

    for path in (
        f"/p/{room.code}/ballots",
        f"/p/{room.code}/proposals",
        "/language",
        f"/j/{room.code}",
        "/check",
    ):
        answer = phone.post(path, content=body, headers={**JSON, **kind})
        assert answer.status_code == 400, path
        assert answer.json()["message"] == "This did not work. Go back and try again."
    assert rows_of(Proposal) == []


def test_what_no_database_holds_is_left_out_of_every_field(
    client: TestClient,
) -> None:
    room, vote = _voting(client)

    voted = client.post(
        f"/p/{room.code}/ballots",
        data={
            "round": f"{vote.round_id}\x00",
            "item": str(vote.items[0]),
            "choice": "ag\x00ree",
            "reason": "\x00Samen",
            "request_id": "een\x00twee",
        },
        headers=JSON,
    )
    refused = client.post(f"/j/{room.code}", data={"personal_code": "ABCD\x00EFGH"}, headers=JSON)
    known = client.post(f"/j/{room.code}", data={"name": "No\x00or"}, headers=JSON)

    assert (voted.status_code, voted.json()["choice"], voted.json()["reason"]) == (200, "agree", "Samen")
    assert (refused.status_code, known.status_code) == (404, 200)


@pytest.mark.parametrize(
    "path",
    [
        "/?code=%00",
        "/?code=AB%00CD",
        "/p/A%00B/live",
        "/p/A%00B",
        "/j/%00",
        "/s/%00",
        "/p/{code}/state?a=%00",
        "/lead/%00",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_with_a_hole_in_it_is_refused_with_a_sentence(
    phone: TestClient, voting: tuple[Room, Vote], path: str, method: str
) -> None:
    room, _ = voting

    page = phone.request(method, place(path, room))
    for_a_script = phone.request(method, place(path, room), headers=JSON)

    assert (page.status_code, for_a_script.status_code) == (400, 400)
    assert "This did not work." in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_name_under_a_heap_of_marks_is_refused_before_anything_is_done_with_it(
    phone: TestClient, voting: tuple[Room, Vote], monkeypatch: pytest.MonkeyPatch
) -> None:
    room, _ = voting
    monkeypatch.setattr("models.basics.text.cleaned", lambda _raw: pytest.fail("it was looked at"))
    heap = "a" + "\u0300" * 5_000 + "\u0316" * 5_000

    page = phone.post(f"/j/{room.code}", data={"name": heap})
    larger = phone.post(f"/j/{room.code}", data={"name": heap * 10})

    assert (page.status_code, larger.status_code) == (413, 413)
    assert heap in page.text


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/language", FORM_LIMIT), ("/check", FORM_LIMIT), ("/s/x/sign", SIGNATURE_LIMIT)],
)
def test_a_form_without_a_file_is_small(phone: TestClient, path: str, limit: int) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}

    answer = phone.post(path, content=b"&" * (limit + 1), headers={**JSON, **kind})

    assert (answer.status_code, answer.json()["error"]) == (413, "body_too_large")


def test_a_drawn_signature_of_the_largest_kind_fits() -> None:
    assert SIGNATURE_LIMIT > 120_000 * 3


def test_a_number_with_many_noughts_is_no_other_item(phone: TestClient, voting: tuple[Room, Vote]) -> None:
    room, vote = voting
    item = vote.items[0]

    for typed in (f"000000000000{item}6", f"{item}" + "0" * 12):
        answer = phone.post(
            f"/p/{room.code}/ballots",
            data={"round": str(vote.round_id), "item": typed, "choice": "agree"},
            headers=JSON,
        )
        assert answer.status_code in (404, 422)
    assert rows_of(Ballot) == []
