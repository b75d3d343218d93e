"""Many rooms on several processes with one PostgreSQL: joins, proposals, votes and closes, all at once.

Each phone keeps to one of the processes, as a proxy lets it; the rooms are spread over all of them.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import uvloop

from bench.crowd import Answer, Phone, p95
from bench.room import CHOICES, Asked, Keeper, Place
from models.basics.words import Step
from tests.postgresql import Cluster, cluster
from tests.serving import Server

PROCESSES, ROOMS, PEOPLE, ITEMS = 3, 20, 60, 2
JOIN_SECONDS, DRAFT_SECONDS, VOTE_SECONDS = 15.0, 5.0, 5.0
DATABASE = "rooms"
KEY = "a key for the bench only, shared by its processes"
STORED = """SELECT item.round_id, ballot.round_item_id, ballot.choice, count(*) FROM ballot
    JOIN round_item AS item ON item.id = ballot.round_item_id GROUP BY 1, 2, 3"""
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@dataclass
class Took:
    """What came of one kind of request: how long each took (ms), and how many were refused, by status."""

    latency: list[float] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)

    @property
    def p95(self) -> float:
        return p95(self.latency)


@dataclass(frozen=True)
class ManyRooms:
    """What came of all rooms. `lost` and `doubled` votes, and `missing` proposals, are counted in the database."""

    joins: Took
    proposals: Took
    votes: Took
    closes: list[float]
    lost: int
    doubled: int
    missing: int
    deadlocks: int


def measure(folder: Path) -> ManyRooms:
    """Start PostgreSQL and the processes, let the rooms work, and return what came of it."""
    with cluster() as database, ExitStack() as open_until_the_end:
        address = database.create(DATABASE)
        servers = [
            Server(
                folder / f"process-{number}",
                environment={"DATABASE_URL": address, "HANDSLAG_KEY": KEY, "HANDSLAG_DATA": str(folder)},
            )
            for number in range(PROCESSES)
        ]
        for server in servers:
            server.start()
            open_until_the_end.callback(server.kill)
        keepers = [Keeper(servers[0]) for _ in range(PROCESSES)]
        for keeper in keepers:
            open_until_the_end.callback(keeper.leave)
        return uvloop.run(_all_rooms(servers, keepers, database))


async def _all_rooms(servers: Sequence[Server], keepers: Sequence[Keeper], database: Cluster) -> ManyRooms:
    chance = random.Random(2027)
    places = [keepers[0].prepare() for _ in range(ROOMS)]
    for place in places:
        keepers[0].take_room(place.code, Step.DRAFT)
    phones = [
        (place, Phone(servers[number % PROCESSES].port, place.code))
        for place in places
        for number in range(PEOPLE)
    ]
    chance.shuffle(phones)

    async def join(place: Place, phone: Phone) -> Answer:
        return await phone.come_in(chance.choice(place.groups))

    async def propose(place: Place, phone: Phone) -> Answer:
        text = f"Wij groeten elkaar in straat {chance.randrange(10**9)}."
        return await phone.post(f"/p/{place.code}/proposals", text=text)

    joins = await _spread(phones, join, JOIN_SECONDS, chance)
    proposals = await _spread(phones, propose, DRAFT_SECONDS, chance)
    asked = {place.code: keepers[0].open_round(place, ITEMS) for place in places}
    confirmed: Counter[tuple[int, int, str]] = Counter()
    votes = Took()
    for item in range(ITEMS):

        async def vote(place: Place, phone: Phone, item: int = item) -> Answer:
            of, choice = asked[place.code], chance.choice(CHOICES)
            answer = await phone.cast(of.round, of.items[item], choice)
            if answer.status == 200:
                confirmed[of.round, of.items[item], str(answer.json()["choice"])] += 1
            return answer

        took = await _spread(phones, vote, VOTE_SECONDS, chance)
        votes.latency += took.latency
        votes.refused += took.refused
    closes = await asyncio.gather(
        *(
            asyncio.to_thread(_close_all, keeper, list(asked.values())[number :: len(keepers)])
            for number, keeper in enumerate(keepers)
        )
    )
    for _, phone in phones:
        phone.hang_up()
    stored, sent, deadlocks = _count(database)
    return ManyRooms(
        joins=joins,
        proposals=proposals,
        votes=votes,
        closes=[seconds for some in closes for seconds in some],
        lost=(confirmed - stored).total(),
        doubled=(stored - confirmed).total(),
        missing=len(proposals.latency) - sent,
        deadlocks=deadlocks,
    )


async def _spread(
    phones: Sequence[tuple[Place, Phone]],
    ask: Callable[[Place, Phone], Awaitable[Answer]],
    seconds: float,
    chance: random.Random,
) -> Took:
    """Let every phone ask once, each at a moment of its own within `seconds`."""
    took = Took()

    async def one(place: Place, phone: Phone, planned: float) -> None:
        await asyncio.sleep(planned)
        began = time.perf_counter()
        answer = await ask(place, phone)
        if answer.status == 200:
            took.latency.append((time.perf_counter() - began) * 1000)
        else:
            took.refused[answer.status] += 1

    await asyncio.gather(*(one(place, phone, chance.random() * seconds) for place, phone in phones))
    return took


def _close_all(keeper: Keeper, rounds: Sequence[Asked]) -> list[float]:
    """Close these rounds one after another, and return how long each took (ms)."""
    taken = []
    for asked in rounds:
        began = time.perf_counter()
        keeper.close_round(asked)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _count(database: Cluster) -> tuple[Counter[tuple[int, int, str]], int, int]:
    """Return the ballots of every round, how many proposals there are, and how often PostgreSQL met a deadlock."""
    with psycopg.connect(database.url(DATABASE).replace("+psycopg", "")) as connection:
        ballots = {
            (round_id, item, choice): count
            for round_id, item, choice, count in connection.execute(STORED).fetchall()
        }
        [proposals] = connection.execute("SELECT count(*) FROM proposal").fetchone() or (0,)
        [deadlocks] = connection.execute(DEADLOCKS).fetchone() or (0,)
    return Counter(ballots), proposals, deadlocks
