"""What a phone has to fetch before one can vote, at slow 4G: our page beside the same in Streamlit."""

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from bench.streamlit_server import streamlit_page
from tests.serving import BROWSER_ARGUMENTS, chromium, running

# Lighthouse's "slow 4G": 1.6 Mbps, 150 ms, CPU four times slower.
BITS_PER_SECOND = 1_600_000
LATENCY_MILLISECONDS = 150
CPU_SLOWDOWN = 4
PHONE: ViewportSize = {"width": 390, "height": 844}
TRIES = 3


@dataclass(frozen=True)
class Weight:
    """Bytes over the wire, requests, and milliseconds until one can tap a choice (median of the tries)."""

    page: str
    bytes: int
    requests: int
    ready_ms: int


def weigh(context: BrowserContext, name: str, address: str, ready: str, tries: int = TRIES) -> Weight:
    """Open `address` fresh, throttled, and wait until the element `ready` can be tapped."""
    opened = sorted((_open_once(context, address, ready) for _ in range(tries)), key=lambda found: found[2])
    size, requests, milliseconds = opened[tries // 2]
    return Weight(name, size, requests, milliseconds)


def _open_once(context: BrowserContext, address: str, ready: str) -> tuple[int, int, int]:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MILLISECONDS,
            "downloadThroughput": BITS_PER_SECOND / 8,
            "uploadThroughput": BITS_PER_SECOND / 8,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    sizes: list[int] = []
    started: list[str] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    session.on("Network.requestWillBeSent", lambda event: started.append(event["request"]["url"]))
    began = time.monotonic()
    page.goto(address, wait_until="commit", timeout=120_000)
    page.locator(ready).first.wait_for(state="visible", timeout=120_000)
    milliseconds = round((time.monotonic() - began) * 1000)
    page.wait_for_timeout(2000)
    page.close()
    fetched = [url for url in started if url.startswith("http")]
    return sum(sizes), len(fetched), milliseconds


def measure(folder: Path) -> list[Weight]:
    """Return the weights of the join page, the vote page, and the vote page in Streamlit."""
    with running(folder / "server") as server, sync_playwright() as playwright:
        made: dict[str, Any] = json.loads(server.manage("example", "--step", "vote").splitlines()[-1])
        browser: Browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        try:
            phone = browser.new_context(viewport=PHONE, locale="nl-NL")
            join = weigh(phone, "join page", f"{server.room_url}/j/{made['code']}", "button.btn")
            page = phone.new_page()
            page.goto(f"{server.room_url}/j/{made['code']}")
            page.locator("[name=group]").last.check()
            page.locator("main form button.btn").first.click()
            page.wait_for_url("**/p/**")
            page.close()
            vote = weigh(phone, "vote page", f"{server.room_url}/p/{made['code']}", ".vote")
            with streamlit_page(folder) as address:
                other = browser.new_context(viewport=PHONE, locale="nl-NL")
                buttons = "[data-testid=stButton] button"
                streamlit = weigh(other, "vote page in Streamlit", address, buttons, tries=1)
        finally:
            browser.close()
    shutil.rmtree(folder / "server", ignore_errors=True)
    return [join, vote, streamlit]
