"""Who sat where goes thirty days after the last evening of the series, from the file too; so does who came again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from sqlmodel import Session, select

from exports.agenda.build import build_files
from models.basics.errors import PersonalCodeUnknown
from models.basics.keys import new_token
from models.basics.words import WishStrength, WorkshopState
from models.encounters.forgetting import forget_evenings
from models.encounters.plan import asked_now
from models.encounters.series import pairs_of_groups_met, series_of
from models.joining.joining import join
from models.own_data.reading import own_data
from models.storage.database import dispose, reading
from models.storage.writing import write
from models.tables import (
    Bubble,
    BubblesTold,
    Group,
    MixingAnswer,
    MixingChoice,
    Participant,
    Seat,
    SeatWish,
    SeriesPerson,
    Workshop,
)
from models.upkeep import destroy_what_came_back, keep_promises
from tests.builders import Room, bytes_on_disk, copy_made_now, rows_of
from tests.builders.evening import begin, come_again, divide, make_evening, make_next_evening

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
# Numbers that stand in a file as these letters, side by side in the rows that are searched for.
ONE, OTHER, BUBBLE, TABLE, ANSWER = (
    int.from_bytes(word, "big") for word in (b"Anna", b"Joke", b"Koor", b"Plek", b"Taal")
)
# Of the people who are there PostgreSQL keeps the numbers in their order: this one keeps the two above apart.
BETWEEN = int.from_bytes(b"Bert", "big")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be noon of one day for who erases."""
    monkeypatch.setattr("models.encounters.forgetting.now", lambda: NOW)


def _held(room: Room, days_ago: float, *, ended: bool = True) -> None:
    """Let an evening have been so many days ago; `ended` says that somebody ended it then."""

    def change(session: Session) -> None:
        workshop = session.get_one(Workshop, room.workshop_id)
        moment = NOW - timedelta(days=days_ago)
        workshop.held_on = moment.date()
        workshop.state = WorkshopState.OVER if ended else WorkshopState.OPEN
        workshop.over_at = moment if ended else None

    write(change)


def _planned(room: Room, in_days: int) -> None:
    def change(session: Session) -> None:
        session.get_one(Workshop, room.workshop_id).held_on = (NOW + timedelta(days=in_days)).date()

    write(change)


def _two_evenings() -> tuple[Room, Room]:
    """Return two evenings of a series with seats; four of the first came to the second too."""
    first = make_evening(6, table_size=3, rounds=1)
    divide(first)
    begin(first, 1)
    second = make_next_evening(first)
    come_again(second, first, first.people[:4])
    divide(second)
    begin(second, 1)
    return first, second


def _seats_of(room: Room) -> int:
    with reading() as session:
        return len(session.exec(select(Seat).where(Seat.workshop_id == room.workshop_id)).all())


def test_seats_stay_until_thirty_days_after_the_last_evening_and_bubbles_do_not(database: str) -> None:
    first, second = _two_evenings()
    write(_add_bubble, person=first.people[0], group=first.groups["Moskee"])
    _held(first, 90)
    _held(second, 29.9)

    assert write(forget_evenings) > 0
    assert (_seats_of(first), _seats_of(second), rows_of(Bubble)) == (6, 4, [])
    assert len(rows_of(SeriesPerson)) == 8

    _held(second, 30)
    assert write(forget_evenings) >= 18
    assert rows_of(Seat) == rows_of(SeriesPerson) == []
    assert write(forget_evenings) == 0


def _add_bubble(session: Session, *, person: int, group: int) -> None:
    session.add(Bubble(participant_id=person, group_id=group))


@pytest.mark.parametrize(("in_days", "kept"), [(60, 6), (-29, 6), (-31, 0)])
def test_an_evening_that_is_planned_keeps_the_history_until_its_day_has_long_passed(
    sqlite: str, in_days: int, kept: int
) -> None:
    first = make_evening(6, table_size=3, rounds=1)
    divide(first)
    begin(first, 1)
    second = make_next_evening(first)
    _held(first, 80)
    _planned(second, in_days)

    write(forget_evenings)

    assert _seats_of(first) == kept


@pytest.mark.parametrize(("days", "kept"), [(364, (6, 4)), (365, (0, 4))])
def test_twelve_months_after_the_evening_seats_go_however_long_the_series_lasts(
    database: str, days: int, kept: tuple[int, int]
) -> None:
    first, second = _two_evenings()
    third = make_next_evening(second)
    _held(first, days)
    _held(second, 40)
    _planned(third, 20)

    write(forget_evenings)

    assert (_seats_of(first), _seats_of(second)) == kept
    assert len(rows_of(SeriesPerson)) == sum(4 if seats else 0 for seats in kept)


