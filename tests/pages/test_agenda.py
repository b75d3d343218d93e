"""The document: downloading, sharing, the next meeting and the end."""

import sys
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from exports.agenda.build import build_files
from models.basics.words import Step, WorkshopState
from models.installation.installation import sign_out
from models.signing.files import publish
from models.signing.sealing import complete_seals
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import read_workshop
from tests.builders import LEADER, Room, make_adopted, make_agenda, make_workshop, take_room
from tests.pages.opened import bar, downloads, html, opened, sign_in_as, words

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example")
    sign_in_as("Iris", monkeypatch)
    made = make_workshop(people=6, partners=["Council"], step=Step.VOTE)
    make_adopted(made)
    take_room(made, Step.AGENDA)
    return made


def labels(app: AppTest) -> list[str]:
    return [label for label, _address in downloads(app)]


def test_without_a_frozen_text_the_page_leads_to_signing(room: Room) -> None:
    app = opened("agenda.py", workshop=room.code)

    assert not app.exception
    assert "There is no document yet" in words(app)
    assert labels(app) == []


def test_while_signing_is_open_a_file_says_so_and_can_be_had(room: Room) -> None:
    make_agenda(room)

    app = opened("agenda.py", workshop=room.code)

    assert "0 of 1 partner has answered" in app.warning[0].value
    assert labels(app) == [
        "Download the alliance agenda (Word)",
        "Download the public copy (Word)",
        "Not sealed yet (PDF)",
        "Agreements (Excel)",
        "Dates (calendar)",
        "Text (OpenDocument)",
        "For programs (JSON)",
    ]


def test_without_libreoffice_the_page_says_what_is_missing_and_offers_the_rest(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_OFFICE", "none")
    publish(make_agenda(room), who=LEADER, build=build_files)

    app = opened("agenda.py", workshop=room.code)

    assert "LibreOffice is missing on this server" in app.info[0].value
    assert [label for label in labels(app) if "PDF" in label or "OpenDocument" in label] == []
    assert "Agreements (Excel)" in labels(app)


def test_a_sealed_copy_follows_and_then_stands_there(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDSLAG_OFFICE", sys.executable)
    publish(make_agenda(room), who=LEADER, build=build_files)
    before = opened("agenda.py", workshop=room.code)
    complete_seals(lambda given: [b"%PDF-1.7 " + each.content for each in given])

    after = opened("agenda.py", workshop=room.code)

    assert "is being made" in before.info[0].value
    assert not after.info
    assert [label for label in labels(after) if "(PDF)" in label] == [
        "Sealed copy for partners (PDF)",
        "Sealed public copy (PDF)",
    ]
    assert html(after).count('<th scope="row">1.1</th>') == 4
    assert "Acrobat Reader" in words(after)


def test_each_partner_has_a_ready_text_with_the_own_link(room: Room) -> None:
    publish(make_agenda(room), who=LEADER, build=build_files)

    app = opened("agenda.py", workshop=room.code)

    told = app.code[0].value
    assert told.startswith("Beste Council,\n\nDe alliantieagenda van Together is klaar.")
    assert "https://merenveld.example/s/" in told and "https://merenveld.example/d/" in told
    [mail] = app.get("link_button")
    assert mail.proto.url.startswith("mailto:?subject=")


def test_after_closing_the_editions_stand_there_with_their_fingerprints(room: Room) -> None:
    publish(make_agenda(room), who=LEADER, build=build_files)

    app = opened("agenda.py", workshop=room.code)

    assert not app.warning
    assert html(app).count('<th scope="row">1.1</th>') == 2
    assert "https://merenveld.example/d/" in html(app)
    assert "QR code to the public copy of the alliance agenda" in html(app)
    assert bar(app)["go"]["words"] == "Take the room to 6 Progress"


def test_the_next_meeting_is_stored_at_once(room: Room) -> None:
    app = opened("agenda.py", workshop=room.code)

    app.date_input(key="next_meeting_on").set_value(date(2027, 9, 1)).run()

    with reading() as session:
        assert read_workshop(session, room.workshop_id).next_meeting_on == date(2027, 9, 1)


def test_ending_the_meeting_asks_first_and_can_be_undone(room: Room) -> None:
    app = opened("agenda.py", workshop=room.code)
    app.button(key="end_workshop_button").click().run()

    app.button(key="end_workshop_now").click().run()
    with reading() as session:
        assert read_workshop(session, room.workshop_id).state == WorkshopState.OVER
    app.button(key="reopen_workshop").click().run()

    with reading() as session:
        assert read_workshop(session, room.workshop_id).state == WorkshopState.OPEN


def test_who_is_signed_out_sees_nothing_of_the_document(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    make_agenda(room)
    token = sign_in_as("Ben", monkeypatch)
    assert labels(opened("agenda.py", workshop=room.code)) != []

    write(sign_out, token=token)

    assert labels(opened(workshop=room.code)) == []


def test_a_key_that_cannot_seal_is_named_on_the_page(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDSLAG_SEAL", "/nowhere/gemeente.p12")
    publish(make_agenda(room), who=LEADER, build=build_files)

    app = opened("agenda.py", workshop=room.code)

    assert "gemeente\\.p12" in app.warning[0].value
