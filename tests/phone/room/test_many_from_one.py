"""One computer that joins again and again without its cookies: let in, counted, and told to who leads."""

import pytest
from sqlalchemy import inspect, text
from starlette.testclient import TestClient

from models.joining import fresh_joins
from models.joining.fresh_joins import MANY, FreshJoins
from models.joining.voice import add_voice
from models.storage.database import engine, reading
from models.storage.writing import write
from models.workshop.people import count_people, phones_of_many
from tests.builders import make_workshop
from tests.phone.conftest import JSON, hold, open_phone


@pytest.fixture(autouse=True)
def joins(monkeypatch: pytest.MonkeyPatch) -> FreshJoins:
    """Nobody has joined yet."""
    empty = FreshJoins()
    monkeypatch.setattr("phone.room.join.fresh_joins", empty)
    return empty


def test_who_throws_cookies_away_is_counted_by_address_and_refused_nothing(
    client: TestClient, joins: FreshJoins
) -> None:
    room = make_workshop()

    for _ in range(MANY):
        browser = open_phone()
        browser.get(f"/j/{room.code}")
        assert browser.post(f"/j/{room.code.lower()}", data={"group": ""}, headers=JSON).status_code == 200

    assert joins.crowds(room.code) == [MANY]
    with reading() as session:
        assert count_people(session, room.workshop_id) == MANY


def test_the_same_phone_that_sends_its_form_again_is_counted_once(
    client: TestClient, joins: FreshJoins
) -> None:
    room = make_workshop()
    client.get(f"/j/{room.code}")

    for _ in range(MANY + 2):
        client.post(f"/j/{room.code}", data={"group": ""}, headers=JSON)

    assert joins.crowds(room.code) == []


def test_no_address_is_ever_stored(client: TestClient) -> None:
    room = make_workshop()
    client.get(f"/j/{room.code}")
    client.post(f"/j/{room.code}", data={"group": "", "name": "Bożena"}, headers=JSON)

    tables = inspect(engine()).get_table_names()
    with engine().connect() as connection:
        stored = [
            str(row) for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"')).all()
        ]
    assert any("Bożena" in row for row in stored)
    assert not any("testclient" in row for row in stored)


def test_a_phone_that_speaks_for_many_is_told(client: TestClient) -> None:
    room = make_workshop(people=3)
    hold(client, room)
    for count in range(4):
        with reading() as session:
            assert phones_of_many(session, room.workshop_id) == []
        write(add_voice, code=room.code, phone_token=room.phones[0], request_id=f"voice-{count}")

    with reading() as session:
        assert phones_of_many(session, room.workshop_id) == [5]


def test_the_hint_is_one_for_the_whole_server() -> None:
    assert isinstance(fresh_joins.fresh_joins, FreshJoins)
