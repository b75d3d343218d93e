"""A partner's page in a real browser: drawing, typing, without script, with the keyboard, for everybody's eyes."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from models.agreeing.ownership import accept_ownership
from models.basics.words import Step
from models.progress.progress import report_progress
from models.signing.agenda import answer_agenda
from models.signing.files import publish
from models.storage.writing import start_writer, stop_writer, write
from models.tables import Signature
from tests.accessibility import Scheme, seen_in, violations
from tests.builders import LEADER, Room, make_adopted, make_agenda, make_agreement, make_workshop, rows_of
from tests.phone.partner_room import (
    STROKES,
    make_app,
    name_representative,
    own_page,
    public_page,
    small_files,
)
from tests.serving import ROOM_HOST
from tests.waiting import until

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
    # Held from here on: nobody takes its port before the server has it.
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(), log_level="warning"))
    thread = threading.Thread(target=server.run, args=([door],))
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

        expect(page.get_by_text("You have signed. Thank you.")).to_be_visible()
        expect(page.get_by_role("img", name="Your drawn signature")).to_be_visible()
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


class Finger:
    """A finger on the screen of a phone; places are pixels from the corner of the pad."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.context.new_cdp_session(page)
        self._places: list[tuple[float, float]] = []

    def down(self, x: float, y: float) -> None:
        self._page.locator("canvas.pad").scroll_into_view_if_needed()
        self._tell("touchStart", x, y)

    def move(self, x: float, y: float) -> None:
        start = self._places[-1]
        for step in range(1, 7):
            self._tell(
                "touchMove", start[0] + (x - start[0]) * step / 6, start[1] + (y - start[1]) * step / 6
            )

    def up(self) -> None:
        self._session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def draw(self, *places: tuple[float, float]) -> None:
        self.down(*places[0])
        for place in places[1:]:
            self.move(*place)
        self.up()

    def tap(self) -> None:
        self._page.locator("canvas.pad").tap()

    def _tell(self, kind: str, x: float, y: float) -> None:
        if kind == "touchStart":
            box = self._page.locator("canvas.pad").bounding_box()
            assert box is not None
            self._corner = (box["x"], box["y"])
        self._places.append((x, y))
        point = {"x": self._corner[0] + x, "y": self._corner[1] + y}
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})


def strokes_on(page: Page) -> list[list[int]]:
    found: list[list[int]] = json.loads(page.locator("input[name=drawn]").input_value() or "[]")
    return found


@pytest.fixture
def touched(place: Place, browser: Browser) -> Iterator[Page]:
    """Yield the town's own page on a phone with a touch screen."""
    with browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True) as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)
        yield page


def test_a_swipe_over_the_sheet_scrolls_and_leaves_no_stroke(touched: Page) -> None:
    finger = Finger(touched)
    touched.locator("canvas.pad").scroll_into_view_if_needed()
    before = touched.evaluate("window.pageYOffset")

    finger.draw((60, 20), (60, 140))

    touched.wait_for_function("before => window.pageYOffset !== before", arg=before)
    assert strokes_on(touched) == []


def test_after_a_tap_a_finger_draws_and_the_page_stands_still(touched: Page) -> None:
    finger = Finger(touched)
    finger.tap()
    before = touched.evaluate("window.pageYOffset")

    finger.draw((60, 140), (60, 20), (90, 140))

    assert len(strokes_on(touched)) == 1
    assert touched.evaluate("window.pageYOffset") == before


@pytest.mark.parametrize("event", ["the screen turns", "the colours switch"])
def test_the_sheet_goes_on_when_something_happens_under_a_finger(touched: Page, event: str) -> None:
    finger = Finger(touched)
    finger.tap()
    finger.draw((60, 140), (60, 60))
    finger.down(100, 40)
    finger.move(140, 60)

    if event == "the screen turns":
        touched.set_viewport_size({"width": 700, "height": 390})
    else:
        touched.emulate_media(color_scheme="dark")
    touched.wait_for_timeout(100)
    finger.up()
    finger.draw((60, 30), (180, 60))

    assert len(strokes_on(touched)) == 3
    touched.get_by_role("button", name="Draw again").tap()
    assert strokes_on(touched) == []
    finger.draw((60, 30), (180, 60))
    assert len(strokes_on(touched)) == 1


def test_after_a_touch_elsewhere_a_swipe_over_the_sheet_scrolls_again(touched: Page) -> None:
    finger = Finger(touched)
    finger.tap()
    finger.draw((60, 140), (60, 60))

    touched.locator("#pad-label").tap()

    assert touched.eval_on_selector("canvas.pad", "pad => getComputedStyle(pad).touchAction") == "auto"
    assert len(strokes_on(touched)) == 1


def test_without_script_a_typed_name_signs(place: Place, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, locale="en-GB") as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)
        expect(page.locator("canvas.pad")).to_be_hidden()

        page.get_by_text("I sign, with a reservation").click()
        page.fill("#name", "Joris van Dam")
        page.get_by_role("button", name="Put your signature").click()

        expect(page.get_by_text("You have signed with a reservation. Thank you.")).to_be_visible()
    [row] = signatures_of(place, TOWN)
    assert (row["answer"], row["drawn"]) == ("reserved", "")
    assert row["reservation"].startswith("subject to a decision")


