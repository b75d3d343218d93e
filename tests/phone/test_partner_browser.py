"""A partner's page in a real browser: drawing, typing, without script, with the keyboard, for everybody's eyes."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from models.agenda import answer_agenda
from models.agenda_files import publish
from models.agreement import accept_ownership, report_progress
from models.tables import Signature
from models.words import Step
from models.writing import start_writer, stop_writer, write
from tests.accessibility import violations
from tests.builders import LEADER, Room, make_adopted, make_agenda, make_agreement, make_workshop, rows_of
from tests.phone.partner_room import (
    STROKES,
    make_app,
    name_representative,
    own_page,
    public_page,
    small_files,
)
from tests.serving import ROOM_HOST, free_port

SCHOOL, TOWN = "Polish school", "Municipality"
LONG_WORD = "Gemeenschapsontmoetingscentrumbijeenkomstorganisatie"


@dataclass(frozen=True)
class Place:
    """A server with one room: the school has signed, the town has not."""

    address: str
    room: Room
    school: str
    town: str


@pytest.fixture
def place(sqlite: str) -> Iterator[Place]:
    start_writer()
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(make_app(), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    room = make_workshop(people=6, partners=[SCHOOL, TOWN], step=Step.SIGN)
    make_adopted(room)
    name_representative(room, SCHOOL, representative="Agnieszka Wójcik", role="coordinator")
    carried = make_agreement(room, what=f"{LONG_WORD} every month.", owner=SCHOOL, due_on=date(2027, 1, 15))
    make_agreement(room, what="Letters come in five languages.", owner=SCHOOL)
    write(accept_ownership, partner_id=room.partners[SCHOOL], agreement_id=carried)
    write(
        report_progress,
        partner_id=room.partners[SCHOOL],
        agreement_id=carried,
        state="busy",
        sentence="It goes well.",
    )
    make_agenda(room)
    make_agreement(room, what="We sing.", owner=TOWN)
    write(
        answer_agenda,
        agenda_id=make_agenda(room),
        partner_id=room.partners[SCHOOL],
        answer="signed",
        name="Agnieszka Wójcik",
        drawn=STROKES,
        consent="I agree.",
    )
    yield Place(f"http://{ROOM_HOST}:{port}", room, own_page(room, SCHOOL).page, own_page(room, TOWN).page)
    server.should_exit = True
    thread.join()
    stop_writer()


def draw(page: Page, points: list[tuple[int, int]]) -> None:
    """Draw one stroke on the pad; points are pixels from its corner."""
    pad = page.locator("canvas.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + points[0][0], box["y"] + points[0][1])
    page.mouse.down()
    for x, y in points[1:]:
        page.mouse.move(box["x"] + x, box["y"] + y, steps=6)
    page.mouse.up()


def signatures_of(place: Place, partner: str) -> list[dict[str, Any]]:
    return [row for row in rows_of(Signature) if row["partner_id"] == place.room.partners[partner]]


def test_a_finger_signs(place: Place, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB") as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)
        page.fill("#name", "Joris van Dam")

        draw(page, [(40, 120), (80, 40), (120, 120), (160, 60)])
        draw(page, [(30, 140), (330, 130), (500, 120)])
        page.get_by_role("button", name="Put your signature").click()
        page.wait_for_url("**#answer")

        assert page.get_by_text("You have signed. Thank you.").is_visible()
        assert page.get_by_role("img", name="Your drawn signature").is_visible()
    [row] = signatures_of(place, TOWN)
    strokes = json.loads(row["drawn"])
    assert len(strokes) == 2
    assert all(isinstance(value, int) for stroke in strokes for value in stroke)
    assert all(0 <= value <= 600 for stroke in strokes for value in stroke[::2])
    assert all(0 <= value <= 200 for stroke in strokes for value in stroke[1::2])


def test_drawing_again_begins_with_an_empty_sheet(place: Place, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB") as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)
        drawn = page.locator("input[name=drawn]")
        draw(page, [(40, 120), (80, 40)])
        assert drawn.input_value() != ""

        page.get_by_role("button", name="Draw again").click()

        assert drawn.input_value() == ""


def test_a_drawn_name_survives_a_refusal_and_a_turn_of_the_phone(place: Place, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB") as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)
        draw(page, [(10, 120), (80, 40), (340, 120)])
        before = page.locator("input[name=drawn]").input_value()
        page.fill("#name", " ")

        page.get_by_role("button", name="Put your signature").click()
        page.wait_for_selector("[role=alert]")
        page.set_viewport_size({"width": 320, "height": 640})
        page.fill("#name", "Joris van Dam")
        page.get_by_role("button", name="Put your signature").click()
        page.wait_for_selector("text=You have signed")

    assert [row["drawn"] for row in signatures_of(place, TOWN)] == [before]


def test_the_page_does_not_scroll_under_a_finger_that_draws(place: Place, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)

        assert page.eval_on_selector("canvas.pad", "pad => getComputedStyle(pad).touchAction") == "none"


def test_without_script_a_typed_name_signs(place: Place, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, locale="en-GB") as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)
        assert not page.locator("canvas.pad").is_visible()

        page.get_by_text("I sign, with a reservation").click()
        page.fill("#name", "Joris van Dam")
        page.get_by_role("button", name="Put your signature").click()

        assert page.get_by_text("You have signed with a reservation. Thank you.").is_visible()
    [row] = signatures_of(place, TOWN)
    assert (row["answer"], row["drawn"]) == ("reserved", "")
    assert row["reservation"].startswith("subject to a decision")


def test_with_the_keyboard_alone_one_declines(place: Place, browser: Browser) -> None:
    with browser.new_context(locale="en-GB") as laptop:
        page = laptop.new_page()
        page.goto(place.address + place.town)
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "answer":
                break
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert not page.locator("canvas.pad").is_visible()
        page.keyboard.press("Tab")
        page.keyboard.type("Joris van Dam")
        page.keyboard.press("Enter")

        page.wait_for_selector("text=You do not sign.")
    assert [row["answer"] for row in signatures_of(place, TOWN)] == ["declined"]


@pytest.mark.parametrize(
    ("width", "scheme", "locale"),
    [(390, "light", "nl-NL"), (390, "dark", "en-GB"), (320, "light", "en-GB"), (320, "dark", "nl-NL")],
)
def test_everybody_can_see_and_reach_everything(
    place: Place, browser: Browser, width: int, scheme: Any, locale: str
) -> None:
    paths = [place.school, place.town, "/check", "/privacy", "/accessibility", public_page(place.room)]
    found = _seen(browser, place, paths, width, scheme, locale)
    publish(rows_of(Signature)[0]["agenda_id"], who=LEADER, build=small_files)
    found += _seen(browser, place, [place.school, public_page(place.room)], width, scheme, locale)

    assert found == []


def _seen(
    browser: Browser, place: Place, paths: list[str], width: int, scheme: Any, locale: str
) -> list[str]:
    """Return what is wrong with pages: rules of axe, sideways scrolling, small targets, complaints of the browser."""
    found = []
    viewport: Any = {"width": width, "height": 844}
    with browser.new_context(viewport=viewport, color_scheme=scheme, locale=locale) as phone:
        page = phone.new_page()
        page.on("console", lambda message: found.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
        for path in paths:
            page.goto(place.address + path)
            page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
            found += [f"{path}: {rule}: {element}" for rule, element in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{path}: scrolls sideways")
            found += [
                f"{path}: {each} is lower than 48 pixels"
                for each in page.eval_on_selector_all(
                    "button, summary, .btn, .radio, input[type=text], input[type=file], textarea",
                    "all => all.filter(each => each.checkVisibility() && each.offsetHeight < 48)"
                    ".map(each => each.outerHTML.slice(0, 80))",
                )
            ]
    return found
