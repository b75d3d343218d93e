"""An interview on a phone in a real browser: nothing typed is lost, and nothing that was sent stays behind."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from models.baseline.sources import field_token
from models.storage.database import reading
from models.storage.writing import start_writer, stop_writer
from models.tables import BaselineSource
from phone.serving.limits import PostRate
from tests.accessibility import violations
from tests.builders import make_interview, make_startfoto, read_note
from tests.phone.conftest import make_app
from tests.serving import ROOM_HOST, free_port
from tests.waiting import PATIENCE

WAIT = PATIENCE
SAID = "Brief van vier bladzijden. Zoon van elf vertaalt. شكراً 🤝"
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('handslag-interview-')).length"


@dataclass
class Town:
    """A server that can lose its network, with one interview."""

    source: int
    path: str
    port: int = field(default_factory=free_port)
    server: uvicorn.Server | None = None
    thread: threading.Thread | None = None

    def start(self) -> None:
        self.server = uvicorn.Server(
            uvicorn.Config(make_app(), host="127.0.0.1", port=self.port, log_level="warning", lifespan="off")
        )
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        if self.server and self.thread:
            self.server.should_exit = True
            self.server.force_exit = True
            self.thread.join(20)


@pytest.fixture
def town(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setattr("phone.field.shared.post_rate", PostRate())
    start_writer()
    source = make_interview(make_startfoto(), "")
    with reading() as session:
        found = Town(source, f"/i/{field_token(session.get_one(BaselineSource, source))}")
    found.start()
    yield found
    found.stop()
    stop_writer()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(address)
    return page


def nothing_is_kept(page: Page) -> None:
    """Wait until the phone holds no note any more."""
    for _ in range(WAIT // 50):
        if page.evaluate(KEPT) == 0:
            return
        page.wait_for_timeout(50)
    pytest.fail("a note stayed on the phone")


def test_what_is_typed_survives_a_dark_screen_and_no_network_and_leaves_once_it_is_sent(
    context: BrowserContext, town: Town
) -> None:
    address = f"http://{ROOM_HOST}:{town.port}{town.path}"
    page = opened(context, f"{address}?question=3")
    town.stop()
    page.locator("#text").fill(SAID)
    page.get_by_role("checkbox", name="Taal").check()
    page.get_by_role("checkbox", name="Meedoen").check()
    page.get_by_role("button", name="Undo: Meedoen").click()
    page.get_by_role("button", name="Next question").click()
    page.locator("#text").fill("Ook het loket was dicht.")
    expect(page.get_by_text("No network.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("1 note kept")).to_be_visible()
    page.close()
    assert read_note(town.source).note == ""
    town.start()

    page = opened(context, address)

    expect(page.locator("#text")).to_have_value("Ook het loket was dicht.")
    expect(page.get_by_text("Question 4 of 8")).to_be_visible()
    page.get_by_role("button", name="Another note on this question").click()
    expect(page.get_by_text("2 notes kept")).to_be_visible()
    nothing_is_kept(page)
    note = read_note(town.source)
    assert note.note.count(SAID) == note.note.count("Ook het loket was dicht.") == 1
    assert [(finding.text, len(finding.theme_ids)) for finding in note.findings] == [(SAID, 1)]
    page.reload()
    expect(page.locator("#text")).to_have_value("")
    assert SAID not in page.content()


def test_where_a_phone_may_keep_it_the_page_opens_again_without_a_network(
    context: BrowserContext, town: Town
) -> None:
    address = f"http://127.0.0.1:{town.port}{town.path}"
    page = opened(context, f"{address}?question=1")
    kept = page.evaluate(
        """async () => {
          // Until it is active, the network alone answers.
          await navigator.serviceWorker.ready;
          for (;;) {
            const kept = await (await caches.open("handslag-interview")).keys();
            if (kept.length > 3) return kept.map((one) => new URL(one.url).pathname);
            await new Promise((done) => setTimeout(done, 50));
          }
        }"""
    )
    town.stop()

    page.close()
    page = opened(context, f"{address}?question=2")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("#text").fill(SAID)
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("No network.")).to_be_visible(timeout=WAIT)
    assert {path for path in kept if not path.startswith("/assets/")} == {town.path}
    town.start()
    nothing_is_kept(page)
    assert SAID in read_note(town.source).note


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_interview_is_for_everybodys_eyes(browser: Browser, town: Town, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="nl-NL",
    )
    for question in (0, 3, 9):
        page = opened(context, f"http://{ROOM_HOST}:{town.port}{town.path}?question={question}")
        if question == 3:
            page.get_by_role("checkbox", name="Taal").check()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    context.close()
