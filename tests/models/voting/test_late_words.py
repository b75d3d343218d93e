"""An objection that came too late reaches the facilitator, and changes nothing of the round."""

from typing import Any

import pytest

from models.basics.errors import (
    InvalidValue,
    NotAdmitted,
    NotFound,
    RequestReused,
    RoundNotReady,
    TextMissing,
    WorkshopOver,
)
from models.basics.words import Secrecy
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Event, LateWords
from models.voting.late_words import list_late_words, put_late_words_away, send_late_words
from models.voting.round import reveal_round
from models.voting.round_views import read_round
from models.workshop.participant import leave
from models.workshop.workshop import end_workshop
from tests.builders import (
    LEADER,
    Room,
    Vote,
    cast_all,
    close,
    make_people,
    make_principle,
    make_round,
    make_workshop,
    rows_of,
)

WORDS = "Een kleine vereniging kan niet bij elke avond een tolk betalen – العربية 🤝"


def _closed(**terms: Any) -> tuple[Room, Vote]:
    room = make_workshop(people=6)
    statement = make_principle(room, text="Er is altijd een tolk.")
    vote = make_round(room, principles=[statement], **terms)
    cast_all(vote, [(person, "agree") for person in room.people[:5]])
    close(vote)
    return room, vote


def _send(room: Room, vote: Vote, person: int = 5, **more: Any) -> None:
    about: dict[str, Any] = {
        "participant_id": room.people[person],
        "round_id": vote.round_id,
        "item_id": vote.items[0],
        "choice": "objection",
        "text": WORDS,
    }
    write(send_late_words, **(about | more))


@pytest.mark.parametrize("secrecy", Secrecy)
def test_words_after_the_close_reach_the_facilitator_without_a_name_and_leave_the_round_as_it_was(
    database: str, secrecy: Secrecy
) -> None:
    room, vote = _closed(secrecy=secrecy)
    write(reveal_round, who=LEADER, round_id=vote.round_id)
    events = len(rows_of(Event))
    with reading() as session:
        before = read_round(session, vote.round_id)

    _send(room, vote)

    with reading() as session:
        told = list_late_words(session, room.workshop_id)
        after = read_round(session, vote.round_id)
    assert [(late.asked, late.choice, late.text) for late in told] == [
        ("Er is altijd een tolk.", "objection", WORDS)
    ]
    assert after == before
    # Who it was stands nowhere: not in the row, and in no event.
    assert set(rows_of(LateWords)[0]) == {
        "id",
        "round_item_id",
        "choice",
        "text",
        "request_id",
        "is_put_away",
    }
    assert len(rows_of(Event)) == events


def test_the_same_request_comes_once_and_two_people_may_say_the_same(database: str) -> None:
    room, vote = _closed()

    _send(room, vote, request_id="a")
    _send(room, vote, request_id="a")
    _send(room, vote, person=4, request_id="b")

    assert [row["text"] for row in rows_of(LateWords)] == [WORDS, WORDS]
    with pytest.raises(RequestReused):
        _send(room, vote, request_id="a", text="Iets anders")


def test_what_was_read_can_be_put_away_and_back(database: str) -> None:
    room, vote = _closed()
    _send(room, vote)
    late = int(rows_of(LateWords)[0]["id"])

    write(put_late_words_away, who=LEADER, late_words_id=late)
    with reading() as session:
        left = list_late_words(session, room.workshop_id)
        away = list_late_words(session, room.workshop_id, put_away=True)
    write(put_late_words_away, who=LEADER, late_words_id=late, is_away=False)

    assert (left, [one.id for one in away]) == ([], [late])
    with reading() as session:
        assert [one.id for one in list_late_words(session, room.workshop_id)] == [late]
    with pytest.raises(NotFound):
        write(put_late_words_away, who=LEADER, late_words_id=late + 1)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"text": " \n\u3164"}, TextMissing),
        ({"choice": "agree"}, InvalidValue),
        ({"choice": "nonsense"}, InvalidValue),
        ({"item_id": 999}, NotFound),
        ({"round_id": 999}, NotFound),
    ],
)
def test_what_says_nothing_about_the_round_is_refused(
    sqlite: str, more: dict[str, Any], error: type[Exception]
) -> None:
    room, vote = _closed()

    with pytest.raises(error):
        _send(room, vote, **more)

    assert rows_of(LateWords) == []


def test_only_who_was_there_may_send_them_and_only_after_the_close(sqlite: str) -> None:
    room, vote = _closed()
    newcomer = make_people(room, count=1)[0]
    other_room = make_workshop(people=1)
    write(leave, participant_id=room.people[4])
    again = make_round(room)

    with pytest.raises(NotAdmitted):
        _send(room, vote, participant_id=newcomer)
    with pytest.raises(NotAdmitted):
        _send(room, vote, person=4)
    with pytest.raises(NotFound):
        _send(room, vote, participant_id=other_room.people[0])
    with pytest.raises(RoundNotReady):
        _send(room, vote, round_id=again.round_id, item_id=again.items[0])
    close(again)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with pytest.raises(WorkshopOver):
        _send(room, vote)
