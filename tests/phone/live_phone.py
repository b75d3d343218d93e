"""A participant's phone in a real browser: what one does with it, and what one waits for."""

import re
import time
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, expect

from models.storage.database import reading
from models.tables import Participant
from models.voting.round_views import ballots_of
from tests.builders import Room, Vote, rows_of
from tests.waiting import PATIENCE

WAIT = PATIENCE
# Keeps the news that a page heard, and the stream itself: a test can let it be heard once more.
KEEP_NEWS = """(() => {
  const Real = window.EventSource;
  window.told = [];
  window.EventSource = function (url) {
    const source = window.stream = new Real(url);
    source.addEventListener("change", (event) => window.told.push(event.data));
    return source;
  };
})()"""


@dataclass(frozen=True)
class Place:
    """A server, and a room in which six others sit."""

    address: str
    room: Room


def join(context: BrowserContext, place: Place) -> Page:
    """Open a phone, join, and wait until it hears the room."""
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{place.address}/j/{place.room.code}")
    page.locator("[name=group]").last.check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("[data-online]")).to_be_visible(timeout=WAIT)
    return page


def me(place: Place) -> int:
    """The participant of the phone that joined last."""
    return int(max(row["id"] for row in rows_of(Participant)))


def choice_of(place: Place, vote: Vote) -> str | None:
    with reading() as session:
        stored = ballots_of(session, vote.round_id, me(place)).get(vote.items[0])
    return stored.choice if stored else None


def heading(page: Page, name: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", name=name).first).to_be_visible(timeout=WAIT)


def double_tap(page: Page, x: float, y: float, *, apart: int = 150) -> None:
    """Tap twice at a place, `apart` milliseconds by the time that the taps themselves bear, however long each takes."""
    taps = page.context.new_cdp_session(page)
    began = time.time()
    for moment in (began, began + apart / 1000):
        for kind in ("mousePressed", "mouseReleased"):
            taps.send(
                "Input.dispatchMouseEvent",
                {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1, "timestamp": moment},
            )
    taps.detach()


def add_somebody(page: Page, name: str) -> None:
    """Let somebody else vote on this phone, and wait until the page votes for them."""
    page.get_by_text("Vote for somebody else on this phone").click()
    page.locator("#voice-name").fill(name)
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "true", timeout=WAIT)
