"""From a phone's vote to the projector's change: after the answer, and after the post was sent."""

import json
import statistics
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.plain_phone import PlainPhone
from tests.serving import BROWSER_ARGUMENTS, chromium, running

VOTES = 30
PAUSE_SECONDS = 0.4
# Writes the moment of every change of the counter down, in milliseconds since 1970.
WATCH = """() => {
  window.seen = [];
  const note = () => {
    const counter = document.querySelector('[data-count=voted]');
    const text = counter ? counter.textContent : '';
    if (window.seen.length === 0 || window.seen[window.seen.length - 1][0] !== text)
      window.seen.push([text, performance.timeOrigin + performance.now()]);
  };
  note();
  new MutationObserver(note).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


@dataclass(frozen=True)
class Delay:
    """Milliseconds from a moment of the vote until the projector's page had changed."""

    since: str
    median_ms: float
    p95_ms: float
    longest_ms: float


def measure(folder: Path) -> list[Delay]:
    """Return the delays over 30 votes of 30 phones, one after another."""
    after_answer, after_post = [], []
    with running(folder / "server") as server, sync_playwright() as playwright:
        made = json.loads(server.manage("example", "--step", "vote").splitlines()[-1])
        phones = [PlainPhone(server.url, made["code"]) for _ in range(VOTES)]
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        try:
            page = browser.new_page(viewport={"width": 1920, "height": 1080})
            token = urllib.parse.urlsplit(made["projector"]).path
            page.goto(server.url + token)
            page.locator("[data-count=voted]").first.wait_for()
            page.evaluate(WATCH)
            moments = []
            for phone in phones:
                posted = time.time() * 1000
                phone.vote("agree", round_id=made["round"], item_id=made["items"][0])
                moments.append((posted, time.time() * 1000))
                time.sleep(PAUSE_SECONDS)
            changes = [moment for _, moment in page.evaluate("window.seen")][1:]
        finally:
            browser.close()
    for posted, answered in moments:
        change = next(moment for moment in changes if moment > posted)
        after_post.append(change - posted)
        after_answer.append(change - answered)
    return [_delay("the answer to the phone", after_answer), _delay("the phone's post", after_post)]


def _delay(since: str, found: list[float]) -> Delay:
    ordered = sorted(found)
    p95 = ordered[round(0.95 * (len(ordered) - 1))]
    return Delay(since, round(statistics.median(ordered), 1), round(p95, 1), round(ordered[-1], 1))
