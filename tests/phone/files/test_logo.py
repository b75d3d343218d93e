"""The logo comes in by a route of who leads: cleaned and stored, or refused with nothing half stored."""

from io import BytesIO

import pytest
from PIL import Image
from starlette.testclient import TestClient

from models.alliance.alliance import read_alliance
from models.installation.installation import sign_out
from models.storage.database import reading
from models.storage.writing import write
from models.tables import AllianceLogo, Event
from phone.serving.cookies import LEAD
from tests.builders import LEADER, Room, make_workshop, rows_of, undo_last
from tests.exports.pictures import LOGO_SVG, Content, drawn, made, saved, svg, too_many_points
from tests.phone.conftest import JSON, lead

PNG = saved(drawn())


@pytest.fixture
def room(client: TestClient) -> Room:
    lead(client)
    return make_workshop()


def _logo(room: Room) -> str | None:
    with reading() as session:
        return read_alliance(session, room.alliance_id).logo


@pytest.mark.parametrize("content", [PNG, saved(drawn(), "JPEG"), LOGO_SVG], ids=["PNG", "JPEG", "SVG"])
def test_a_picture_is_stored_as_a_clean_one_and_can_be_undone(
    client: TestClient, room: Room, content: bytes
) -> None:
    brought = client.post(f"/files/{room.code}/logo.png", files={"file": ("x", content)}, headers=JSON)
    shown = client.get(f"/files/{room.code}/logo.png")

    assert brought.status_code == 200
    event = next(row for row in rows_of(Event) if row["what"] == "logo chosen")
    assert brought.json() == {"event": event["id"]} and event["who"] == LEADER
    assert shown.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(shown.content)).format == "PNG"
    undo_last()
    assert client.get(f"/files/{room.code}/logo.png", headers=JSON).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Ons logo", "This is no PNG, JPEG or SVG."),
        (svg("<script>alert(1)</script>"), "This drawing holds a script"),
        (too_many_points, "20000 by 20000 points"),
        (PNG + bytes(5 * 1024 * 1024), "This file is larger than 5 MB."),
        (PNG[:200], "it is broken"),
        (b"", "This is no PNG, JPEG or SVG."),
    ],
)
def test_what_is_no_logo_is_refused_in_words_and_the_one_that_stood_stands(
    client: TestClient, room: Room, content: Content, said: str
) -> None:
    client.post(f"/files/{room.code}/logo.png", files={"file": ("x.png", PNG)}, headers=JSON)
    before, kept = _logo(room), rows_of(AllianceLogo)

    brought = {"file": ("x.png", made(content))}
    refused = client.post(f"/files/{room.code}/logo.png", files=brought, headers=JSON)

    assert refused.status_code == 409
    assert said in refused.json()["message"]
    assert (_logo(room), rows_of(AllianceLogo)) == (before, kept)


def test_only_who_leads_brings_a_logo_and_from_no_other_site(client: TestClient, room: Room) -> None:
    elsewhere = client.post(
        f"/files/{room.code}/logo.png",
        files={"file": ("x.png", PNG)},
        headers=JSON | {"origin": "https://x.example"},
    )
    write(sign_out, token=client.cookies[LEAD])
    signed_out = client.post(f"/files/{room.code}/logo.png", files={"file": ("x.png", PNG)}, headers=JSON)

    assert (elsewhere.status_code, signed_out.status_code) == (403, 403)
    assert _logo(room) is None


def test_a_picture_is_not_taken_in_without_end(client: TestClient, room: Room) -> None:
    refused = client.post(
        f"/files/{room.code}/logo.png", files={"file": ("x.png", PNG + bytes(21 * 1024 * 1024))}, headers=JSON
    )

    assert refused.status_code == 413
    assert _logo(room) is None
