"""The facilitator's page while the room votes: the number comes with the news, the rest is drawn soon after."""

import json
from collections.abc import Iterator

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
    share = round(100 * (before + 3) / people)
    expect(page.locator("[data-voted-in] [data-bar]")).to_have_attribute("style", f"width: {share}%;")
    page.context.close()


def test_what_hangs_on_a_vote_is_drawn_soon_after_it(
    voting: tuple[Server, dict[str, str]], page: Page
) -> None:
    server, made = voting
    told = page.get_by_text("stemden over deze tekst").first
    before = told.inner_text()

    PlainPhone(server.url, made["code"]).vote("agree")

    expect(told).not_to_have_text(before, timeout=5_000)


def test_no_tap_is_lost_when_news_comes_right_behind_it(
    voting: tuple[Server, dict[str, str]], browser: Browser
) -> None:
    server, made = voting
    page = sign_in(browser, server)
    news: list[str | bytes] = []
    has_news_behind = False

    def between(route: WebSocketRoute) -> None:
        onward = route.connect_to_server()

        def send(message: str | bytes) -> None:
            onward.send(message)
            if b'"change"' in (message if isinstance(message, bytes) else message.encode()):
                news.append(message)
            elif has_news_behind:
                onward.send(news[-1])

        route.on_message(send)

    page.route_web_socket("**/_stcore/stream", between)
    opened(page, (server, made["code"]), "vote")
    for _ in range(60):
        PlainPhone(server.url, made["code"])
        page.wait_for_timeout(500)
        if news:
            break
    assert news
    has_news_behind = True

    for _ in range(5):
        page.locator(".st-key-set_timer_button button").click()
        page.locator(".st-key-timer_start button").click()
        page.locator(".st-key-timer_away button").click()

    expect(page.locator(".st-key-set_timer_button button")).to_be_visible()
    page.context.close()
