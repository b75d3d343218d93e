"""How soon a room has its new page when it is taken from step to step, and what a page costs the server.

The room is the example's, and has the phones of the crowd besides. Another process takes it to the next step, which
ours notices within a quarter of a second: so time counts from the first phone that was told.
"""

import asyncio
import json
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import uvloop

from bench.crowd import come_in, make_crowd
from bench.following import Followed, Following
from bench.room import Keeper
from models.basics.words import Step
from models.workshop.programme import ALLIANCE
from tests.serving import Server, running

CROWDS = (60, 1_000)
# The room stands in the step in which people propose, and is taken through all that follow, until the meeting ends.
STEPS = [step for step in ALLIANCE.ahead() if step not in (Step.DRAFT, *ALLIANCE.before(Step.DRAFT))]
CALM_SECONDS = 1.0


@dataclass(frozen=True)
class Moved:
    """A step that a room was taken to. Milliseconds from the first phone told until the last told and the last page;
    `processor` is what the server's process worked for it, in milliseconds per phone.
    """

    phones: int
    step: str
    told_last: float
    page_last: float
    processor: float


def measure(folder: Path) -> list[Moved]:
    """Return how each crowd followed through the steps, with a server of its own."""
    found = []
    for count in CROWDS:
        with running(folder / f"steps-{count}") as server:
            made = json.loads(server.manage("example", "--step", Step.DRAFT).splitlines()[-1])
            found += uvloop.run(_follow(server, made["code"], count))
    return found


async def _follow(server: Server, code: str, count: int) -> list[Moved]:
    following = Following()
    phones = make_crowd(server.port, code, count)
    await come_in(phones, [""], following.hear)
    keeper, moved = Keeper(server), []
    for step in STEPS:
        await asyncio.sleep(CALM_SECONDS)
        following.expect(partial(_is_at, step))
        worked = _processor_seconds(server)
        await asyncio.to_thread(keeper.take_room, code, step)
        followed = await following.followed(phones, 0)
        worked = _processor_seconds(server) - worked
        moved.append(_moved(count, step, followed, worked))
    keeper.leave()
    for phone in phones:
        phone.hang_up()
    return moved


def _is_at(step: str, news: dict[str, Any]) -> bool:
    return bool(news["step"] == step)


def _moved(count: int, step: str, followed: Followed, worked: float) -> Moved:
    return Moved(
        phones=count,
        step=step,
        told_last=followed.told_last - followed.told_first,
        page_last=followed.page_last - followed.told_first,
        processor=worked * 1000 / count,
    )


def _processor_seconds(server: Server) -> float:
    """Return how long the server's process has worked so far, on all cores."""
    assert server.process is not None
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
