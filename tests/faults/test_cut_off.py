"""The network is cut for half of the phones: confirmed is stored, what is not comes by itself or is told.

The cut closes nothing: what was sent stays on the way, and arrives when the network is back, perhaps after its retry.
It lasts half a minute, as when a router starts again; a plain phone waits a second for an answer. The script's own
limits, 10 seconds for an answer and 35 for a silent stream, are crossed by its clock.
"""

import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from urllib.error import URLError

from playwright.sync_api import Browser, BrowserContext, Page, Response, Route, expect
from starlette.status import HTTP_409_CONFLICT

from models.basics.words import RuleKind, Secrecy, Step
from models.tables import Ballot
from tests.builders import Room, Vote, make_round, make_workshop, rows_of
from tests.dead_spot import DeadSpot, dead_spot
from tests.faults.stubborn_phone import StubbornPhone, held, until_answered
from tests.phone.live_phone import WAIT, heading
from tests.serving import ROOM_HOST, Server

PEOPLE = 20
PATIENCE = 1.0
CUT_SECONDS = 30
ANSWER_MILLISECONDS = 15_000
SILENCE_MILLISECONDS = 40_000


def ballots_on(vote: Vote, item: int = 0) -> dict[str, str]:
    """Return what each voter of a named round has stored; nobody twice."""
    rows = [row for row in rows_of(Ballot) if row["round_item_id"] == vote.items[item]]
    found = {row["voter_key"]: row["choice"] for row in rows}
    assert len(found) == len(rows)
    return found


