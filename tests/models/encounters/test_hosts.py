"""Who minds the turns: one at each table by lot, fair over the groups, nobody twice where avoidable."""

from collections import Counter
from datetime import timedelta
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from exports.sentences.seating import not_kept
from models.basics.clock import now
from models.basics.errors import ChangedMeanwhile, InvalidValue, NotHost
from models.basics.words import Door
from models.encounters.forgetting import KEPT_DAYS, forget_evenings
from models.encounters.hosting import decline_hosting, show_card_at_table
from models.encounters.plan import asked_now, keep_plan
from models.encounters.rounds import show_card
from models.encounters.seating.hosts import draw_hosts, next_host
from models.encounters.seating.seat import seat
from models.encounters.seating.wanted import Wanted
from models.encounters.views import OwnTable, table_now, tables_of_round
from models.own_data.reading import own_data
from models.storage.database import reading
from models.storage.writing import write
from models.tables import DeclinedHosting, TableOfRound
from models.workshop.participant import admit, leave
from models.workshop.workshop import end_workshop, set_door
from tests.builders import LEADER, Room, make_people
from tests.builders.evening import begin, divide, make_evening

UNEVEN = (22, 16, 10, 8, 4)


def _groups(sizes: tuple[int, ...]) -> dict[int, int]:
    return dict(enumerate(group for group, count in enumerate(sizes) for _ in range(count)))


def test_forty_tables_of_sixty_people_have_forty_hosts_spread_over_the_groups() -> None:
    groups = _groups(UNEVEN)
    rounds = seat(Wanted(60, 10, 4, tuple(groups.values())), seed=1, tries=(20_000,)).rounds

    hosts = draw_hosts(rounds, groups, hosted={}, seed="evening")

    drawn = [host for of_round in hosts for host in of_round]
    assert len(set(drawn)) == 40
    for tables, of_round in zip(rounds, hosts, strict=True):
        assert all(host in table for host, table in zip(of_round, tables, strict=True))
        count = Counter(groups[host] for host in of_round if host is not None)
        for group, size in enumerate(UNEVEN):
            assert floor(size / 6) - 1 <= count[group] <= ceil(size / 6) + 1


