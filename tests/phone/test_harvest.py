"""The phone at the harvest: one idea for the table, read by all once it is let through, nothing typed is lost."""

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from models.basics.words import Step
from models.encounters.ideas import last_table, list_ideas, show_idea
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import take_room_to
from tests.builders import LEADER, Room
from tests.builders.evening import begin, divide, make_evening
from tests.phone.conftest import JSON, hold, open_phone
from tests.phone.test_tables import _text


@pytest.fixture
def room(sqlite: str) -> Room:
    made = make_evening(4, table_size=4)
    divide(made)
    begin(made, 1)
    write(take_room_to, who=LEADER, workshop_id=made.workshop_id, step=Step.HARVEST)
    return made


def _send(phone: TestClient, room: Room, text: str, version: int = 0, **more: str) -> Response:
    return phone.post(f"/p/{room.code}/ideas", data={"text": text, "version": version, **more})


def test_a_table_sends_its_idea_and_its_others_see_it_before_the_room_does(room: Room) -> None:
    with open_phone() as one, open_phone() as other:
        hold(one, room, 0)
        hold(other, room, 1)
        assert "You sat at table 1, red sun." in _text(one, room)

        sent = _send(one, room, "Soep op straat", first_step="Drie buren vragen", taker="Anna")
        seen = other.get(f"/p/{room.code}").text
        told = _text(other, room)

        assert sent.status_code == 303
        assert "Soep op straat</textarea>" in seen and 'name="version" value="1"' in seen
        assert "First step: Drie buren vragen" in told
        assert "The facilitator shows the ideas here." in _text(other, room)


def test_what_two_type_at_once_is_refused_with_the_words_still_in_the_field(room: Room) -> None:
    with open_phone() as one, open_phone() as other:
        hold(one, room, 0)
        hold(other, room, 1)
        _send(one, room, "Soep op straat")

        late = _send(other, room, "Een bankje", first_step="Hout halen")

    assert late.status_code == 409
    assert "Een bankje</textarea>" in late.text and "Hout halen</textarea>" in late.text


def test_once_let_through_everybody_reads_it_without_a_name(room: Room) -> None:
    with open_phone() as one:
        hold(one, room, 0)
        _send(one, room, "Soep op straat", taker="Anna Visser")
        with reading() as session:
            (idea,) = list_ideas(session, room.workshop_id)
        write(show_idea, who=LEADER, idea_id=idea.id, is_shown=True)
        own = _text(one, room)
    with open_phone() as other:
        hold(other, room, 2)
        shown = _text(other, room)

    assert "Everybody sees your idea." in own and "<textarea" not in own
    assert "Soep op straat" in shown and "A wish: nobody knows a first step yet." in shown
    assert "Anna" not in shown


def test_a_script_gets_what_is_stored(room: Room) -> None:
    with open_phone() as one:
        hold(one, room, 0)
        answer = one.post(f"/p/{room.code}/ideas", data={"text": "Soep"}, headers=JSON)
        empty = one.post(f"/p/{room.code}/ideas", data={"text": ""}, headers=JSON)

    assert answer.json() == {"table": 1, "version": 1, "shown": False}
    assert empty.status_code == 422


def test_others_support_an_idea_with_one_tap_and_take_it_back_without_a_script_too(sqlite: str) -> None:
    room = make_evening(8)
    divide(room)
    begin(room, 1)
    write(take_room_to, who=LEADER, workshop_id=room.workshop_id, step=Step.HARVEST)
    with reading() as session:
        tables = [last_table(session, room.workshop_id, person) for person in room.people]
    elsewhere = next(place for place, table in enumerate(tables) if table != tables[0])
    with open_phone() as one, open_phone() as other:
        hold(one, room, 0)
        hold(other, room, elsewhere)
        _send(one, room, "Soep op straat 🍲")
        with reading() as session:
            (idea,) = list_ideas(session, room.workshop_id)
        write(show_idea, who=LEADER, idea_id=idea.id, is_shown=True)
        asked = other.get(f"/p/{room.code}").text

        given = other.post(f"/p/{room.code}/supports", data={"idea": idea.id, "on": "1"})
        shown = other.get(f"/p/{room.code}").text
        by_script = other.post(f"/p/{room.code}/supports", data={"idea": idea.id, "on": "0"}, headers=JSON)
        own = one.get(f"/p/{room.code}").text
        refused = one.post(f"/p/{room.code}/supports", data={"idea": idea.id, "on": "1"}, headers=JSON)

    assert f'name="idea" value="{idea.id}"' in asked and 'aria-pressed="false"' in asked
    assert given.headers["location"] == f"/p/{room.code}#idea-{idea.id}"
    assert 'aria-pressed="true"' in shown and "1 supports this" in shown
    assert by_script.json() == {"idea": idea.id, "on": False, "count": 0}
    assert 'name="idea"' not in own and refused.status_code == 404
