"""The facilitator's page while the room votes: the number comes with the news, the rest is drawn soon after."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.test_facilitator_pages import opened, sign_in
from tests.browser.test_frame import tick_more_voices
from tests.examples import Examples
from tests.plain_phone import PlainPhone
from tests.serving import Server
from tests.waiting import PATIENCE, still, until

# Taps and votes with news on their heels.
pytestmark = pytest.mark.once

COUNTER = "[data-voted-in] [data-count=voted]"
# What the room's stream tells a page, with something new in it each time.
NEWS = """() => {
  const { hears, last } = window.handslagRoom, news = { ...JSON.parse(last), content: String(Math.random()) };
  hears.forEach((hear) => hear("change", JSON.stringify(news)));
}"""


@pytest.fixture(scope="module")
def voting(
    examples: Examples, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server with the example's room, voting."""
    with examples.showing(tmp_path_factory.mktemp("voting-live"), "vote") as shown:
        yield shown


@pytest.fixture(scope="module")
def window(browser: Browser, voting: tuple[Server, dict[str, str]]) -> Iterator[Page]:
    """A facilitator's window. Each test opens one of its own beside it: `window.context.new_page()`."""
    signed_in = sign_in(browser, voting[0])
    yield signed_in
    signed_in.context.close()


@pytest.fixture
def page(window: Page, voting: tuple[Server, dict[str, str]]) -> Iterator[Page]:
    server, made = voting
    beside = window.context.new_page()
    yield opened(beside, (server, made["code"]), "vote")
    beside.close()


def test_the_number_of_votes_is_printed_although_the_page_is_not_drawn_again(
    voting: tuple[Server, dict[str, str]], window: Page
) -> None:
    server, made = voting
    page = window.context.new_page()
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
    page.close()


def test_what_hangs_on_a_vote_is_drawn_soon_after_it(
    voting: tuple[Server, dict[str, str]], page: Page
) -> None:
    server, made = voting
    told = page.get_by_text("stemden over deze tekst").first
    before = told.inner_text()

    PlainPhone(server.url, made["code"]).vote("agree")

    expect(told).not_to_have_text(before, timeout=PATIENCE)


@dataclass
class Wire:
    """The WebSocket of a page: news goes along it once more whenever the test says so, and taps wait when they should.

    News says how the page stands, as a browser's does: all that was chosen and typed until then, and no tap twice.
    """

    is_followed_by_news: bool = False
    is_held: bool = False
    held: list[bytes] = field(default_factory=list)
    _news: BackMsg | None = None
    _newest: BackMsg | None = None
    _onward: WebSocketRoute | None = None

    def between(self, route: WebSocketRoute) -> None:
        self._onward = onward = route.connect_to_server()

        def send(message: str | bytes) -> None:
            assert isinstance(message, bytes)
            said = BackMsg.FromString(message)
            if said.HasField("rerun_script"):
                self._newest = said
            is_news = b'"change"' in message
            if is_news:
                self._news = said
            if self.is_held:
                # News that would come meanwhile is told by the test.
                self.held += [] if is_news else [message]
                return
            onward.send(message)
            if self.is_followed_by_news and not is_news:
                self.tell()

        route.on_message(send)

    def has_heard_news(self) -> bool:
        return self._news is not None

    def tell(self) -> None:
        assert self._onward is not None and self._news is not None and self._newest is not None
        told, now = BackMsg(), self._newest.rerun_script
        told.CopyFrom(self._newest)
        told.rerun_script.fragment_id = self._news.rerun_script.fragment_id
        del told.rerun_script.widget_states.widgets[:]
        told.rerun_script.widget_states.widgets.extend(
            widget
            for widget in now.widget_states.widgets
            if not str(widget.WhichOneof("value")).endswith("trigger_value")
        )
        told.rerun_script.widget_states.widgets.extend(
            widget
            for widget in self._news.rerun_script.widget_states.widgets
            if '"change"' in widget.json_trigger_value
        )
        self._onward.send(told.SerializeToString())

    def let_go(self) -> None:
        """Send on what waited, all of it in one moment, as a bad network does."""
        assert self._onward is not None
        self.is_held = False
        for message in self.held:
            self._onward.send(message)
        self.held.clear()