def test_a_page_that_shows_an_older_version_says_so_and_keeps_what_is_typed(
    place: Place, browser: Browser
) -> None:
    with browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True) as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)
        page.fill("#name", "Joris van Dam")
        page.get_by_text("I sign, with a reservation").click()
        Finger(page).tap()
        Finger(page).draw((60, 140), (60, 20), (90, 140))
        drawn = strokes_on(page)
        expect(page.get_by_text("The text to sign has changed")).to_be_hidden()

        make_agreement(place.room, what="We eat together every Sunday.", owner=SCHOOL)
        make_agenda(place.room)
        page.get_by_role("status").get_by_text("The text to sign has changed").wait_for()
        assert page.get_by_text("version 3").count() == 0
        page.get_by_role("link", name="Show it").click()
        page.get_by_role("heading", name="version 3").wait_for()

        # The script puts it back, a moment after the text stands there.
        expect(page.locator("#name")).to_have_value("Joris van Dam")
        expect(page.get_by_label("I sign, with a reservation")).to_be_checked()
        until(page, lambda: strokes_on(page) == drawn)
        page.get_by_role("button", name="Put your signature").click()
        page.wait_for_url("**#answer")
    [row] = signatures_of(place, TOWN)
    assert (row["name"], row["answer"]) == ("Joris van Dam", "reserved")


def test_without_script_a_button_shows_what_is_new(place: Place, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)
        make_agreement(place.room, what="We eat together every Sunday.", owner=SCHOOL)
        make_agenda(place.room)

        page.get_by_role("link", name="See whether there is something new").click()

        expect(page.get_by_role("heading", name="version 3")).to_be_visible()


def test_back_after_a_refused_signature_shows_the_page(place: Place, browser: Browser) -> None:
    with browser.new_context(locale="en-GB") as phone:
        page = phone.new_page()
        page.goto(place.address + place.town)
        page.fill("#name", " ")
        page.get_by_role("button", name="Put your signature").click()
        page.wait_for_selector("[role=alert]")
        page.fill("#name", "Joris van Dam")
        page.get_by_role("button", name="Put your signature").click()
        page.wait_for_selector("text=You have signed")

        page.go_back()
        page.go_back()

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.url.split("#")[0] == place.address + place.town


@pytest.mark.parametrize("has_script", [True, False])
def test_on_paper_stands_the_whole_text(place: Place, browser: Browser, has_script: bool) -> None:
    publish(rows_of(Signature)[0]["agenda_id"], who=LEADER, build=small_files)
    with browser.new_context(java_script_enabled=has_script, color_scheme="dark") as laptop:
        page = laptop.new_page()
        for path in (place.town, public_page(place.room)):
            page.goto(place.address + path)
            if has_script:
                page.evaluate("dispatchEvent(new Event('beforeprint'))")
            page.emulate_media(media="print")

            expect(page.locator(".frozen").get_by_text(LONG_WORD[:20]).first).to_be_visible()
            expect(page.get_by_role("button").first).to_be_hidden()
            assert page.eval_on_selector("body", "body => getComputedStyle(body).color") == "rgb(0, 0, 0)"
            page.emulate_media(media="screen")


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
        expect(page.locator("canvas.pad")).to_be_hidden()
        page.keyboard.press("Tab")
        page.keyboard.type("Joris van Dam")
        page.keyboard.press("Enter")

        page.wait_for_selector("text=You do not sign.")
    assert [row["answer"] for row in signatures_of(place, TOWN)] == ["declined"]


@pytest.mark.parametrize(
    ("locale", "ways"),
    [("nl-NL", ((390, "light"), (320, "dark"))), ("en-GB", ((390, "dark"), (320, "light")))],
    ids=["nl-NL", "en-GB"],
)
def test_everybody_can_see_and_reach_everything(
    place: Place, browser: Browser, locale: str, ways: tuple[tuple[int, Scheme], ...]
) -> None:
    paths = [place.school, place.town, "/check", "/privacy", "/accessibility", public_page(place.room)]
    found = _seen(browser, place, paths, ways, locale)
    publish(rows_of(Signature)[0]["agenda_id"], who=LEADER, build=small_files)
    found += _seen(browser, place, [place.school, public_page(place.room)], ways, locale)

    assert found == []


def _seen(
    browser: Browser, place: Place, paths: list[str], ways: tuple[tuple[int, Scheme], ...], locale: str
) -> list[str]:
    """Return what is wrong with pages: rules of axe, sideways scrolling, small targets, complaints of the browser."""
    found = []
    with browser.new_context(viewport={"width": 390, "height": 844}, locale=locale) as phone:
        page = phone.new_page()
        page.on("console", lambda message: found.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
        for path in paths:
            page.goto(place.address + path)
            page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
            for width, scheme in seen_in(page, ways):
                where = f"{path} ({width}, {scheme})"
                found += [f"{where}: {rule}: {element}" for rule, element in violations(page)]
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found.append(f"{where}: scrolls sideways")
                found += [
                    f"{where}: {each} is lower than 48 pixels"
                    for each in page.eval_on_selector_all(
                        "button, summary, .btn, .radio, input[type=text], input[type=file], textarea",
                        "all => all.filter(each => each.checkVisibility() && each.offsetHeight < 48)"
                        ".map(each => each.outerHTML.slice(0, 80))",
                    )
                ]
    return found
