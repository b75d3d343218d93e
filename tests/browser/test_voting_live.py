"""The facilitator's page while the room votes: the number comes with the news, the rest is drawn soon after."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.test_facilitator_pages import opened, sign_in
from tests.plain_phone import PlainPhone
from tests.serving import Server, running

PATIENCE = 60_000
COUNTER = "[data-voted-in] [data-count=voted]"


@pytest.fixture(scope="module")
def voting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server with the example's room, voting."""
    with running(tmp_path_factory.mktemp("voting-live")) as server:
        yield server, json.loads(server.manage("example", "--step", "vote").splitlines()[-1])


@pytest.fixture
def page(browser: Browser, voting: tuple[Server, dict[str, str]]) -> Iterator[Page]:
    server, made = voting
    signed_in = sign_in(browser, server)
    yield opened(signed_in, (server, made["code"]), "vote")
    signed_in.context.close()


def test_the_number_of_votes_is_printed_although_the_page_is_not_drawn_again(
    voting: tuple[Server, dict[str, str]], browser: Browser
) -> None:
    server, made = voting
    page = sign_in(browser, server)
    is_deaf = False

    def between(route: WebSocketRoute) -> None:
        onward = route.connect_to_server()
        route.on_message(lambda message: None if is_deaf else onward.send(message))

    page.route_web_socket("**/_stcore/stream", between)
    opened(page, (server, made["code"]), "vote")
    before = int(page.locator(COUNTER).inner_text())
    # From here on Streamlit is not asked for anything any more.
    is_deaf = True

    for _ in range(3):
        PlainPhone(server.url, made["code"]).vote("agree")

    expect(page.locator(COUNTER)).to_have_text(str(before + 3), timeout=PATIENCE)
    # What was asked for before may be drawn after the first of them came in.
    people = int(page.locator("[data-voted-in]").get_attribute("data-people") or "0")
    expect(page.locator("[data-voted-in] [data-circle]")).to_have_count(people)
    expect(page.locator("[data-voted-in] [data-circle].filled")).to_have_count(before + 3)
    page.context.close()


def test_what_hangs_on_a_vote_is_drawn_soon_after_it(
    voting: tuple[Server, dict[str, str]], page: Page
) -> None:
    server, made = voting
    told = page.get_by_text("stemden over deze tekst").first
    before = told.inner_text()

    PlainPhone(server.url, made["code"]).vote("agree")

    expect(told).not_to_have_text(before, timeout=5_000)


@dataclass
class Wire:
    """The WebSocket of a page: what told of news goes along it once more whenever the test says so."""

    news: str | bytes = b""
    is_followed_by_news: bool = False
    _onward: WebSocketRoute | None = None

    def between(self, route: WebSocketRoute) -> None:
        self._onward = onward = route.connect_to_server()

        def send(message: str | bytes) -> None:
            onward.send(message)
            if b'"change"' in (message if isinstance(message, bytes) else message.encode()):
                self.news = message
            elif self.is_followed_by_news:
                onward.send(self.news)

        route.on_message(send)

    def tell(self) -> None:
        assert self._onward is not None
        self._onward.send(self.news)


def with_news_on_the_wire(browser: Browser, voting: tuple[Server, dict[str, str]]) -> tuple[Page, Wire]:
    server, made = voting
    page, wire = sign_in(browser, server), Wire()
    page.route_web_socket("**/_stcore/stream", wire.between)
    opened(page, (server, made["code"]), "vote")
    for _ in range(60):
        PlainPhone(server.url, made["code"])
        page.wait_for_timeout(500)
        if wire.news:
            break
    assert wire.news
    return page, wire


def test_no_tap_is_lost_when_news_comes_right_behind_it(
    voting: tuple[Server, dict[str, str]], browser: Browser
) -> None:
    page, wire = with_news_on_the_wire(browser, voting)
    wire.is_followed_by_news = True

    for _ in range(5):
        page.locator(".st-key-set_timer_button button").click()
        page.locator(".st-key-timer_start button").click()
        page.locator(".st-key-timer_away button").click()

    expect(page.locator(".st-key-set_timer_button button")).to_be_visible()
    page.context.close()


def test_a_page_goes_on_following_the_room_when_news_comes_on_the_heels_of_its_drawing(
    voting: tuple[Server, dict[str, str]], browser: Browser
) -> None:
    server, made = voting
    page, wire = with_news_on_the_wire(browser, voting)
    listening = page.locator(f".st-key-live_{made['code']}")

    # A tap draws a part of the page; the news behind it then draws the whole, with more news on its heels.
    for key in ("set_timer_button", "timer_start", "timer_away") * 3:
        page.locator(f".st-key-{key} button").click()
        for _ in range(20):
            wire.tell()
            page.wait_for_timeout(50)
        expect(listening).to_be_attached()

    told = page.get_by_text("stemden over deze tekst").first
    before = told.inner_text()
    PlainPhone(server.url, made["code"]).vote("agree")
    expect(told).not_to_have_text(before)
    page.context.close()


FOCUSED = """() => {
  const at = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
  return at === document.body ? "" : at.textContent;
}"""


def _has_focus(page: Page) -> None:
    page.wait_for_function("() => document.activeElement !== document.body", timeout=PATIENCE)


def _tick_more_voices(page: Page) -> None:
    """Say that it was seen that there are more voices than heads: phones of the tests before joined too."""
    tick = page.get_by_role("checkbox", name=re.compile("^Ik heb dit gezien"))
    if tick.count():
        tick.press("Space")
        expect(tick).to_be_checked(timeout=PATIENCE)


def test_the_focus_goes_on_when_its_button_is_gone_after_closing_and_opening_a_round(
    voting: tuple[Server, dict[str, str]], page: Page
) -> None:
    expect(page.get_by_role("button", name="Sluit de ronde en toon de uitslag")).to_be_visible(
        timeout=PATIENCE
    )
    _tick_more_voices(page)
    page.get_by_role("button", name="Sluit de ronde en toon de uitslag").press("Enter")
    expect(page.get_by_role("button", name="Sluit de ronde en toon de uitslag")).to_have_count(
        0, timeout=PATIENCE
    )
    _has_focus(page)
    after_closing = page.evaluate(FOCUSED)
    _tick_more_voices(page)
    page.get_by_role("checkbox", name=re.compile(r"^\d+\. ")).first.press("Space")
    opens = page.get_by_role("button", name="Open de ronde")
    expect(opens).to_be_enabled(timeout=PATIENCE)
    opens.press("Enter")
    expect(page.get_by_role("button", name="Sluit de ronde en toon de uitslag")).to_be_visible(
        timeout=PATIENCE
    )
    _has_focus(page)

    assert after_closing
    assert page.evaluate(FOCUSED)
