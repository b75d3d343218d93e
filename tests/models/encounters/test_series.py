"""A series of evenings: planned one after the other, moved before they begin, and what the groups met over all."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from models.basics.errors import EveningBegun, InvalidValue
from models.basics.words import WorkshopState
from models.encounters.evening import change_cards, read_cards, read_evening
from models.encounters.series import (
    PairsOfGroups,
    SeriesView,
    evenings_to_join,
    name_series,
    pairs_of_groups_met,
    plan_next_evening,
    put_with,
    series_of,
    take_out,
)
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Encounter, Participant, Seat, Series
from models.workshop.workshop import read_workshop
from tests.builders import LEADER, Room, make_people, make_workshop, rows_of
from tests.builders.evening import begin, divide, make_evening, make_next_evening
from tests.builders.workshop import HELD_ON
from tests.questions import questions_asked

pytestmark = pytest.mark.both_databases


def _codes(room: Room) -> list[str]:
    with reading() as session:
        found = series_of(session, room.workshop_id)
    return [evening.code for evening in found.evenings] if found else []


def _series_id(room: Room) -> int:
    with reading() as session:
        found = series_of(session, room.workshop_id)
    assert found is not None
    return found.id


def test_a_next_evening_takes_over_how_the_evening_goes_and_nothing_of_who_came(database: str) -> None:
    room = make_evening(8, table_size=5, rounds=2)
    write(change_cards, who=LEADER, workshop_id=room.workshop_id, number=2, texts=["Wie hielp u ooit?"])
    on = HELD_ON + timedelta(weeks=4)

    added = write(plan_next_evening, who=LEADER, workshop_id=room.workshop_id, held_on=on)
    again = write(plan_next_evening, who=LEADER, workshop_id=room.workshop_id, held_on=on)

    assert again == added
    with reading() as session:
        workshop, evening = (
            read_workshop(session, added.workshop_id),
            read_evening(session, added.workshop_id),
        )
        assert (workshop.venue, workshop.held_on, workshop.state) == (
            "Het Wijkhuis",
            on,
            WorkshopState.PREPARED,
        )
        assert (evening.theme, evening.table_size, evening.rounds) == ("Thuis in Merenveld", 5, 2)
        assert (evening.round_now, evening.tables) == (0, 0)
        assert read_cards(session, added.workshop_id)[2] == ["Wie hielp u ooit?"]
        assert read_workshop(session, room.workshop_id).next_meeting_on == on
        found = series_of(session, room.workshop_id)
    assert found is not None
    assert [(one.code, one.people, one.has_begun) for one in found.evenings] == [
        (room.code, 8, True),
        (added.code, 0, False),
    ]


def test_a_next_evening_is_not_before_the_evening_nor_of_another_block(database: str) -> None:
    room, other = make_evening(2), make_workshop()

    for workshop_id, days in ((room.workshop_id, -1), (other.workshop_id, 7)):
        with pytest.raises(InvalidValue):
            write(
                plan_next_evening,
                who=LEADER,
                workshop_id=workshop_id,
                held_on=HELD_ON + timedelta(days=days),
            )
    assert rows_of(Series) == []


def test_an_evening_goes_into_a_series_and_out_of_it_until_somebody_came(database: str) -> None:
    first = make_evening(4)
    second = make_next_evening(first, in_series=False)
    with reading() as session:
        offered = evenings_to_join(session, second.workshop_id)
    assert [(one.id, [evening.code for evening in one.evenings]) for one in offered] == [(0, [first.code])]

    for _ in range(2):
        write(put_with, who=LEADER, workshop_id=second.workshop_id, other_id=first.workshop_id)
    assert _codes(first) == _codes(second) == [first.code, second.code]

    for _ in range(2):
        write(take_out, who=LEADER, workshop_id=second.workshop_id)
    assert (_codes(first), _codes(second)) == ([first.code], [])

    write(put_with, who=LEADER, workshop_id=second.workshop_id, other_id=first.workshop_id)
    make_people(second, count=1)
    with pytest.raises(EveningBegun):
        write(take_out, who=LEADER, workshop_id=second.workshop_id)
    with pytest.raises(EveningBegun):
        write(take_out, who=LEADER, workshop_id=first.workshop_id)
    assert _codes(second) == [first.code, second.code]


def test_a_series_of_which_every_evening_went_elsewhere_is_gone(database: str) -> None:
    first = make_evening(0)
    second = make_next_evening(first)
    third = make_next_evening(first, in_series=False)

    write(put_with, who=LEADER, workshop_id=third.workshop_id, other_id=second.workshop_id)
    write(take_out, who=LEADER, workshop_id=third.workshop_id)
    write(take_out, who=LEADER, workshop_id=first.workshop_id)
    write(take_out, who=LEADER, workshop_id=second.workshop_id)

    assert rows_of(Series) == []


def test_an_evening_goes_with_none_of_another_alliance_nor_with_itself(database: str) -> None:
    room, elsewhere = make_evening(0), make_evening(0)

    for other_id in (elsewhere.workshop_id, room.workshop_id):
        with pytest.raises(InvalidValue):
            write(put_with, who=LEADER, workshop_id=room.workshop_id, other_id=other_id)
    with reading() as session:
        assert evenings_to_join(session, room.workshop_id) == []
    with pytest.raises(InvalidValue):
        write(name_series, who=LEADER, workshop_id=room.workshop_id, theme="Samen")


def test_with_what_an_evening_can_be_put_takes_as_many_questions_however_many_series_there_are(
    sqlite: str,
) -> None:
    def asked(room: Room) -> int:
        with reading() as session, questions_asked() as questions:
            offered.append(evenings_to_join(session, room.workshop_id))
        return len(questions)

    offered: list[list[SeriesView]] = []
    alone = make_evening(0)
    first = make_next_evening(alone, in_series=False)
    make_next_evening(first)
    with_one = asked(alone)
    begun = [make_next_evening(alone, weeks=weeks, in_series=False) for weeks in (10, 11, 12)]
    for room in begun:
        make_next_evening(room)

    assert asked(alone) == with_one
    assert [len(one.evenings) for one in offered[0]] == [2]
    assert [one.evenings[0].code for one in offered[1]] == [*(room.code for room in begun[::-1]), first.code]


def test_a_series_bears_the_theme_of_its_first_evening_until_it_is_named(database: str) -> None:
    first = make_evening(0)
    second = make_next_evening(first)

    write(name_series, who=LEADER, workshop_id=second.workshop_id, theme=" Vijf avonden Café Zoë ")

    with reading() as session:
        found = series_of(session, first.workshop_id)
    assert found is not None and found.theme == "Vijf avonden Café Zoë"


def _seat_in(room: Room, tables: list[list[int]]) -> None:
    """Let one round of an evening have been: these people at these tables."""

    def keep(session: Session) -> None:
        session.add_all(
            Seat(workshop_id=room.workshop_id, round=1, participant_id=person, table_number=number)
            for number, table in enumerate(tables, start=1)
            for person in table
        )
        evening = session.get_one(Encounter, room.workshop_id)
        evening.round_now = 1
        session.add(evening)

    write(keep)


def test_two_groups_have_met_once_five_pairs_of_their_people_sat_together(database: str) -> None:
    first = make_evening(0)
    second = make_next_evening(first)
    one = {group: make_people(first, count=3, group=group) for group in first.groups}
    residents, town, mosque = one.values()
    with reading() as session:
        assert pairs_of_groups_met(session, _series_id(first)) is None

    # Residents and the town: six pairs. The mosque sits alone.
    _seat_in(first, [[*residents, *town[:2]], [town[2]], [*mosque]])
    with reading() as session:
        assert pairs_of_groups_met(session, _series_id(first)) == PairsOfGroups(1, 3)

    two = {group: make_people(second, count=3, group=group) for group in second.groups}
    residents, town, mosque = two.values()
    # Residents and the mosque: four pairs, which is too few to say.
    _seat_in(second, [[*residents[:2], *mosque[:2]], [*town, residents[2]], [mosque[2]]])
    with reading() as session:
        assert pairs_of_groups_met(session, _series_id(first)) == PairsOfGroups(1, 3)


def test_rounds_that_are_only_planned_and_evenings_outside_the_series_do_not_count(database: str) -> None:
    room = make_evening(12)
    make_next_evening(room)
    alone = make_evening(12)
    divide(room)
    divide(alone)
    begin(alone, 1)

    with reading() as session:
        assert pairs_of_groups_met(session, _series_id(room)) is None

    for number in (1, 2, 3):
        begin(room, number)
    with reading() as session:
        found = pairs_of_groups_met(session, _series_id(room))
    assert found == PairsOfGroups(3, 3)


def test_a_group_too_small_to_be_shown_is_in_neither_number(database: str) -> None:
    room = make_evening(0)
    make_next_evening(room)
    names = list(room.groups)
    many, few = make_people(room, count=6, group=names[0]), make_people(room, count=1, group=names[1])
    none = make_people(room, count=2)

    _seat_in(room, [[*many, *few, *none]])

    with reading() as session:
        assert pairs_of_groups_met(session, _series_id(room)) == PairsOfGroups(1, 1)
    write(_leave_group, person=many[5], group=names[2], room=room)
    with reading() as session:
        # Five residents and one of the town: five pairs. The mosque with either: too few to ever be shown.
        assert pairs_of_groups_met(session, _series_id(room)) == PairsOfGroups(2, 2)


def _leave_group(session: Session, *, person: int, group: str, room: Room) -> None:
    session.get_one(Participant, person).group_id = room.groups[group]
