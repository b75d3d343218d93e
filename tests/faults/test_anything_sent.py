"""Whatever is sent, to whichever path: it is answered, never a failure of ours, and shown as it was typed."""

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import SQLModel

from models.agreeing.agreement import show_agreements
from models.alliance.partner import partner_token
from models.basics.text import cleaned
from models.basics.words import Step
from models.storage.database import reading
from models.storage.writing import start_writer, stop_writer, write
from models.tables import Partner
from phone.serving.cookies import phone_cookie
from phone.serving.limits import FailedTries, PostRate
from tests.builders import (
    LEADER,
    Room,
    Vote,
    make_agreement,
    make_proposal,
    make_round,
    make_workshop,
    rows_of,
    take_room,
)
from tests.phone.conftest import JSON, hold, open_phone

EVIL = [
    "<script>alert(1)</script>",
    "![p](http://evil.example/p.png)",
    "' OR 1=1 --",
    "{0.__class__} %(x)s {{7*7}}",
    "\x00\x1b[31m\u202eabc",
    "مرحبا 😀",
    "9" * 5000,
    "-1",
    "9999999999",
    "x" * 5000,
]
PATHS = [
    *(f"/p/CODE/{post}" for post in ("ballots", "proposals", "proposals/1", "proposals/VALUE", "supports")),
    *(f"/p/CODE/{post}" for post in ("owners", "offers", "leave", "group", "hand", "first-steps")),
    *(f"/s/LINK/{post}" for post in ("join", "accept", "sign", "decline", "progress")),
    *("/j/CODE", "/j/VALUE", "/p/VALUE/ballots", "/s/VALUE/sign", "/language", "/sign-in", "/check"),
]
NAMES = [
    "text",
    "kind",
    "request_id",
    "round",
    "item",
    "choice",
    "reason",
    "may_name",
    "sequence",
    "proposal",
    "on",
    "agreement",
    "name",
    "group",
    "bubbles",
    "personal_code",
    "language",
    "back",
    "answer",
    "role",
    "reservation",
    "drawn",
    "state",
    "sentence",
    "withdraw",
    "step",
    "code",
    "passphrase",
    "from",
]
typed = st.sampled_from(EVIL) | st.text(max_size=40)


@pytest.fixture
def rooms(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Room, Room]]:
    """Two workshops of two alliances, each with two people, while the writer runs."""
    monkeypatch.setattr("phone.serving.errors.failed_tries", FailedTries())
    monkeypatch.setattr("phone.room.posting.post_rate", PostRate(clock=_fast()))
    monkeypatch.setattr("phone.partner.routes.post_rate", PostRate(clock=_fast()))
    monkeypatch.setattr("phone.serving.passphrases.passphrase_fits", lambda *_given: False)
    monkeypatch.setattr("phone.public.door.HELD_SECONDS", 0)
    start_writer()
    try:
        here, there = (make_workshop(people=2, partners=["School"], step=Step.VOTE) for _ in range(2))
        yield here, there
    finally:
        stop_writer()


def _fast() -> Any:
    """A clock by which everybody types at leisure."""
    seconds = iter(range(10**9))
    return lambda: float(next(seconds))


def _link(room: Room) -> str:
    [found] = [row for row in rows_of(Partner) if row["id"] == room.partners["School"]]
    return partner_token(Partner(**found))


def test_no_form_makes_the_server_fail(rooms: tuple[Room, Room]) -> None:
    room, _ = rooms
    vote, link = make_round(room), _link(room)
    make_proposal(room)
    known = {"round": str(vote.round_id), "item": str(vote.items[0]), "choice": "agree"}

    @settings(max_examples=250, suppress_health_check=list(HealthCheck))
    @given(
        path=st.sampled_from(PATHS),
        fields=st.dictionaries(st.sampled_from(NAMES), typed, max_size=4),
        value=typed.filter(lambda text: text not in ("", ".", "..") and "/" not in text),
        is_script=st.booleans(),
    )
    def send(path: str, fields: dict[str, str], value: str, is_script: bool) -> None:
        with open_phone() as client:
            hold(client, room)
            place = path.replace("CODE", room.code).replace("LINK", link)
            answer = client.post(
                place.replace("VALUE", quote(value, safe="")),
                data=known | fields,
                headers=JSON if is_script else {},
            )
            assert answer.status_code < 500
            # JSON says what is stored, as it is stored: only a page can run it.
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert "<script>alert" not in answer.text
            onward = answer.headers.get("location", "/")
            assert onward.startswith("/") and not onward.startswith("//")

    send()


