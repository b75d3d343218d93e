"""What happened: who did what, when, and whether the record is whole."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from models.storage.database import writing_session
from models.storage.writing import write
from models.workshop.workshop import count_heads
from tests.builders import LEADER, make_workshop
from tests.pages.opened import html, opened, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")


def test_who_did_what_stands_there_newest_first_in_the_alliances_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("models.storage.chain.now", lambda: datetime(2026, 11, 12, 20, 14, tzinfo=UTC))
    room = make_workshop(people=1)
    write(count_heads, who="Bert <b>", workshop_id=room.workshop_id, heads=58)
    sign_in_as("Iris", monkeypatch, language="nl")

    app = opened("events.py", workshop=room.code)

    assert [title.value for title in app.title] == ["Wat er gebeurde"]
    drawn = html(app)
    first_row = drawn[drawn.index("<tbody>") :].split("</tr>")[0]
    assert "12 nov 2026, 21:14" in first_row
    assert "Bert &lt;b&gt;" in first_row
    assert "58 mensen geteld in de zaal" in first_row


def test_a_whole_record_says_so_and_an_altered_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1)
    sign_in_as("Iris", monkeypatch)
    assert "none was changed" in words(opened("events.py", workshop=room.code))

    with writing_session() as session:
        session.connection().execute(text("UPDATE event SET who = 'Somebody else' WHERE id = 2"))
        session.commit()
    told = words(opened("events.py", workshop=room.code))

    assert "This record is not whole" in told
    assert "none was changed" not in told


def test_older_events_come_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1)
    for heads in range(60):
        write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=heads)
    sign_in_as("Iris", monkeypatch)
    app = opened("events.py", workshop=room.code)
    assert "Alliance made" not in html(app)

    app.button(key="older_events").click().run()

    assert "Alliance made" in html(app)
    assert not [button for button in app.button if button.key == "older_events"]


def test_an_alliance_without_events_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop(people=1)
    with writing_session() as session:
        session.connection().execute(text("DELETE FROM event"))
        session.commit()
    sign_in_as("Iris", monkeypatch)

    assert "Nothing has happened yet." in words(opened("events.py", workshop=room.code))


@pytest.mark.parametrize("page", ["prepare.py", "agenda.py"])
def test_the_record_is_reached_from_the_preparation_and_the_agenda(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_workshop(people=1)
    sign_in_as("Iris", monkeypatch)

    app = opened(page, workshop=room.code)

    assert "events" in [link.proto.page for link in app.get("page_link")]
