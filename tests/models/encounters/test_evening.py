"""An evening at mixed tables: a plan before it counts, rounds that begin once, and nobody who sits is moved."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models.basics import clock
from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, InvalidValue, NotSeated, TextTooLong
from models.basics.keys import new_token
from models.basics.words import Door, Mixing, Step, WishStrength
from models.encounters.evening import (
    change_cards,
    change_evening,
    drop_wish,
    read_cards,
    read_evening,
    set_wish,
)
from models.encounters.forgetting import KEPT_DAYS, forget_evenings
from models.encounters.group_pairs import pairs_that_met
from models.encounters.ideas import last_table
from models.encounters.joining_tables import join_tables, table_to_join
from models.encounters.plan import asked_now, keep_plan, seats_by_round
from models.encounters.rounds import begin_round, lengthen_round, show_card, show_question
from models.encounters.seating.process import SearchFailed, seat_apart
from models.encounters.seating.seat import WishesClash, seat
from models.encounters.seating.wanted import Wanted, Wish
from models.encounters.views import (
    evening_now,
    met_by,
    own_seat,
    planned_rounds,
    table_now,
    tables_of_round,
    who_differs,
)
from models.joining.joining import join
from models.own_data.reading import own_data
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Bubble, Seat, SeatWish
from models.workshop.participant import admit, come_back, leave
from models.workshop.workshop import end_workshop, read_workshop, set_door
from tests.builders import LEADER, Room, make_people, make_workshop
from tests.builders.evening import begin, divide, make_evening, table_of

pytestmark = pytest.mark.both_databases


def _seats(room: Room, number: int) -> dict[int, int]:
    with reading() as session:
        return {
            seat.participant_id: seat.table_number
            for seat in session.exec(
                select(Seat).where(Seat.workshop_id == room.workshop_id, Seat.round == number)
            ).all()
        }


def test_the_whole_plan_stands_before_it_counts_and_no_phone_has_a_table_yet(database: str) -> None:
    room = make_evening(12)

    divide(room)

    with reading() as session:
        assert planned_rounds(session, room.workshop_id) == [1, 2, 3]
        assert {len(table.people) for table in tables_of_round(session, room.workshop_id, 1)} == {4}
        assert evening_now(session, room.workshop_id).round_now == 0
        assert own_seat(session, room.workshop_id, room.people[0]) is None
        assert own_data(session, room.people[0]).seats == []
        evening = read_evening(session, room.workshop_id)
    assert evening.tables == 3
    assert evening.new_meetings <= evening.most_meetings


def test_a_round_begun_twice_by_two_facilitators_begins_once(database: str) -> None:
    room = make_evening(12)
    divide(room)

    begin(room, 1)
    with reading() as session:
        first = read_evening(session, room.workshop_id).ends_at
    begin(room, 1)

    with reading() as session:
        evening = read_evening(session, room.workshop_id)
        assert (evening.round_now, evening.ends_at) == (1, first)
        assert read_workshop(session, room.workshop_id).step == Step.TABLES
        assert [seat.round for seat in own_data(session, room.people[0]).seats] == [1]
    assert {table_of(room, person) for person in room.people} == {1, 2, 3}


def test_a_round_that_is_not_the_next_or_has_no_plan_does_not_begin(database: str) -> None:
    room = make_evening(8)

    with pytest.raises(NotSeated):
        begin(room, 1)
    divide(room)
    with pytest.raises(ChangedMeanwhile):
        begin(room, 2)


def test_a_latecomer_has_a_table_at_once_and_nobody_who_sits_is_moved(database: str) -> None:
    room = make_evening(11)
    divide(room)
    begin(room, 1)
    before = _seats(room, 1)

    (late,) = make_people(room, count=1, group="Moskee")

    after = _seats(room, 1)
    assert after.pop(late) in {1, 2, 3}
    assert after == before
    assert sorted(list(_seats(room, 1).values()).count(table) for table in (1, 2, 3)) == [4, 4, 4]


def test_who_is_left_at_a_table_goes_to_another_when_who_leads_says_so_and_no_seat_changes(
    database: str,
) -> None:
    room = make_evening(12)
    divide(room)
    begin(room, 1)
    with reading() as session:
        first, second, third = tables_of_round(session, room.workshop_id, 1)
    one, *others = first.people
    with pytest.raises(ChangedMeanwhile):
        _join(room, 1, 2)
    for person in others:
        write(leave, participant_id=person.participant_id)
    seats = _seats(room, 1)
    with reading() as session:
        now_at = tables_of_round(session, room.workshop_id, 1)
        alone = table_now(session, room.workshop_id, one.participant_id)
        assert table_to_join(session, room.workshop_id, now_at[0], now_at) == 2
        assert table_to_join(session, room.workshop_id, now_at[1], now_at) is None
    assert alone is not None and alone.number == 1 and alone.is_alone

    for _twice in range(2):
        _join(room, 1, 2)

    with reading() as session:
        own = table_now(session, room.workshop_id, one.participant_id)
        shown = tables_of_round(session, room.workshop_id, 1)
        assert _shown_at(session, room, one.participant_id) == 2
        assert last_table(session, room.workshop_id, one.participant_id) == 2
    assert own is not None and (own.number, own.came_from, own.is_alone) == (2, 1, False)
    assert [(table.number, table.here, table.joined) for table in shown] == [(2, 5, (1,)), (3, 4, ())]
    assert shown[0].host in {person.number for person in second.people}
    assert _seats(room, 1) == seats

    # Who comes back finds the others; who comes late sits at a table that is there; the next round is as planned.
    write(come_back, participant_id=others[0].participant_id)
    (late,) = make_people(room, count=1, group="Moskee")
    with reading() as session:
        assert _shown_at(session, room, others[0].participant_id) == 2
        assert _shown_at(session, room, late) == third.number
    begin(room, 2)
    with reading() as session:
        assert len(tables_of_round(session, room.workshop_id, 2)) == 3


def test_tables_are_joined_in_the_round_that_goes_on_alone_and_never_against_a_must_wish(
    database: str,
) -> None:
    room = make_evening(12)
    divide(room)
    begin(room, 1)
    with reading() as session:
        first, second, _third = tables_of_round(session, room.workshop_id, 1)
    for person in first.people[1:]:
        write(leave, participant_id=person.participant_id)
    write(
        set_wish,
        who=LEADER,
        workshop_id=room.workshop_id,
        one_id=first.people[0].participant_id,
        other_id=second.people[0].participant_id,
        strength=WishStrength.MUST_NOT,
    )
    with reading() as session:
        found = tables_of_round(session, room.workshop_id, 1)
        assert table_to_join(session, room.workshop_id, found[0], found) == 3

    for number, table, into in ((2, 1, 3), (1, 1, 1), (1, 1, 9), (1, 3, 1)):
        with pytest.raises(ChangedMeanwhile):
            _join(room, table, into, number=number)
    _join(room, 1, 3)
    with pytest.raises(ChangedMeanwhile):
        _join(room, 1, 2)
    with pytest.raises(ChangedMeanwhile):
        _join(room, 2, 1)


def _shown_at(session: Session, room: Room, person: int) -> int | None:
    found = table_now(session, room.workshop_id, person)
    return found.number if found else None


def _join(room: Room, table: int, into: int, *, number: int = 1) -> None:
    write(join_tables, who=LEADER, workshop_id=room.workshop_id, number=number, table=table, into=into)


def test_who_is_let_in_by_the_facilitator_has_a_table_at_once(database: str) -> None:
    room = make_evening(8)
    divide(room)
    begin(room, 1)
    sat = _seats(room, 1)
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
    joined = write(join, code=room.code, phone_token=new_token(), name="Zoë", group_id=None, bubbles=[])
    with reading() as session:
        assert own_seat(session, room.workshop_id, joined.participant_id) is None

    write(admit, who=LEADER, participant_ids=[joined.participant_id])

    after = _seats(room, 1)
    assert after.pop(joined.participant_id) in {1, 2}
    assert after == sat


def test_coming_rounds_are_divided_anew_with_what_happened_and_what_began_stays(database: str) -> None:
    room = make_evening(12)
    divide(room)
    begin(room, 1)
    sat = _seats(room, 1)
    write(leave, participant_id=room.people[0])
    (late,) = make_people(room, count=1, group="Bewoners")
    with reading() as session:
        differs = who_differs(session, room.workshop_id, 2)
    assert (len(differs.newcomers), len(differs.gone)) == (1, 1)

    divide(room)
    begin(room, 2)

    assert {person: table for person, table in _seats(room, 1).items() if person != late} == sat
    assert room.people[0] not in _seats(room, 2)
    assert late in _seats(room, 2)
    with reading() as session:
        met = len(pairs_that_met(seats_by_round(session, room.workshop_id, up_to=2)))
        own = met_by(session, room.workshop_id, room.people[1])
    assert 0 < met <= 78
    assert 3 <= own.met <= own.others == 12


def test_a_round_begins_without_dividing_anew_who_left_has_no_seat_who_came_has_one(database: str) -> None:
    room = make_evening(12)
    divide(room)
    write(leave, participant_id=room.people[3])
    (late,) = make_people(room, count=1)

    begin(room, 1)

    assert set(_seats(room, 1)) == {*room.people} - {room.people[3]}
    assert late in _seats(room, 1)


def test_everybody_leaving_leaves_an_evening_that_still_opens(database: str) -> None:
    room = make_evening(4)
    divide(room)
    begin(room, 1)
    for person in room.people:
        write(leave, participant_id=person)

    divide_again = [room.workshop_id]
    with reading() as session:
        asked = asked_now(session, divide_again[0])
        plan = seat(asked.wanted, seed=1)
        assert [table.here for table in tables_of_round(session, room.workshop_id, 1)] == [0]
    write(keep_plan, who=LEADER, workshop_id=room.workshop_id, asked=asked, plan=plan)
    with pytest.raises(NotSeated):
        begin(room, 2)


def test_a_plan_for_rounds_of_which_one_began_meanwhile_is_not_kept(database: str) -> None:
    room = make_evening(8)
    divide(room)
    with reading() as session:
        asked = asked_now(session, room.workshop_id)
    begin(room, 1)
    kept = _seats(room, 2)

    with pytest.raises(ChangedMeanwhile):
        write(
            keep_plan,
            who=LEADER,
            workshop_id=room.workshop_id,
            asked=asked,
            plan=seat(asked.wanted, seed=2, tries=(100,)),
        )

    assert _seats(room, 2) == kept


def test_cards_go_on_and_a_round_is_lengthened_to_a_moment(database: str) -> None:
    room = make_evening(8)
    divide(room)
    begin(room, 1)
    until = now() + timedelta(minutes=40)

    write(show_card, who=LEADER, workshop_id=room.workshop_id, number=1, card=2)
    write(lengthen_round, who=LEADER, workshop_id=room.workshop_id, number=1, ends_at=until)
    write(show_question, who=LEADER, workshop_id=room.workshop_id, is_shown=True)

    with reading() as session:
        here = evening_now(session, room.workshop_id)
    assert (here.card, here.cards, here.ends_at, here.shows_question) == (2, 3, until, True)
    assert here.question == "Waar bent u trots op in uw straat of buurt?"
    with pytest.raises(InvalidValue):
        write(show_card, who=LEADER, workshop_id=room.workshop_id, number=1, card=4)
    with pytest.raises(ChangedMeanwhile):
        write(show_card, who=LEADER, workshop_id=room.workshop_id, number=2, card=1)
    with pytest.raises(ChangedMeanwhile):
        write(lengthen_round, who=LEADER, workshop_id=room.workshop_id, number=2, ends_at=until)


def test_question_cards_are_changed_and_come_back_when_all_are_empty(database: str) -> None:
    room = make_evening(4, rounds=6)

    write(
        change_cards,
        who=LEADER,
        workshop_id=room.workshop_id,
        number=2,
        texts=["Wie hielp u ooit?", "", "ما هو بيتك؟"],
    )
    with reading() as session:
        cards = read_cards(session, room.workshop_id)
    assert cards[2] == ["Wie hielp u ooit?", "ما هو بيتك؟"]
    assert cards[6] == cards[4]

    write(change_cards, who=LEADER, workshop_id=room.workshop_id, number=2, texts=["", "", ""])
    with reading() as session:
        assert len(read_cards(session, room.workshop_id)[2]) == 3
    with pytest.raises(InvalidValue):
        write(change_cards, who=LEADER, workshop_id=room.workshop_id, number=9, texts=["x"])
    with pytest.raises(TextTooLong):
        write(change_cards, who=LEADER, workshop_id=room.workshop_id, number=1, texts=["x" * 201])


@pytest.mark.parametrize(
    "wrong",
    [
        {"table_size": 1},
        {"rounds": 0},
        {"rounds": 13},
        {"minutes": 0},
        {"minutes": 91},
        {"groups_mixing": "never"},
    ],
)
def test_an_evening_that_cannot_be_is_refused(database: str, wrong: dict[str, Any]) -> None:
    room = make_evening(4)
    usual = {
        "theme": "",
        "table_size": 4,
        "rounds": 3,
        "minutes": 15,
        "groups_mixing": Mixing.MIX,
        "bubbles_mixing": Mixing.MIX,
    }

    with pytest.raises(InvalidValue):
        write(change_evening, who=LEADER, workshop_id=room.workshop_id, **(usual | wrong))


def test_another_blocks_meeting_has_no_evening(database: str) -> None:
    room = make_workshop(people=2)

    with pytest.raises(InvalidValue):
        write(begin_round, who=LEADER, workshop_id=room.workshop_id, number=1)


def test_a_pair_has_one_wish_the_newest_and_it_is_kept_in_every_round(database: str) -> None:
    room = make_evening(12)
    one, other = room.people[5], room.people[2]
    for strength in (WishStrength.MUST_NOT, WishStrength.MUST):
        write(
            set_wish, who=LEADER, workshop_id=room.workshop_id, one_id=one, other_id=other, strength=strength
        )

    divide(room)

    assert all(_seats(room, number)[one] == _seats(room, number)[other] for number in (1, 2, 3))
    with reading() as session:
        assert own_data(session, one).seat_wishes == ["must"]
    for _ in range(2):
        write(drop_wish, who=LEADER, workshop_id=room.workshop_id, one_id=one, other_id=other)
    with reading() as session:
        assert session.exec(select(SeatWish)).all() == []


def test_a_wish_needs_two_people_of_the_same_evening(database: str) -> None:
    room, elsewhere = make_evening(4), make_workshop(people=1)

    for one, other, strength in (
        (room.people[0], room.people[0], "must"),
        (room.people[0], elsewhere.people[0], "must"),
        (room.people[0], room.people[1], "never"),
    ):
        with pytest.raises(InvalidValue):
            write(
                set_wish,
                who=LEADER,
                workshop_id=room.workshop_id,
                one_id=one,
                other_id=other,
                strength=strength,
            )


def test_seats_wishes_and_bubbles_are_erased_thirty_days_after_the_evening(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_evening(8)
    group = next(iter(room.groups.values()))
    write(
        join,
        code=room.code,
        phone_token=new_token(),
        name=None,
        group_id=None,
        bubbles=[group],
    )
    write(
        set_wish,
        who=LEADER,
        workshop_id=room.workshop_id,
        one_id=room.people[0],
        other_id=room.people[1],
        strength=WishStrength.RATHER,
    )
    divide(room)
    begin(room, 1)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)
    with reading() as session:
        assert session.exec(select(Seat)).all() and session.exec(select(Bubble)).all()

    assert write(forget_evenings) == 0
    later = now() + timedelta(days=KEPT_DAYS, minutes=1)
    monkeypatch.setattr("models.encounters.forgetting.now", lambda: later)
    assert write(forget_evenings) > 0

    with reading() as session:
        for table in (Seat, SeatWish, Bubble):
            assert session.exec(select(table)).all() == []
        assert seats_by_round(session, room.workshop_id, up_to=1) == [{}]
    assert clock.now() < later


def test_the_search_runs_in_a_process_of_its_own_and_gives_the_same_plan() -> None:
    # It takes a while, so that something is heard of it, and comes to an end.
    wanted = Wanted(15, 5, 6)
    heard: list[int] = []

    plan = seat_apart(wanted, seed=3, told=lambda _part, best: heard.append(best))

    assert plan == seat(wanted, seed=3)
    assert heard and max(heard) <= plan.new


def test_a_search_that_is_killed_gives_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")

    with pytest.raises(SearchFailed):
        seat_apart(Wanted(12, 3, 2), seed=1, told=lambda _part, _best: None)


def test_wishes_that_clash_begin_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    clash = (Wish(0, 1, WishStrength.MUST), Wish(0, 1, WishStrength.MUST_NOT))

    with pytest.raises(WishesClash):
        seat_apart(Wanted(12, 3, 2, wishes=clash), seed=1, told=lambda _part, _best: None)
