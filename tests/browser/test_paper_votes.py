"""Sheets of paper, typed in by the keys in a real browser, faster than they are stored."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.test_facilitator_pages import lasting_violations, opened, sign_in
from tests.examples import Examples
from tests.serving import Server
from tests.waiting import PATIENCE

# Votes that are typed faster than they are stored.
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def voting(examples: Examples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server with the example while a round on three texts is open, and the code of its meeting."""
    with examples.showing(tmp_path_factory.mktemp("paper"), "vote") as (server, made):
        yield server, made["code"]


@pytest.fixture(scope="module")
def window(browser: Browser, voting: tuple[Server, str]) -> Iterator[Page]:
    server, _ = voting
    page = sign_in(browser, server)
    yield page
    page.context.close()


def _database(server: Server) -> Path:
    return server.folder / "data" / "handslag.db"


def _unused_codes(server: Server) -> list[str]:
    with closing(sqlite3.connect(_database(server))) as connection:
        rows = connection.execute(
            "SELECT personal_code FROM participant WHERE joined_at IS NULL ORDER BY number"
        )
        return [str(code) for (code,) in rows]


def _choices_of_paper(server: Server) -> list[str]:
    """Return all choices on paper: what the database holds more than before the sheets came."""
    with closing(sqlite3.connect(_database(server))) as connection:
        rows = connection.execute("SELECT choice FROM ballot ORDER BY choice")
        return [str(choice) for (choice,) in rows]


def test_five_sheets_typed_without_a_pause_are_all_stored_as_typed(
    window: Page, voting: tuple[Server, str]
) -> None:
    server, code = voting
    window.goto(f"{server.room_url}/lead/prepare?workshop={code}")
    window.locator(".st-key-make_codes button").click()
    badges = window.locator(".st-key-download_badges a")
    expect(badges).to_contain_text("10 badges", timeout=PATIENCE)
    with window.expect_download() as download:
        badges.click()
    assert download.value.suggested_filename == f"badges-{code}.docx"
    codes = _unused_codes(server)
    before = _choices_of_paper(server)

    window.goto(f"{server.room_url}/lead/paper?workshop={code}")
    expect(window.locator(".st-key-download_sheets")).to_be_visible(timeout=PATIENCE)
    window.locator(".st-key-paper_code input[data-is-quick]").focus()
    for personal_code, answers in zip(codes, ("111", "122", "13-", "333", "2 1 2"), strict=False):
        window.keyboard.type(personal_code.lower())
        window.keyboard.press("Enter")
        window.keyboard.type(answers)
        window.keyboard.press("Enter")

    expect(window.get_by_role("heading", name="5 stembriefjes ingevoerd")).to_be_visible(timeout=PATIENCE)
    expect(window.locator(".st-key-paper_code input")).to_have_value("", timeout=PATIENCE)
    expect(window.locator(".st-key-paper_code input")).to_be_focused(timeout=PATIENCE)
    after = _choices_of_paper(server)
    typed = Counter(after) - Counter(before)
    assert typed == {"agree": 6, "concern": 4, "objection": 4}


def test_a_sheet_that_is_refused_stays_in_the_fields_and_keys_typed_meanwhile_are_dropped(
    window: Page, voting: tuple[Server, str]
) -> None:
    server, code = voting
    held: list[str | bytes] = []
    is_held = False

    def between(route: WebSocketRoute) -> None:
        onward = route.connect_to_server()
        onward.on_message(lambda message: held.append(message) if is_held else route.send(message))
        routes.append(route)

    routes: list[WebSocketRoute] = []
    window.route_web_socket("**/_stcore/stream", between)
    window.goto(f"{server.room_url}/lead/paper?workshop={code}")
    first = window.locator(".st-key-paper_code input[data-is-quick]")
    first.fill("ACDE3333")
    first.press("Enter")
    window.keyboard.type("121")
    # The answer comes after the keys, however slowly they are typed.
    is_held = True
    window.keyboard.press("Enter")
    window.keyboard.type("KMNP")
    is_held = False
    for message in held:
        routes[-1].send(message)

    expect(window.get_by_text("Deze persoonlijke code kennen wij niet.")).to_be_visible(timeout=PATIENCE)
    expect(first).to_have_value("ACDE3333")
    expect(window.locator(".st-key-paper_answers input")).to_have_value("121")


def test_the_page_passes_axe(window: Page, voting: tuple[Server, str]) -> None:
    assert lasting_violations(opened(window, voting, "paper")) == []
