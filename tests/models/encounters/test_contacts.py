"""Whom people would like to speak again: by chair, three at most, told only to two who chose each other."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from exports.agenda.build import build_files
from models.basics.clock import now
from models.basics.errors import (
    InvalidValue,
    NotAdmitted,
    NotSeated,
    TextTooLong,
    TooManyContactWishes,
    WorkshopOver,
)
from models.encounters.contacts import (
    Match,
    OwnWishes,
    matches_of,
    mutual_pairs,
    own_wishes,
    places_of_others,
    wish_contacts,
)
from models.encounters.forgetting import KEPT_DAYS, forget_contacts
from models.own_data.name import forget_name
from models.own_data.reading import own_data
from models.storage.database import dispose, reading
from models.storage.writing import write
from models.tables import Contact, ContactWish, Participant, Seat, Workshop
from models.upkeep import destroy_what_came_back, keep_promises
from models.workshop.participant import admit, come_back, leave, remove
from models.workshop.workshop import end_workshop, reopen_workshop
from tests.builders import LEADER, Room, bytes_on_disk, copy_made_now, rows_of
from tests.builders.evening import begin, divide, make_evening, make_held_evening

pytestmark = pytest.mark.both_databases
TELEPHONE = "Renée, 06 12 34 56 78 🌷"
MAIL = "yıldız@voorbeeld.nl"


def _place_of(person: int, other: int) -> str:
    """Return how a form of `person` names the chair of `other`."""
    with reading() as session:
        return places_of_others(session, session.get_one(Participant, person))[other].key


def _wish(person: int, *others: int, contact: str = "") -> None:
    places = [_place_of(person, other) for other in others]
    write(wish_contacts, participant_id=person, places=places, contact=contact)


def _others(person: int) -> list[int]:
    """Return with whom somebody sat at a table."""
    with reading() as session:
        return list(places_of_others(session, session.get_one(Participant, person)))


def _own(person: int) -> OwnWishes:
    with reading() as session:
        return own_wishes(session, person)


def _matches(person: int) -> list[Match]:
    with reading() as session:
        return matches_of(session, person)


def _pairs(room: Room) -> set[tuple[int, int]]:
    with reading() as session:
        return mutual_pairs(session, room.workshop_id)


def _end(room: Room) -> None:
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)


def test_two_who_chose_each_other_get_each_others_contact_once_the_evening_is_over(database: str) -> None:
    room = make_held_evening()
    one = room.people[0]
    other, third, *_rest = _others(one)
    _wish(one, other, third, contact=TELEPHONE)
    _wish(other, one, contact=f"  {MAIL}\n")
    assert (_pairs(room), _matches(one), _matches(other)) == (set(), [], [])

    _end(room)

    assert _pairs(room) == {(min(one, other), max(one, other))}
    (told,) = _matches(one)
    assert (told.contact, told.place.key) == (MAIL, _place_of(one, other))
    assert [match.contact for match in _matches(other)] == [TELEPHONE]
    assert _matches(third) == []


def test_a_wish_can_be_changed_until_the_evening_is_over_and_nobody_is_as_good_a_choice(
    database: str,
) -> None:
    room = make_held_evening()
    one = room.people[0]
    other, third, *_rest = _others(one)
    _wish(other, one)
    _wish(one, other, contact=TELEPHONE)
    _wish(one, third, contact=MAIL)
    assert _own(one).contact == MAIL
    write(leave, participant_id=one)

    _wish(one, contact=MAIL)

    assert not [chair for table in _own(one).tables for chair in table.chairs if chair.is_chosen]
    assert _own(one).contact == ""
    _end(room)
    assert _pairs(room) == set()
    with pytest.raises(WorkshopOver):
        _wish(one, other)


def test_who_left_may_still_choose_and_be_chosen(database: str) -> None:
    room = make_held_evening()
    one = room.people[0]
    other = _others(one)[0]
    write(leave, participant_id=one)

    _wish(one, other)
    _wish(other, one)
    _end(room)

    assert len(_pairs(room)) == 1


def test_three_at_most_and_only_who_sat_at_ones_own_tables(database: str) -> None:
    room = make_held_evening()
    one = room.people[0]
    others = _others(one)
    assert len(others) > 3
    with pytest.raises(TooManyContactWishes):
        _wish(one, *others[:4])
    with pytest.raises(TextTooLong):
        _wish(one, others[0], contact="x" * 121)
    own = next(chair.place.key for table in _own(one).tables for chair in table.chairs if chair.is_own)
    for place in (own, "1-9", "3-1", "x", "", "1-1; DROP TABLE seat", "٢-٣"):
        with pytest.raises(InvalidValue):
            write(wish_contacts, participant_id=one, places=[place], contact="")
    assert rows_of(ContactWish) == rows_of(Contact) == []

    _wish(one, *others[:3], others[0])

    assert len(rows_of(ContactWish)) == 3


def test_before_a_table_there_is_nobody_to_choose_and_a_plan_tells_nobody_anything(database: str) -> None:
    room = make_evening(8)
    divide(room)

    assert _own(room.people[0]).tables == ()
    with pytest.raises(NotSeated):
        write(wish_contacts, participant_id=room.people[0], places=[], contact="")


def test_chairs_are_numbered_once_and_keep_their_number_whoever_comes_or_goes(database: str) -> None:
    room = make_evening(8, rounds=1)
    write(leave, participant_id=room.people[0])
    divide(room)
    begin(room, 1)
    before = {row["participant_id"]: (row["table_number"], row["chair"]) for row in rows_of(Seat)}

    write(come_back, participant_id=room.people[0])

    after = {row["participant_id"]: (row["table_number"], row["chair"]) for row in rows_of(Seat)}
    table, chair = after.pop(room.people[0])
    assert after == before
    for number in {number for number, _chair in before.values()}:
        chairs = sorted(place for at, place in before.values() if at == number)
        assert chairs == list(range(1, len(chairs) + 1))
    assert chair == 1 + max(place for at, place in before.values() if at == table)


def test_somebody_met_twice_is_chosen_at_the_newest_table_and_the_other_says_so(database: str) -> None:
    room = make_held_evening(4)
    one = room.people[0]

    newest, oldest = _own(one).tables

    assert (newest.round, oldest.round) == (2, 1)
    assert [chair.again_in for chair in newest.chairs] == [None] * 4
    assert [chair.again_in for chair in oldest.chairs if not chair.is_own] == [2] * 3


def test_opened_again_what_was_told_stays_and_nobody_can_try_out_others(database: str) -> None:
    room = make_held_evening()
    one = room.people[0]
    first, second, third, fourth, *_rest = _others(one)
    _wish(one, first, second)
    _wish(fourth, one)
    _end(room)
    write(reopen_workshop, who=LEADER, workshop_id=room.workshop_id)

    with pytest.raises(TooManyContactWishes):
        _wish(one, third, fourth)
    _wish(one, fourth)

    chosen = [chair for table in _own(one).tables for chair in table.chairs if chair.is_chosen]
    assert len(chosen) >= 3 and sum(chair.is_fixed for chair in chosen if chair.again_in is None) == 2
    assert _pairs(room) == set()
    _end(room)
    assert _pairs(room) == {(min(one, fourth), max(one, fourth))}


def test_who_is_removed_has_no_wishes_any_more_and_can_send_none(database: str) -> None:
    room = make_held_evening()
    one = room.people[0]
    other = _others(one)[0]
    _wish(one, other, contact=TELEPHONE)
    _wish(other, one)

    write(remove, who=LEADER, participant_id=one)

    assert [row["wisher_id"] for row in rows_of(ContactWish)] == [other]
    assert rows_of(Contact) == []
    with pytest.raises(NotAdmitted):
        _wish(one, other)
    write(admit, who=LEADER, participant_ids=[one])
    _end(room)
    assert _matches(other) == []


def test_own_data_tell_ones_own_wishes_and_nothing_of_who_wishes_one(database: str) -> None:
    room = make_held_evening()
    one = room.people[0]
    other, third, *_rest = _others(one)
    with reading() as session:
        before = own_data(session, third)
    _wish(one, other, third, contact=TELEPHONE)
    _wish(other, one, contact=MAIL)

    with reading() as session:
        own, unchanged = own_data(session, one), own_data(session, third)
    _end(room)
    with reading() as session:
        later = own_data(session, one)

    assert unchanged == before
    assert own.contact is not None and own.contact.text == TELEPHONE
    assert [wish.is_mutual for wish in own.contact_wishes] == [False, False]
    assert sorted(wish.is_mutual for wish in later.contact_wishes) == [False, True]
    assert MAIL not in str(later)


def test_who_removes_their_name_takes_their_contact_from_who_got_it(database: str) -> None:
    room = make_held_evening()
    one = room.people[0]
    other = _others(one)[0]
    _wish(one, other, contact=TELEPHONE)
    _wish(other, one)
    _end(room)
    with reading() as session:
        assert own_data(session, one).has_a_name_to_forget

    write(forget_name, participant_id=one)

    assert rows_of(Contact) == []
    assert [match.contact for match in _matches(other)] == [""]
    with reading() as session:
        assert not own_data(session, one).has_a_name_to_forget


def _make_old(room: Room) -> None:
    def older(session: Session) -> None:
        workshop = session.get_one(Workshop, room.workshop_id)
        workshop.over_at = now() - timedelta(days=KEPT_DAYS, minutes=1)

    write(older)


def test_thirty_days_after_the_evening_nothing_of_it_is_left_in_database_journal_or_copy(
    database: str, tmp_path: Path
) -> None:
    room = make_held_evening()
    one = room.people[0]
    other = _others(one)[0]
    _wish(one, other, contact=TELEPHONE)
    _wish(other, one, contact=MAIL)
    _end(room)
    keep_promises(build_files)
    assert len(rows_of(Contact)) == 2
    words = (TELEPHONE.encode(), MAIL.encode())
    assert all(word in bytes_on_disk(database) for word in words)

    _make_old(room)
    keep_promises(build_files)

    assert rows_of(Contact) == rows_of(ContactWish) == []
    assert _matches(one) == []
    left = bytes_on_disk(database) + copy_made_now(database, tmp_path)
    assert not any(word in left for word in words)


def test_of_an_evening_that_nobody_ended_they_go_thirty_days_after_they_were_sent(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_held_evening()
    one = room.people[0]
    _wish(one, _others(one)[0], contact=TELEPHONE)
    assert write(forget_contacts) == 0

    later = now() + timedelta(days=KEPT_DAYS, minutes=1)
    monkeypatch.setattr("models.encounters.forgetting.now", lambda: later)

    assert write(forget_contacts) == 2
    assert rows_of(ContactWish) == []


def test_a_copy_that_is_put_back_brings_no_contact_back(sqlite: str) -> None:
    room = make_held_evening()
    one = room.people[0]
    _wish(one, _others(one)[0], contact=TELEPHONE)
    _end(room)
    _make_old(room)

    destroy_what_came_back()
    dispose()

    assert TELEPHONE.encode() not in bytes_on_disk(sqlite)
    with reading() as session:
        assert session.exec(select(Contact)).all() == []