def test_half_of_the_phones_are_cut_off_and_every_vote_comes_once_the_newest_last(server: Server) -> None:
    room = make_workshop(people=PEOPLE, step=Step.VOTE)
    vote = make_round(room, secrecy=Secrecy.NAMED)
    place = {"round": str(vote.round_id), "item": str(vote.items[0])}
    confirmed: dict[str, str] = {}

    with dead_spot(server.port) as way, ThreadPoolExecutor(PEOPLE) as people:
        address = f"http://127.0.0.1:{way.port}"
        phones = [
            StubbornPhone.of(room, person, address, patience=PATIENCE)
            if person < PEOPLE // 2
            else StubbornPhone.of(room, person, server.url)
            for person in range(PEOPLE)
        ]

        def send(person: int, choice: str, sequence: int) -> str:
            fields = {"choice": choice, "sequence": str(sequence), "request_id": str(sequence)}
            stored = str(phones[person].send("ballots", **place, **fields)["choice"])
            confirmed[str(room.people[person])] = stored
            return stored

        def change_twice(person: int) -> str:
            """Choose, and choose again before there was an answer; go on until the last choice is confirmed."""
            with suppress(TimeoutError, URLError):
                send(person, "concern", 2)
            return until_answered(partial(send, person, "objection", 3))

        cut_off, others = range(PEOPLE // 2), range(PEOPLE // 2, PEOPLE)
        for answer in people.map(
            lambda person: until_answered(partial(send, person, "agree", 1)), range(PEOPLE)
        ):
            assert answer == "agree"
        with held(server):
            # These reach the server; their answers will not come back.
            lost = [
                people.submit(until_answered, partial(send, person, "concern", 2)) for person in cut_off[:3]
            ]
            _wait_until_they_are_there(way, len(lost), choice=b"choice=concern")
            way.die()
        changing = [people.submit(change_twice, person) for person in cut_off[3:]]
        going_on = [people.submit(send, person, "concern", 2) for person in others]
        for each in going_on:
            assert each.result() == "concern"
        time.sleep(CUT_SECONDS)
        during, told = ballots_on(vote), dict(confirmed)
        assert [each.done() for each in lost + changing] == [False] * (PEOPLE // 2)
        way.revive()
        assert [each.result() for each in lost] == ["concern"] * 3
        assert {each.result() for each in changing} == {"objection"}
        late = [until_answered(partial(send, person, "concern", 2)) for person in cut_off]

    assert Counter(told.values()) == {"agree": PEOPLE // 2, "concern": PEOPLE // 2}
    # Whose answer was lost has the newer choice stored already: more than was confirmed, never less.
    assert Counter(during.values()) == {"agree": PEOPLE // 2 - 3, "concern": PEOPLE // 2 + 3}
    assert late == ["concern"] * 3 + ["objection"] * (PEOPLE // 2 - 3)
    assert ballots_on(vote) == confirmed
    assert Counter(confirmed.values()) == {"concern": PEOPLE // 2 + 3, "objection": PEOPLE // 2 - 3}


def _wait_until_they_are_there(way: DeadSpot, phones: int, *, choice: bytes) -> None:
    """Wait until the choice of so many phones went on to the server, however often each of them sent it."""
    deadline = time.monotonic() + WAIT / 1000
    there: set[bytes] = set()
    while len(there) < phones:
        assert time.monotonic() < deadline, f"only {len(there)} of {phones}"
        time.sleep(0.01)
        there = {re.findall(rb"(?m)^Cookie: (.*)$", asked)[0] for asked in way.asked if choice in asked}


def opened(context: BrowserContext, address: str, room: Room) -> Page:
    """Return a phone that has joined and hears the room."""
    page = context.new_page()
    page.goto(f"{address}/j/{room.code}")
    page.locator("[name=group]").last.check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("[data-online]")).to_be_visible(timeout=WAIT)
    return page


def test_two_phones_in_sight_one_cut_off_and_one_not(server: Server, browser: Browser) -> None:
    room = make_workshop(step=Step.VOTE)
    vote = make_round(room, secrecy=Secrecy.NAMED)
    with (
        dead_spot(server.port) as way,
        browser.new_context(locale="en-GB") as far,
        browser.new_context(locale="en-GB") as near,
    ):
        far.clock.install()
        cut_off = opened(far, f"http://{ROOM_HOST}:{way.port}", room)
        other = opened(near, server.room_url, room)
        cut_off.locator(".vote[value=agree]").click()
        heading(cut_off, "We have your vote")

        way.die()
        cut_off.locator(".vote[value=objection]").click()
        far.clock.fast_forward(ANSWER_MILLISECONDS)
        heading(cut_off, "Not sent yet")
        other.locator(".vote[value=concern]").click()
        heading(other, "We have your vote")
        far.clock.fast_forward(SILENCE_MILLISECONDS)
        expect(cut_off.get_by_text("No network.")).to_be_visible(timeout=WAIT)
        cut_off.locator(".vote[value=concern]").click()
        during = list(ballots_on(vote).values())
        way.revive()
        far.clock.fast_forward(ANSWER_MILLISECONDS)
        heading(cut_off, "We have your vote")
        expect(cut_off.locator("[data-chosen]")).to_have_text("agree, with a concern", timeout=WAIT)

    assert during == ["agree", "concern"]
    assert list(ballots_on(vote).values()) == ["concern", "concern"]


def test_dots_moved_without_network_all_come_whatever_the_order(server: Server, browser: Browser) -> None:
    room = make_workshop(step=Step.VOTE)
    vote = make_round(room, items=2, method="dots", rule=RuleKind.TOP, top=1, budget=3, secrecy=Secrecy.NAMED)
    with browser.new_context(locale="en-GB") as context:
        page = opened(context, server.room_url, room)
        first, second = (page.locator(f"#item-{item}") for item in vote.items)
        for _ in range(3):
            second.locator("[data-step='1']").click()
        expect(second).to_have_attribute("data-sequence", "3", timeout=WAIT)

        context.set_offline(True)
        for _ in range(2):
            second.locator("[data-step='-1']").click()
            first.locator("[data-step='1']").click()
        before = [list(ballots_on(vote, item).values()) for item in (0, 1)]
        # What takes dots away comes after what needs them.
        taken_away: list[Route] = []
        refused: list[int] = []

        def hold(route: Route) -> None:
            if f"item={vote.items[1]}&" in (route.request.post_data or "") and not refused:
                taken_away.append(route)
            else:
                route.continue_()

        def let_go(answer: Response) -> None:
            if answer.status == HTTP_409_CONFLICT:
                refused.append(answer.status)
                while taken_away:
                    taken_away.pop().continue_()

        page.route("**/ballots", hold)
        page.on("response", let_go)
        context.set_offline(False)
        expect(first).to_have_attribute("data-state", "stored", timeout=WAIT)
        expect(second).to_have_attribute("data-state", "stored", timeout=WAIT)

        expect(first.locator("[data-dots-here]")).to_have_text("2")

    assert refused
    assert before == [[], ["3"]]
    assert [list(ballots_on(vote, item).values()) for item in (0, 1)] == [["2"], ["1"]]
