"""The projector in a real browser: readable from the last row, whole on every screen, and live."""

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from models.basics.words import Step
from models.storage import database as databases
from models.storage.database import reading
from models.storage.writing import write
from models.voting.closing import close_round
from models.voting.round import one_more_minute, reveal_round, set_timer
from models.voting.round_views import last_round
from models.workshop.workshop import find_workshop, renew_projector_link, take_room_to
from pages.parts.projector.screen import Screen
from tests.accessibility import AAA, CONTRAST, violations
from tests.browser.projector_screens import LINES, every_screen
from tests.browser.test_facilitator_pages import sign_in
from tests.builders import make_proposal, make_workshop
from tests.dead_spot import dead_spot
from tests.examples import Examples
from tests.serving import ROOT, Server
from tests.waiting import PATIENCE, at_rest, still, until

STATIC = ROOT / "pages" / "static"
STYLE = (ROOT / "pages" / "projector.css").read_text(encoding="utf-8")
# To axe, what stands in a box without height that hides its overflow is hidden, though the wall stands in the window.
WHOLE = "html, body { height: 100%; margin: 0 }"
LET_SEE = (
    "document.querySelectorAll(':has(.projector)').forEach((box) => { box.style.overflow = 'visible'; })"
)
# Text below 40 pixels of the design; text that leaves the screen; boxes that reach out of the middle part. Cut
# texts (line-clamp) are meant, and letters may reach a fifth of their size out of their line.
# What Streamlit says of the elements that a page is made of; on a wall it would be read from the first row only.
OF_A_DESK = "main :is(p, ul, li, td, th) { font-size: 1rem; line-height: 1.6; }"
AT_REST = '[data-testid=stApp][data-test-script-state="notRunning"]'
MEASURE = """() => {
  const unit = Math.min(innerWidth / 1920, innerHeight / 1080), found = [];
  const stage = document.querySelector(".projector .stage").getBoundingClientRect();
  const cut = ".two-lines, [class*=lines-], .one-line, .groups, .kick, .alliance, .spoken";
  for (const element of document.querySelectorAll(".projector *")) {
    if (element.closest("svg") || element.closest(".spoken")) continue;
    const box = element.getBoundingClientRect(), style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const name = `${element.tagName}.${element.className}`;
    if ([...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) {
      if (size / unit < 39.9) found.push(`${name}: ${size / unit} px`);
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) {
        found.push(`${name} leaves the screen`);
      }
    }
    const isLow = element.closest(".stage") && box.height && box.bottom > stage.bottom + 1;
    if (isLow) found.push(`${name} leaves the middle`);
    if (element.matches(cut) || element.closest(cut) || style.display === "inline") continue;
    const give = Math.max(6 * unit, size * 0.22);
    if (element.clientHeight && element.scrollHeight > element.clientHeight + give) found.push(`${name} is too high`);
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 8 * unit) found.push(`${name} is too wide`);
  }
  if (document.documentElement.scrollHeight > innerHeight) found.push("a scroll bar");
  return [...new Set(found)];
}"""


def _wall(browser: Browser, folder: Path, size: tuple[int, int], language: str) -> Page:
    """Return a page with nothing but a wall of this size, the fonts that the app serves, and the type of a desk."""
    font = (STATIC / "commissioner-latin-wght-normal.woff2").as_uri()
    face = f"@font-face{{font-family:Commissioner;src:url({font});font-weight:100 900}}"
    path = folder / "wall.html"
    path.write_text(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Projector</title>'
        f"<style>{face}{OF_A_DESK}{STYLE}{WHOLE}</style><body><main></main></body></html>",
        encoding="utf-8",
    )
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(path.as_uri())
    return page


def _show(page: Page, screen: Screen) -> None:
    """Put a screen on the wall, in place of the one before."""
    page.evaluate(
        """async (html) => {
          document.querySelector("main").innerHTML = html;
          await document.fonts.ready;
        }""",
        screen.html,
    )


