"""The Word files of who leads: behind the sign-in, and by links that stay the same."""

import re
from io import BytesIO

import docx
import pytest
from starlette.testclient import TestClient

from exports.agenda.build import build_files
from models.alliance.alliance import change_alliance
from models.basics.words import Secrecy, Step
from models.installation.installation import sign_out
from models.signing.files import list_files, publish
from models.storage.database import reading
from models.storage.writing import write
from models.voting.round_views import read_round
from models.workshop.participant import make_personal_codes
from phone.serving.cookies import LEAD
from tests.builders import (
    LEADER,
    Room,
    make_adopted,
    make_agenda,
    make_principle,
    make_round,
    make_workshop,
    take_room,
)
from tests.phone.conftest import lead
from tests.phone.partner_room import own_page

FILES = ["agenda.docx", "badges.docx", "ballot-sheets.docx", "partner-links.docx"]


def words(content: bytes) -> str:
    """Return what stands in a Word file, its tables included."""
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.fixture
def room(client: TestClient) -> Room:
    """A room that votes, led from `client`, with three personal codes that nobody used yet."""
    made = make_workshop(people=6, partners=["Gemeente"], step=Step.VOTE)
    write(make_personal_codes, who=LEADER, workshop_id=made.workshop_id, count=3)
    lead(client)
    return made


@pytest.mark.parametrize("file", FILES)
def test_who_does_not_lead_gets_no_file_but_the_way_to_sign_in(
    client: TestClient, room: Room, file: str
) -> None:
    token = client.cookies[LEAD]
    write(sign_out, token=token)

    refused = client.get(f"/files/{room.code}/{file}")

    assert (refused.status_code, refused.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("file", FILES)
def test_an_unknown_code_has_no_files(client: TestClient, room: Room, file: str) -> None:
    assert client.get(f"/files/ZZZZZ/{file}").status_code == 404


def test_before_the_text_is_frozen_there_is_no_agenda(client: TestClient, room: Room) -> None:
    assert client.get(f"/files/{room.code}/agenda.docx").status_code == 404


def test_the_agenda_is_the_kept_one_and_one_made_now_while_signing_is_open(
    client: TestClient, room: Room
) -> None:
    make_adopted(room)
    take_room(room, Step.SIGN)
    agenda = make_agenda(room)
    address = f"/files/{room.code}/agenda.docx"

    while_open = client.get(address)
    publish(agenda, who=LEADER, build=build_files)
    with reading() as session:
        kept = {file.copy_for: file.content for file in list_files(session, agenda)}
    partners, public = client.get(address), client.get(address, params={"copy": "public"})

    assert "Nog niet afgesloten" in words(while_open.content)
    assert while_open.content not in kept.values()
    assert partners.content == kept["partners"]
    assert public.content == kept["public"]
    assert 'filename="alliance-agenda-' in partners.headers["content-disposition"]
    assert 'filename="alliance-agenda-public-' in public.headers["content-disposition"]
    assert client.get(address, params={"copy": "mine"}).status_code == 422


def test_badges_carry_the_codes_that_nobody_used(client: TestClient, room: Room) -> None:
    found = client.get(f"/files/{room.code}/badges.docx", params={"qr": "1"})

    assert words(found.content).count(room.code) >= 3
    assert f'filename="badges-{room.code}.docx"' in found.headers["content-disposition"]


def test_one_sheet_carries_the_link_of_every_partner(
    client: TestClient, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get(f"/files/{room.code}/partner-links.docx").status_code == 404
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example")

    sheet = client.get(f"/files/{room.code}/partner-links.docx")

    assert "Gemeente" in words(sheet.content)
    assert f"https://merenveld.example{own_page(room, 'Gemeente').page}" in words(sheet.content)


def test_sheets_ask_what_the_open_round_asks(client: TestClient, room: Room) -> None:
    vote = make_round(room, items=2, secrecy=Secrecy.NAMED)

    of_round = client.get(f"/files/{room.code}/ballot-sheets.docx", params={"round": vote.round_id})

    assert of_round.status_code == 200
    with reading() as session:
        asked = [item.text for item in read_round(session, vote.round_id).items]
    assert [words(of_round.content).count(text) for text in asked] == [3, 3]
    assert 'filename="ballot-sheets-' in of_round.headers["content-disposition"]


def test_sheets_carry_the_texts_as_they_are_worded_now_or_leave_room(client: TestClient, room: Room) -> None:
    make_principle(room, text="Iedereen hoort erbij.")
    address = f"/files/{room.code}/ballot-sheets.docx"

    worded, empty = client.get(address), client.get(address, params={"lines": "2"})

    assert words(worded.content).count("Iedereen hoort erbij.") == 3
    assert "Iedereen hoort erbij." not in words(empty.content)


@pytest.mark.parametrize("wrong", [{"lines": "0"}, {"lines": "13"}, {"lines": "many"}])
def test_a_sheet_leaves_room_for_one_to_twelve_texts(
    client: TestClient, room: Room, wrong: dict[str, str]
) -> None:
    assert client.get(f"/files/{room.code}/ballot-sheets.docx", params=wrong).status_code == 422


def test_a_round_of_another_room_is_on_no_sheet_here(client: TestClient, room: Room) -> None:
    elsewhere = make_round(make_workshop(people=3, step=Step.VOTE))

    for asked in (elsewhere.round_id, "999999", "x"):
        found = client.get(f"/files/{room.code}/ballot-sheets.docx", params={"round": asked})
        assert found.status_code == 404


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("place", "part"),
    [
        ("Súdwest-Fryslân", "-sudwest-fryslan-"),
        ("'s-Hertogenbosch (Noord)", "-s-hertogenbosch-noord-"),
        ("القدس", "alliance-agenda-1."),
        ('"; evil=', "-evil-"),
    ],
)
def test_a_file_is_named_after_the_place_in_letters_that_every_system_takes(
    client: TestClient, room: Room, place: str, part: str
) -> None:
    write(
        change_alliance,
        who=LEADER,
        alliance_id=room.alliance_id,
        name="Samen",
        place=place,
        purpose="Samen leven",
        language="nl",
        time_zone="Europe/Amsterdam",
        contact="0900 0123",
        accent=None,
    )
    make_adopted(room)
    take_room(room, Step.SIGN)
    publish(make_agenda(room), who=LEADER, build=build_files)

    disposition = client.get(f"/files/{room.code}/agenda.docx").headers["content-disposition"]

    assert part in disposition
    assert re.fullmatch(r'attachment; filename="alliance-agenda[a-z0-9.-]+docx"', disposition)
