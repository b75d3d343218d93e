"""Who listens hears what changed, and nothing of what one person did."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from models import news
from models.ballot import BallotPost, cast_ballot
from models.links import new_token
from models.news import Kind, RoomState, listen, start_news, stop_news
from models.participant import join
from models.round import close_round, reveal_round
from models.words import Step
from models.workshop import take_room_to
from models.writing import post, start_writer, stop_writer, write
from tests.builders import LEADER, Room, Vote, make_round, make_workshop

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """The writer and the news as a server has them."""
    start_writer()
    start_news(asyncio.get_running_loop())
    try:
        yield
    finally:
        stop_news()
        await asyncio.to_thread(stop_writer)


class Ear:
    """One open stream that keeps what it heard."""

    def __init__(self, workshop_id: int, kind: Kind) -> None:
        self._workshop_id, self._kind = workshop_id, kind
        self.heard: list[RoomState] = []
        self.has_ended = False
        self._task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async with aclosing(listen(self._workshop_id, self._kind)) as stream:
            async for state in stream:
                if state is not None:
                    self.heard.append(state)
        self.has_ended = True

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await asyncio.sleep(0.01)

    async def hang_up(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def told() -> None:
        async with running():
            await story()

    asyncio.run(told())


def vote(room: Room, vote_: Vote, person: int) -> Awaitable[object]:
    ballot = BallotPost(room.people[person], vote_.round_id, vote_.items[0], "agree")
    return post(cast_ballot, ballot=ballot)


@pytest.mark.parametrize("kind", ["phone", "page", "projector"])
def test_who_listens_hears_the_state_at_once_and_then_every_change(database: str, kind: Kind) -> None:
    room = make_workshop(people=6)

    async def story() -> None:
        ear = Ear(room.workshop_id, kind)
        await ear.until(lambda: bool(ear.heard))
        assert ear.heard[0]["step"] == Step.WELCOME
        assert ear.heard[0]["people"] == 6

        await asyncio.to_thread(
            write, take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.DRAFT
        )

        await ear.until(lambda: ear.heard[-1]["step"] == Step.DRAFT)
        await ear.hang_up()

    run(story)


def test_a_vote_moves_the_count_and_not_the_revision(database: str) -> None:
    room = make_workshop(people=6)
    opened = make_round(room)

    async def story() -> None:
        ear = Ear(room.workshop_id, "projector")
        await ear.until(lambda: bool(ear.heard))
        before = ear.heard[-1]

        await vote(room, opened, 0)

        await ear.until(lambda: ear.heard[-1]["voted"] == 1)
        assert not ear.heard[-1].differs_in_more_than_counts(before)
        await ear.hang_up()

    run(story)


def test_somebody_who_joins_is_counted(database: str) -> None:
    room = make_workshop(people=2)

    async def story() -> None:
        ear = Ear(room.workshop_id, "projector")
        await ear.until(lambda: bool(ear.heard))

        await post(join, code=room.code, phone_token=new_token(), name="Zoë", group_id=None)

        await ear.until(lambda: ear.heard[-1]["people"] == 3)
        await ear.hang_up()

    run(story)


def test_the_last_count_reaches_the_phones_however_fast_the_votes_come(sqlite: str) -> None:
    room = make_workshop(people=40)
    opened = make_round(room)

    async def story() -> None:
        phone, projector = Ear(room.workshop_id, "phone"), Ear(room.workshop_id, "projector")
        await phone.until(lambda: bool(phone.heard and projector.heard))

        for person in range(40):
            await vote(room, opened, person)
            await asyncio.sleep(0.01)

        await projector.until(lambda: projector.heard[-1]["voted"] == 40)
        await phone.until(lambda: phone.heard[-1]["voted"] == 40)
        assert len(phone.heard) < len(projector.heard)
        await phone.hang_up()
        await projector.hang_up()

    run(story)


def test_a_reveal_brings_its_result_and_a_close_does_not(database: str) -> None:
    room = make_workshop(people=6)
    opened = make_round(room)

    async def story() -> None:
        ear = Ear(room.workshop_id, "phone")
        await asyncio.gather(*(vote(room, opened, person) for person in range(6)))
        await asyncio.to_thread(write, close_round, who=LEADER, round_id=opened.round_id)
        await ear.until(lambda: bool(ear.heard) and ear.heard[-1]["phase"] == "closed")
        assert "result" not in ear.heard[-1]

        await asyncio.to_thread(write, reveal_round, who=LEADER, round_id=opened.round_id)

        await ear.until(lambda: ear.heard[-1]["phase"] == "revealed")
        assert ear.heard[-1]["result"] == [
            {
                "item": opened.items[0],
                "decision": "adopted",
                "cast": 6,
                "counts": {"agree": 6, "concern": 0, "objection": 0},
            }
        ]
        await ear.hang_up()

    run(story)


def test_the_result_of_fewer_than_five_votes_travels_without_numbers(sqlite: str) -> None:
    room = make_workshop(people=6)
    opened = make_round(room)

    async def story() -> None:
        ear = Ear(room.workshop_id, "phone")
        await asyncio.gather(*(vote(room, opened, person) for person in range(4)))
        await asyncio.to_thread(write, close_round, who=LEADER, round_id=opened.round_id)
        await asyncio.to_thread(write, reveal_round, who=LEADER, round_id=opened.round_id)

        await ear.until(lambda: bool(ear.heard) and ear.heard[-1]["phase"] == "revealed")

        assert ear.heard[-1]["result"] == [
            {"item": opened.items[0], "decision": "adopted", "cast": None, "counts": None}
        ]
        await ear.hang_up()

    run(story)


def test_what_another_process_writes_is_heard_too(database: str) -> None:
    room = make_workshop(people=1)
    other = (
        "from models.workshop import take_room_to\n"
        "from models.writing import write\n"
        f"write(take_room_to, who='Iris', workshop_id={room.workshop_id}, step='agree')\n"
    )

    async def story() -> None:
        ear = Ear(room.workshop_id, "phone")
        await ear.until(lambda: bool(ear.heard))

        await asyncio.to_thread(subprocess.run, [sys.executable, "-c", other], cwd=ROOT, check=True)

        await ear.until(lambda: ear.heard[-1]["step"] == Step.AGREE)
        await ear.hang_up()

    run(story)


def test_every_stream_ends_when_the_server_stops(sqlite: str) -> None:
    room = make_workshop(people=1)

    async def story() -> None:
        ear = Ear(room.workshop_id, "phone")
        await ear.until(lambda: bool(ear.heard))

        stop_news()

        await ear.until(lambda: ear.has_ended)

    run(story)


def test_a_stream_that_was_left_is_forgotten(sqlite: str) -> None:
    room = make_workshop(people=1)

    async def story() -> None:
        ear = Ear(room.workshop_id, "phone")
        await ear.until(lambda: bool(ear.heard))
        assert news._feed is not None and news._feed.has_listeners()

        await ear.hang_up()

        assert not news._feed.has_listeners()

    run(story)
