"""The frame of who leads in a real browser: in sight, still while news comes, and no press that meets an opposite."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from models.workshop.voices import most_voices
from tests.browser.test_facilitator_pages import opened, sign_in
from tests.examples import Examples
from tests.plain_phone import PlainPhone
from tests.serving import Server
from tests.waiting import (
    PATIENCE,
    at_change,
    lead_page_stands,
    still,
    takes_a_press,
    told_at_change,
    until,
)

# Presses, news and what moves; and each test finds the room as the one before left it.
pytestmark = pytest.mark.once

SEEN = re.compile("^Ik heb dit gezien")
MAIN = "document.querySelector('[data-testid=stMain]')"
# What moved on the page, and was no part of the bar.
WATCH = """() => {
  window.shifts = []; window.runs = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const moved = entry.sources.filter((one) => !one.node?.parentElement?.closest(".st-key-frame"));
      if (moved.length) window.shifts.push(entry.value);
    }
  }).observe({ type: "layout-shift" });
}"""
# Every place that takes the focus, and lies on the page rather than in the frame, with where it stands then.
UNDER_THE_FRAME = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const isOnPage = at.closest("[data-testid=stMainBlockContainer]") && !at.closest(".st-key-frame, .st-key-page_tools");
  return isOnPage && box.height > 0 && box.bottom > 0 && box.top < 145 ? `${at.tagName} ${box.top}` : "";
}"""


