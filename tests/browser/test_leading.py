"""A facilitator at work in a real browser: where one looks and types after a click."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.accessibility import violations
from tests.browser.test_facilitator_pages import sign_in
from tests.browser.test_frame import WATCH
from tests.examples import Examples
from tests.plain_phone import PlainPhone
from tests.serving import Server
from tests.waiting import PATIENCE, at_rest, lead_page_stands, still, takes_a_press, until

# Typed text while news comes; and each test finds the room as the one before left it.
pytestmark = pytest.mark.once

MAIN = "document.querySelector('[data-testid=stMain]')"
FOCUSED = "document.activeElement"
# The second click of a double click at a place, or a second Enter, as soon as a button has come: no hand is quicker.
COMPONENTS = "**/BidiComponent*.js"
PRESS_WHEN_IT_COMES = """([selector, place]) => {
  window.pressedIt = false;
  const press = () => {
    const button = document.querySelector(selector);
    if (!button) return;
    observer.disconnect();
    window.pressedIt = true;
    button.focus();
    if (place) {
      const [clientX, clientY] = place, at = { bubbles: true, composed: true, cancelable: true };
      button.dispatchEvent(new MouseEvent("click", { ...at, detail: 1, clientX, clientY }));
    }
    else button.click();
  };
  const observer = new MutationObserver(press);
  observer.observe(document.body, { childList: true, subtree: true, attributes: true });
}"""


@pytest.fixture(scope="module")
def town_hall(examples: Examples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server with the example at the agreements, and the code of its meeting."""
    address = "https://handslag.merenveld.example"
    with examples.showing(tmp_path_factory.mktemp("leading"), "agree", HANDSLAG_URL=address) as (
        server,
        made,
    ):
        yield server, made["code"]


@pytest.fixture(scope="module")
def window(browser: Browser, town_hall: tuple[Server, str]) -> Iterator[Page]:
    """The facilitator's laptop, signed in, in Dutch."""
    page = sign_in(browser, town_hall[0])
    yield page
    page.context.close()


def opened(window: Page, town_hall: tuple[Server, str], path: str) -> Page:
    server, code = town_hall
    asks = "&" if "?" in path else "?"
    window.goto(f"{server.room_url}/lead/{path}{asks}workshop={code}")
    lead_page_stands(window)
    return window


def test_another_page_begins_at_its_top_with_the_focus_on_its_heading(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "agree")
    page.evaluate(f"{MAIN}.scrollTo(0, 900)")
    page.wait_for_function(f"{MAIN}.scrollTop > 500")

    page.get_by_role("link", name="Voorbereiden").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Voorbereiden", timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_be_focused(timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.wait_for_function(f"{MAIN}.scrollTop === 0")


def test_making_a_proposal_an_agreement_brings_the_form_into_sight_with_the_focus_in_it(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "agree")
    button = page.locator("[class*=st-key-from_proposal_] button").first
    button.scroll_into_view_if_needed()

    button.click()

    field = page.get_by_label("Wat spreken wij af?")
    expect(page.get_by_role("heading", name="Nieuwe afspraak")).to_be_in_viewport(timeout=PATIENCE)
    # The form that stood there before goes at the end of the drawing.
    expect(field).to_have_count(1, timeout=PATIENCE)
    expect(field).to_be_focused(timeout=PATIENCE)
    expect(field).to_be_in_viewport()


