"""What an evening did in Word: two pages, the same bytes twice, nobody by name, nothing that is hidden."""

import subprocess
from pathlib import Path

import pytest

from exports.evening.evening_report import build_evening
from exports.sealing.office import converted
from models.encounters.document import EveningDocument, evening_document
from models.encounters.ending import end_meeting
from models.example.evening import load_evening
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import LEADER
from tests.builders.evening import make_evening
from tests.exports.words_in_word import words_of

pytestmark = pytest.mark.usefixtures("sqlite")


def _read(workshop_id: int) -> EveningDocument:
    with reading() as session:
        return evening_document(session, workshop_id)


@pytest.mark.slow
def test_the_evening_of_the_example_fills_two_pages_and_is_the_same_twice(tmp_path: Path) -> None:
    loaded = load_evening("end")
    write(end_meeting, who=LEADER, workshop_id=loaded.workshop_id)
    document = _read(loaded.workshop_id)

    content = build_evening(document)

    assert content == build_evening(_read(loaded.workshop_id))
    text = words_of(content)
    for told in (
        "Vooraf kende men er 8. Nu groet men er 14.",
        "Minstens",
        "Bij loten was dat 74",
        "Willen elkaar weer spreken (allebei)",
        "verborgen",
        "Wat wij niet weten",
        "Eén straattafel per maand",
    ):
        assert told in text, told
    assert "Anna Visser" not in text and "Yohannes" not in text
    file = tmp_path / "evening.docx"
    file.write_bytes(content)
    told = subprocess.run(
        ["pdfinfo", "-"], input=converted([content], "pdf")[0], capture_output=True, check=True
    ).stdout.decode()
    assert "Pages:           2" in told


def test_an_evening_without_anything_yet_says_so() -> None:
    room = make_evening(6)

    text = words_of(build_evening(_read(room.workshop_id)))

    assert "Beide vragen zijn nog open. Daarom zijn er nog geen cijfers." in text
    assert "Nog niemand zat aan een tafel." in text
    assert "Er is geen idee aan de zaal getoond." in text
