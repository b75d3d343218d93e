"""Waits of browser tests. A state is never read once and then believed: a test waits until it is so, then acts.

How long a machine takes says nothing: everything waits as long, and no test asserts seconds.
"""

import re
import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Locator, Page, expect

T = TypeVar("T")
PATIENCE = 60_000
# How long nothing has to change before a page is called still; and how long a page may go on changing.
STILL, RESTLESS = 1_000, 30_000
BECOMES_STILL = """([still, restless]) => new Promise((done) => {
  let timer;
  const end = () => { observer.disconnect(); clearTimeout(timer); clearTimeout(latest); done(); };
  const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, still); });
  const latest = setTimeout(end, restless);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  timer = setTimeout(end, still);
})"""
# A press of the page's own, in the moment in which what is pressed has changed: no machine is quick enough for it.
AT_CHANGE = """(button, [attribute, press, words]) => {
  button.toldAtChange = null;
  const observer = new MutationObserver(() => {
    if (!button.hasAttribute(attribute) || !button.textContent.includes(words)) return;
    observer.disconnect();
    button.toldAtChange = button.textContent;
    if (press === "click") button.click();
    else document.dispatchEvent(new KeyboardEvent("keydown", { key: press, bubbles: true, composed: true }));
  });
  observer.observe(button, { attributes: true });
}"""


def until(page: Page, read: Callable[[], T], is_so: Callable[[T], bool] = bool) -> T:
    """Read again and again until what was read `is_so`, and return it. Raises `AssertionError` with what it last was.

    For what Playwright's own `expect` has no words for; some pages forbid scripts that wait.
    """
    deadline = time.monotonic() + PATIENCE / 1000
    found = read()
    while not is_so(found):
        assert time.monotonic() < deadline, f"still {found!r}"
        page.wait_for_timeout(50)
        found = read()
    return found


def at_rest(page: Page) -> None:
    """Wait until Streamlit has drawn what it was asked for."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )


def lead_page_stands(page: Page) -> None:
    """Wait until a page of who leads is drawn, with the bar above it: from then on it listens to keys."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".go")).to_have_text(re.compile(r"\S"), timeout=PATIENCE)
    at_rest(page)


def still(page: Page) -> None:
    """Wait until the page is drawn and nothing on it has changed for a second, by the page's own clock."""
    at_rest(page)
    page.evaluate(BECOMES_STILL, [STILL, RESTLESS])
    at_rest(page)


def takes_a_press(button: Locator) -> None:
    """Wait until a button of the bar takes a press: one that has just changed takes none for a second."""
    expect(button).not_to_have_attribute("data-young", "", timeout=PATIENCE)
    expect(button).not_to_have_attribute("aria-disabled", "true", timeout=PATIENCE)


def press(page: Page, key: str) -> None:
    """Press the facilitator's button with this key, once Streamlit has drawn it."""
    page.locator(f".st-key-{key} button").first.click()


def go_on(page: Page, words: str) -> None:
    """Press the next action in the bar, once it says `words`: a place that just changed takes no press for a second."""
    button = page.locator(".go")
    expect(button).to_contain_text(words)
    takes_a_press(button)
    button.click()


def at_change(
    button: Locator, press: str = "click", *, words: str = "", attribute: str = "data-young"
) -> None:
    """Have a button of the bar clicked, or a key pressed, in the moment in which its words change to `words`."""
    button.evaluate(AT_CHANGE, [attribute, press, words])


def told_at_change(page: Page, button: Locator) -> str:
    """Wait until that press was made, and return the words that the button had then."""
    return str(until(page, lambda: button.evaluate("button => button.toldAtChange")))
