"""One writer: nothing that was confirmed is lost, and one bad post harms nobody else."""

import asyncio
import resource
import sqlite3
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, func, select

from models.basics.clock import now
from models.basics.errors import Busy, NoRoomLeft, NotFound
from models.basics.keys import new_token
from models.installation.installation import prepare_installation
from models.joining.joining import join
from models.storage import writing
from models.storage.database import (
    READING_CACHE_KILOBYTES,
    WRITING_CACHE_KILOBYTES,
    engine,
    reading,
    writing_session,
)
from models.storage.forgetting import forget_deleted
from models.storage.transaction import KeptConnection, Transaction
from models.storage.writing import post, start_writer, stop_writer, write
from models.tables import Ballot, Installation, Participant, Phone, Workshop
from models.voting.ballot import cast_ballot
from models.workshop.workshop import count_heads
from tests.builders import LEADER, Room, ballot, make_round, make_workshop, post_all, rows_of

pytestmark = pytest.mark.both_databases


def _add_one_head(session: Session, *, workshop_id: int) -> int:
    """Raise a number by reading and writing it, as a careless action would."""
    workshop = session.get_one(Workshop, workshop_id)
    workshop.heads_counted = (workshop.heads_counted or 0) + 1
    session.add(workshop)
    session.flush()
    return workshop.heads_counted


def _fail(session: Session, *, workshop_id: int, error: Exception) -> None:
    _add_one_head(session, workshop_id=workshop_id)
    raise error


def _break_a_constraint(session: Session, *, workshop_id: int) -> None:
    for _ in range(2):
        session.add(Phone(workshop_id=workshop_id, token_hash="same", created_at=now()))
        session.flush()


def _heads(room: Room) -> int | None:
    with reading() as session:
        return session.get_one(Workshop, room.workshop_id).heads_counted


def test_the_writer_keeps_more_of_the_file_at_hand_than_each_of_many_readers(sqlite: str) -> None:
    kept = KeptConnection()
    with kept.transaction() as transaction:
        by_the_writer = _kilobytes_at_hand(transaction.connection)
        transaction.commit()
    with reading() as session:
        by_a_reader = _kilobytes_at_hand(session.connection())
    kept.close()

    assert by_a_reader == READING_CACHE_KILOBYTES < by_the_writer == WRITING_CACHE_KILOBYTES


def _kilobytes_at_hand(connection: Connection) -> int:
    return -int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())


def test_what_was_written_can_be_read_at_once(database: str) -> None:
    room = make_workshop()

    assert write(_add_one_head, workshop_id=room.workshop_id) == 1

    assert _heads(room) == 1


def test_an_action_that_fails_leaves_nothing_behind(database: str) -> None:
    room = make_workshop()

    with pytest.raises(NotFound):
        write(_fail, workshop_id=room.workshop_id, error=NotFound("thing"))

    assert _heads(room) is None


def test_two_hundred_actions_at_the_same_moment_are_all_counted(database: str) -> None:
    room = make_workshop()

    numbers = post_all([(_add_one_head, {"workshop_id": room.workshop_id})] * 200)

    assert sorted(numbers) == list(range(1, 201))
    assert _heads(room) == 200


