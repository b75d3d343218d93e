"""More voices than heads: who opens a round or shows its result has seen it, and that stays with the round."""

import json
from typing import Any

import pytest
from sqlmodel import select

from models.basics.errors import MoreVoices
from models.basics.words import Phase
from models.signing.content import agenda_content
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Event, Round
from models.voting.asked import about_principles
from models.voting.cancelling import cancel_round
from models.voting.closing import close_round
from models.voting.more_voices import more_voices_now
from models.voting.results import results
from models.voting.round import close_and_reveal, open_round, reveal_round, start_over
from models.voting.round_views import RoundView, last_round, list_rounds, read_round
from models.voting.vote_again import reword_and_vote_again
from models.workshop.voices import exceeds, is_seen
from models.workshop.workshop import count_heads, read_workshop
from tests.builders import (
    LEADER,
    Room,
    cast_all,
    close,
    latest_round,
    make_people,
    make_principle,
    make_round,
    make_terms,
    make_workshop,
    undo_last,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("database")]


def counted(people: int, heads: int) -> Room:
    room = make_workshop(people=people)
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=heads)
    return room


def told(view: RoundView) -> list[tuple[str, str, int, int]]:
    return [(one.moment, one.who, one.voices, one.heads) for one in view.acknowledged]


@pytest.mark.parametrize(
    ("voices", "heads", "too_many"),
    [
        (238, 61, True),
        (64, 61, False),
        (65, 61, True),
        (21, 20, False),
        (22, 20, True),
        (1, 0, True),
        (9, None, False),
    ],
)
def test_more_than_one_in_twenty_too_many_is_clearly_more(
    voices: int, heads: int | None, too_many: bool
) -> None:
    assert exceeds(voices, heads) is too_many


def test_who_saw_a_number_has_not_seen_a_much_larger_one() -> None:
    assert is_seen(64, 61)
    assert not is_seen(238, 61)
    assert not is_seen(61, None)


def test_opening_with_many_more_voices_than_heads_asks_first_and_keeps_who_went_on() -> None:
    room = counted(people=12, heads=6)
    principle = make_principle(room, text="Iedereen hoort erbij.")
    asked: dict[str, Any] = {
        "who": LEADER,
        "workshop_id": room.workshop_id,
        "about": about_principles([principle]),
        "terms": make_terms(),
    }

    with pytest.raises(MoreVoices) as refused:
        write(open_round, **asked)
    assert (refused.value.voices, refused.value.heads) == (12, 6)
    with pytest.raises(MoreVoices):
        write(open_round, **asked, voices_seen=7)
    with reading() as session:
        assert list_rounds(session, room.workshop_id) == []
    write(open_round, **asked, voices_seen=12)

    assert told(latest_round(room)) == [("opened", LEADER, 12, 6)]
    with reading() as session:
        [event] = session.exec(select(Event).where(Event.what == "more voices seen")).all()
        details = event.details if isinstance(event.details, dict) else json.loads(event.details)
    assert (event.who, details["voices"], details["heads"]) == (LEADER, 12, 6)


def test_a_room_that_was_not_counted_or_fits_its_heads_is_asked_nothing() -> None:
    for room in (make_workshop(people=12), counted(people=21, heads=20), counted(people=5, heads=61)):
        vote = make_round(room)
        cast_all(vote, [(person, "agree") for person in room.people])
        write(close_and_reveal, who=LEADER, round_id=vote.round_id)

        assert told(latest_round(room)) == []


def test_showing_a_result_asks_too_and_closing_with_it_happens_only_together() -> None:
    room = counted(people=20, heads=20)
    vote = make_round(room)
    make_people(room, count=10)
    cast_all(vote, [(person, "agree") for person in room.people])

    with pytest.raises(MoreVoices):
        write(close_and_reveal, who=LEADER, round_id=vote.round_id)
    assert latest_round(room).phase == Phase.OPEN
    close(vote)
    with pytest.raises(MoreVoices):
        write(reveal_round, who=LEADER, round_id=vote.round_id)
    write(reveal_round, who="Renée", round_id=vote.round_id, voices_seen=30)

    assert told(latest_round(room)) == [("revealed", "Renée", 30, 20)]
    result = latest_round(room).items[0].result
    assert result is not None
    assert [(one.voices, one.heads) for one in result.acknowledged] == [(30, 20)]


def test_heads_that_were_counted_after_the_close_are_asked_about_at_the_result() -> None:
    room = make_workshop(people=12)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people])
    write(close_round, who=LEADER, round_id=vote.round_id)
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=6)

    with pytest.raises(MoreVoices):
        write(reveal_round, who=LEADER, round_id=vote.round_id)


def test_every_way_to_open_a_round_asks() -> None:
    room = counted(people=12, heads=6)
    vote = make_round(room, voices_seen=12)
    cast_all(vote, [(person, "objection") for person in room.people])

    with pytest.raises(MoreVoices):
        write(start_over, who=LEADER, round_id=vote.round_id)
    assert latest_round(room).phase == Phase.OPEN
    write(close_and_reveal, who=LEADER, round_id=vote.round_id, voices_seen=12)
    with pytest.raises(MoreVoices):
        write(reword_and_vote_again, who=LEADER, item_id=vote.items[0], text="Anders.", why="")
    write(reword_and_vote_again, who=LEADER, item_id=vote.items[0], text="Anders.", why="", voices_seen=12)

    assert told(latest_round(room)) == [("opened", LEADER, 12, 6)]


def test_a_cancelled_round_that_is_taken_up_again_keeps_who_went_on() -> None:
    room = counted(people=12, heads=6)
    vote = make_round(room, voices_seen=12)

    write(cancel_round, who=LEADER, round_id=vote.round_id)
    undo_last()

    assert told(latest_round(room)) == [("opened", LEADER, 12, 6)]


def test_what_is_to_be_seen_is_told_before_it_is_asked() -> None:
    room = counted(people=12, heads=6)

    def now() -> tuple[int, int] | None:
        with reading() as session:
            workshop = read_workshop(session, room.workshop_id)
            return more_voices_now(12, workshop, last_round(session, room.workshop_id))

    assert now() == (12, 6)
    vote = make_round(room, voices_seen=12)
    make_people(room, count=3)
    assert now() == (15, 6)
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=15)
    assert now() is None
    close(vote)
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=None)
    assert now() is None


def test_the_results_and_the_agenda_say_it_and_the_agenda_names_nobody() -> None:
    room = counted(people=12, heads=6)
    vote = make_round(room, voices_seen=12)
    cast_all(vote, [(person, "agree") for person in room.people])
    write(close_and_reveal, who=LEADER, round_id=vote.round_id, voices_seen=12)

    with reading() as session:
        [told_round] = results(session, room.code)
        workshop = read_workshop(session, room.workshop_id)
        content = agenda_content(session, workshop, version=1, address="")
        assert session.exec(select(Round)).one().acknowledged is not None
        assert read_round(session, vote.round_id).acknowledged[0].who == LEADER
    assert [one["moment"] for one in told_round["acknowledged"]] == ["opened", "revealed"]
    [frozen] = content["principles"][0]["rounds"]
    assert frozen["acknowledged"] == [
        {"moment": "opened", "voices": 12, "heads": 6},
        {"moment": "revealed", "voices": 12, "heads": 6},
    ]
    assert LEADER not in json.dumps(frozen)
