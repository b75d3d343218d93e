"""Thirty minutes in which three rooms draft, vote, agree and sign, while strangers do all they can think of in turn.

A minute of strangers follows a minute without: so both are measured on the same machine in the same half hour.
`SOAK_MINUTES` shortens it, for trying it out.
"""

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import uvloop

from bench.ballots import count_kept
from bench.crowd import Phone, p95
from bench.memory import Memory
from bench.room import CHOICES, Asked, Keeper, Place
from bench.strangers import KINDS
from models.basics.words import Step
from tests.serving import ROOT, Server

ROOMS, PEOPLE, ITEMS = 3, 60, 4
VOTE_SECONDS, STEP_SECONDS, TURN_SECONDS, LOOK_SECONDS = 15.0, 5.0, 60.0, 5.0
ROOM_ADDRESS = "127.0.0.2"
MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))


@dataclass
class Soak:
    """What came of it. `quiet` and `attacked` are votes' latencies (ms) without and with strangers; `memory` in MB."""

    quiet: list[float] = field(default_factory=list)
    attacked: list[float] = field(default_factory=list)
    per_kind: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[str, Counter[str]] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0
    rounds: int = 0
    proposals: int = 0
    signatures: int = 0
    memory: list[float] = field(default_factory=list)
    tracebacks: int = 0

    @property
    def memory_of_halves(self) -> tuple[float, float]:
        """The median of the third quarter, when everything has been used once, and of the last."""
        quarter = max(1, len(self.memory) // 4)
        return median(self.memory[-2 * quarter : -quarter] or self.memory), median(self.memory[-quarter:])


def measure(folder: Path) -> Soak:
    """Start a server, let rooms and strangers at it, and return what came of it."""
    server = Server(folder / "server")
    server.start()
    keepers = [Keeper(server) for _ in range(ROOMS)]
    try:
        found = uvloop.run(_half_an_hour(server, keepers))
    finally:
        for keeper in keepers:
            keeper.leave()
        server.kill()
    found.tracebacks = server.log.read_text(errors="replace").count("Traceback")
    return found


async def _half_an_hour(server: Server, keepers: Sequence[Keeper]) -> Soak:
    soak, now = Soak(), _Now()
    ends_at = time.monotonic() + MINUTES * 60
    looking = asyncio.create_task(_look(Memory(server), soak))
    attacking = asyncio.create_task(_attack_in_turn(server, soak, now, ends_at))
    await asyncio.gather(*(_lead(server, keeper, soak, now, ends_at) for keeper in keepers))
    attacking.cancel()
    looking.cancel()
    return soak


@dataclass
class _Now:
    """Which strangers are at it now, and at which room; None between two turns."""

    kind: str | None = None
    code: str = ""


async def _look(memory: Memory, soak: Soak) -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        soak.memory.append(memory.most())


async def _attack_in_turn(server: Server, soak: Soak, now: _Now, ends_at: float) -> None:
    turn = min(TURN_SECONDS, MINUTES * 60 / (2 * len(KINDS)))
    while time.monotonic() < ends_at:
        for kind in KINDS:
            now.kind = None
            await asyncio.sleep(turn)
            now.kind = kind
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bench.strangers",
                *(str(server.port), now.code, kind, str(turn)),
                cwd=ROOT,
                stdout=asyncio.subprocess.PIPE,
            )
            try:
                told, _ = await process.communicate()
            except asyncio.CancelledError:
                process.kill()
                raise
            soak.statuses.setdefault(kind, Counter()).update(json.loads(told))


async def _lead(server: Server, keeper: Keeper, soak: Soak, now: _Now, ends_at: float) -> None:
    """Let one meeting follow another until the time is over."""
    chance = random.Random(2027)
    while time.monotonic() < ends_at:
        place = await asyncio.to_thread(keeper.prepare_with_partners)
        now.code = place.code
        # Strangers come from elsewhere.
        phones = [Phone(server.port, place.code, ROOM_ADDRESS) for _ in range(PEOPLE)]
        for phone in phones:
            await phone.join(chance.choice(place.groups))
            await phone.listen()
        await asyncio.to_thread(keeper.take_room, place.code, Step.DRAFT)
        soak.proposals += await _propose(phones, place, chance)
        asked = await asyncio.to_thread(keeper.open_round, place, ITEMS)
        await _vote(phones, asked, soak, now, chance, keeper, server)
        pages = await asyncio.to_thread(keeper.agree_and_freeze, place)
        for page in pages:
            answer = await phones[0].post(
                f"{page}/sign", answer="signed", name="Zoë van Dam", role="voorzitter"
            )
            soak.signatures += answer.status in (200, 303)
        for phone in phones:
            phone.hang_up()


async def _propose(phones: Sequence[Phone], place: Place, chance: random.Random) -> int:
    async def propose(phone: Phone) -> bool:
        await asyncio.sleep(chance.random() * STEP_SECONDS)
        text = f"Wij groeten elkaar in straat {chance.randrange(10**6)}."
        return (await phone.post(f"/p/{place.code}/proposals", text=text)).status == 200

    return sum(await asyncio.gather(*(propose(phone) for phone in phones)))


async def _vote(
    phones: Sequence[Phone],
    asked: Asked,
    soak: Soak,
    now: _Now,
    chance: random.Random,
    keeper: Keeper,
    server: Server,
) -> None:
    confirmed: Counter[tuple[int, str]] = Counter()

    async def vote(phone: Phone, item: int) -> None:
        await asyncio.sleep(chance.random() * VOTE_SECONDS)
        kind, began = now.kind, time.perf_counter()
        answer = await phone.cast(asked.round, item, chance.choice(CHOICES))
        took = (time.perf_counter() - began) * 1000
        if answer.status != 200:
            soak.refused[answer.status] += 1
            return
        confirmed[item, str(answer.json()["choice"])] += 1
        # What began without strangers and ended with them belongs to neither.
        if kind is now.kind:
            (soak.quiet if kind is None else soak.attacked).append(took)
            if kind is not None:
                soak.per_kind.setdefault(kind, []).append(took)

    for item in asked.items:
        await asyncio.gather(*(vote(phone, item) for phone in phones))
    await asyncio.to_thread(keeper.close_round, asked)
    kept = count_kept(server, asked.round, confirmed)
    soak.lost, soak.doubled, soak.rounds = soak.lost + kept.lost, soak.doubled + kept.doubled, soak.rounds + 1


def worst_kind(soak: Soak) -> tuple[str, float]:
    """Return the strangers under whom votes took longest, and their p95 (ms)."""
    return max(((kind, p95(found)) for kind, found in soak.per_kind.items()), key=lambda one: one[1])
