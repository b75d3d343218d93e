"""Several processes on one PostgreSQL: a vote that was confirmed stands, whoever took it."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import text

from models.basics.errors import RoundClosed
from models.basics.keys import new_token
from models.joining.joining import join
from models.storage.database import engine, reading, writing_session
from models.storage.writing import Writer, write
from models.voting.ballot import cast_ballot
from models.voting.closing import close_round
from models.voting.round_views import ballots_of, ballots_stored, read_round
from models.workshop.people import count_people
from tests.builders import LEADER, Room, Vote, ballot, cast, make_round, make_workshop

PATIENCE = 60
WAITS_FOR_A_LOCK = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def _until_another_waits() -> None:
    """Wait until another connection waits for what one holds, however long it takes to come there."""
    deadline = time.monotonic() + PATIENCE
    is_waiting = False
    while not is_waiting:
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.01)
        # A look of its own each time: within one transaction it stays what it was.
        with engine().connect() as looking:
            is_waiting = bool(looking.execute(WAITS_FOR_A_LOCK).scalar_one())


def _stored(vote: Vote, person: int) -> tuple[str, int]:
    with reading() as session:
        found = ballots_of(session, vote.round_id, person)[vote.items[0]]
    return found.choice, found.sequence


def test_a_late_retry_at_another_process_never_undoes_a_newer_vote(postgresql: str) -> None:
    room = make_workshop(people=1)
    vote = make_round(room)
    cast(vote, room.people[0], "agree", sequence=1)
    late = ballot(vote, room.people[0], "concern", sequence=2)
    newer = ballot(vote, room.people[0], "objection", sequence=3)

    with writing_session() as first:
        cast_ballot(first, ballot=newer)
        # The other process has read what stood before, and waits for the row.
        second = threading.Thread(target=write, args=(cast_ballot,), kwargs={"ballot": late})
        second.start()
        _until_another_waits()
        first.commit()
    second.join(PATIENCE)

    assert _stored(vote, room.people[0]) == ("objection", 3)


def test_a_first_vote_that_comes_to_two_processes_is_one_ballot(postgresql: str) -> None:
    room = make_workshop(people=1)
    vote = make_round(room)
    same = ballot(vote, room.people[0], "agree", request_id="r1")
    errors: list[BaseException] = []

    def again() -> None:
        try:
            write(cast_ballot, ballot=same)
        except Exception as error:
            errors.append(error)

    with writing_session() as first:
        cast_ballot(first, ballot=same)
        second = threading.Thread(target=again)
        second.start()
        _until_another_waits()
        first.commit()
    second.join(PATIENCE)

    assert errors == []
    assert _stored(vote, room.people[0])[0] == "agree"
    with reading() as session:
        assert ballots_stored(session, vote.round_id) == 1


def test_a_close_waits_for_the_vote_that_was_being_stored_and_counts_it(postgresql: str) -> None:
    room = make_workshop(people=1)
    vote = make_round(room)

    with writing_session() as first:
        cast_ballot(first, ballot=ballot(vote, room.people[0]))
        closing = threading.Thread(
            target=write, args=(close_round,), kwargs={"who": LEADER, "round_id": vote.round_id}
        )
        closing.start()
        _until_another_waits()
        assert closing.is_alive()
        first.commit()
    closing.join(PATIENCE)

    with reading() as session:
        assert read_round(session, vote.round_id).voted == 1


def test_a_vote_behind_the_close_is_refused(postgresql: str) -> None:
    room = make_workshop(people=1)
    vote = make_round(room)
    errors: list[BaseException] = []

    def vote_late() -> None:
        try:
            write(cast_ballot, ballot=ballot(vote, room.people[0]))
        except RoundClosed as error:
            errors.append(error)

    with writing_session() as first:
        close_round(first, who=LEADER, round_id=vote.round_id)
        voting = threading.Thread(target=vote_late)
        voting.start()
        _until_another_waits()
        assert voting.is_alive()
        first.commit()
    voting.join(PATIENCE)

    assert len(errors) == 1
    with reading() as session:
        assert ballots_stored(session, vote.round_id) == 0


def _join_each(rooms: list[Room], order: list[int]) -> list[Any]:
    """Let one phone join each room, all at once, through a writer of its own as another process has; return answers."""
    writer = Writer()
    writer.start()

    async def together() -> list[Any]:
        asked = [
            writer.submit_shared(join, {"code": rooms[place].code, "phone_token": new_token()})
            for place in order
        ]
        return await asyncio.gather(*asked, return_exceptions=True)

    try:
        return asyncio.run(together())
    finally:
        writer.stop()


def _deadlocks() -> int:
    with engine().connect() as connection:
        connection.execute(text("SELECT pg_stat_force_next_flush()"))
        return int(
            connection.execute(
                text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            ).scalar_one()
        )


def test_two_processes_take_many_rooms_in_one_order_whatever_order_their_phones_come_in(
    postgresql: str,
) -> None:
    rooms = [make_workshop() for _ in range(12)]
    before = _deadlocks()
    orders = [list(range(12)), list(range(11, -1, -1))]

    with ThreadPoolExecutor(2) as processes:
        answers = [
            answer
            for _ in range(5)
            for joined in processes.map(lambda order: _join_each(rooms, order), orders)
            for answer in joined
        ]

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert _deadlocks() == before
    with reading() as session:
        assert [count_people(session, room.workshop_id) for room in rooms] == [10] * 12


def test_whom_postgresql_ended_for_another_tries_again_before_anybody_hears_of_it(postgresql: str) -> None:
    rooms = [make_workshop() for _ in range(2)]
    first, second = (room.workshop_id for room in rooms)
    lock = text("SELECT id FROM workshop WHERE id = :room FOR UPDATE")
    before = _deadlocks()

    with ThreadPoolExecutor(1) as other_process, engine().connect() as holder:
        # Whoever asks first is ended; this one is patient.
        holder.execute(text("SET deadlock_timeout = '30s'"))
        holder.execute(lock, {"room": second})
        joining = other_process.submit(_join_each, rooms, [0, 1, 0, 1, 0, 1])
        # It has the first room, and waits for the second.
        _until_another_waits()
        holder.execute(lock, {"room": first})
        holder.commit()
        answers = joining.result(timeout=PATIENCE)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert _deadlocks() == before + 1