def test_a_text_has_the_lines_that_were_typed(browser: Browser, tmp_path: Path) -> None:
    page = _wall(browser, tmp_path, (1920, 1080), "nl")
    screens = every_screen("nl", is_dark=False)
    _show(page, screens["voting, lines"])
    voted_on = page.locator("h1").inner_text()
    _show(page, screens["wall, lines"])
    proposed = page.locator("article p").first.inner_text()
    page.context.close()

    assert (voted_on, proposed) == (LINES, LINES)


@pytest.mark.parametrize(
    ("size", "language"),
    [((1920, 1080), "nl"), ((1920, 1080), "en"), ((1280, 720), "nl")],
    ids=["1920-nl", "1920-en", "1280-nl"],
)
def test_every_screen_is_readable_and_whole(
    browser: Browser, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    found: dict[str, list[str]] = {}
    page = _wall(browser, tmp_path, size, language)
    for name, screen in every_screen(language, is_dark=False).items():
        _show(page, screen)
        if problems := page.evaluate(MEASURE):
            found[name] = problems
    page.context.close()

    assert found == {}


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_every_screen_is_accessible_at_the_strictest_contrast(
    browser: Browser, tmp_path: Path, is_dark: bool
) -> None:
    found: dict[str, list[tuple[str, str]]] = {}
    page = _wall(browser, tmp_path, (1920, 1080), "nl")
    for name, screen in every_screen("nl", is_dark=is_dark).items():
        # Screens that differ in the length of their texts alone differ in size alone.
        if "letters" in name and "400 letters" not in name:
            continue
        _show(page, screen)
        # In the dark the same stands in other colours.
        if broken := violations(page, CONTRAST if is_dark else AAA):
            found[name] = broken
        expect(page.locator("h1"), name).to_have_count(1)
    page.context.close()

    assert found == {}


@pytest.fixture(scope="module")
def place(
    examples: Examples, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, dict[str, Any]]]:
    """A server with the example's room, voting."""
    with examples.showing(tmp_path_factory.mktemp("projector"), "vote") as shown:
        yield shown


@pytest.fixture
def facilitate(
    place: tuple[Server, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Server, dict[str, str]]]:
    """The same server; actions of this process go to its database."""
    server, _ = place
    monkeypatch.setenv("HANDSLAG_DATA", str(server.folder / "data"))
    monkeypatch.delenv("HANDSLAG_KEY")
    databases.dispose()
    yield place
    databases.dispose()


def _open(browser: Browser, server: Server, found: dict[str, str], *, language: str = "nl") -> Page:
    page = browser.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce").new_page()
    page.goto(server.url + urlsplit(found["projector"]).path)
    if language != "nl":
        page.goto(f"{server.url}/lead/projector?language={language}")
    page.wait_for_selector(".projector footer")
    page.wait_for_selector(AT_REST)
    return page


