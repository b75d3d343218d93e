"""Questions and changes that go to the driver as they are, on both databases."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from models.basics.words import Secrecy
from models.storage.database import reading
from models.storage.prepared import FEW_ROWS, Change, Question, one_of_list
from models.storage.writing import write
from models.tables import Participant, Round, RoundSecret
from tests.builders import make_round, make_workshop, rows_of

pytestmark = pytest.mark.both_databases

PEOPLE = Question(
    sa.select(
        col(Participant.id),
        col(Participant.name),
        col(Participant.joined_at).is_not(None).label("has_joined"),
    )
    .where(one_of_list(Participant.id, "people"))
    .order_by(col(Participant.id))
)
ROUND = Question(
    sa.select(col(RoundSecret.sealed), col(Round.rows), col(Round.secrecy))
    .join(RoundSecret, col(RoundSecret.round_id) == Round.id)
    .where(col(Round.id) == sa.bindparam("round"))
)
STORE = Change(
    lambda insert_into: insert_into(Participant).on_conflict_do_nothing(),
    ["workshop_id", "number", "source", "personal_code", "has_first_step"],
)


def test_a_list_comes_with_the_question(database: str) -> None:
    room = make_workshop(people=4)

    with reading() as session:
        found = PEOPLE.ask(session.connection(), people=room.people[:2])
        none = PEOPLE.ask(session.connection(), people=[])

    assert [row.id for row in found] == room.people[:2]
    assert none == []


NEIGHBOURS = Question(
    sa.select(
        col(Participant.id),
        col(Participant.name),
        col(Participant.joined_at).is_not(None).label("has_joined"),
        col(Participant.has_first_step),
    )
    .where(
        one_of_list(Participant.id, "people"),
        one_of_list(Participant.workshop_id, "workshops"),
    )
    .order_by(col(Participant.id)),
    in_one_piece=True,
)


def test_about_one_of_a_list_the_answer_is_the_same_as_among_many(database: str) -> None:
    room, other = make_workshop(people=2), make_workshop(people=2)
    first, second = room.people

    def ask(people: list[int], *rooms: int) -> list[Any]:
        with reading() as session:
            return NEIGHBOURS.ask(session.connection(), people=people, workshops=list(rooms))

    assert ask([first], room.workshop_id) == ask([first, first], room.workshop_id, other.workshop_id)
    assert ask([first, second], room.workshop_id) == [
        *ask([first], room.workshop_id),
        *ask([second], room.workshop_id),
    ]
    assert ask([first], other.workshop_id) == ask([], room.workshop_id) == []
    [alone] = ask([second], room.workshop_id)
    assert (alone.id, alone.name, alone.has_joined, alone.has_first_step) == (second, None, True, False)


def test_values_come_back_as_python_has_them(database: str) -> None:
    vote = make_round(make_workshop(people=6), secrecy=Secrecy.ANONYMOUS)

    with reading() as session:
        (person, *_) = PEOPLE.ask(session.connection(), people=[1])
        (found,) = ROUND.ask(session.connection(), round=vote.round_id)

    assert (person.name, person.has_joined) == (None, True)
    assert bytes(found.sealed)
    assert found.rows == [{"key": "none", "members": ["none"]}]
    assert found.secrecy == "anonymous"


def _store(session: Session, *, workshop_id: int) -> None:
    STORE.store(
        session.connection(),
        [
            {
                "workshop_id": workshop_id,
                "number": number,
                "source": "phone",
                "personal_code": f"CODE{number}",
                "has_first_step": False,
            }
            for number in (7, 8, 8)
        ],
    )


def test_rows_are_stored_in_the_sessions_own_transaction(database: str) -> None:
    room = make_workshop()

    write(_store, workshop_id=room.workshop_id)

    assert [row["number"] for row in rows_of(Participant)] == [7, 8]


def test_what_is_rolled_back_is_not_stored(database: str) -> None:
    room = make_workshop()

    with reading() as session:
        _store(session, workshop_id=room.workshop_id)
        session.rollback()

    assert rows_of(Participant) == []


MANY_PEOPLE = Question(
    sa.select(
        col(Participant.number),
        col(Participant.name),
        col(Participant.joined_at).is_not(None).label("has_joined"),
    )
    .where(col(Participant.workshop_id) == sa.bindparam("workshop"))
    .order_by(col(Participant.number)),
    in_one_piece=True,
)
STORE_NAMES = Change(
    lambda insert_into: insert_into(Participant).on_conflict_do_nothing(),
    ["workshop_id", "number", "name", "source", "personal_code", "has_first_step"],
)
NAMES = ["Zoë Küçük", "أمينة", "👩🏽‍🦽 Jo", 'D\'Angelo "Daan" \\', None, "Amira\nde Wit"]


def _store_names(session: Session, *, workshop_id: int, names: list[str | None]) -> None:
    STORE_NAMES.store(
        session.connection(),
        [
            {
                "workshop_id": workshop_id,
                "number": number,
                "name": name,
                "source": "phone",
                "personal_code": f"CODE{number}",
                "has_first_step": False,
            }
            for number, name in enumerate(names, start=1)
        ],
    )


@pytest.mark.parametrize("count", [0, 1, FEW_ROWS, FEW_ROWS + 1, 500])
def test_many_rows_go_and_come_in_one_piece_as_few_do(database: str, count: int) -> None:
    room = make_workshop()
    names = [NAMES[place % len(NAMES)] for place in range(count)]

    write(_store_names, workshop_id=room.workshop_id, names=names)
    # What stands there already stays, as with few rows.
    write(_store_names, workshop_id=room.workshop_id, names=["Somebody else"] * count)

    with reading() as session:
        found = MANY_PEOPLE.ask(session.connection(), workshop=room.workshop_id)
    assert [(row.number, row.name, row.has_joined) for row in found] == [
        (number, name, False) for number, name in enumerate(names, start=1)
    ]
