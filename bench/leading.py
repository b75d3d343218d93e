"""Two windows in real Chromium beside the crowd: the facilitator who closes and reveals, and the projector."""

import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.async_api import Page, async_playwright

from bench.ballots import database_of
from bench.crowd import until
from bench.room import Asked, Place
from bench.vote_to_projector import WATCH
from tests.serving import BROWSER_ARGUMENTS, Server, chromium

PATIENCE = 60_000
SECONDS = 60


@dataclass(frozen=True)
class Windows:
    """The facilitator's page of the step Vote, and the projector's page."""

    server: Server
    lead: Page
    projector: Page

    async def watch_counter(self) -> None:
        """Note from now on when the projector's counter changes."""
        await self.projector.locator("[data-count=voted]").first.wait_for(timeout=PATIENCE)
        await self.projector.evaluate(WATCH)

    async def showed(self, count: int) -> float:
        """Return when the projector showed this count, in seconds since 1970. Raises `TimeoutError`."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            for text, moment in await self.projector.evaluate("window.seen"):
                if text == str(count):
                    return float(moment) / 1000
            await self.projector.wait_for_timeout(50)
        raise TimeoutError(f"the projector never showed {count}")

    async def close(self, asked: Asked) -> float:
        """Let the facilitator close the round; return when the server did so, in seconds since 1970."""
        await self.lead.locator(".st-key-close_only button").click(timeout=PATIENCE)
        return await self._moment("closed_at", asked)

    async def reveal(self, asked: Asked) -> float:
        """Let the facilitator show the result; return when the server did so, in seconds since 1970."""
        await self.lead.locator(".st-key-reveal button").click(timeout=PATIENCE)
        return await self._moment("revealed_at", asked)

    async def _moment(self, column: str, asked: Asked) -> float:
        found: list[float] = []

        def has_come() -> bool:
            with closing(sqlite3.connect(f"file:{database_of(self.server)}?mode=ro", uri=True)) as database:
                text = database.execute(
                    f"SELECT {column} FROM round WHERE id = ?", (asked.round,)
                ).fetchone()[0]
            if text is not None:
                found.append(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
            return bool(found)

        await until(has_come, SECONDS)
        return found[0]


@asynccontextmanager
async def windows(server: Server, place: Place) -> AsyncIterator[Windows]:
    """Yield both windows, open on the room."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        try:
            laptop = await browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-NL")
            lead = await laptop.new_page()
            await lead.goto(f"{server.url}/sign-in")
            await lead.locator("input[name=name]").fill("Iris de Boer")
            await lead.locator("input[name=passphrase]").fill(server.passphrase)
            await lead.locator("input[name=passphrase]").press("Enter")
            await lead.wait_for_url("**/lead**")
            await lead.goto(f"{server.url}/lead/vote?workshop={place.code}")
            await lead.locator("h1").first.wait_for(timeout=PATIENCE)
            wall = await browser.new_context(viewport={"width": 1920, "height": 1080}, locale="nl-NL")
            projector = await wall.new_page()
            await projector.goto(server.url + place.projector)
            await projector.locator(".projector").first.wait_for(timeout=PATIENCE)
            yield Windows(server, lead, projector)
        finally:
            await browser.close()
