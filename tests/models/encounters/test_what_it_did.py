"""What an evening did, read: closed before there are figures, nobody's choice before its end, nothing after erasing."""

from datetime import timedelta

import pytest

from exports.agenda.build import build_files
from exports.sentences.evening import erased_told, meetings_told, not_known
from models.basics.clock import now
from models.encounters.answers import AFTER, BEFORE, close_answers, send_answer
from models.encounters.contacts import own_wishes, wish_contacts
from models.encounters.ending import end_meeting
from models.encounters.forgetting import KEPT_DAYS
from models.encounters.what_it_did import EveningDid, KnownClass, numbers_of, read_what_it_did
from models.storage.database import reading
from models.storage.writing import write
from models.upkeep import keep_promises
from tests.builders import LEADER, Room
from tests.builders.evening import make_evening, make_held_evening


def _did(room: Room) -> EveningDid:
    with reading() as session:
        return read_what_it_did(session, room.workshop_id)


def _answer(room: Room, people: int) -> None:
    for place, person in enumerate(room.people[:people]):
        write(send_answer, participant_id=person, asked=BEFORE, known=place % 6)
        write(send_answer, participant_id=person, asked=AFTER, known=place % 6 + 4)


def test_no_figure_stands_before_both_questions_are_closed(sqlite: str) -> None:
    room = make_held_evening(24, rounds=3)
    _answer(room, 12)
    assert _did(room).numbers is None

    write(close_answers, who=LEADER, workshop_id=room.workshop_id)

    numbers = _did(room).numbers
    assert numbers is not None
    assert (numbers.people, numbers.mean_before, numbers.mean_after) == (12, 2.5, 6.5)


def test_of_fewer_than_five_there_are_no_numbers(sqlite: str) -> None:
    room = make_held_evening(24, rounds=3)
    _answer(room, 4)
    write(send_answer, participant_id=room.people[6], asked=AFTER, known=3)
    write(close_answers, who=LEADER, workshop_id=room.workshop_id)

    did = _did(room)

    assert did.numbers is None
    assert (did.answers.both, did.answers.people) == (4, 24)
    assert "20" in not_known(did, "en")[1]


def test_no_class_of_numbers_holds_one_to_four_people() -> None:
    answers = [(0, 3)] * 5 + [(7, 9)] * 6 + [(8, 22)] + [(12, 18)] * 7

    numbers = numbers_of(answers)

    assert numbers is not None
    assert numbers.classes == (
        KnownClass(0, 5, 5, 5),
        KnownClass(6, 10, 7, 6),
        KnownClass(11, 15, 7, 0),
        KnownClass(16, None, 0, 8),
    )
    assert numbers_of([(1, 2)] * 4) is None
    alike = numbers_of([(1, 2)] * 5)
    assert alike is not None and alike.classes[0] == KnownClass(0, 5, 5, 5)


def test_who_met_is_told_by_group_beside_what_could_be(sqlite: str) -> None:
    did = _did(make_held_evening(24, rounds=3))

    assert did.met is not None and did.met.by_group is not None
    assert [row.groups for row in did.rows] == [("Bewoners",), ("Gemeente",), ("Moskee",)]
    assert did.met.total <= did.met.bound.most
    assert all(count >= 5 for count in did.met.by_group.pairs.values())
    assert str(did.met.total) in meetings_told(did.met, "nl")


def test_who_wants_to_speak_again_is_counted_only_once_the_evening_has_ended(sqlite: str) -> None:
    room = make_held_evening(24, rounds=3)
    for person in room.people:
        with reading() as session:
            tables = own_wishes(session, person).tables
        others = [chair.place.key for chair in tables[0].chairs if not chair.is_own]
        write(wish_contacts, participant_id=person, places=others[:3], contact="")
    assert _did(room).chosen is None

    write(end_meeting, who=LEADER, workshop_id=room.workshop_id)

    did = _did(room)
    assert did.chosen is not None and did.answers.is_closed
    assert did.chosen.total > 0


def test_after_thirty_days_nothing_of_it_is_left(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_held_evening(24, rounds=3)
    _answer(room, 12)
    write(end_meeting, who=LEADER, workshop_id=room.workshop_id)
    told = erased_told(_did(room), "nl")
    later = now() + timedelta(days=KEPT_DAYS, minutes=1)
    monkeypatch.setattr("models.encounters.forgetting.now", lambda: later)

    keep_promises(build_files)

    did = _did(room)
    assert did.is_erased and did.met is None and did.chosen is None and did.numbers is None
    assert "wissen wij op" in told


def test_an_evening_at_which_nobody_sat_did_nothing_yet(sqlite: str) -> None:
    did = _did(make_evening(6))

    assert did.met is None and did.numbers is None and not did.is_erased