@pytest.fixture(scope="module")
def town_hall(examples: Examples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server with the example while a round is open, and the code of its meeting."""
    with examples.showing(tmp_path_factory.mktemp("frame"), "vote") as (server, made):
        yield server, made["code"]


@pytest.fixture(scope="module")
def window(browser: Browser, town_hall: tuple[Server, str]) -> Iterator[Page]:
    server, _ = town_hall
    page = sign_in(browser, server)
    yield page
    page.context.close()


@pytest.mark.parametrize(
    "path", ["", "prepare", "room?step=welcome", "draft", "vote", "agree", "sign", "events"]
)
def test_the_frame_is_in_sight_on_every_page_and_takes_at_most_150_pixels(
    window: Page, town_hall: tuple[Server, str], path: str
) -> None:
    page = opened(window, town_hall, path) if "?" not in path else _at(window, town_hall, path)
    expect(page.locator(".steps .room")).to_contain_text("zaal", timeout=PATIENCE)

    page.evaluate(f"{MAIN}.scrollTo(0, 400)")

    box = "box => [box.getBoundingClientRect().top, box.getBoundingClientRect().bottom]"
    until(page, lambda: page.locator(".st-key-frame").evaluate(box), lambda found: found == [60, 146])
    expect(page.get_by_test_id("stTopNavLink")).to_have_count(6)


def tick_more_voices(page: Page, server: Server, code: str) -> None:
    """See to it that there are more voices than heads, and say that it was seen: phones of other tests joined too."""
    with closing(sqlite3.connect(server.folder / "data" / "handslag.db")) as connection:
        [heads] = connection.execute("SELECT heads_counted FROM workshop WHERE code = ?", [code]).fetchone()
    while PlainPhone(server.url, code).state()["people"] <= most_voices(heads):
        pass
    seen = page.get_by_role("checkbox", name=SEEN)
    expect(seen).to_be_visible(timeout=PATIENCE)
    still(page)
    seen.press("Space")
    expect(seen).to_be_checked(timeout=PATIENCE)


def _at(window: Page, town_hall: tuple[Server, str], path: str) -> Page:
    server, code = town_hall
    window.goto(f"{server.room_url}/lead/{path}&workshop={code}")
    lead_page_stands(window)
    return window


def test_whoever_tabs_back_finds_nothing_under_the_frame(window: Page, town_hall: tuple[Server, str]) -> None:
    page = opened(window, town_hall, "prepare")
    page.evaluate(f"{MAIN}.scrollTo(0, 100000)")
    page.locator(".st-key-to_the_room button").focus()

    hidden = set()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        hidden.add(page.evaluate(UNDER_THE_FRAME))

    assert hidden == {""}


def test_fifty_news_in_a_row_move_no_focus_no_caret_no_letter_no_scroll_and_no_row(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    server, code = town_hall
    page = opened(window, town_hall, "draft")
    text = page.get_by_label("Samen verwoord", exact=True)
    text.click()
    page.keyboard.type("Bij de beek staan bomen")
    page.keyboard.press("ArrowLeft")
    still(page)
    before = page.evaluate(f"{MAIN}.scrollTop")
    page.evaluate(WATCH)

    for number in range(16):
        phone = PlainPhone(server.url, code, name=f"Fatoumata {number}")
        phone.vote("agree")
        phone.post(f"/p/{code}/hand", on="1")
    expect(page.locator("[data-cell=hands]")).to_have_text("17 handen", timeout=PATIENCE)
    page.keyboard.type("!")

    assert text.input_value() == "Bij de beek staan bome!n"
    assert text.evaluate("field => field === document.activeElement && field.selectionStart") == 23
    assert page.evaluate(f"{MAIN}.scrollTop") == before
    assert sum(page.evaluate("window.shifts")) == 0
    text.fill("")
    text.blur()


def test_votes_fill_their_circles_and_move_nothing_on_the_page(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    server, code = town_hall
    page = opened(window, town_hall, "vote")
    still(page)
    before = page.locator("[data-circle].filled").count()
    page.evaluate(WATCH)

    for number in range(4):
        PlainPhone(server.url, code, name=f"Zoë {number}").vote("agree")
        # Each number stands there for a moment: the digits of our letter differ in width.
        expect(page.locator("[data-circle].filled")).to_have_count(before + number + 1, timeout=PATIENCE)

    expect(page.get_by_role("heading", level=1)).to_contain_text(str(before + 4))
    still(page)
    assert sum(page.evaluate("window.shifts")) == 0


def test_hands_open_as_a_list_and_are_lowered_there(window: Page, town_hall: tuple[Server, str]) -> None:
    page = opened(window, town_hall, "agree")
    count = page.locator("[data-cell=hands]")
    expect(count).to_contain_text("hand", timeout=PATIENCE)
    before = int(count.inner_text().split()[0])
    page.locator("[data-opens=hands]").click()
    rows = page.locator("[data-list=hands] > div")
    expect(rows).to_have_count(before)

    rows.first.get_by_role("button").click()

    expect(rows).to_have_count(before - 1, timeout=PATIENCE)
    expect(page.locator("[data-list=hands]")).to_be_visible()


def test_a_window_has_one_stream_and_keeps_it_from_page_to_page(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    streams: list[str] = []
    window.on("request", lambda request: streams.append(request.url) if "/live?" in request.url else None)
    page = opened(window, town_hall, "draft")
    for step, card in (("agree", "card_agreements"), ("sign", "card_freeze"), ("vote", "card_round")):
        page.locator(f".steps button[data-step={step}]").click()
        expect(page.locator(f".st-key-{card}")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".steps [aria-current]")).to_have_attribute("data-step", step)
    expect(page.locator(".steps .room")).to_have_attribute("data-step", "vote")

    assert len(streams) == 1


def test_a_place_that_changed_takes_no_click_for_a_second(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "vote")
    blank = page.locator("[data-deed=blank]")
    expect(blank).to_contain_text("Maak leeg", timeout=PATIENCE)

    at_change(blank)
    blank.click()
    expect(blank).to_contain_text("Toon weer", timeout=PATIENCE)
    told_at_change(page, blank)
    takes_a_press(blank)
    still(page)
    expect(blank).to_contain_text("Toon weer")

    blank.click()
    expect(blank).to_contain_text("Maak leeg", timeout=PATIENCE)


def test_without_a_network_the_bar_says_so_and_takes_no_press(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "agree")
    expect(page.locator("[data-cell=people]")).not_to_be_empty(timeout=PATIENCE)

    server, _ = town_hall
    server.stop()
    try:
        expect(page.locator("[data-cell=people]")).to_have_text("Geen verbinding", timeout=PATIENCE)
        expect(page.locator(".go")).to_have_attribute("aria-disabled", "true")
    finally:
        server.start()

    expect(page.locator("[data-cell=people]")).not_to_have_text("Geen verbinding", timeout=PATIENCE)


def test_keys_do_what_their_list_says_and_can_be_switched_off(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "vote")
    go, keys = page.locator(".go"), page.locator("[data-list=keys]")
    expect(go).to_contain_text("Sluit de ronde", timeout=PATIENCE)
    tick_more_voices(page, *town_hall)
    page.get_by_role("checkbox", name=SEEN).blur()
    still(page)
    takes_a_press(go)

    page.keyboard.press("?")
    expect(keys).to_contain_text("na nog een keer drukken")
    keys.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(go).to_contain_text("Sluit de ronde")

    page.get_by_role("button", name="Toetsen").click()
    keys.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    # The button asks for the second press for four seconds.
    at_change(go, "n", attribute="data-armed")
    page.keyboard.press("n")
    assert "Druk nog eens op N" in told_at_change(page, go)
    expect(go).to_contain_text("Neem de zaal mee naar 3", timeout=PATIENCE)


def test_another_facilitators_deed_is_told_and_a_press_on_the_old_button_meets_nothing(
    browser: Browser, window: Page, town_hall: tuple[Server, str]
) -> None:
    server, _ = town_hall
    other = sign_in(browser, server, name="Joost Bakker")
    opened(other, town_hall, "agree")
    page = opened(window, town_hall, "agree")
    expect(page.locator(".go")).to_contain_text("Neem de zaal mee naar 3", timeout=PATIENCE)
    page.bring_to_front()

    expect(other.locator(".go")).to_contain_text("Neem de zaal mee naar 3", timeout=PATIENCE)
    takes_a_press(other.locator(".go"))
    other.locator(".go").click()

    expect(page.locator("[data-cell=note]")).to_contain_text("Joost Bakker", timeout=PATIENCE)
    expect(page.locator(".steps .room")).to_have_attribute("data-step", "agree")
    other.context.close()


@pytest.mark.parametrize(("width", "height"), [(1000, 700), (683, 384), (390, 844)])
def test_on_a_small_window_nothing_of_the_bar_is_cut_and_the_steps_become_a_menu(
    window: Page, town_hall: tuple[Server, str], width: int, height: int
) -> None:
    page = opened(window, town_hall, "draft")
    page.set_viewport_size({"width": width, "height": height})

    expect(page.locator(".steps summary")).to_contain_text("van 6")
    until(page, lambda: page.locator(".live").evaluate("bar => bar.scrollWidth <= bar.clientWidth"))
    until(page, lambda: page.evaluate(f"{MAIN}.scrollWidth <= {MAIN}.clientWidth"))
    page.locator(".steps summary").click()
    expect(page.locator(".steps button[data-step=sign]")).to_be_visible()
    if height < 600 or width < 768:
        page.evaluate(f"{MAIN}.scrollTo(0, 2000)")
        # It scrolls away with the page.
        top = "box => box.getBoundingClientRect().top"
        until(page, lambda: page.locator(".st-key-frame").evaluate(top), lambda found: found < 0)
    page.set_viewport_size({"width": 1366, "height": 768})
