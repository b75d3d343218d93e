"""A vote that was confirmed is never lost and never counted twice."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.basics.errors import InvalidValue, NotAdmitted, NotFound, RequestReused, RoundClosed, TextTooLong
from models.basics.keys import new_token
from models.basics.words import Secrecy
from models.joining.joining import join
from models.storage.database import reading
from models.storage.writing import start_writer, stop_writer, write
from models.tables import Ballot, BallotRequest
from models.voting.ballot import SEQUENCE_JUMP, cast_ballot
from models.voting.round_views import ballots_of, ballots_stored, read_round
from models.workshop.participant import leave
from tests.builders import (
    Room,
    Vote,
    ballot,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_people,
    make_round,
    make_workshop,
    post_all,
    rows_of,
)

pytestmark = pytest.mark.both_databases


def _stored(vote: Vote, person: int, item: int = 0) -> tuple[str, str | None, int]:
    with reading() as session:
        found = ballots_of(session, vote.round_id, person)[vote.items[item]]
    return found.choice, found.reason, found.sequence


def _ballots(vote: Vote) -> int:
    with reading() as session:
        return ballots_stored(session, vote.round_id)


def _counts(vote: Vote, item: int = 0) -> dict[str, int]:
    with reading() as session:
        result = read_round(session, vote.round_id).items[item].result
    assert result is not None
    assert result.numbers is not None
    return result.numbers.counts


@pytest.fixture(params=[Secrecy.ANONYMOUS, Secrecy.NAMED], ids=["anonymous", "named"])
def secrecy(request: pytest.FixtureRequest) -> Secrecy:
    return Secrecy(request.param)


def test_a_vote_is_stored_and_the_answer_names_it(database: str, secrecy: Secrecy) -> None:
    room = make_workshop(people=5)
    vote = make_round(room, secrecy=secrecy)

    stored = cast(vote, room.people[0], "concern", reason="  Who pays? ")

    assert (stored.round_id, stored.item_id) == (vote.round_id, vote.items[0])
    assert (stored.choice, stored.reason, stored.sequence) == ("concern", "Who pays?", 1)
    assert _stored(vote, room.people[0]) == ("concern", "Who pays?", 1)
    with reading() as session:
        assert ballots_of(session, vote.round_id, room.people[1]) == {}


def test_a_vote_can_be_changed_until_the_close_and_counts_once(database: str, secrecy: Secrecy) -> None:
    room = make_workshop(people=5)
    vote = make_round(room, secrecy=secrecy)
    cast_all(vote, [(person, "agree") for person in room.people])

    for choice in ("objection", "agree", "concern"):
        cast(vote, room.people[0], choice)
    close_and_reveal(vote)

    assert _ballots(vote) == 5
    assert _counts(vote) == {"agree": 4, "concern": 1, "objection": 0}


class TestSequence:
    def test_a_plain_vote_is_the_newest(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)

        sequences = [cast(vote, room.people[0], choice).sequence for choice in ("agree", "concern", "agree")]

        assert sequences == [1, 2, 3]

    def test_a_late_retry_never_undoes_a_newer_vote(self, database: str, secrecy: Secrecy) -> None:
        room = make_workshop(people=1)
        vote = make_round(room, secrecy=secrecy)
        cast(vote, room.people[0], "agree", sequence=1, request_id="a")
        cast(vote, room.people[0], "objection", sequence=2, request_id="b", reason="No")

        late = cast(vote, room.people[0], "agree", sequence=1, request_id="a")
        equal = cast(vote, room.people[0], "concern", sequence=2, request_id="c")

        assert (late.choice, late.sequence, late.reason) == ("objection", 2, "No")
        assert (equal.choice, equal.sequence) == ("objection", 2)
        assert _stored(vote, room.people[0]) == ("objection", "No", 2)

    def test_votes_that_overtake_each_other_end_at_the_last_sequence(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)

        for sequence, choice in ((3, "concern"), (1, "agree"), (2, "objection")):
            cast(vote, room.people[0], choice, sequence=sequence)

        assert _stored(vote, room.people[0]) == ("concern", None, 3)

    def test_a_plain_vote_follows_the_highest_sequence_too(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)
        cast(vote, room.people[0], "agree", sequence=SEQUENCE_JUMP)

        assert cast(vote, room.people[0], "concern").choice == "concern"

    @pytest.mark.parametrize("sequence", [-1, SEQUENCE_JUMP + 1, 2**70])
    def test_a_sequence_is_a_small_whole_number(self, database: str, sequence: int) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)

        with pytest.raises(InvalidValue):
            cast(vote, room.people[0], sequence=sequence)

        assert _ballots(vote) == 0


class TestRequestIds:
    def test_the_same_request_a_hundred_times_is_one_ballot(self, database: str, secrecy: Secrecy) -> None:
        room = make_workshop(people=1)
        vote = make_round(room, secrecy=secrecy)
        same = ballot(vote, room.people[0], "agree", request_id="r1")

        answers = post_all([(cast_ballot, {"ballot": same})] * 100)

        assert {(answer.choice, answer.sequence) for answer in answers} == {("agree", 1)}
        assert _ballots(vote) == 1

    def test_with_another_choice_it_is_refused_with_what_is_stored(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)
        cast(vote, room.people[0], "agree", request_id="r1")
        cast(vote, room.people[0], "concern", request_id="r2")

        with pytest.raises(RequestReused) as refused:
            cast(vote, room.people[0], "objection", request_id="r1")

        assert refused.value.stored == "concern"
        assert _stored(vote, room.people[0])[0] == "concern"

    def test_a_retry_of_an_older_request_changes_nothing(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)
        cast(vote, room.people[0], "agree", request_id="r1")
        cast(vote, room.people[0], "objection", request_id="r2")

        assert cast(vote, room.people[0], "agree", request_id="r1").choice == "objection"

    def test_ids_of_different_people_and_questions_do_not_meet(self, database: str) -> None:
        room = make_workshop(people=2)
        vote = make_round(room, items=2)

        for person in room.people:
            for item, choice in enumerate(("agree", "objection")):
                cast(vote, person, choice, item=item, request_id="r1")

        assert _ballots(vote) == 4

    def test_an_id_that_is_too_long_is_refused(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)

        with pytest.raises(InvalidValue):
            cast(vote, room.people[0], request_id="r" * 65)

    def test_they_exist_only_while_the_round_is_open(self, database: str, secrecy: Secrecy) -> None:
        room = make_workshop(people=5)
        vote = make_round(room, secrecy=secrecy)
        cast(vote, room.people[0], request_id="r1")
        assert len(rows_of(BallotRequest)) == 1

        close(vote)

        assert rows_of(BallotRequest) == []


class TestReasons:
    def test_a_vote_without_a_reason_keeps_the_one_that_stands(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)
        cast(vote, room.people[0], "concern", reason="Who pays?")

        assert cast(vote, room.people[0], "concern", reason=None).reason == "Who pays?"

    def test_another_choice_without_a_reason_clears_it(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)
        cast(vote, room.people[0], "objection", reason="Who pays?")

        assert cast(vote, room.people[0], "agree", reason=None).reason is None

    def test_an_empty_reason_takes_it_back(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)
        cast(vote, room.people[0], "concern", reason="Who pays?")

        assert cast(vote, room.people[0], "concern", reason=" ").reason is None

    def test_a_reason_that_is_too_long_is_refused_and_the_vote_that_stands_stays(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)
        cast(vote, room.people[0], "agree")

        with pytest.raises(TextTooLong) as refused:
            cast(vote, room.people[0], "objection", reason="x" * 401)

        assert refused.value.field == "reason"
        assert _stored(vote, room.people[0]) == ("agree", None, 1)


class TestWhoMayVote:
    def test_not_who_left(self, database: str) -> None:
        room = make_workshop(people=2)
        vote = make_round(room)
        write(leave, participant_id=room.people[0])

        with pytest.raises(NotAdmitted):
            cast(vote, room.people[0])

    def test_not_somebody_of_another_workshop(self, database: str) -> None:
        room, other = make_workshop(people=1), make_workshop(people=1)
        vote = make_round(room)

        for person in (other.people[0], 4711):
            with pytest.raises(NotFound):
                cast(vote, person)

    def test_who_comes_late_votes_too(self, database: str) -> None:
        room = make_workshop(people=5)
        vote = make_round(room)
        (late,) = make_people(room, count=1)

        cast(vote, late, "concern")

        with reading() as session:
            view = read_round(session, vote.round_id)
        assert (view.electorate, view.voted) == (6, 1)

    def test_only_on_a_question_of_the_round(self, database: str) -> None:
        room, other = make_workshop(people=1), make_workshop(people=1)
        vote, elsewhere = make_round(room), make_round(other)

        for wrong in (
            Vote(vote.round_id, elsewhere.items, []),
            Vote(elsewhere.round_id, vote.items, []),
            Vote(4711, vote.items, []),
        ):
            with pytest.raises(NotFound):
                cast(wrong, room.people[0])

    @pytest.mark.parametrize("choice", ["", "abstain", "AGREE", "agree "])
    def test_only_with_one_of_the_choices(self, database: str, choice: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)

        with pytest.raises(InvalidValue) as refused:
            cast(vote, room.people[0], choice)

        assert refused.value.field == "choice"


class TestAfterTheClose:
    def test_a_vote_is_refused_and_nothing_changes(self, database: str, secrecy: Secrecy) -> None:
        room = make_workshop(people=6)
        vote = make_round(room, secrecy=secrecy)
        cast_all(vote, [(person, "agree") for person in room.people[:5]])
        close_and_reveal(vote)
        before = rows_of(Ballot)

        for person in (room.people[0], room.people[5]):
            with pytest.raises(RoundClosed):
                cast(vote, person, "objection")

        assert rows_of(Ballot) == before
        assert _counts(vote) == {"agree": 5, "concern": 0, "objection": 0}

    def test_a_named_voter_is_told_what_is_stored_and_an_anonymous_one_is_not(
        self, database: str, secrecy: Secrecy
    ) -> None:
        room = make_workshop(people=5)
        vote = make_round(room, secrecy=secrecy)
        cast(vote, room.people[0], "concern")
        close(vote)

        with pytest.raises(RoundClosed) as refused:
            cast(vote, room.people[0], "objection")

        assert refused.value.choice == ("concern" if secrecy is Secrecy.NAMED else None)

    def test_every_vote_that_was_confirmed_before_counts(self, database: str) -> None:
        room = make_workshop(people=200)
        vote = make_round(room)
        calls = [(cast_ballot, {"ballot": ballot(vote, person)}) for person in room.people]

        start_writer()
        try:
            with ThreadPoolExecutor(4) as pool:
                voting = pool.submit(post_in_this_thread, calls)
                closing = pool.submit(close, vote)
                answers = voting.result()
                closing.result()
        finally:
            stop_writer()

        confirmed = sum(not isinstance(answer, Exception) for answer in answers)
        assert all(isinstance(answer, RoundClosed) for answer in answers if isinstance(answer, Exception))
        assert _ballots(vote) == confirmed


def post_in_this_thread(calls: Sequence[tuple[Any, dict[str, Any]]]) -> list[Any]:
    """Post one after the other through the running writer, as phones do."""
    answers: list[Any] = []
    for action, given_arguments in calls:
        try:
            answers.append(write(action, **given_arguments))
        except Exception as error:
            answers.append(error)
    return answers


class TestManyAtOnce:
    def test_two_hundred_votes_at_the_same_moment_are_two_hundred(
        self, database: str, secrecy: Secrecy
    ) -> None:
        room = make_workshop(people=200)
        vote = make_round(room, secrecy=secrecy)
        choices = ("agree", "concern", "objection", "agree")
        calls = [
            (cast_ballot, {"ballot": ballot(vote, person, choices[place % 4], request_id=new_token())})
            for place, person in enumerate(room.people)
        ]

        answers = post_all(calls)
        close_and_reveal(vote)

        assert [answer.choice for answer in answers] == [choices[place % 4] for place in range(200)]
        assert _counts(vote) == {"agree": 100, "concern": 50, "objection": 50}

    def test_one_bad_vote_does_not_sink_the_others(self, database: str) -> None:
        room = make_workshop(people=20)
        vote = make_round(room)
        calls = [(cast_ballot, {"ballot": ballot(vote, person)}) for person in room.people]
        calls[7] = (cast_ballot, {"ballot": ballot(vote, room.people[7], "nonsense")})
        calls[9] = (cast_ballot, {"ballot": ballot(vote, 4711)})

        answers = post_all(calls)

        assert [place for place, answer in enumerate(answers) if isinstance(answer, Exception)] == [7, 9]
        assert _ballots(vote) == 18

    def test_one_persons_votes_in_one_batch_are_folded_in_their_order(self, database: str) -> None:
        room = make_workshop(people=1)
        vote = make_round(room)

        answers = post_all(
            [
                (cast_ballot, {"ballot": ballot(vote, room.people[0], choice)})
                for choice in ("agree", "objection", "concern")
            ]
        )

        assert [(answer.choice, answer.sequence) for answer in answers] == [
            ("agree", 1),
            ("objection", 2),
            ("concern", 3),
        ]
        assert _stored(vote, room.people[0]) == ("concern", None, 3)

    def test_joining_and_voting_mix(self, database: str) -> None:
        room = make_workshop(people=20)
        vote = make_round(room)
        calls: list[tuple[Any, dict[str, Any]]] = []
        for person in room.people:
            calls.append((cast_ballot, {"ballot": ballot(vote, person)}))
            calls.append(
                (join, {"code": room.code, "phone_token": new_token(), "name": None, "group_id": None})
            )

        answers = post_all(calls)

        assert not [answer for answer in answers if isinstance(answer, Exception)]
        with reading() as session:
            view = read_round(session, vote.round_id)
        assert (view.electorate, view.voted) == (40, 20)


@pytest.fixture
def booth(sqlite: str) -> tuple[Room, Vote]:
    room = make_workshop(people=1)
    return room, make_round(room)


POSTS = st.lists(
    st.tuples(
        st.sampled_from(["agree", "concern", "objection"]),
        st.none() | st.integers(0, 6),
        st.none() | st.sampled_from(["r1", "r2", "r3"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posts=POSTS, batch=st.booleans())
def test_whatever_a_phone_sends_there_is_one_ballot_and_the_answer_names_it(
    booth: tuple[Room, Vote], posts: list[tuple[str, int | None, str | None]], batch: bool
) -> None:
    room, vote = booth
    (person,) = make_people(room, count=1)
    before = _ballots(vote)
    calls = [
        (cast_ballot, {"ballot": ballot(vote, person, choice, sequence=sequence, request_id=request)})
        for choice, sequence, request in posts
    ]

    answers = post_all(calls) if batch else post_in_this_thread(calls)

    named = [answer for answer in answers if not isinstance(answer, Exception)]
    assert all(isinstance(answer, RequestReused) for answer in answers if isinstance(answer, Exception))
    assert _ballots(vote) == before + 1
    last = named[-1]
    assert _stored(vote, person)[::2] == (last.choice, last.sequence)
    sequences = [answer.sequence for answer in named]
    assert sequences == sorted(sequences)