def with_news_on_the_wire(
    window: Page, voting: tuple[Server, dict[str, str]], path: str = "vote"
) -> tuple[Page, Wire]:
    server, made = voting
    page, wire = window.context.new_page(), Wire()
    page.route_web_socket("**/_stcore/stream", wire.between)
    opened(page, (server, made["code"]), path)
    page.wait_for_function("() => window.handslagRoom?.hears.size && window.handslagRoom.last")
    page.evaluate(NEWS)
    until(page, wire.has_heard_news)
    return page, wire


def test_no_tap_is_lost_when_news_comes_right_behind_it(
    voting: tuple[Server, dict[str, str]], window: Page
) -> None:
    page, wire = with_news_on_the_wire(window, voting)
    wire.is_followed_by_news = True

    for _ in range(5):
        page.locator(".st-key-set_timer_button button").click()
        page.locator(".st-key-timer_start button").click()
        page.locator(".st-key-timer_away button").click()

    expect(page.locator(".st-key-set_timer_button button")).to_be_visible()
    page.close()


def test_a_page_goes_on_following_the_room_when_news_comes_on_the_heels_of_its_drawing(
    voting: tuple[Server, dict[str, str]], window: Page
) -> None:
    server, made = voting
    page, wire = with_news_on_the_wire(window, voting)
    listening = page.locator(f".st-key-live_{made['code']}")

    # A tap draws a part of the page; the news behind it then draws the whole, with more news on its heels.
    for key in ("set_timer_button", "timer_start", "timer_away") * 2:
        page.locator(f".st-key-{key} button").click()
        for _ in range(20):
            wire.tell()
            page.wait_for_timeout(50)
        expect(listening).to_be_attached()

    told = page.get_by_text("stemden over deze tekst").first
    before = told.inner_text()
    PlainPhone(server.url, made["code"]).vote("agree")
    expect(told).not_to_have_text(before)
    page.close()


def test_a_tap_that_waits_with_news_on_both_sides_of_it_is_done(
    voting: tuple[Server, dict[str, str]], window: Page
) -> None:
    server, made = voting
    page, wire = with_news_on_the_wire(window, voting, "prepare")

    for _ in range(3):
        wire.is_held = True
        # The page itself asks whether this one was pressed, outside every live part.
        page.locator(".st-key-to_the_room button").click()
        until(page, lambda: len(wire.held) == 1)
        wire.tell()
        wire.let_go()
        wire.tell()
        page.wait_for_url("**/lead/vote?**")
        opened(page, (server, made["code"]), "prepare")

    page.close()


def test_a_tap_between_news_and_its_message_is_done(
    voting: tuple[Server, dict[str, str]], window: Page
) -> None:
    page, _ = with_news_on_the_wire(window, voting, "prepare")
    # News waits for a moment in which nobody taps.
    still(page)

    page.evaluate(f"() => {{ ({NEWS})(); document.querySelector('.st-key-to_the_room button').click(); }}")

    page.wait_for_url("**/lead/vote?**")
    page.close()


FOCUSED = """() => {
  const at = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
  return at === document.body ? "" : at.textContent;
}"""


def _has_focus(page: Page) -> None:
    page.wait_for_function("() => document.activeElement !== document.body", timeout=PATIENCE)


def test_the_focus_goes_on_when_its_button_is_gone_after_closing_and_opening_a_round(
    voting: tuple[Server, dict[str, str]], page: Page
) -> None:
    server, made = voting
    expect(page.get_by_role("button", name="Sluit de ronde en toon de uitslag")).to_be_visible(
        timeout=PATIENCE
    )
    tick_more_voices(page, server, made["code"])
    page.get_by_role("button", name="Sluit de ronde en toon de uitslag").press("Enter")
    expect(page.get_by_role("button", name="Sluit de ronde en toon de uitslag")).to_have_count(
        0, timeout=PATIENCE
    )
    _has_focus(page)
    after_closing = page.evaluate(FOCUSED)
    tick_more_voices(page, server, made["code"])
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