@settings(max_examples=60, deadline=None)
@given(
    people=st.integers(1, 40),
    size=st.integers(2, 7),
    count=st.integers(1, 4),
    seed=st.integers(0, 99),
    declined=st.sets(st.integers(0, 39)),
)
def test_every_table_has_one_host_who_sits_there_and_nobody_more_often_than_must_be(
    people: int, size: int, count: int, seed: int, declined: set[int]
) -> None:
    tables = max(people // size, 1)
    rounds = [
        [
            [person for person in range(people) if (person * (turn + 1)) % tables == table]
            for table in range(tables)
        ]
        for turn in range(count)
    ]
    groups = {person: person % 3 for person in range(people)}

    hosts = draw_hosts(rounds, groups, hosted={}, declined=declined, seed=str(seed))

    assert hosts == draw_hosts(rounds, groups, hosted={}, declined=declined, seed=str(seed))
    times = Counter(host for of_round in hosts for host in of_round if host is not None)
    for of_round, of_tables in zip(hosts, rounds, strict=True):
        for host, table in zip(of_round, of_tables, strict=True):
            would = set(table) - declined
            assert (host in would) if would else host is None
    for of_round, of_tables in zip(hosts, rounds, strict=True):
        for host, table in zip(of_round, of_tables, strict=True):
            # Who hosts twice or more has nobody beside them who hosted two times fewer.
            if host is not None:
                assert all(times[other] + 1 >= times[host] for other in set(table) - declined)


def test_the_next_is_one_of_those_who_did_it_least_often() -> None:
    assert next_host([1, 2, 3], hosted={1: 1, 2: 1}, seed="x") == 3
    assert next_host([1, 2, 3], hosted={}, declined={1, 3}, seed="x") == 2
    assert next_host([1], hosted={}, declined={1}, seed="x") is None


@pytest.fixture
def room(database: str) -> Room:
    made = make_evening(12)
    divide(made)
    return made


def _hosts(room: Room, number: int) -> dict[int, int | None]:
    with reading() as session:
        return {table.number: table.host for table in tables_of_round(session, room.workshop_id, number)}


def _table(room: Room, badge: int) -> OwnTable:
    with reading() as session:
        found = table_now(session, room.workshop_id, room.people[badge - 1])
    assert found is not None
    return found


def _beside(room: Room, table: int) -> list[int]:
    with reading() as session:
        (found,) = [one for one in tables_of_round(session, room.workshop_id, 1) if one.number == table]
    return [person.number for person in found.people if not person.has_left]


@pytest.mark.both_databases
def test_the_lot_is_drawn_with_the_plan_and_falls_on_nobody_twice(room: Room) -> None:
    drawn = [host for number in (1, 2, 3) for host in _hosts(room, number).values()]

    assert len(drawn) == len(set(drawn)) == 9 and None not in drawn

    begin(room, 1)
    before = _hosts(room, 1)
    divide(room)
    assert _hosts(room, 1) == before
    again = [host for number in (1, 2, 3) for host in _hosts(room, number).values()]
    assert len(set(again)) == 9


@pytest.mark.both_databases
def test_who_would_rather_not_is_followed_by_another_of_the_table_and_is_asked_no_more(room: Room) -> None:
    begin(room, 1)
    host = _hosts(room, 1)[2]
    assert host is not None
    person = room.people[host - 1]

    for _ in range(2):
        write(decline_hosting, participant_id=person, number=1)

    after = _hosts(room, 1)[2]
    assert after != host and after in _beside(room, 2)
    assert _table(room, host).is_host is False
    divide(room)
    assert all(host not in _hosts(room, number).values() for number in (2, 3))
    with reading() as session:
        kept = own_data(session, person)
        assert kept.declines_hosting and not kept.seats[0].is_host
    with pytest.raises(NotHost):
        write(decline_hosting, participant_id=room.people[_other(room, 2, after) - 1], number=1)


def _other(room: Room, table: int, host: int | None) -> int:
    return next(badge for badge in _beside(room, table) if badge != host and not _declines(room, badge))


def _declines(room: Room, badge: int) -> bool:
    with reading() as session:
        return session.get(DeclinedHosting, room.people[badge - 1]) is not None


def test_where_everybody_would_rather_not_nobody_hosts_and_a_latecomer_does(room: Room) -> None:
    begin(room, 1)
    while (host := _hosts(room, 1)[1]) is not None:
        write(decline_hosting, participant_id=room.people[host - 1], number=1)

    assert _hosts(room, 1)[1] is None
    for badge in _beside(room, 2)[:2] + _beside(room, 3)[:2]:
        write(leave, participant_id=room.people[badge - 1])
    make_people(room, count=6, group="Gemeente")
    assert all(host is not None for host in _hosts(room, 1).values())


def test_a_host_who_leaves_is_followed_by_another_and_the_plan_is_mended_as_a_round_begins(
    room: Room,
) -> None:
    coming = _hosts(room, 1)[1]
    assert coming is not None
    write(leave, participant_id=room.people[coming - 1])
    begin(room, 1)
    host = _hosts(room, 1)[1]
    assert host is not None and host != coming

    write(leave, participant_id=room.people[host - 1])

    after = _hosts(room, 1)[1]
    assert after in _beside(room, 1)
    assert all(host is not None for host in _hosts(room, 1).values())


def test_a_host_moves_the_card_of_the_own_table_and_who_leads_that_of_all(room: Room) -> None:
    begin(room, 1)
    host, other = _hosts(room, 1)[1], _hosts(room, 1)[2]
    assert host is not None and other is not None
    person = room.people[host - 1]

    for _ in range(2):
        write(show_card_at_table, participant_id=person, number=1, card=2, seen=1)
    assert (_table(room, host).card, _table(room, other).card) == (2, 1)
    assert _table(room, _other(room, 1, host)).question == "Waar bent u trots op in uw straat of buurt?"

    write(show_card, who=LEADER, workshop_id=room.workshop_id, number=1, card=3)
    assert (_table(room, host).card, _table(room, other).card) == (3, 3)

    # What was tapped before the card of who leads had come changes nothing.
    with pytest.raises(ChangedMeanwhile):
        write(show_card_at_table, participant_id=person, number=1, card=1, seen=2)
    write(show_card_at_table, participant_id=person, number=1, card=2, seen=3)
    assert (_table(room, host).card, _table(room, other).card) == (2, 3)

    begin(room, 2)
    assert _table(room, host).card == 1
    with pytest.raises(ChangedMeanwhile):
        write(show_card_at_table, participant_id=person, number=1, card=3, seen=2)


def test_only_who_hosts_a_table_moves_its_card(room: Room) -> None:
    begin(room, 1)
    host = _hosts(room, 1)[1]
    assert host is not None

    with pytest.raises(NotHost):
        write(
            show_card_at_table,
            participant_id=room.people[_other(room, 1, host) - 1],
            number=1,
            card=2,
            seen=1,
        )
    with pytest.raises(InvalidValue):
        write(show_card_at_table, participant_id=room.people[host - 1], number=1, card=4, seen=1)


def test_who_is_let_in_or_comes_back_while_a_round_goes_on_has_a_table_at_once(room: Room) -> None:
    begin(room, 1)
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
    (late,) = make_people(room, count=1, group="Gemeente")
    with reading() as session:
        assert table_now(session, room.workshop_id, late) is None

    write(admit, who=LEADER, participant_ids=[late])

    with reading() as session:
        assert table_now(session, room.workshop_id, late) is not None


def test_who_minded_the_turns_is_erased_with_the_seats(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(room, 1)
    host = _hosts(room, 1)[1]
    assert host is not None
    write(decline_hosting, participant_id=room.people[host - 1], number=1)
    write(end_workshop, who=LEADER, workshop_id=room.workshop_id)

    later = now() + timedelta(days=KEPT_DAYS, minutes=1)
    monkeypatch.setattr("models.encounters.forgetting.now", lambda: later)
    write(forget_evenings)

    with reading() as session:
        assert session.exec(select(TableOfRound)).all() == [] == session.exec(select(DeclinedHosting)).all()


@pytest.mark.parametrize("people", [1, 2, 7])
def test_a_hall_of_few_has_its_tables_and_a_host_at_each(sqlite: str, people: int) -> None:
    room = make_evening(people, table_size=6)
    divide(room)
    begin(room, 1)

    with reading() as session:
        tables = tables_of_round(session, room.workshop_id, 1)
    assert sum(len(table.people) for table in tables) == people
    assert all(table.host in {person.number for person in table.people} for table in tables)


def test_a_hall_of_one_group_sits_meets_as_many_as_can_be_has_hosts_and_hears_why_it_is_not_mixed(
    sqlite: str,
) -> None:
    room = make_evening(0, table_size=4, rounds=3)
    make_people(room, count=12, group="Moskee")
    with reading() as session:
        asked = asked_now(session, room.workshop_id)
    plan = seat(asked.wanted, seed=room.workshop_id)
    write(keep_plan, who=LEADER, workshop_id=room.workshop_id, asked=asked, plan=plan)
    for number in (1, 2, 3):
        begin(room, number)

    hosts = [host for number in (1, 2, 3) for host in _hosts(room, number).values()]
    with reading() as session:
        tables = [tables_of_round(session, room.workshop_id, number) for number in (1, 2, 3)]
    assert plan.new == plan.bound.most
    assert [[len(table.people) for table in found] for found in tables] == [[4, 4, 4]] * 3
    assert len(set(hosts)) == 9 and None not in hosts
    assert not_kept(asked.wanted, plan, [""] * 12, "en") == [
        "Everybody is of one group, so no table can be mixed."
    ]


def test_everybody_may_leave_and_who_comes_then_sits_and_minds_the_turns(sqlite: str) -> None:
    room = make_evening(8)
    divide(room)
    begin(room, 1)
    for person in room.people:
        write(leave, participant_id=person)
    assert set(_hosts(room, 1).values()) == {None}

    begin(room, 2)
    (late,) = make_people(room, count=1, group="Moskee")

    with reading() as session:
        found = table_now(session, room.workshop_id, late)
    assert found is not None and found.is_host


def test_a_round_that_two_facilitators_begin_has_one_lot(sqlite: str) -> None:
    room = make_evening(12)
    divide(room)
    begin(room, 1)
    drawn = _hosts(room, 1)

    begin(room, 1)

    assert _hosts(room, 1) == drawn
