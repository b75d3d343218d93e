"""Several processes on one PostgreSQL: a vote that was confirmed stands, whoever took it."""

import threading
import time

from models.ballot import cast_ballot
from models.closing import close_round
from models.database import reading, writing_session
from models.errors import RoundClosed
from models.round_views import ballots_of, ballots_stored, read_round
from models.writing import write
from tests.builders import LEADER, Vote, ballot, cast, make_round, make_workshop


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
        time.sleep(0.7)
        first.commit()
    second.join(20)

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
        time.sleep(0.7)
        first.commit()
    second.join(20)

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
        time.sleep(0.5)
        assert closing.is_alive()
        first.commit()
    closing.join(20)

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
        time.sleep(0.5)
        assert voting.is_alive()
        first.commit()
    voting.join(20)

    assert len(errors) == 1
    with reading() as session:
        assert ballots_stored(session, vote.round_id) == 0
