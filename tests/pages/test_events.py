"""What happened: who did what, when, and whether the record is whole."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from models.basics.words import Step
from models.drafting.proposal import change_proposal, hide_proposal, state_of
from models.storage.database import reading, writing_session
from models.storage.writing import write
from models.tables import Proposal
from models.undoing.undo import undo
from models.workshop.workshop import count_heads
from tests.builders import LEADER, make_proposal, make_workshop, newest_undoable
from tests.pages.opened import html, opened, said, sign_in_as, words

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


def test_what_was_done_by_mistake_is_undone_from_the_record_and_stands_there_as_undone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    proposal = make_proposal(room, text="Zebrapad bij de *school* 🦓")
    write(hide_proposal, who="Joost Bakker", proposal_id=proposal)
    hidden = newest_undoable()
    sign_in_as("Iris", monkeypatch, language="nl")
    app = opened("events.py", workshop=room.code)
    told = said(app)
    assert "Dit kan nog ongedaan worden gemaakt" in told
    assert "“Zebrapad bij de *school* 🦓”" in told
    assert "Joost Bakker · " in told

    app.button(key=f"event_{hidden}_undo").click().run()

    assert state_of(_proposal(proposal)) == "shown"
    assert "Ongedaan gemaakt." in said(app)
    assert f"event_{hidden}_undo" not in [button.key for button in app.button]
    first_row = html(app)[html(app).index("<tbody>") :].split("</tr>")[0]
    assert "Iris" in first_row
    assert "Ongedaan gemaakt: Voorstel verborgen" in first_row


def test_what_another_has_undone_or_changed_meanwhile_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    one, other = (make_proposal(room, text=text) for text in ("Soep", "Brood"))
    acts = []
    for proposal in (one, other):
        write(hide_proposal, who=LEADER, proposal_id=proposal)
        acts.append(newest_undoable())
    sign_in_as("Iris", monkeypatch)
    app = opened("events.py", workshop=room.code)
    write(undo, who="Joost Bakker", event_id=acts[0])
    write(change_proposal, participant_id=room.people[0], proposal_id=other, text="Brood, van de bakker")

    app.button(key=f"event_{acts[0]}_undo").click().run()
    assert "Joost Bakker had undone this already." in said(app)

    again = opened("events.py", workshop=room.code)
    assert not {f"event_{act}_undo" for act in acts} & {button.key for button in again.button}


def test_a_press_on_what_was_changed_in_that_moment_changes_nothing_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = make_workshop(people=1, step=Step.DRAFT)
    proposal = make_proposal(room, text="Brood")
    write(hide_proposal, who=LEADER, proposal_id=proposal)
    hidden = newest_undoable()
    sign_in_as("Iris", monkeypatch)
    app = opened("events.py", workshop=room.code)
    write(change_proposal, participant_id=room.people[0], proposal_id=proposal, text="Brood, van de bakker")

    app.button(key=f"event_{hidden}_undo").click().run()

    assert "This cannot be undone any more: it was changed since." in app.error[0].value.replace("\\", "")
    assert state_of(_proposal(proposal)) == "received"


def _proposal(proposal_id: int) -> Proposal:
    with reading() as session:
        return session.get_one(Proposal, proposal_id)
