"""Mediation for who leads: asked for, ongoing, ended, and nothing else of it."""

import pytest
from streamlit.testing.v1 import AppTest

from models.basics.words import MediationStep
from models.mediation.mediation import list_mediations
from models.mediation.people import person_of
from models.mediation.requests import ask_for_mediation
from models.mediation.stopping import end_stopped, stop_mediation
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Mediation, MediationPerson, MediationRequest
from pages.parts.mediation.ask import SHOWN
from tests.builders import LEADER, make_workshop, rows_of
from tests.builders.mediation import make_mediated
from tests.pages.opened import html, opened, said, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture(autouse=True)
def quick_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.mediation.sealing.MEMORY_KIBIBYTES", 64)


def _open(monkeypatch: pytest.MonkeyPatch, page: str = "mediation.py") -> AppTest:
    sign_in_as("Iris", monkeypatch)
    return opened(page, alliance="1")


def test_a_mediator_is_asked_and_the_invitation_stands_there_once(monkeypatch: pytest.MonkeyPatch) -> None:
    make_workshop()
    app = _open(monkeypatch)

    app.button(key="ask_panel_button").click().run()
    app.text_input(key="mediator_new").set_value("Anneke Hoekstra")
    app.button(key="FormSubmitter:ask_new-Make the invitation").click().run()

    assert not app.exception
    shown = app.session_state[SHOWN]
    page = html(app) + words(app)
    assert "Anneke Hoekstra" in page and f"/m/{shown.token}" in page
    assert f"{shown.code[:4]}-{shown.code[4:]}" in page
    with reading() as session:
        assert person_of(session, shown.token) is not None
    # The name stands in the message alone, and link and code nowhere as they are.
    stored = repr([rows_of(table) for table in (Mediation, MediationPerson, MediationRequest)])
    assert not [word for word in ("Anneke", shown.token, shown.code) if word in stored]
    app.button(key="invitation_away").click().run()
    assert shown.token not in html(app) + words(app)


def test_ongoing_or_ended_is_all_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_mediated(MediationStep.AGREEMENTS)
    going = make_mediated(MediationStep.REGISTRATION, alliance_id=made.alliance_id)
    write(stop_mediation, person_id=made.open_as("A").person_id)
    before = _open(monkeypatch)
    told_before = html(before) + words(before)
    monkeypatch.setattr("models.mediation.stopping.TAKE_BACK_MINUTES", 0)
    write(end_stopped)

    for page in ("mediation.py", "home.py"):
        app = _open(monkeypatch, page)
        told = html(app) + words(app)
        assert "1 is ongoing. 1 has ended." in told
        for one in (made, going):
            assert not [text for texts in one.loaded.texts.values() for text in texts if text in told]
            assert not [person.name for person in one.loaded.people if person.name in told]
    assert "2 are ongoing." in told_before
    with reading() as session:
        assert [row.is_ended for row in list_mediations(session, made.alliance_id)] == [True, False]


def test_who_asked_stands_there_until_the_mediator_has_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_workshop()
    write(ask_for_mediation, who=LEADER, alliance_id=room.alliance_id, line="De bushalte bij de school")
    app = _open(monkeypatch)
    assert "De bushalte bij de school" in words(app)

    app.button(key="erase_request_1").click().run()

    assert not app.exception
    assert "De bushalte bij de school" not in words(app)
    assert rows_of(MediationRequest) == []


def test_one_that_nobody_came_into_is_called_off_and_another_only_by_who_is_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = make_mediated(MediationStep.REGISTRATION)
    app = _open(monkeypatch)
    app.button(key="ongoing_1_button").click().run()

    app.button(key="call_off_1").click().run()

    assert not app.exception
    assert "A mediator has come in." in said(app)
    with reading() as session:
        assert not list_mediations(session, made.alliance_id)[0].is_ended
