"""Two numbers per person: bounded, changed until the close, and then nobody's any more."""

from datetime import timedelta
from pathlib import Path

import pytest

from exports.agenda.build import build_files
from models.basics.clock import now
from models.basics.errors import AnswersClosed, InvalidValue, NotAdmitted, WorkshopOver
from models.encounters.answers import (
    AFTER,
    BEFORE,
    MOST_WHILE_PEOPLE_COME,
    AnswersNow,
    OwnNumbers,
    answers_now,
    close_answers,
    most_known,
    own_numbers,
    send_answer,
)
from models.encounters.forgetting import KEPT_DAYS
from models.own_data.reading import own_data
from models.storage.database import dispose, engine, reading
from models.storage.forgetting import forget_deleted
from models.storage.overwriting import overwrite_erased
from models.storage.writing import write
from models.tables import EncounterAnswer
from models.upkeep import keep_promises
from models.workshop.participant import leave
from models.workshop.workshop import count_heads, end_workshop, reopen_workshop
from tests.builders import LEADER, Room, bytes_on_disk, copy_made_now, rows_of
from tests.builders.evening import begin, divide, make_evening

pytestmark = pytest.mark.both_databases


def _send(person: int, asked: str, known: int | None) -> OwnNumbers:
    sent: OwnNumbers = write(send_answer, participant_id=person, asked=asked, known=known)
    return sent


def _own(room: Room, place: int) -> OwnNumbers | None:
    with reading() as session:
        return own_numbers(session, room.workshop_id, room.people[place])


def _close(room: Room) -> None:
    write(close_answers, who=LEADER, workshop_id=room.workshop_id)


def test_one_changes_an_answer_skips_it_and_takes_it_back_until_the_close(database: str) -> None:
    room = make_evening(6)
    one = room.people[0]

    _send(one, BEFORE, 3)
    _send(one, BEFORE, 4)
    skipped = _send(one, AFTER, None)
    changed = _send(one, AFTER, 5)

    assert skipped == OwnNumbers(4, None, skips_after=True)
    assert changed == _own(room, 0) == OwnNumbers(4, 5)
    assert _send(one, BEFORE, None) == OwnNumbers(None, 5, skips_before=True)
    assert _own(room, 1) is None
    with reading() as session:
        assert answers_now(session, room.workshop_id) == AnswersNow(0, 1, 0, 6, is_closed=False)


def test_a_number_is_of_the_others_who_are_here(database: str) -> None:
    room = make_evening(6)
    one = room.people[0]
    with reading() as session:
        assert most_known(session, room.workshop_id) == MOST_WHILE_PEOPLE_COME
    _send(one, BEFORE, 400)
    divide(room)
    begin(room, 1)

    for wrong in (-1, 6):
        with pytest.raises(InvalidValue) as refused:
            _send(one, AFTER, wrong)
        assert refused.value.offered == (0, 5)
    _send(one, AFTER, 5)
    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=9)
    _send(one, AFTER, 8)
    with pytest.raises(InvalidValue):
        _send(one, "later", 1)
    write(leave, participant_id=room.people[1])
    with pytest.raises(NotAdmitted):
        _send(room.people[1], AFTER, 1)

    # What was said while people came in is at most everybody.
    _close(room)
    assert [(row["before"], row["after"]) for row in rows_of(EncounterAnswer)] == [(8, 8)]


def test_at_the_close_an_answer_is_nobodys_any_more(database: str) -> None:
    room = make_evening(6)
    for place, person in enumerate(room.people[:4]):
        _send(person, BEFORE, place)
        _send(person, AFTER, place + 1)
    _send(room.people[4], BEFORE, None)
    keys = {row["answer_key"] for row in rows_of(EncounterAnswer)}
    with reading() as session:
        told = own_data(session, room.people[2]).numbers
    assert told is not None and (told.before, told.after) == (2, 3)

    _close(room)
    _close(room)

    rows = rows_of(EncounterAnswer)
    assert sorted((row["before"], row["after"]) for row in rows) == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert keys.isdisjoint(row["answer_key"] for row in rows)
    assert all(_own(room, place) is None for place in range(5))
    with reading() as session:
        assert own_data(session, room.people[2]).numbers is None
        assert answers_now(session, room.workshop_id) == AnswersNow(4, 4, 4, 6, is_closed=True)
    with pytest.raises(AnswersClosed):
        _send(room.people[0], AFTER, 1)


def test_when_an_evening_is_over_its_questions_close_by_themselves_and_stay_closed(database: str) -> None:
    room = make_evening(6)
    _send(room.people[0], BEFORE, 1)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with pytest.raises(WorkshopOver):
        _send(room.people[0], AFTER, 1)

    keep_promises(build_files)
    write(reopen_workshop, who=LEADER, workshop_id=room.workshop_id)

    assert _own(room, 0) is None
    with pytest.raises(AnswersClosed):
        _send(room.people[0], AFTER, 1)


def test_no_key_of_an_answer_is_left_in_the_bytes_after_the_close(database: str, tmp_path: Path) -> None:
    room = make_evening(6)
    for person in room.people:
        _send(person, BEFORE, 2)
    keys = [row["answer_key"].encode() for row in rows_of(EncounterAnswer)]
    if engine().dialect.name == "sqlite":
        forget_deleted(rounds=1)
    assert all(key in _bytes(database, tmp_path) for key in keys)

    _close(room)
    overwrite_erased(patience=timedelta())

    left = _bytes(database, tmp_path)
    assert not any(key in left for key in keys)


def test_answers_are_erased_thirty_days_after_the_evening_from_the_bytes_too(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_evening(6)
    for person in room.people:
        _send(person, BEFORE, 2)
    _close(room)
    forget_deleted()
    keys = [row["answer_key"].encode() for row in rows_of(EncounterAnswer)]
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    keep_promises(build_files)
    assert all(key in _bytes(database, tmp_path) for key in keys)

    later = now() + timedelta(days=KEPT_DAYS, minutes=1)
    monkeypatch.setattr("models.encounters.forgetting.now", lambda: later)
    keep_promises(build_files)

    left = _bytes(database, tmp_path)
    assert rows_of(EncounterAnswer) == []
    assert len(keys) == 6 and not any(key in left for key in keys)


def _bytes(database: str, folder: Path) -> bytes:
    """Return what stands on the disk: the database, its journal, and a copy that is made now."""
    found = bytes_on_disk(database) + copy_made_now(database, folder)
    dispose()
    return found
