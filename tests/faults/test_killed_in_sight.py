"""Windows that are open while the server is killed go on by themselves: a phone that votes, a sheet half typed."""

import time
from collections import Counter

from playwright.sync_api import Browser, Locator, Page, expect

from models.basics.words import Secrecy, Step
from models.storage.writing import write
from models.tables import Ballot, PaperSheet, Participant
from models.workshop.workshop import take_room_to
from tests.builders import LEADER, Room, Vote, make_round, make_workshop, rows_of
from tests.faults.stubborn_phone import held
from tests.phone.live_phone import heading
from tests.serving import Server
from tests.waiting import still

# A server takes its time to start where much else is done.
PATIENCE = 60_000


def choices_on(vote: Vote, item: int = 0) -> dict[str, str]:
    """Return what each voter of a named round has stored; nobody twice."""
    rows = [row for row in rows_of(Ballot) if row["round_item_id"] == vote.items[item]]
    found = {row["voter_key"]: row["choice"] for row in rows}
    assert len(found) == len(rows)
    return found


def personal_codes(room: Room) -> list[str]:
    codes = {row["id"]: row["personal_code"] for row in rows_of(Participant)}
    return [codes[person] for person in room.people]


def killed(server: Server, page: Page) -> None:
    """Kill the server, and wait until a facilitator's page has noticed."""
    server.kill()
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED", timeout=PATIENCE)


def back_again(server: Server, page: Page) -> None:
    """Start the server, and wait until a facilitator's page has found it."""
    server.start()
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=PATIENCE)


def stored_at_last(page: Page, answers: Locator, told: str) -> None:
    """Press Enter until the page tells that the sheet is stored: while a page comes back one press may do nothing."""
    heading = page.get_by_role("heading", name=told)
    deadline = time.monotonic() + PATIENCE / 1000
    while True:
        answers.press("Enter")
        try:
            expect(heading).to_be_visible(timeout=5_000)
            return
        except AssertionError:
            if time.monotonic() > deadline:
                raise


def test_a_phone_that_voted_votes_again_by_itself_after_the_restart(server: Server, browser: Browser) -> None:
    room = make_workshop(step=Step.VOTE)
    vote = make_round(room, secrecy=Secrecy.NAMED)
    with browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{server.room_url}/j/{room.code}")
        page.locator("[name=group]").last.check()
        page.get_by_role("button", name="Join", exact=True).click()
        page.locator(".vote[value=agree]").click()
        heading(page, "We have your vote")

        with held(server):
            page.locator(".vote[value=objection]").click()
            heading(page, "Not sent yet")
            server.kill()
        before = choices_on(vote)
        page.locator(".vote[value=concern]").click()
        server.start()

        expect(page.locator(".ask")).to_have_attribute("data-state", "stored", timeout=PATIENCE)
        expect(page.locator("[data-chosen]")).to_have_text("agree, with a concern")

    assert list(before.values()) == ["agree"]
    assert list(choices_on(vote).values()) == ["concern"]


def test_windows_at_rest_follow_the_room_again_when_the_server_is_back(
    server: Server, browser: Browser
) -> None:
    room = make_workshop(people=3, step=Step.WELCOME)
    with browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB") as context:
        context.set_default_timeout(PATIENCE)
        page, wall = context.new_page(), context.new_page()
        page.goto(f"{server.room_url}/sign-in")
        page.locator("input[name=name]").fill("Sanne de Boer")
        page.locator("input[name=passphrase]").fill(server.passphrase)
        page.locator("input[name=passphrase]").press("Enter")
        page.wait_for_url("**/lead/**")
        wall.goto(f"{server.room_url}/lead/projector?workshop={room.code}")
        expect(wall.locator(".projector[data-state*='|welcome|']")).to_be_visible()
        page.goto(f"{server.room_url}/lead/room?workshop={room.code}")
        for window in (wall, page):
            window.bring_to_front()
            # Nothing was drawn in part since they opened: of that alone Streamlit would think by itself.
            still(window)

        killed(server, page)
        server.start()
        write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.DRAFT)

        page.wait_for_url("**/lead/draft?**")
        wall.bring_to_front()
        expect(wall.locator(".projector[data-state*='|draft|']")).to_be_visible(timeout=PATIENCE)


def test_sheets_that_are_typed_at_the_kill_are_stored_once_each(server: Server, browser: Browser) -> None:
    room = make_workshop(people=3, step=Step.VOTE)
    vote = make_round(room, items=3, secrecy=Secrecy.NAMED)
    stored, half_typed, on_its_way = personal_codes(room)
    with browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB") as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{server.room_url}/sign-in")
        page.locator("input[name=name]").fill("Sanne de Boer")
        page.locator("input[name=passphrase]").fill(server.passphrase)
        page.locator("input[name=passphrase]").press("Enter")
        page.wait_for_url("**/lead/**")
        page.goto(f"{server.room_url}/lead/paper?workshop={room.code}")
        code = page.locator(".st-key-paper_code input[data-is-quick]")
        answers = page.locator(".st-key-paper_answers input")
        code.focus()
        page.keyboard.type(stored)
        page.keyboard.press("Enter")
        page.keyboard.type("111")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="1 sheet typed in")).to_be_visible()
        expect(code).to_have_value("")
        expect(code).to_be_focused()

        page.keyboard.type(half_typed)
        page.keyboard.press("Enter")
        page.keyboard.type("12")
        killed(server, page)
        back_again(server, page)
        expect(code).to_have_value(half_typed)
        answers.press("End")
        page.keyboard.type("3")
        stored_at_last(page, answers, "2 sheets typed in")
        expect(code).to_have_value("")
        expect(code).to_be_focused()

        with held(server):
            page.keyboard.type(on_its_way)
            page.keyboard.press("Enter")
            page.keyboard.type("333")
            page.keyboard.press("Enter")
            page.wait_for_timeout(1_000)
            killed(server, page)
        during = len(rows_of(PaperSheet))
        back_again(server, page)
        expect(code).to_have_value(on_its_way)
        expect(answers).to_have_value("333")
        stored_at_last(page, answers, "3 sheets typed in")

    assert during == 2
    assert {row["participant_id"] for row in rows_of(PaperSheet)} == set(room.people)
    typed = [list(choices_on(vote, item).values()) for item in range(3)]
    assert [Counter(choices) for choices in typed] == [
        {"agree": 2, "objection": 1},
        {"agree": 1, "concern": 1, "objection": 1},
        {"agree": 1, "objection": 2},
    ]