def test_news_of_the_room_moves_nothing_beside_the_agreement_that_one_types(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    server, code = town_hall
    page = opened(window, town_hall, "agree")
    text = page.get_by_label("Wat spreken wij af?")
    heading = page.get_by_role("heading", level=1).inner_text()
    text.click()
    page.keyboard.press("End")
    page.keyboard.type(" Ook in")
    still(page)
    page.evaluate(WATCH)

    for number in range(8):
        phone = PlainPhone(server.url, code, name=f"Fatoumata {number}")
        phone.post(f"/p/{code}/hand", on="1")
        phone.post(f"/p/{code}/proposals", kind="agreement", text=f"Ik zet de koffie op zondag {number}")
        phone.post(f"/p/{code}/offers", agreement="9", name=f"Fatoumata {number}")
    expect(page.get_by_role("link", name="8 namen wachten")).to_be_visible(timeout=PATIENCE)
    at_rest(page)
    page.keyboard.type(" juli.")

    assert text.input_value().endswith(" Ook in juli.")
    assert page.get_by_role("heading", level=1).inner_text() == heading
    assert sum(page.evaluate("window.shifts")) == 0
    page.get_by_role("link", name="8 namen wachten").click()
    expect(page.get_by_role("heading", name="Namen die wachten")).to_be_in_viewport()


def test_an_empty_date_shows_how_it_is_written_in_dutch(window: Page, town_hall: tuple[Server, str]) -> None:
    page = opened(window, town_hall, "agree")
    page.locator(".st-key-new_agreement button").click()
    at_rest(page)

    placeholders = page.get_by_test_id("stDateInput").first.locator("[data-placeholder]")

    expect(placeholders).to_have_text(["dd", "mm", "jjjj"], timeout=PATIENCE)


def test_the_way_to_lead_stands_above_the_fold_of_an_alliances_home(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    server, _ = town_hall
    window.goto(f"{server.room_url}/lead/?alliance=1")

    expect(window.locator(".st-key-next_step_action a")).to_be_in_viewport(ratio=1, timeout=PATIENCE)


def test_who_signs_in_reads_where_the_passphrase_is(browser: Browser, town_hall: tuple[Server, str]) -> None:
    server, _ = town_hall
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    page.goto(server.room_url + "/sign-in")

    page.get_by_text("Waar staat de wachtzin?").click()

    expect(page.get_by_text("manage.py password")).to_be_visible()
    context.close()


def test_a_text_being_typed_stays_while_news_comes_and_stands_in_the_other_window_once_left(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "draft")
    other = window.context.new_page()
    opened(other, town_hall, "draft")
    page.bring_to_front()
    text = page.get_by_label("Samen verwoord", exact=True)
    text.click()
    page.keyboard.type("Wij praten met mensen")

    other.locator(".st-key-show_all_principle button").evaluate("(button) => button.click()")
    expect(page.locator(".st-key-show_all_principle button")).to_have_count(0, timeout=PATIENCE)
    at_rest(page)
    page.keyboard.type(", niet over mensen.")
    page.keyboard.press("Tab")

    expect(text).to_have_value("Wij praten met mensen, niet over mensen.")
    expect(page.locator(".st-key-card_wording")).to_contain_text("Bewaard om", timeout=PATIENCE)
    other.bring_to_front()
    expect(other.get_by_label("Samen verwoord", exact=True)).to_have_value(
        "Wij praten met mensen, niet over mensen.", timeout=PATIENCE
    )
    other.close()


def test_a_text_is_kept_while_one_types_it_and_neither_letter_nor_caret_is_lost(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "draft")
    text = page.get_by_label("Samen verwoord", exact=True)
    text.fill("")
    text.click()
    page.keyboard.type("In elke wijk")
    page.keyboard.press("ArrowLeft")

    expect(page.locator(".st-key-card_wording")).to_contain_text("ook als u weggaat", timeout=PATIENCE)
    page.keyboard.type("ijkijk", delay=120)
    at_rest(page)

    assert text.evaluate(f"field => field === {FOCUSED} && field.selectionStart") == len("In elke wij") + 6
    until(page, lambda: "In elke wijijkijkk" in _unfinished(town_hall[0]))
    again = window.context.new_page()
    opened(again, town_hall, "draft")
    expect(again.get_by_label("Samen verwoord", exact=True)).to_have_value("In elke wijijkijkk")
    again.close()
    page.bring_to_front()
    text.fill("")
    text.blur()
    at_rest(page)


def _unfinished(server: Server) -> str:
    """What is being typed in some window, as it is stored."""
    with closing(sqlite3.connect(server.folder / "data" / "handslag.db")) as connection:
        return str(connection.execute("SELECT fields FROM unfinished").fetchall())


def middle_of(page: Page, key: str) -> tuple[float, float]:
    button = page.locator(f".st-key-{key} button")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_second_click_of_a_double_click_reaches_no_other_button(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    """Whatever stands in the place by then: here every button of the page is laid over the one that was pressed."""
    page = opened(window, town_hall, "draft")
    key = "resume_drafting"
    x, y = middle_of(page, key)
    page.add_style_tag(
        content=f".st-key-end_drafting {{ position: fixed; left: {x - 40}px; top: {y - 20}px; z-index: 9 }}"
    )

    again, back = page.locator(".st-key-end_drafting button"), page.locator(".st-key-resume_drafting button")
    page.evaluate(PRESS_WHEN_IT_COMES, [".st-key-end_drafting button", [x, y]])
    page.mouse.click(x, y)
    until(page, lambda: page.evaluate("window.pressedIt"))
    still(page)
    expect(again).to_be_visible()

    page.mouse.click(x, y)
    expect(back).to_be_visible(timeout=PATIENCE)


FADES_AT_CLICK = """button => addEventListener("click",
  () => button.closest("[class*=st-key-]").classList.add("faded"), { capture: true, once: true })"""


def test_the_same_button_counts_each_click(window: Page, town_hall: tuple[Server, str]) -> None:
    page = opened(window, town_hall, "room?step=welcome")
    more = page.get_by_label("Eén meer").first
    expect(more).to_be_visible(timeout=PATIENCE)
    counted = page.get_by_label("Mensen geteld in de zaal", exact=True)
    still(page)
    before = int(counted.input_value())
    # As where the page is slow: what is drawn anew looks faded from the first click on.
    more.evaluate(FADES_AT_CLICK)

    more.dblclick()

    expect(counted).to_have_value(str(before + 2), timeout=PATIENCE)


def test_b_makes_the_projector_blank_and_brings_it_back_and_is_a_letter_where_one_types(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "draft")
    server, code = town_hall
    projector = window.context.new_page()
    projector.goto(f"{server.room_url}/lead/projector?workshop={code}")
    expect(projector.locator(".projector")).to_be_visible(timeout=PATIENCE)
    page.bring_to_front()

    expect(page.locator("[data-deed=blank]")).to_contain_text("Maak leeg", timeout=PATIENCE)
    takes_a_press(page.locator("[data-deed=blank]"))
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("b")
    expect(projector.locator(".projector")).to_contain_text("Even kijken wij naar elkaar", timeout=PATIENCE)
    expect(page.locator(".beam[data-blank]")).to_be_visible(timeout=PATIENCE)
    text = page.get_by_label("Samen verwoord", exact=True)
    text.fill("")
    text.press_sequentially("bbb")
    expect(text).to_have_value("bbb")
    expect(projector.locator(".projector")).to_contain_text("Even kijken wij naar elkaar")

    projector.bring_to_front()
    projector.keyboard.press("b")
    expect(projector.locator(".projector")).not_to_contain_text("Even kijken wij", timeout=PATIENCE)
    expect(page.locator(".beam[data-blank]")).to_have_count(0, timeout=PATIENCE)
    projector.close()
    text.fill("")
    text.blur()
    at_rest(page)


def test_what_is_hidden_by_one_tap_is_told_and_comes_back_from_the_message(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "draft")
    row = page.locator("[class*=st-key-proposal_]", has_text="Verberg").first
    row.get_by_role("button", name="Verberg").click()

    told = page.locator("[class*=st-key-told_]")
    expect(told).to_contain_text("Overal verborgen", timeout=PATIENCE)
    expect(told).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("status").filter(has_text="Overal verborgen")).to_have_count(1)
    told.get_by_role("button", name="Maak ongedaan").click()

    expect(told).to_contain_text("Ongedaan gemaakt", timeout=PATIENCE)
    text = told.locator("p").first
    is_seen = "text => text.checkVisibility({ opacityProperty: true, visibilityProperty: true })"
    expect(text).to_be_visible()
    page.add_style_tag(content="[class*=st-key-told_] { animation-delay: 0s !important }")
    until(page, lambda: not text.evaluate(is_seen))


def test_enter_held_or_pressed_again_reaches_no_button_that_took_the_focus(
    window: Page, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "draft")
    # The first press comes before Streamlit has fetched what components need, as on a slow machine.
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(COMPONENTS, hold)
    page.reload()
    expect(page.locator(".st-key-resume_drafting button")).to_be_visible(timeout=PATIENCE)
    at_rest(page)
    page.locator(".st-key-resume_drafting button").focus()
    again, back = page.locator(".st-key-end_drafting button"), page.locator(".st-key-resume_drafting button")
    page.evaluate(PRESS_WHEN_IT_COMES, [".st-key-end_drafting button", None])

    page.keyboard.press("Enter")
    until(page, lambda: page.evaluate("window.pressedIt"))
    assert held != []
    for one in held:
        one.continue_()
    page.unroute(COMPONENTS)
    still(page)
    expect(again).to_be_visible()

    again.focus()
    page.keyboard.press("Enter")
    expect(back).to_be_visible(timeout=PATIENCE)


def test_a_table_host_types_on_a_phone_until_the_link_is_withdrawn(
    window: Page, browser: Browser, town_hall: tuple[Server, str]
) -> None:
    page = opened(window, town_hall, "room?step=welcome")
    server, _ = town_hall
    card = page.locator(".st-key-card_table_hosts")
    card.get_by_role("button", name="Maak een link voor tafelbegeleiders").click()
    link = card.get_by_role("link").get_attribute("href", timeout=PATIENCE) or ""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="nl-NL", has_touch=True)
    host = context.new_page()

    host.goto(server.room_url + urlsplit(link).path)
    host.get_by_label("Voor welke tafel?").fill("tafel 11")
    host.get_by_label("Voorstellen, één per regel").fill("De kerk opent elke woensdag de keuken")
    host.get_by_role("button", name="Verstuur").click()
    expect(host.get_by_role("heading", name="1 voorstel van tafel 11")).to_be_visible()
    at_rest(host)
    wrong, width = violations(host), host.evaluate("document.documentElement.scrollWidth")
    refused = host.evaluate("fetch('/lead/prepare').then((answer) => answer.status)")
    card.get_by_role("button", name="Trek deze link in").click()
    card.get_by_role("button", name="Trek de link in").click()

    expect(host.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")
    expect(host.get_by_label("Voor welke tafel?")).to_have_count(0)
    assert (wrong, width) == ([], 360)
    assert refused == 403
    context.close()
