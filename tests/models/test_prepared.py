"""Questions and changes that go to the driver as they are, on both databases."""

import sqlalchemy as sa
from sqlmodel import Session, col

from models.database import reading
from models.prepared import Change, Question, one_of_list
from models.tables import Participant, Round
from models.words import Secrecy
from models.writing import write
from tests.builders import make_round, make_workshop, rows_of

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
    sa.select(col(Round.secret), col(Round.rows), col(Round.secrecy)).where(
        col(Round.id) == sa.bindparam("round")
    )
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


def test_values_come_back_as_python_has_them(database: str) -> None:
    vote = make_round(make_workshop(people=6), secrecy=Secrecy.ANONYMOUS)

    with reading() as session:
        (person, *_) = PEOPLE.ask(session.connection(), people=[1])
        (found,) = ROUND.ask(session.connection(), round=vote.round_id)

    assert (person.name, person.has_joined) == (None, True)
    assert bytes(found.secret)
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