def test_twenty_threads_that_write_and_post_lose_nothing(database: str) -> None:
    room = make_workshop()
    results: list[int] = []

    def work(place: int) -> None:
        for _ in range(5):
            if place % 2:
                results.append(write(_add_one_head, workshop_id=room.workshop_id))
            else:
                results.append(asyncio.run(post(_add_one_head, workshop_id=room.workshop_id)))

    start_writer()
    try:
        threads = [threading.Thread(target=work, args=(place,)) for place in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        stop_writer()

    assert sorted(results) == list(range(1, 101))
    assert _heads(room) == 100


def test_without_a_writer_actions_from_several_threads_do_not_write_on_a_stale_read(sqlite: str) -> None:
    room = make_workshop()
    threads = [
        threading.Thread(target=write, args=(_add_one_head,), kwargs={"workshop_id": room.workshop_id})
        for _ in range(20)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert _heads(room) == 20


def test_twenty_threads_joining_get_twenty_numbers(database: str) -> None:
    """Without a writer in between, as several processes would do it."""
    room = make_workshop()

    def come_in(token: str) -> int:
        return int(write(join, code=room.code, phone_token=token, name=None, group_id=None).number)

    with ThreadPoolExecutor(20) as pool:
        numbers = list(pool.map(come_in, [new_token() for _ in range(20)]))

    assert sorted(numbers) == list(range(1, 21))


def test_a_bad_one_does_not_sink_the_others_in_its_batch(database: str) -> None:
    room = make_workshop()
    calls: list[tuple[Any, dict[str, Any]]] = [(_add_one_head, {"workshop_id": room.workshop_id})] * 30
    calls[10] = (_fail, {"workshop_id": room.workshop_id, "error": NotFound("thing")})

    answers = post_all(calls)

    assert [place for place, answer in enumerate(answers) if isinstance(answer, Exception)] == [10]
    assert isinstance(answers[10], NotFound)
    assert _heads(room) == 29


@pytest.mark.parametrize("kind", ["constraint", "bug"])
def test_a_batch_that_breaks_is_done_again_one_by_one(database: str, kind: str) -> None:
    room = make_workshop()
    calls: list[tuple[Any, dict[str, Any]]] = [(_add_one_head, {"workshop_id": room.workshop_id})] * 12
    calls[5] = (
        (_break_a_constraint, {"workshop_id": room.workshop_id})
        if kind == "constraint"
        else (_fail, {"workshop_id": room.workshop_id, "error": ZeroDivisionError()})
    )

    answers = post_all(calls)

    assert isinstance(answers[5], IntegrityError if kind == "constraint" else ZeroDivisionError)
    assert [answer for place, answer in enumerate(answers) if place != 5] == list(range(1, 12))
    assert _heads(room) == 11


@pytest.mark.parametrize("is_a_group", [False, True], ids=["each by itself", "done in one go"])
def test_a_failing_post_costs_its_own_savepoint_and_not_the_group(
    database: str, monkeypatch: pytest.MonkeyPatch, is_a_group: bool
) -> None:
    room = make_workshop()
    commits: list[Transaction] = []
    commit = writing._commit

    def counted(transaction: Transaction) -> None:
        commits.append(transaction)
        commit(transaction)

    monkeypatch.setattr(writing, "_commit", counted)
    if is_a_group:
        monkeypatch.setitem(writing._batches, _count_one, _count_many)
    calls: list[tuple[Any, dict[str, Any]]] = [(_count_one, {"workshop_id": room.workshop_id})] * 60
    calls[20] = (_count_one, {"workshop_id": room.workshop_id, "error": ZeroDivisionError()})

    answers = post_all(calls)

    assert isinstance(answers[20], ZeroDivisionError)
    assert sorted(answer for place, answer in enumerate(answers) if place != 20) == list(range(1, 60))
    assert _heads(room) == 59
    assert len(commits) < 30


def _count_one(session: Session, *, workshop_id: int, error: Exception | None = None) -> int:
    counted = _add_one_head(session, workshop_id=workshop_id)
    if error is not None:
        raise error
    return counted


def _count_many(transaction: Transaction, posts: Sequence[dict[str, Any]]) -> list[int]:
    return [_count_one(transaction.session, **given) for given in posts]


def test_a_phone_that_hangs_up_does_not_stop_the_writer(database: str) -> None:
    room = make_workshop()
    is_held, go_on = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        is_held.set()
        go_on.wait(20)

    async def phones() -> int:
        holding = asyncio.create_task(post(hold))
        await asyncio.to_thread(is_held.wait, 20)
        waiting = [asyncio.create_task(post(_add_one_head, workshop_id=room.workshop_id)) for _ in range(3)]
        alone = asyncio.create_task(
            asyncio.to_thread(write, count_heads, who=LEADER, workshop_id=room.workshop_id, heads=50)
        )
        await asyncio.sleep(0.1)
        for task in waiting[:2]:
            task.cancel()
        await asyncio.sleep(0.1)
        go_on.set()
        await asyncio.gather(holding, *waiting, alone, return_exceptions=True)
        return int(await asyncio.wait_for(post(_add_one_head, workshop_id=room.workshop_id), 20))

    start_writer()
    try:
        assert asyncio.run(asyncio.wait_for(phones(), 60)) == 51
    finally:
        go_on.set()
        stop_writer()


def test_a_full_queue_is_told_and_nothing_is_stored(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "QUEUE_LIMIT", 2)
    room = make_workshop()
    is_held, go_on = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        is_held.set()
        go_on.wait(20)

    async def phones() -> list[Any]:
        holding = asyncio.create_task(post(hold))
        await asyncio.to_thread(is_held.wait, 20)
        answers = [asyncio.create_task(post(_add_one_head, workshop_id=room.workshop_id)) for _ in range(5)]
        await asyncio.sleep(0.1)
        go_on.set()
        await holding
        return await asyncio.gather(*answers, return_exceptions=True)

    start_writer()
    try:
        answers = asyncio.run(phones())
    finally:
        go_on.set()
        stop_writer()

    assert [isinstance(answer, Busy) for answer in answers] == [False, False, True, True, True]
    assert _heads(room) == 2


def test_votes_and_joins_of_the_same_moment_are_all_stored(database: str) -> None:
    room = make_workshop(people=10)
    vote = make_round(room)
    votes = [(cast_ballot, {"ballot": ballot(vote, person)}) for person in room.people]
    joins = [(join, {"code": room.code, "phone_token": new_token()}) for _ in range(10)]

    answers = post_all([each for pair in zip(votes, joins, strict=True) for each in pair])
    again = post_all(
        [(cast_ballot, {"ballot": ballot(vote, answer.participant_id)}) for answer in answers[1::2]]
    )

    assert [answer.choice for answer in answers[::2]] == ["agree"] * 10
    assert sorted(answer.number for answer in answers[1::2]) == list(range(11, 21))
    assert [answer.choice for answer in again] == ["agree"] * 10
    assert len(rows_of(Ballot)) == 20


def test_a_connection_that_the_database_server_ended_costs_nobody_their_vote(postgresql: str) -> None:
    room = make_workshop(people=2)
    vote = make_round(room)

    async def before_and_after() -> list[Any]:
        first = await post(cast_ballot, ballot=ballot(vote, room.people[0]))
        await asyncio.to_thread(_end_connections)
        return [first, await post(cast_ballot, ballot=ballot(vote, room.people[1], "concern"))]

    start_writer()
    try:
        answers = asyncio.run(before_and_after())
    finally:
        stop_writer()

    assert [answer.choice for answer in answers] == ["agree", "concern"]
    assert len(rows_of(Ballot)) == 2


def _end_connections() -> None:
    with engine().connect() as connection:
        ended = connection.exec_driver_sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).scalar_one()
    assert ended > 0


def test_a_database_that_another_process_holds_is_waited_for(sqlite: str) -> None:
    room = make_workshop()
    results: list[int] = []
    with writing_session() as other:
        other.exec(select(func.count()).select_from(Workshop)).one()
        thread = threading.Thread(
            target=lambda: results.append(write(_add_one_head, workshop_id=room.workshop_id))
        )
        thread.start()
        time.sleep(0.3)
        assert results == []
        other.rollback()

    thread.join(15)

    assert results == [1]


def test_a_database_that_does_not_come_free_is_told(sqlite: str) -> None:
    room = make_workshop()

    def never_free(session: Session) -> None:
        raise OperationalError("BEGIN", None, Exception("database is locked"))

    with pytest.raises(Busy):
        write(never_free)
    assert _heads(room) is None


def test_everybody_in_a_batch_is_told_at_once_that_the_database_does_not_come_free(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_workshop(people=20)
    vote = make_round(room)
    tried: list[float] = []

    def held(_transaction: Transaction) -> None:
        tried.append(time.monotonic())
        time.sleep(0.2)
        raise OperationalError("BEGIN", None, Exception("database is locked"))

    monkeypatch.setattr(Transaction, "begin", held)

    answers = post_all([(cast_ballot, {"ballot": ballot(vote, person)}) for person in room.people])

    assert all(isinstance(answer, Busy) for answer in answers)
    assert len(tried) < 10


def test_a_full_disk_is_told_to_everybody_and_leaves_nothing(sqlite: str) -> None:
    room = make_workshop(people=60)
    vote = make_round(room)
    with engine().connect() as connection:
        [pages] = connection.exec_driver_sql("PRAGMA page_count").one()

    @event.listens_for(engine(), "checkout")
    def full(connection: sqlite3.Connection, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    told = post_all(
        [
            (cast_ballot, {"ballot": ballot(vote, person, "concern", reason="long " * 50)})
            for person in room.people
        ]
    )
    event.remove(engine(), "checkout", full)

    assert {type(answer) for answer in told} == {NoRoomLeft}
    assert rows_of(Ballot) == []


def test_a_full_disk_of_postgresql_is_told_too(sqlite: str) -> None:
    def full(session: Session) -> None:
        raise OperationalError("INSERT", None, psycopg.errors.DiskFull("could not extend file"))

    with pytest.raises(NoRoomLeft):
        write(full)


def test_overwriting_what_was_deleted_waits_for_room_on_the_disk(sqlite: str) -> None:
    make_workshop(people=60)
    files_may_grow = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, files_may_grow[1]))
    try:
        is_done = forget_deleted(rounds=2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, files_may_grow)

    assert not is_done
    assert forget_deleted(rounds=1)


def test_another_fault_of_the_database_is_not_called_busy(sqlite: str) -> None:
    def broken(session: Session) -> None:
        raise OperationalError("SELECT", None, Exception("disk I/O error"))

    with pytest.raises(OperationalError):
        write(broken)


def test_an_action_of_the_writer_itself_may_write(database: str) -> None:
    prepare_installation()

    def inside(session: Session) -> str:
        session.rollback()
        return str(write(_read_name))

    start_writer()
    try:
        assert write(inside) == "1"
    finally:
        stop_writer()


def _read_name(session: Session) -> int:
    return session.get_one(Installation, 1).id


def test_starting_and_stopping_twice_is_harmless(database: str) -> None:
    start_writer()
    start_writer()
    stop_writer()
    stop_writer()


def test_what_waits_is_finished_before_the_stop(database: str) -> None:
    room = make_workshop()
    vote = make_round(room)
    people = post_all(
        [
            (join, {"code": room.code, "phone_token": new_token(), "name": None, "group_id": None})
            for _ in range(30)
        ]
    )

    async def vote_and_stop() -> list[Any]:
        votes = [
            asyncio.create_task(post(cast_ballot, ballot=ballot(vote, person.participant_id)))
            for person in people
        ]
        await asyncio.sleep(0)
        await asyncio.to_thread(stop_writer)
        return await asyncio.gather(*votes)

    start_writer()
    try:
        answers = asyncio.run(vote_and_stop())
    finally:
        stop_writer()

    assert [answer.choice for answer in answers] == ["agree"] * 30
    assert len(rows_of(Participant)) == 30


def test_a_post_without_a_writer_is_written_too(database: str) -> None:
    room = make_workshop()

    assert asyncio.run(post(_add_one_head, workshop_id=room.workshop_id)) == 1
    assert _heads(room) == 1
