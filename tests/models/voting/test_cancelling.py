"""Cancelling a round before its result is shown: it never counted, and it is in no document."""

from datetime import timedelta

import pytest

from models.basics.clock import now
from models.basics.errors import AlreadyRevealed, CannotBeUndone, RoundCancelled, RoundNotReady
from models.basics.words import Hindrance, Phase, Secrecy, Step
from models.room_state import read_state
from models.signing.agenda import read_agenda
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Ballot, BallotRequest, Reason, RoundParticipant, RoundSecret
from models.undoing.undo import undo
from models.voting.cancelling import cancel_round, forget_cancelled
from models.voting.principles import list_principles
from models.voting.results import results
from models.voting.round import reveal_round
from models.voting.round_views import last_round, list_rounds
from models.workshop.workshop import read_workshop
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast,
    cast_all,
    close,
    close_and_reveal,
    make_adopted,
    make_agenda,
    make_principle,
    make_round,
    make_workshop,
    newest_undoable,
    round_of,
    rows_of,
    take_room,
)

pytestmark = pytest.mark.both_databases


def _voted(room: Room, secrecy: Secrecy = Secrecy.ANONYMOUS) -> Vote:
    vote = make_round(room, secrecy=secrecy)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "objection", reason="Te duur voor kleine clubs.", request_id="tap-1")
    return vote


def _cancel(vote: Vote) -> None:
    write(cancel_round, who=LEADER, round_id=vote.round_id)


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_a_cancelled_round_is_in_no_list_and_no_document(
    database: str, is_closed: bool, secrecy: Secrecy
) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    make_adopted(room)
    vote = _voted(room, secrecy)
    if is_closed:
        close(vote)

    _cancel(vote)
    make_agenda(room)

    with reading() as session:
        assert [found.number for found in list_rounds(session, room.workshop_id)] == [1]
        assert len(results(session, room.code)) == 1
        principles = list_principles(session, room.alliance_id)
        agenda = read_agenda(session, room.workshop_id)
    assert [len(principle.rounds) for principle in principles] == [1, 0]
    assert [principle.status for principle in principles] == ["adopted", "draft"]
    assert agenda is not None
    assert agenda.content["not_adopted"] == []
    assert "Te duur" not in str(agenda.content)


def test_everyone_hears_that_it_was_cancelled_and_no_number_of_it(database: str) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = _voted(room)

    _cancel(vote)

    with reading() as session:
        state = read_state(session, room.workshop_id)
        last = last_round(session, room.workshop_id)
    assert state is not None
    assert (state["round"], state["phase"], state["voted"]) == (vote.round_id, "cancelled", 0)
    assert last is not None
    assert (last.id, last.phase) == (vote.round_id, Phase.CANCELLED)


def test_a_vote_in_a_cancelled_round_is_refused_as_such(database: str) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = _voted(room)
    _cancel(vote)

    with pytest.raises(RoundCancelled):
        cast(vote, room.people[0], "agree")


def test_its_number_goes_to_the_next_round(database: str) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    make_adopted(room)
    _cancel(make_round(room))
    _cancel(make_round(room))

    assert round_of(make_round(room)).number == 2


def test_a_result_that_was_shown_is_not_cancelled(database: str) -> None:
    vote = make_adopted(make_workshop(people=6))

    with pytest.raises(AlreadyRevealed):
        _cancel(vote)


def test_what_was_cancelled_is_never_shown(database: str) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = _voted(room)
    close(vote)
    _cancel(vote)

    with pytest.raises(RoundNotReady):
        write(reveal_round, who=LEADER, round_id=vote.round_id)


@pytest.mark.parametrize("is_closed", [False, True])
def test_undone_the_round_is_as_it_was_with_every_vote(database: str, is_closed: bool) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = _voted(room)
    if is_closed:
        close(vote)
    before = round_of(vote)
    _cancel(vote)
    cancelled = newest_undoable()
    take_room(room, Step.DRAFT)

    write(undo, who=LEADER, event_id=cancelled)

    assert round_of(vote) == before
    with reading() as session:
        assert read_workshop(session, room.workshop_id).step == Step.VOTE
    if not is_closed:
        cast(vote, room.people[0], "agree", sequence=2)
        close_and_reveal(vote)
        assert round_of(vote).items[0].result is not None


def _refused(event_id: int) -> Hindrance:
    with pytest.raises(CannotBeUndone) as refused:
        write(undo, who=LEADER, event_id=event_id)
    return refused.value.hindrance


def test_once_another_round_was_opened_its_votes_are_gone_and_nothing_brings_them_back(database: str) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = _voted(room)
    _cancel(vote)
    cancelled = newest_undoable()
    new = make_round(room)

    for table in (Ballot, BallotRequest, Reason):
        assert rows_of(table) == []
    assert {row["round_id"] for row in rows_of(RoundParticipant)} == {new.round_id}
    assert {row["round_id"] for row in rows_of(RoundSecret)} == {new.round_id}
    assert _refused(cancelled) == Hindrance.ROUND_FOLLOWED
    close(new)
    assert _refused(cancelled) == Hindrance.ROUND_FOLLOWED


def test_after_an_hour_the_votes_go_by_themselves(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = _voted(room)
    close(vote)
    _cancel(vote)
    write(forget_cancelled)
    assert len(rows_of(Ballot)) == 6

    monkeypatch.setattr("models.voting.cancelling.now", lambda: now() + timedelta(hours=1, minutes=1))
    write(forget_cancelled)

    assert rows_of(Ballot) == rows_of(Reason) == rows_of(RoundParticipant) == []
    assert _refused(newest_undoable()) == Hindrance.FORGOTTEN
    assert round_of(vote).items[0].result is None


def test_a_misunderstood_question_can_be_asked_again_after_it_was_cancelled(database: str) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    principle = make_principle(room, text="Iedereen hoort erbij.")
    _cancel(make_round(room, principles=[principle]))

    again = make_round(room, principles=[principle])
    cast_all(again, [(person, "agree") for person in room.people])
    close_and_reveal(again)

    with reading() as session:
        assert [found.status for found in list_principles(session, room.alliance_id)] == ["adopted"]
