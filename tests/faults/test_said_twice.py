"""The same thing sent twice, late, at once from two tabs, or while the database is held: it is done once, and told."""

import json
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, TimeoutError, expect

from models.basics.words import RuleKind, Secrecy, Step
from models.storage.database import reading
from models.tables import AgreementOwner, Ballot, Participant, Partner, Proposal, Support
from models.workshop.workshop import read_workshop
from tests.builders import (
    Room,
    Vote,
    close,
    make_agreement,
    make_proposal,
    make_round,
    make_workshop,
    rows_of,
)
from tests.faults.stubborn_phone import StubbornPhone, all_at_once, held
from tests.serving import Server
from tests.waiting import PATIENCE, takes_a_press

HELD_SECONDS = 3


def refusal(error: HTTPError) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON of what was refused."""
    return error.code, json.loads(error.read())


@pytest.fixture
def vote(server: Server) -> tuple[Room, Vote]:
    room = make_workshop(step=Step.VOTE)
    return room, make_round(room)


def ballot_of(vote: Vote, choice: str, **more: str) -> dict[str, str]:
    return {"round": str(vote.round_id), "item": str(vote.items[0]), "choice": choice, **more}


def ballots_on(vote: Vote) -> list[str]:
    return [row["choice"] for row in rows_of(Ballot) if row["round_item_id"] == vote.items[0]]


def test_one_request_a_hundred_times_is_one_ballot(server: Server, vote: tuple[Room, Vote]) -> None:
    room, opened = vote
    phone = StubbornPhone(server.url, room.code)
    fields = ballot_of(opened, "concern", request_id="the same", sequence="1")

    def send() -> dict[str, Any] | int:
        try:
            return phone.send("ballots", **fields)
        except HTTPError as error:
            # Twenty posts a second are more than a person makes: told, and nothing is lost.
            assert (error.code, error.headers["Retry-After"]) == (429, "1")
            return error.code

    answers = [answer for _ in range(10) for answer in all_at_once([send] * 10)]

    stored = [answer for answer in answers if answer != 429]
    assert len(answers) == 100 and len(stored) >= 20
    assert all(answer == stored[0] for answer in stored)
    assert ballots_on(opened) == ["concern"]


def test_two_tabs_and_a_double_tap_are_one_ballot(server: Server, vote: tuple[Room, Vote]) -> None:
    room, opened = vote
    phone = StubbornPhone(server.url, room.code)
    plain = [partial(phone.send, "ballots", **ballot_of(opened, choice)) for choice in ("agree", "objection")]

    all_at_once(plain * 4)

    [stored] = ballots_on(opened)
    [item] = phone.state()["round"]["items"]
    assert (item["choice"], item["sequence"]) == (stored, 8)


def test_a_late_retry_does_not_undo_a_newer_vote(server: Server, vote: tuple[Room, Vote]) -> None:
    room, opened = vote
    phone = StubbornPhone(server.url, room.code)
    first = ballot_of(opened, "objection", request_id="first", sequence="1")
    phone.send("ballots", **first)
    phone.send("ballots", **ballot_of(opened, "agree", request_id="second", sequence="2"))

    late = phone.send("ballots", **first)
    unsent = phone.send("ballots", **ballot_of(opened, "concern", request_id="third", sequence="1"))

    assert (late["choice"], late["sequence"]) == (unsent["choice"], unsent["sequence"]) == ("agree", 2)
    with pytest.raises(HTTPError) as reused:
        phone.send("ballots", **ballot_of(opened, "concern", request_id="second", sequence="3"))
    status, told = refusal(reused.value)
    assert (status, told["error"], told["choice"]) == (409, "request_reused", "agree")
    assert ballots_on(opened) == ["agree"]


def test_a_late_retry_of_each_voice_on_a_shared_phone_undoes_nobodys_newer_vote(
    server: Server, vote: tuple[Room, Vote]
) -> None:
    room, opened = vote
    phone = StubbornPhone(server.url, room.code)
    voices = ["", str(phone.send("voices", name="Omar", request_id="added")["voice"])]
    first = [
        ballot_of(opened, "objection", request_id="first", sequence="1", voice=voice) for voice in voices
    ]
    newer = [
        ballot_of(opened, choice, request_id="second", sequence="2", voice=voice)
        for voice, choice in zip(voices, ("agree", "concern"), strict=True)
    ]
    for fields in (*first, *newer):
        phone.send("ballots", **fields)

    late = all_at_once([partial(phone.send, "ballots", **fields) for fields in first * 3])
    unsent = [
        phone.send("ballots", **ballot_of(opened, "objection", request_id="kept", sequence="1", voice=voice))
        for voice in voices
    ]

    assert [answer["choice"] for answer in (*late, *unsent)] == ["agree", "concern"] * 4
    assert {answer["sequence"] for answer in (*late, *unsent)} == {2}
    assert Counter(ballots_on(opened)) == {"agree": 1, "concern": 1}


def test_a_late_retry_of_dots_neither_undoes_newer_ones_nor_breaks_the_budget(server: Server) -> None:
    room = make_workshop(step=Step.VOTE)
    opened = make_round(room, items=2, method="dots", rule=RuleKind.TOP, top=1, budget=3)
    phone = StubbornPhone(server.url, room.code)

    def dots(item: int, put: str, request_id: str, sequence: str) -> dict[str, str]:
        place = {"round": str(opened.round_id), "item": str(opened.items[item])}
        return {**place, "choice": put, "request_id": request_id, "sequence": sequence}

    all_three = dots(0, "3", "three", "1")
    moved = [dots(0, "1", "one", "2"), dots(1, "2", "two", "1")]
    for fields in (all_three, *moved):
        phone.send("ballots", **fields)

    late = all_at_once([partial(phone.send, "ballots", **fields) for fields in (all_three, *moved) * 3])
    unsent = phone.send("ballots", **dots(0, "3", "kept", "1"))
    with pytest.raises(HTTPError) as refused:
        phone.send("ballots", **dots(0, "2", "one more", "3"))

    assert [(answer["choice"], answer["sequence"]) for answer in late] == [("1", 2), ("1", 2), ("2", 1)] * 3
    assert (unsent["choice"], unsent["sequence"]) == ("1", 2)
    status, told = refusal(refused.value)
    assert (status, told["error"], told["choice"]) == (409, "too_many_dots", "1")
    stored = {row["round_item_id"]: row["choice"] for row in rows_of(Ballot)}
    assert [stored[item] for item in opened.items] == ["1", "2"]
    assert sum(row["round_item_id"] in opened.items for row in rows_of(Ballot)) == 2


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_after_the_close_a_vote_is_refused_and_changes_nothing(server: Server, secrecy: Secrecy) -> None:
    room = make_workshop(step=Step.VOTE)
    opened = make_round(room, secrecy=secrecy)
    phone = StubbornPhone(server.url, room.code)
    fields = ballot_of(opened, "agree", request_id="first", sequence="1")
    phone.send("ballots", **fields)
    close(opened)

    for again in (fields, ballot_of(opened, "objection"), ballot_of(opened, "objection", sequence="9")):
        with pytest.raises(HTTPError) as refused:
            phone.send("ballots", **again)
        status, told = refusal(refused.value)
        assert (status, told["error"]) == (409, "round_closed")
        # Of an anonymous round nobody knows any more, the phone's own server included.
        assert told["choice"] == ("agree" if secrecy is Secrecy.NAMED else None)

    assert ballots_on(opened) == ["agree"]


def test_every_other_form_sent_twice_at_once_is_done_once(server: Server) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    shown = make_proposal(room)
    agreement = make_agreement(room)
    phone = StubbornPhone(server.url, room.code)

    joined = all_at_once([phone.join] * 6)
    sent = all_at_once([partial(phone.send, "proposals", text="We eat together", request_id="printed")] * 6)
    supported = all_at_once([partial(phone.send, "supports", proposal=str(shown), on="1")] * 6)

    assert set(joined) == {phone.number}
    assert len([row for row in rows_of(Participant) if row["workshop_id"] == room.workshop_id]) == 2
    assert len({answer["id"] for answer in sent}) == 1
    assert len([row for row in rows_of(Proposal) if row["text"] == "We eat together"]) == 1
    assert {answer["count"] for answer in supported} == {1}
    assert len([row for row in rows_of(Support) if row["proposal_id"] == shown]) == 1
    with pytest.raises(HTTPError) as reused:
        phone.send("proposals", text="Something else", request_id="printed")
    assert refusal(reused.value)[:1] == (409,)

    time.sleep(1)
    with pytest.raises(HTTPError) as not_shown:
        phone.send("owners", agreement=str(agreement), name="Fatma")
    assert not_shown.value.code == 404
    assert [row for row in rows_of(Partner) if row["alliance_id"] == room.alliance_id] == []
    assert [row for row in rows_of(AgreementOwner) if row["agreement_id"] == agreement] == []


def test_a_locked_database_is_waited_for_and_what_was_confirmed_is_stored(
    server: Server, vote: tuple[Room, Vote]
) -> None:
    room, opened = vote
    phones = [StubbornPhone(server.url, room.code) for _ in range(8)]
    is_held, was_read = threading.Event(), threading.Event()

    def send(phone: StubbornPhone) -> str | None:
        """Return the stored choice, or None when the phone was told to try again later."""
        is_held.wait()
        try:
            return str(phone.send("ballots", **ballot_of(opened, "agree"))["choice"])
        except HTTPError as error:
            assert error.code == 503 and int(error.headers["Retry-After"]) > 0
            return None

    def read_along() -> None:
        is_held.wait()
        assert phones[0].state()["step"] == "vote"
        assert room.code in phones[0].page()
        was_read.set()

    def hold() -> bool:
        """Hold it for a while, and return whether others could read meanwhile, however slow they are."""
        with held(server):
            is_held.set()
            time.sleep(HELD_SECONDS)
            return was_read.wait(HELD_SECONDS)

    calls: list[Callable[[], Any]] = [hold, read_along]
    was_read_meanwhile, _, *choices = all_at_once(calls + [partial(send, phone) for phone in phones])

    assert was_read_meanwhile
    confirmed = [choice for choice in choices if choice is not None]
    assert ballots_on(opened) == confirmed
    assert len(confirmed) == 8


def test_a_copy_made_while_people_vote_is_whole_and_has_every_confirmed_vote(
    server: Server, vote: tuple[Room, Vote], tmp_path: Path
) -> None:
    room, opened = vote
    phones = [StubbornPhone(server.url, room.code) for _ in range(16)]
    before, during = phones[:8], phones[8:]
    all_at_once([partial(phone.send, "ballots", **ballot_of(opened, "agree")) for phone in before])
    copy = tmp_path / "copy.db"

    def back_up() -> dict[str, Any]:
        server.manage("backup", str(copy))
        return {}

    def keep_voting(phone: StubbornPhone) -> dict[str, Any]:
        for turn in range(20):
            choice = ("agree", "concern")[turn % 2]
            phone.send("ballots", **ballot_of(opened, choice))
            time.sleep(0.1)
        return {}

    calls: list[Callable[[], Any]] = [back_up]
    all_at_once(calls + [partial(keep_voting, phone) for phone in during])

    with closing(sqlite3.connect(copy)) as opened_copy:
        assert opened_copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert opened_copy.execute("PRAGMA foreign_key_check").fetchall() == []
        found = opened_copy.execute(
            "SELECT count(*), count(DISTINCT voter_key) FROM ballot WHERE round_item_id = ?", opened.items
        ).fetchone()
    assert found[0] == found[1] and 8 <= found[0] <= 16
    assert len(ballots_on(opened)) == 16


def test_a_sign_out_ends_what_another_open_window_may_write_and_read(
    server: Server, browser: Browser
) -> None:
    room = make_workshop(people=2, step=Step.WELCOME)
    with browser.new_context(locale="en-GB") as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{server.room_url}/sign-in")
        page.locator("input[name=name]").fill("Iris")
        page.locator("input[name=passphrase]").fill(server.passphrase)
        page.locator("input[name=passphrase]").press("Enter")
        page.wait_for_url("**/lead/**")
        page.goto(f"{server.room_url}/lead/room?workshop={room.code}")
        button = page.locator(".go")
        expect(button).to_be_visible(timeout=PATIENCE)
        takes_a_press(button)
        other = context.new_page()
        other.goto(f"{server.room_url}/sign-out")
        other.locator("form[action='/sign-out'] button").click()
        other.wait_for_url(f"{server.room_url}/")

        # The page asks at every drawing: one that was still going on has taken the button away.
        with suppress(TimeoutError):
            button.click(timeout=5_000)

        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to lead", timeout=PATIENCE)
        expect(page.locator(".go")).to_have_count(0)
    with reading() as session:
        assert read_workshop(session, room.workshop_id).step == Step.WELCOME
