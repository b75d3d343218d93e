"""The same votes, at the same moments: on our page, and on one as one would write it in Streamlit today."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import uvloop

from bench.crowd import come_in, make_crowd, p95
from bench.room import Asked, Keeper
from bench.streamlit_phone import PATIENCE, StreamlitPhone
from bench.streamlit_server import streamlit_page
from bench.voting import Votes, vote_on_all
from tests.serving import Server, running

# On how many items so many phones vote: with 60 the page of Streamlit takes longer for one than a person waits.
ITEMS = {20: 2, 60: 1}
SECONDS = 5.0


@dataclass(frozen=True)
class SideBySide:
    """Both ways for one size of crowd; how many of Streamlit's confirmed votes its database holds."""

    phones: int
    ours: Votes
    streamlit: Votes
    streamlit_stored: int

    @property
    def streamlit_p95(self) -> float:
        """Milliseconds. Who gave up waited at least so long: without them a page that drops most would seem fast."""
        return p95([*self.streamlit.latency, *[PATIENCE * 1000.0] * self.streamlit.refused])

    @property
    def ratio(self) -> float:
        return self.streamlit_p95 / self.ours.p95


def measure(folder: Path) -> list[SideBySide]:
    """Return how crowds of 20 and 60 vote both ways."""
    with running(folder / "ours") as server:
        ours = uvloop.run(_ours(server))
    found = []
    for size, votes in zip(ITEMS, ours, strict=True):
        place = folder / f"streamlit-{size}"
        place.mkdir()
        with streamlit_page(place) as address:
            streamlit = uvloop.run(_streamlit(urlsplit(address).port or 0, size))
        found.append(SideBySide(size, votes, streamlit, _stored(place / "votes.db")))
    return found


async def _ours(server: Server) -> list[Votes]:
    keeper = Keeper(server)
    place = keeper.prepare()
    phones = make_crowd(server.port, place.code, max(ITEMS))
    await come_in(phones, place.groups)
    found = []
    for size, items in ITEMS.items():
        asked = keeper.open_round(place, items)
        found.append(await vote_on_all(phones[:size], asked, seconds=SECONDS))
        keeper.close_round(asked)
    for phone in phones:
        phone.hang_up()
    keeper.leave()
    return found


async def _streamlit(port: int, size: int) -> Votes:
    phones = [StreamlitPhone(port) for _ in range(size)]
    # All at once, as a room opens it: one after another those who are there already hold up who comes.
    await asyncio.gather(*(phone.open() for phone in phones))
    votes = await vote_on_all(phones, Asked(0, list(range(ITEMS[size]))), seconds=SECONDS)
    await asyncio.gather(*(phone.close() for phone in phones))
    return votes


def _stored(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        return int(database.execute("SELECT COUNT(*) FROM vote").fetchone()[0])
