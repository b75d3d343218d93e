"""A mediation in browsers apart: from the code to the record, and what a browser keeps of it after the lock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.accessibility import violations
from tests.examples import Examples
from tests.serving import BROWSER_ARGUMENTS, chromium
from tests.waiting import PATIENCE

MEDIATOR, RINUS, MARIEKE = "mr. Anneke Hoekstra", "Rinus Jansen", "Marieke de Wit"
STORY = "Niemand vroeg iets over de lindes, zei buurman Øyvind. لم يسألنا أحد"
TYPING = "Half getypt over de bladblazer van zeven uur"
PRINCIPLES = {RINUS: "Eerst bellen, daarna pas een besluit.", MARIEKE: "We say no in time, and why."}
AGREEMENT = "Wij bellen elkaar op donderdag."
WIDTHS = (320, 1366)


@dataclass(frozen=True)
class Served:
    """Where somebody comes in, with the code or the words that go with it."""

    links: dict[str, str]
    codes: dict[str, str]
    words: dict[str, str]


@pytest.fixture(scope="module")
def served(examples: Examples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a mediation between residents and the municipality, in which nobody came in but the mediator."""
    folder = tmp_path_factory.mktemp("mediation")
    with examples.showing(folder, "registration", block="mediation") as (server, made):
        links = {name: f"{server.url}/m/{link.rsplit('/', 1)[1]}" for name, link in made["links"].items()}
        yield Served(links, made["codes"], made["words"])


def _looks_right(page: Page) -> None:
    """Nothing for axe on a narrow phone and on a laptop, nothing that goes over the edge, one heading above all."""
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        assert violations(page) == [], f"{page.url} at {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("h1")).to_have_count(1)
    if before is not None:
        page.set_viewport_size(before)


def _press(button: Locator) -> None:
    """Press a button that sends its form, and wait for the page that answers."""
    with button.page.expect_navigation(wait_until="load"):
        button.click()


def _send(page: Page, act: str, place: int = 0) -> None:
    _press(page.locator(f'form[action$="/{act}"] button').nth(place))


def _come_in(page: Page, served: Served, name: str, *, is_looked_at: bool = False) -> None:
    page.goto(served.links[name])
    if is_looked_at:
        _looks_right(page)
    page.fill("#code", served.codes[name])
    _send(page, "code")
    if is_looked_at:
        _looks_right(page)
    page.fill("#words", page.locator(".six").inner_text())
    _send(page, "words")
    expect(page.locator(".locks")).to_be_visible()


def _accept(page: Page, *, is_looked_at: bool = False) -> None:
    page.reload()
    if is_looked_at:
        _looks_right(page)
    expect(page.locator("textarea")).to_have_count(0)
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    page.check("input[name=mandate][value=self]")
    _send(page, "accept")


def _write(page: Page, text: str, kind: str) -> None:
    page.fill("#text", text)
    page.check(f"form.writes input[name=kind][value={kind}]")
    _press(page.locator("form.writes button"))
    # What was placed stands in the field no more, however a draft of it was under way.
    expect(page.locator("#text")).to_have_value("")


def _step(mediator: Page, name: str) -> None:
    _press(mediator.locator(f"button[name=step][value={name}]"))


def _release_by_keyboard(page: Page, principle: str) -> None:
    link = page.locator("li", has_text=principle).locator("a[href*='share=']")
    link.focus()
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    _looks_right(page)
    expect(page.locator(".item")).to_have_text(principle)
    button = page.locator('form[action$="/share"] button')
    for _ in range(40):
        if button.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def _ask_the_group(page: Page) -> None:
    """A group approves nothing before it was asked; of this one nobody else came in."""
    expect(page.locator("button[name=answer][value=yes]")).to_have_count(0)
    _press(page.locator("a[href*='group=']"))
    _looks_right(page)
    page.locator("details", has=page.locator("#how")).locator("summary").click()
    page.fill("#how", "Op onze avond, met 14 mensen.")
    page.check('form[action$="/otherwise"] input[name=release]')
    _send(page, "otherwise")
    _looks_right(page)
    _press(page.locator("a[href*='#']", has_text="afspraak"))


def _slow_draft(route: Route) -> None:
    """A draft that the network holds up, until what was pressed after it had every time to overtake it."""
    route.request.frame.page.wait_for_timeout(400)
    route.continue_()