def _post(server: Server, path: str, fields: dict[str, str], cookie: str = "") -> str:
    """Send a form as a plain client does, and return the cookie that came back."""
    asked = urllib.request.Request(
        server.url + path,
        data=urllib.parse.urlencode(fields).encode(),
        headers={"Accept": "application/json", "Cookie": cookie},
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return str(answer.headers.get("set-cookie", "")).split(";")[0]


def _shows(page: Page, selector: str, text: str | re.Pattern[str]) -> None:
    """Wait until the first such element holds `text`."""
    expect(page.locator(selector).first).to_contain_text(text)


@pytest.mark.once
def test_the_counter_follows_each_vote(browser: Browser, place: tuple[Server, dict[str, str]]) -> None:
    server, found = place
    page = _open(browser, server, found)
    before = int(page.text_content("[data-count=voted]") or "0")
    cookie = _post(server, f"/j/{found['code']}", {"name": "", "group": ""})
    vote = {"round": str(found["round"]), "item": str(found["items"][0]), "choice": "agree"}

    _post(server, f"/p/{found['code']}/ballots", vote, cookie)

    _shows(page, "[data-count=voted]", str(before + 1))
    page.context.close()


@pytest.mark.once
def test_the_timer_counts_down_by_the_servers_clock_and_says_when_the_time_is_up(
    browser: Browser, facilitate: tuple[Server, dict[str, str]]
) -> None:
    server, found = facilitate
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    # A town hall's computer whose clock is an hour ahead.
    context.clock.install(time=datetime.now(UTC) + timedelta(hours=1))
    page = context.new_page()
    is_cut = False

    def between(route: WebSocketRoute) -> None:
        onward = route.connect_to_server()
        route.on_message(lambda message: None if is_cut else onward.send(message))

    page.route_web_socket("**/_stcore/stream", between)
    page.goto(server.url + urlsplit(found["projector"]).path)
    page.wait_for_selector(".projector footer")
    page.wait_for_selector(AT_REST)
    expect(page.locator(".timer")).to_have_count(0)

    write(set_timer, who="Ada", round_id=found["round"], minutes=2)
    # Not anywhere on the wall: its address can hold the same figures.
    _shows(page, "[data-left]", re.compile(r"\b1:\d\d"))
    widths = page.locator("[data-left]").evaluate(
        "left => ['1:11', '0:00'].map((shown) => { left.textContent = shown; return left.parentElement.offsetWidth; })"
    )
    assert widths[0] == widths[1]
    # A screen that is drawn after the jump would begin again from the server's clock, which does not jump.
    is_cut = True
    page.wait_for_selector(AT_REST)
    page.clock.fast_forward(60_000)
    _shows(page, "[data-left]", re.compile(r"\b0:\d\d|De tijd is om"))
    page.clock.fast_forward(61_000)
    _shows(page, "[data-left]", "De tijd is om")
    expect(page.locator(".projector-status")).to_have_text("De tijd is om")
    expect(page.locator(".timer.over")).to_have_count(1)
    is_cut = False
    write(one_more_minute, who="Ada", round_id=found["round"])
    _shows(page, "[data-left]", ":")
    write(set_timer, who="Ada", round_id=found["round"], minutes=None)
    expect(page.locator(".timer")).to_have_count(0)
    context.close()


@pytest.mark.once
def test_the_screen_follows_the_room_and_ends_with_its_link(
    browser: Browser, facilitate: tuple[Server, dict[str, str]]
) -> None:
    server, found = facilitate
    page = _open(browser, server, found)
    english = _open(browser, server, found, language="en")
    with reading() as session:
        workshop = find_workshop(session, found["code"])
        assert workshop is not None and workshop.id is not None
        voted = last_round(session, workshop.id)
        assert voted is not None

    write(close_round, who="Ada", round_id=voted.id)
    _shows(page, ".projector", "De ronde is gesloten.")
    _shows(english, ".projector", "The round is closed.")
    expect(page.locator(".symbol")).to_have_count(0)
    write(reveal_round, who="Ada", round_id=voted.id)
    _shows(page, "h1", "De uitslag")
    _shows(page, ".projector-status", "De uitslag")
    still(page)
    page.evaluate(LET_SEE)
    assert violations(page) == []
    write(take_room_to, who="Ada", workshop_id=workshop.id, step=Step.DRAFT)
    _shows(english, "h1", "What is important to us here?")
    write(renew_projector_link, who="Ada", workshop_id=workshop.id)
    _shows(page, "h1", "Dit scherm hoort niet meer bij een bijeenkomst.")
    for opened in (page, english):
        opened.context.close()


def _listens_to_keys(page: Page) -> None:
    """Wait until what Streamlit fetches for components has come: a key pressed before that turns nothing."""
    expect(page.locator(".st-key-page_keys [data-testid^=stBidiComponent]")).to_have_count(
        1, timeout=PATIENCE
    )
    still(page)


@pytest.mark.once
def test_page_keys_turn_the_wall_for_the_whole_room_and_only_for_who_leads(
    browser: Browser, facilitate: tuple[Server, dict[str, str]]
) -> None:
    server, _ = facilitate
    found = json.loads(server.manage("example", "--step", "draft").splitlines()[-1])
    wall = _open(browser, server, found)
    lead = sign_in(browser, server, name="Ada")
    lead.goto(f"{server.room_url}/lead/projector?workshop={found['code']}")
    lead.wait_for_selector(".projector .pages")
    _listens_to_keys(lead)

    wall.keyboard.press("PageDown")
    still(wall)
    _shows(wall, ".pages", "1 van 4")
    lead.keyboard.press("PageDown")
    _shows(wall, ".pages", "2 van 4")
    for key in ("PageUp", "PageDown", "PageUp", "PageUp"):
        lead.keyboard.press(key)
    _shows(wall, ".pages", "1 van 4")
    for opened in (wall, lead):
        opened.context.close()


@pytest.mark.once
def test_each_press_of_a_page_key_turns_one_page_also_the_third(
    browser: Browser, facilitate: tuple[Server, dict[str, str]]
) -> None:
    server, _ = facilitate
    room = make_workshop(people=6, step=Step.DRAFT)
    for number in range(19):
        make_proposal(room, text=f"Voorstel {number} voor het plein", author=number % 6)
    lead = sign_in(browser, server)
    lead.goto(f"{server.room_url}/lead/projector?workshop={room.code}")
    _shows(lead, ".pages", "1 van 4")
    _listens_to_keys(lead)

    for page in (2, 3, 4):
        lead.keyboard.press("PageDown")
        _shows(lead, ".pages", f"{page} van 4")

    lead.context.close()


@pytest.mark.once
def test_a_server_that_is_away_is_told_in_our_own_words(
    browser: Browser, examples: Examples, tmp_path: Path
) -> None:
    with examples.showing(tmp_path / "away", "welcome") as (server, found):
        page = _open(browser, server, found)
        still(page)
        server.stop()
        _shows(page, ".projector-away", "Even geen verbinding.")
        # Streamlit's own words for it would come some seconds later.
        page.wait_for_timeout(4000)
        expect(page.locator("[role=dialog]")).to_be_hidden()
        server.start()
        expect(page.locator(".projector-away.is-away")).to_have_count(0)
        expect(page.locator(".projector footer")).to_be_visible()
        page.context.close()


def _after(page: Page, milliseconds: int) -> bool:
    page.clock.fast_forward(milliseconds)
    return True


@pytest.mark.once
def test_a_network_that_dies_without_an_error_is_told_on_the_wall(
    browser: Browser, examples: Examples, tmp_path: Path
) -> None:
    with examples.showing(tmp_path / "dead", "welcome") as (server, found), dead_spot(server.port) as way:
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="nl-NL")
        context.clock.install()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{way.port}{urlsplit(found['projector']).path}")
        expect(page.locator(".projector footer")).to_be_visible()
        at_rest(page)

        way.die()
        page.clock.fast_forward(40_000)
        away = page.locator(".projector-away.is-away")
        until(page, lambda: _after(page, 5_000) and away.count() == 1)
        _shows(page, ".projector-away", "Even geen verbinding.")
        way.revive()

        until(page, lambda: _after(page, 5_000) and away.count() == 0)
        context.close()


@pytest.mark.parametrize("name", ["wall", "agreements", "progress"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_few_cards_are_large_and_use_the_room(
    browser: Browser, tmp_path: Path, name: str, count: int
) -> None:
    words = {1: "one", 2: "two", 3: "three"}[count]
    screen = every_screen("nl", is_dark=False)[f"{name}, {words}"]
    page = _wall(browser, tmp_path, (1920, 1080), "nl")
    _show(page, screen)

    [used, size] = page.evaluate(
        """() => {
          const cards = [...document.querySelectorAll(".projector :is(article, tr)")];
          const text = document.querySelector(".projector :is(article p, tr th)");
          const whole = document.querySelector(".projector .stage").getBoundingClientRect();
          const boxes = cards.map((card) => card.getBoundingClientRect());
          const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0);
          return [area / (whole.width * whole.height), parseFloat(getComputedStyle(text).fontSize)];
        }"""
    )
    page.context.close()

    assert used > 0.6
    assert size >= 54