def test_of_an_evening_that_nobody_ended_seats_and_bubbles_go_after_twelve_months(sqlite: str) -> None:
    room = make_evening(4)
    divide(room)
    write(_add_bubble, person=room.people[0], group=room.groups["Moskee"])
    _held(room, 364, ended=False)
    assert write(forget_evenings) == 0

    _held(room, 365, ended=False)

    assert write(forget_evenings) > 0
    assert rows_of(Seat) == rows_of(Bubble) == []


def test_a_code_of_an_evening_whose_seats_are_gone_is_no_code_of_the_series_any_more(database: str) -> None:
    first, second = _two_evenings()
    third = make_next_evening(second)
    _held(first, 365)
    _held(second, 20)
    _planned(third, 1)
    with reading() as session:
        codes = [session.get_one(Participant, room.people[0]).personal_code for room in (first, second)]

    # Also before the upkeep came by.
    for _ in range(2):
        with pytest.raises(PersonalCodeUnknown):
            write(join, code=third.code, phone_token=new_token(), personal_code=codes[0])
        write(forget_evenings)
    again = write(join, code=third.code, phone_token=new_token(), personal_code=codes[1])

    with reading() as session:
        told = own_data(session, again.participant_id).series
        assert told is not None
        assert told.other_evenings == [(NOW - timedelta(days=20)).date()]
        found = series_of(session, first.workshop_id)
        assert found is not None
        # Six people of the first evening are forgotten; of the second there are four, in two groups.
        assert pairs_of_groups_met(session, found.id) is None
        assert len(asked_now(session, third.workshop_id).wanted.earlier) == 1


def _tell_by_bytes(room: Room) -> None:
    """Let two people of an evening, their bubble, seat and wish stand in the file as letters."""

    def add(session: Session) -> None:
        session.add(Group(id=BUBBLE, alliance_id=room.alliance_id, name="Zangkoor Élan", position=9))
        for place, person in enumerate((ONE, BETWEEN, OTHER)):
            session.add(
                Participant(
                    id=person,
                    workshop_id=room.workshop_id,
                    number=90 + place,
                    personal_code=f"ACDEFGH{place}",
                )
            )
        session.flush()
        session.add(Bubble(participant_id=ONE, group_id=BUBBLE))
        session.add(BubblesTold(participant_id=ONE))
        session.add(MixingAnswer(id=ANSWER, workshop_id=room.workshop_id, place=1, text="العربية"))
        session.flush()
        session.add(MixingChoice(participant_id=OTHER, answer_id=ANSWER))
        session.add(Seat(workshop_id=room.workshop_id, round=1, participant_id=ONE, table_number=TABLE))
        session.add(
            SeatWish(workshop_id=room.workshop_id, one_id=ONE, other_id=OTHER, strength=WishStrength.MUST_NOT)
        )

    write(add)


def _words(database: str) -> dict[str, bytes]:
    """Return what is searched for: seat, bubble and wish as their columns stand side by side, a link as its word."""
    order: Literal["big", "little"] = "big" if database.startswith("sqlite") else "little"

    def together(*numbers: int) -> bytes:
        return b"".join(number.to_bytes(4, order) for number in numbers)

    with reading() as session:
        link = session.exec(select(SeriesPerson.person)).first()
    assert link is not None
    return {
        "seat": together(ONE, TABLE),
        "bubble": together(ONE, BUBBLE),
        # SQLite knows the row by who it is of, and has both side by side in the index.
        "mixing_choice": together(*((ANSWER, OTHER) if order == "big" else (OTHER, ANSWER))),
        "seat_wish": together(ONE, OTHER),
        "series_person": link.encode(),
    }


def _found(words: dict[str, bytes], held: bytes) -> set[str]:
    return {name for name, word in words.items() if word in held}


def test_nothing_of_it_is_left_in_the_bytes_of_database_journal_or_copy(
    database: str, tmp_path: Path
) -> None:
    first, second = _two_evenings()
    _tell_by_bytes(first)
    words = _words(database)
    _held(first, 90)
    _held(second, 29)
    # Bubbles and wishes are due by their own evening already; what is not due is found, so the search does find.
    assert _found(words, bytes_on_disk(database)) == set(words)
    keep_promises(build_files)
    assert _found(words, bytes_on_disk(database)) == {"seat", "series_person"}

    _held(second, 30)
    keep_promises(build_files)

    assert rows_of(Seat) == rows_of(SeriesPerson) == rows_of(SeatWish) == rows_of(BubblesTold) == []
    assert _found(words, bytes_on_disk(database) + copy_made_now(database, tmp_path)) == set()


def test_a_copy_that_is_put_back_brings_no_seat_back(sqlite: str) -> None:
    first, second = _two_evenings()
    _tell_by_bytes(first)
    words = _words(sqlite)
    for room in (first, second):
        _held(room, 31)

    destroy_what_came_back()
    dispose()

    assert _found(words, bytes_on_disk(sqlite)) == set()
    assert rows_of(Seat) == []