@pytest.mark.parametrize("words", EVIL[:6])
def test_what_is_typed_stands_on_every_page_as_it_was_typed(rooms: tuple[Room, Room], words: str) -> None:
    room, _ = rooms
    write_down(room, words)
    with open_phone() as client:
        hold(client, room)
        shown = escape(cleaned(words), quote=False)

        for page in (f"/p/{room.code}", f"/p/{room.code}?step=draft", f"/s/{_link(room)}"):
            body = client.get(page).text.replace("&#39;", "'").replace("&shy;", "").replace("\u00ad", "")
            assert shown in body, page
            assert "<script>alert" not in body and 'src="http' not in body


def write_down(room: Room, words: str) -> None:
    """Let `words` be a proposal, and an agreement that the partner is asked to carry."""
    make_proposal(room, text=words)
    agreement = make_agreement(room, what=words, owner="School")
    write(show_agreements, who=LEADER, agreement_ids=[agreement])
    take_room(room, Step.AGREE)


def test_a_phone_of_one_workshop_touches_nothing_of_another(rooms: tuple[Room, Room]) -> None:
    here, there = rooms
    mine, theirs = make_round(here), make_round(there)
    proposal, agreement = make_proposal(there), make_agreement(there, owner="School")
    write(show_agreements, who=LEADER, agreement_ids=[agreement])
    before = everything()
    with open_phone() as client:
        hold(client, here)
        # The token of the one under the other's name opens nothing either.
        client.cookies.set(phone_cookie(there.code), here.phones[0])

        for code in (here.code, there.code):
            for path, fields in attempts(mine, theirs, there, proposal, agreement):
                answer = client.post(f"/p/{code}/{path}", data=fields, headers=JSON)
                assert answer.status_code in (403, 404, 422), (code, path)
        for path in ("accept", "progress"):
            fields = {"agreement": str(agreement), "answer": "accept", "state": "done"}
            answer = client.post(f"/s/{_link(here)}/{path}", data=fields, headers=JSON)
            assert answer.status_code in (403, 404)
        assert client.get(f"/p/{there.code}").status_code == 303
        assert client.get(f"/p/{there.code}/live").status_code == 403
        assert client.get(f"/p/{there.code}/preview").headers["location"] == "/sign-in"
        assert client.get(f"/p/{there.code}/state").json()["round"] is None

    assert everything() == before


def attempts(
    mine: Vote, theirs: Vote, there: Room, proposal: int, agreement: int
) -> list[tuple[str, dict[str, str]]]:
    item, choice = str(theirs.items[0]), "agree"
    return [
        ("ballots", {"round": str(theirs.round_id), "item": item, "choice": choice}),
        ("ballots", {"round": str(mine.round_id), "item": item, "choice": choice}),
        ("supports", {"proposal": str(proposal)}),
        (f"proposals/{proposal}", {"text": "Taken over"}),
        (f"proposals/{proposal}", {"withdraw": "1"}),
        ("owners", {"agreement": str(agreement), "name": "Eve"}),
        ("offers", {"agreement": str(agreement), "name": "Eve"}),
        ("group", {"group": str(there.groups["Residents"])}),
    ]


def everything() -> dict[str, list[Any]]:
    """Return every row of every table."""
    with reading() as session:
        return {
            name: [tuple(row) for row in session.execute(select(table))]
            for name, table in SQLModel.metadata.tables.items()
        }
