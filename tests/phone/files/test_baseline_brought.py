"""Notes and tables of findings come in by routes of who leads, up to 5 MB: read, or refused in words."""

from io import BytesIO

import docx
import pytest
from PIL import Image
from starlette.testclient import TestClient

from models.installation.installation import sign_out
from models.storage.writing import write
from models.tables import Finding
from phone.serving.cookies import LEAD
from tests.builders import Startfoto, make_startfoto, rows_of
from tests.phone.conftest import JSON, lead

NOTE = "/files/startfoto/note"
SAID = "Één brief; zei Şerife: “te lang” 🙂"


@pytest.fixture
def startfoto(client: TestClient) -> Startfoto:
    lead(client)
    return make_startfoto()


def _word_file(*, noise: int = 0) -> bytes:
    document = docx.Document()
    document.add_paragraph(SAID)
    if noise:
        picture = BytesIO()
        Image.effect_noise((noise, noise), 90).save(picture, "PNG")
        document.add_picture(picture)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_word_file_with_a_photo_of_a_megabyte_is_read(client: TestClient, startfoto: Startfoto) -> None:
    content = _word_file(noise=1_200)
    assert 1_000_000 < len(content) < 5_000_000

    read = client.post(NOTE, files={"file": ("Gesprek élf.DOCX", content)}, headers=JSON)

    assert read.status_code == 200
    assert read.json()["text"].strip() == SAID


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7", "gesprek.pdf", "This is not a note that we can read."),
        (b"", "gesprek.txt", "This is not a note that we can read."),
        (b"no zip at all", "gesprek.docx", "This is not a note that we can read."),
        (b"a" * 5_000_001, "gesprek.txt", "This file is too large: 5 MB at most."),
        (b"a" * 40_001, "gesprek.txt", "There is room for 40000."),
    ],
    ids=["PDF", "empty", "no Word", "too large", "too long"],
)
def test_what_is_no_note_is_refused_in_words(
    client: TestClient, startfoto: Startfoto, content: bytes, name: str, said: str
) -> None:
    refused = client.post(NOTE, files={"file": (name, content)}, headers=JSON)

    assert refused.status_code in (409, 413, 422)
    assert said in refused.json()["message"]


def test_a_table_of_more_than_a_megabyte_is_stored_whole_or_not_at_all(
    client: TestClient, startfoto: Startfoto
) -> None:
    address = f"/files/startfoto/{startfoto.baseline_id}/findings.csv"
    rows = "".join(f"Boek {number},{SAID * 27} {number},\n" for number in range(1_000))
    table = f"source,finding,themes\n{rows}"
    assert 1_000_000 < len(table.encode()) < 5_000_000

    refused = client.post(
        address, files={"file": ("a.csv", f"{table}Boek,Iets.,Onzin\n".encode())}, headers=JSON
    )
    assert "1002" in refused.json()["message"] and "Onzin" in refused.json()["message"]
    assert rows_of(Finding) == []
    brought = client.post(address, files={"file": ("a.csv", table.encode())}, headers=JSON)

    assert brought.json() == {"count": 1_000}
    assert len(rows_of(Finding)) == 1_000


@pytest.mark.parametrize("asked", ["x", "999"])
def test_a_startfoto_that_there_is_not_takes_no_table(
    client: TestClient, startfoto: Startfoto, asked: str
) -> None:
    table = b"source,finding\nBoek,Iets.\n"

    refused = client.post(
        f"/files/startfoto/{asked}/findings.csv", files={"file": ("a", table)}, headers=JSON
    )

    assert refused.status_code == 404


def test_only_who_leads_brings_a_file_and_from_no_other_site(
    client: TestClient, startfoto: Startfoto
) -> None:
    address = f"/files/startfoto/{startfoto.baseline_id}/findings.csv"
    sent = {
        NOTE: ("a.txt", SAID.encode()),
        address: ("a.csv", b"source,finding\nBoek,Iets.\n"),
    }
    elsewhere = JSON | {"origin": "https://x.example"}

    told = [client.post(path, files={"file": file}, headers=elsewhere) for path, file in sent.items()]
    write(sign_out, token=client.cookies[LEAD])
    told += [client.post(path, files={"file": file}, headers=JSON) for path, file in sent.items()]

    assert [answer.status_code for answer in told] == [403, 403, 403, 403]
    assert rows_of(Finding) == []
