"""A meeting that is measured: a crowd that grows, and rounds that are opened and closed."""

import asyncio
import time

from bench.crowd import Phone, come_in, make_crowd, until
from bench.following import Following
from bench.room import Asked, Keeper
from tests.serving import Server

# What the news of the opening set going has come to rest.
CALM_SECONDS = 1.0


class Meeting:
    """The room on one server, with its crowd."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.keeper = Keeper(server)
        self.place = self.keeper.prepare()
        self.phones: list[Phone] = []
        self.following = Following()

    async def grow(self, count: int) -> float:
        """Let phones join until there are `count`, each with its live connection; return how many a second joined."""
        fresh = make_crowd(self.server.port, self.place.code, count)[len(self.phones) :]
        began = time.perf_counter()
        await come_in(fresh, self.place.groups, self.following.hear)
        self.phones += fresh
        return len(fresh) / (time.perf_counter() - began)

    async def ask(self, items: int) -> Asked:
        """Open a round; return when every phone knows of it, and the room is calm again."""
        asked = await asyncio.to_thread(self.keeper.open_round, self.place, items)
        await until(lambda: all(phone.news["round"] == asked.round for phone in self.phones))
        await asyncio.sleep(CALM_SECONDS)
        return asked

    async def close(self, asked: Asked) -> None:
        """Close a round from another process, as `manage.py` would."""
        await asyncio.to_thread(self.keeper.close_round, asked)

    def leave(self) -> None:
        for phone in self.phones:
            phone.hang_up()
        self.keeper.leave()
