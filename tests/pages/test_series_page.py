"""The facilitator's part of a series: the evenings of it, the next one, and the way in and out."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from models.encounters.series import series_of
from models.storage.database import reading
from tests.builders import Room, make_people
from tests.builders.evening import begin, come_again, divide, make_evening, make_next_evening
from tests.builders.workshop import HELD_ON
from tests.pages.opened import opened, sign_in_as, words


@pytest.fixture(autouse=True)
def leader(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)


def _told(app: AppTest) -> str:
    """Return what a page says, without the signs that keep typed text from being Markdown."""
    return words(app).replace("\\", "")


def _codes(room: Room) -> list[str]:
    with reading() as session:
        found = series_of(session, room.workshop_id)
    return [evening.code for evening in found.evenings] if found else []


def test_a_next_evening_is_planned_and_one_goes_on_to_prepare_it() -> None:
    room = make_evening(6)
    app = opened("prepare.py", workshop=room.code)
    assert "This evening stands alone." in _told(app)

    app.date_input(key=f"next_evening_on_{room.workshop_id}").set_value(HELD_ON + timedelta(days=35)).run()
    app.button(key="plan_next_evening").click().run()
    assert not app.exception

    before, planned = _codes(room)
    assert before == room.code
    app = opened("prepare.py", workshop=planned)
    told = _told(app)
    assert "1. **14 March 2027**, Het Wijkhuis" in told
    assert "2. **18 April 2027**, Het Wijkhuis, prepared" in told


def test_from_one_evening_of_a_series_one_goes_to_another() -> None:
    first = make_evening(6)
    second = make_next_evening(first)
    app = opened("prepare.py", workshop=second.code)

    app.button(key=f"to_evening_{first.code}").click().run()

    assert not app.exception
    assert first.code in app.query_params["workshop"]
    assert "This evening has begun: it stays in this series." in _told(app)
    assert f"to_evening_{second.code}" in {button.key for button in app.button}


def test_an_evening_goes_out_of_a_series_and_into_it_again_and_the_theme_is_changed() -> None:
    first = make_evening(6)
    second = make_next_evening(first)
    app = opened("prepare.py", workshop=second.code)

    app.button(key="take_out_of_series").click().run()
    assert not app.exception
    assert "This evening stands alone." in _told(app)
    assert (_codes(first), _codes(second)) == ([first.code], [])

    app.button(key="put_in_series").click().run()
    assert not app.exception
    assert _codes(second) == [first.code, second.code]

    with reading() as session:
        found = series_of(session, second.workshop_id)
    assert found is not None
    app.text_input(key=f"series_theme_{found.id}").set_value("Vijf avonden in Café Élan").run()
    with reading() as session:
        named = series_of(session, first.workshop_id)
    assert named is not None and named.theme == "Vijf avonden in Café Élan"


def test_an_evening_that_has_begun_is_moved_nowhere() -> None:
    room = make_evening(6)
    make_next_evening(room)

    app = opened("prepare.py", workshop=room.code)

    assert "This evening has begun: it stays in this series." in _told(app)
    keys = {button.key for button in app.button}
    assert "take_out_of_series" not in keys and "put_in_series" not in keys
    assert "plan_next_evening" in keys


def test_both_pages_say_how_many_have_met() -> None:
    first = make_evening(8, table_size=4, rounds=1)
    divide(first)
    begin(first, 1)
    second = make_next_evening(first)
    come_again(second, first, first.people)
    make_people(second, count=2)

    prepare, tables = opened("prepare.py", workshop=second.code), opened("tables.py", workshop=second.code)

    sentence = (
        "8 people came again. 12 pairs of them met at an earlier evening, "
        "and sit together again as little as can be."
    )
    assert sentence in _told(prepare)
    assert sentence in _told(tables)
