"""The votes of a room while tables are divided beside it: the search is a process of its own, and holds up none."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.crowd import come_in, make_crowd
from bench.room import Keeper
from bench.seating import three_hundred_at_tables
from bench.voting import Votes, vote_on_all
from models.encounters.seating.process import seat_apart
from tests.serving import Server, running

SIZES = (60, 300)
# As long as the search of 300 people takes on two quiet cores; what is done sooner is begun again.
SECONDS = 7.0


@dataclass(frozen=True)
class Beside:
    """The votes of so many phones in one run: without a search, and while one of 300 people at 50 tables goes on."""

    phones: int
    alone: Votes
    beside: Votes
    searches: int

    @property
    def ratio(self) -> float:
        return self.beside.p95 / self.alone.p95


def measure(folder: Path) -> list[Beside]:
    """Return how crowds of 60 and 300 vote, with and without a search beside them."""
    found = []
    for size in SIZES:
        with running(folder / str(size)) as server:
            found.append(uvloop.run(_votes(server, size)))
    return found


async def _votes(server: Server, size: int) -> Beside:
    keeper = Keeper(server)
    place = keeper.prepare()
    phones = make_crowd(server.port, place.code, size)
    await come_in(phones, place.groups)
    asked = keeper.open_round(place, 2)
    await vote_on_all(phones, asked, seconds=SECONDS / 4)
    keeper.close_round(asked)
    asked = keeper.open_round(place, 1)
    alone = await vote_on_all(phones, asked, seconds=SECONDS)
    keeper.close_round(asked)
    asked = keeper.open_round(place, 1)
    with _searching() as begun:
        beside = await vote_on_all(phones, asked, seconds=SECONDS)
    keeper.close_round(asked)
    for phone in phones:
        phone.hang_up()
    keeper.leave()
    return Beside(size, alone, beside, len(begun))


@contextmanager
def _searching() -> Iterator[list[int]]:
    """Divide tables again and again, as the page of who leads does, until the votes are in."""
    begun: list[int] = []
    is_over = threading.Event()

    class Over(Exception):
        pass

    def told(_part: float, _best: int) -> None:
        if is_over.is_set():
            raise Over

    def search() -> None:
        while not is_over.is_set():
            begun.append(len(begun))
            try:
                seat_apart(three_hundred_at_tables(), seed=len(begun), told=told)
            except Over:
                return

    searching = threading.Thread(target=search)
    searching.start()
    try:
        yield begun
    finally:
        is_over.set()
        searching.join()
