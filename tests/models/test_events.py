"""Who did what when: a chain that shows when a row was altered."""

import pytest
from sqlalchemy import text

from models.basics.words import Step
from models.storage.chain import BEGINNING, chain_is_whole, list_events, record
from models.storage.database import engine, reading
from models.storage.writing import write
from models.tables import Event
from models.workshop.workshop import count_heads
from tests.builders import LEADER, Room, make_alliance, make_workshop, post_all, rows_of, take_room

pytestmark = pytest.mark.both_databases


def _is_whole(room: Room) -> bool:
    with reading() as session:
        return chain_is_whole(session, room.alliance_id)


def _run(statement: str) -> None:
    with engine().connect() as connection:
        connection.execute(text(statement))
        connection.commit()


def test_every_action_of_a_facilitator_leaves_who_what_and_when(database: str) -> None:
    room = make_alliance()
    take_room(room, Step.DRAFT)

    with reading() as session:
        newest, first = list_events(session, room.alliance_id)

    assert (first.who, first.what, first.previous_hash) == (LEADER, "alliance created", BEGINNING)
    assert (newest.who, newest.what, newest.previous_hash) == (LEADER, "room taken to a step", first.hash)
    assert newest.details == {"workshop": room.code, "block": "alliance", "step": "draft"}
    assert _is_whole(room)


def test_the_chain_stays_whole_when_many_write_at_the_same_moment(database: str) -> None:
    room, other = make_workshop(), make_workshop()

    post_all(
        [
            (count_heads, {"who": LEADER, "workshop_id": where.workshop_id, "heads": heads})
            for heads in range(25)
            for where in (room, other)
        ]
    )

    assert _is_whole(room)
    assert _is_whole(other)
    assert len([row for row in rows_of(Event) if row["what"] == "heads counted"]) == 50


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE event SET who = 'Nobody' WHERE id = {second}",
        "UPDATE event SET what = 'nothing' WHERE id = {second}",
        "UPDATE event SET details = '{{\"heads\": 99}}' WHERE id = {second}",
        "UPDATE event SET happened_at = '2020-01-01 00:00:00' WHERE id = {second}",
        "UPDATE event SET hash = previous_hash WHERE id = {second}",
        "DELETE FROM event WHERE id = {second}",
    ],
    ids=["who", "what", "details", "when", "hash", "removed"],
)
def test_it_shows_when_a_row_was_altered(database: str, tampering: str) -> None:
    room = make_workshop()
    for heads in (1, 2):
        write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=heads)
    assert _is_whole(room)

    _run(tampering.format(second=rows_of(Event)[-2]["id"]))

    assert not _is_whole(room)


def test_details_keep_their_hash_whatever_their_language(database: str) -> None:
    room = make_alliance()

    write(
        record,
        alliance_id=room.alliance_id,
        who="Şükrü",
        what="said",
        text="سلام 🍲",
        numbers=[1, 2],
        nothing=None,
    )

    assert _is_whole(room)


def test_an_alliance_without_events_is_whole(database: str) -> None:
    with reading() as session:
        assert chain_is_whole(session, 4711)
        assert list_events(session, 4711) == []