@pytest.fixture
def profile(browser: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser of its own, with a profile on the disk as people have one."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=chromium(),
        args=BROWSER_ARGUMENTS,
        locale="nl-NL",
        viewport={"width": 390, "height": 844},
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


# Who came in once does not come in by the code again.
@pytest.mark.once
def test_from_the_code_to_the_record_and_the_browser_keeps_nothing_after_the_lock(
    browser: Browser, served: Served, profile: BrowserContext, tmp_path: Path
) -> None:
    rinus = profile.pages[0]
    contexts = [browser.new_context(locale="en-GB", viewport={"width": 320, "height": 700})]
    contexts.append(browser.new_context(locale="nl-NL", viewport={"width": 1366, "height": 768}))
    marieke, mediator = (context.new_page() for context in contexts)

    # The code, the words, the mediator's key, three times yes.
    mediator.goto(served.links[MEDIATOR])
    mediator.fill("#words", served.words[MEDIATOR])
    _send(mediator, "open")
    for page, name in ((rinus, RINUS), (marieke, MARIEKE)):
        _come_in(page, served, name, is_looked_at=page is rinus)
        expect(page.locator("textarea")).to_have_count(0)
        mediator.reload()
        _send(mediator, "admit")
        _accept(page, is_looked_at=page is marieke)
    _looks_right(mediator)

    # In one's own words, then released and marked.
    _step(mediator, "intakes")
    marieke.route("**/draft", _slow_draft)
    _write(rinus, STORY, "story")
    for page, name in ((rinus, RINUS), (marieke, MARIEKE)):
        _write(page, PRINCIPLES[name], "principle")
    marieke.unroute("**/draft")
    _step(mediator, "together")
    rinus.reload()
    _release_by_keyboard(rinus, PRINCIPLES[RINUS])
    marieke.reload()
    expect(marieke.get_by_text(PRINCIPLES[RINUS])).to_have_count(0)
    _send(marieke, "seen")
    expect(marieke.get_by_text(PRINCIPLES[RINUS])).to_have_count(1)
    expect(marieke.get_by_text(STORY)).to_have_count(0)
    _send(marieke, "mark")

    # An agreement, approved and released by both, on paper, and the end.
    _step(mediator, "agreements")
    _press(mediator.locator("a[href*='add=agreement']"))
    mediator.fill("#agreement", AGREEMENT)
    _press(mediator.locator("form:has(#agreement) button"))
    for page in (rinus, marieke):
        page.reload()
        if page is rinus:
            _ask_the_group(rinus)
        _press(page.locator("button[name=answer][value=yes]"))
    rinus.reload()
    expect(rinus.locator('form[action$="/release"]')).to_have_count(1)
    _looks_right(rinus)
    rinus.locator('form[action$="/record"] input[type=checkbox]').check()
    with rinus.expect_download() as downloading:
        rinus.locator('form[action$="/record"] button').click()
    assert downloading.value.suggested_filename == "mediation.docx"
    _send(marieke, "stop")
    expect(marieke.locator('form[action$="/go-on"]')).to_have_count(1)

    # What was being typed when it locked stands there again, for who has the words.
    rinus.fill("#text", TYPING)
    expect(rinus.get_by_text(STORY)).to_have_count(1)
    _send(rinus, "lock")
    _knows_nothing(rinus, served.links[RINUS])
    profile.close()
    _keeps_nothing(tmp_path / "profile", served.links[RINUS])
    for context in contexts:
        context.close()


def _knows_nothing(page: Page, link: str) -> None:
    """Neither the page before, nor what scripts and cookies keep, tells anything after the lock."""
    expect(page.locator("#words")).to_be_visible()
    page.go_back()
    expect(page.locator("#words")).to_be_visible()
    assert page.url.startswith(link)
    kept = page.evaluate(
        """async () => JSON.stringify([
          {...localStorage}, {...sessionStorage}, history.state,
          (await indexedDB.databases()).map((one) => one.name),
          window.caches ? await caches.keys() : [],
          (await navigator.serviceWorker.getRegistrations()).length,
        ])"""
    )
    assert kept == "[{},{},null,[],[],0]"
    assert [one for one in page.context.cookies() if "handslag_m" in one["name"].lower()] == []


def _keeps_nothing(profile: Path, link: str) -> None:
    """No file of the browser's own profile (history, cache, sessions, cookies) holds a word of what was said."""
    files = [path for path in profile.rglob("*") if path.is_file()]
    read = {path: path.read_bytes() for path in files}
    token = link.rsplit("/", 1)[1].encode()
    history = [path.name for path, held in read.items() if token in held]
    cached = b"".join(held for path, held in read.items() if "Cache" in str(path))

    # The search finds what must be there: that the link was opened, and what every page takes along.
    assert "History" in history
    assert b"/mediation.js" in cached
    assert token not in cached
    for said in (STORY, TYPING, AGREEMENT, *PRINCIPLES.values(), *re.findall(r"[^,.]{12,}", STORY)):
        for encoding in ("utf-8", "utf-16-le"):
            assert not [path for path, held in read.items() if said.encode(encoding) in held], said
