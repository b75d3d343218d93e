"""A workbook and a CSV hold text, whatever somebody typed."""

import csv
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from exports.baseline.findings import findings_csv, findings_workbook
from exports.workbook import Sheet, Value, without_formula, workbook
from models.baseline.findings import set_consent
from models.baseline.findings_file import rows_of_file
from models.baseline.views import findings_told
from models.basics.words import Consent
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import (
    LEADER,
    Startfoto,
    allow,
    make_document,
    make_finding,
    make_interview,
    make_quote,
    make_startfoto,
)
from tests.builders.startfoto import DRAWS, LETTER
from tests.serving import ROOT


def _cells(content: bytes) -> list[list[str]]:
    sheet = load_workbook(BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    return [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]


def _workbook(rows: Sequence[Sequence[Value]]) -> bytes:
    width = len(rows[0])
    return workbook(
        Sheet("Ja & nee", [f"kolom {place}" for place in range(width)], rows, [9] * width, "Ja"), "nl"
    )


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def _told(startfoto: Startfoto) -> tuple[bytes, bytes]:
    with reading() as session:
        found = findings_told(session, startfoto.baseline_id)
    return findings_workbook(found, "nl"), findings_csv(found, "nl")


@pytest.mark.parametrize("typed", ["=SOM(A1)", "+31 6", "-3", "@zoe", "  =1+1", "\t=1"])
def test_what_looks_like_a_formula_is_text(typed: str) -> None:
    assert without_formula(typed) == f"'{typed}"
    content = _workbook([[typed]])
    assert _cells(content)[1] == [typed.replace("\t", " ")]
    # The mark keeps it text when somebody edits the cell.
    assert load_workbook(BytesIO(content)).active["A2"].quotePrefix


def test_the_same_rows_are_the_same_bytes_whenever_they_are_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["Zoë", "“ja” <b> & 🙂\nnieuwe regel"]]
    first = _workbook(rows)

    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)

    assert _workbook(rows) == first
    assert b"2000-01-01" in ZipFile(BytesIO(first)).read("docProps/core.xml")


def test_numbers_are_numbers_and_days_are_days() -> None:
    sheet = load_workbook(BytesIO(_workbook([[7, date(2026, 5, 12)]]))).active

    assert sheet["A2"].value == 7
    assert (sheet["B2"].is_date, sheet["B2"].number_format) == (True, "dd-mm-yyyy")


def test_a_program_that_makes_no_workbook_does_not_load_what_makes_them() -> None:
    code = "import sys, exports.baseline.findings, exports.formats.workbook; print('openpyxl' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.strip() == "False"


def test_of_a_finding_that_is_not_released_no_word_and_of_a_speaker_only_what_they_allow(sqlite: str) -> None:
    startfoto = make_startfoto()
    source = make_interview(startfoto, role="vrijwilliger")
    make_quote(source, DRAWS)
    with_role = make_quote(source, LETTER, themes=[startfoto.themes["Taal"], startfoto.themes["Meedoen"]])
    allow(with_role)
    hidden = make_finding(source, "Brieven zijn te lang.")
    write(set_consent, who=LEADER, finding_ids=[hidden], consent=Consent.WITHOUT_ATTRIBUTION)

    book, text = _told(startfoto)

    rows = _cells(book)
    assert rows == _csv(text)
    assert [row[0] for row in rows] == ["nummer", "1", "2", "3"]
    assert rows[2][1:4] == ["Gesprek", "Bewoners", "Bewoner 1, vrijwilliger"]
    assert rows[2][6:8] == [f"“{LETTER}”", "Meedoen; Taal"]
    assert rows[3][2:4] == ["", "zonder herkomst"]
    assert "Samira" not in str(rows)


def test_what_was_taken_away_as_a_table_can_be_brought_back(sqlite: str) -> None:
    startfoto = make_startfoto()
    make_finding(
        make_document(startfoto, "Taal en toegang"),
        "Korte brieven helpen.",
        themes=[startfoto.themes["Taal"]],
    )

    (row,) = rows_of_file(_told(startfoto)[1])

    assert (row.source, row.finding, row.kind, row.themes) == (
        "Taal en toegang",
        "Korte brieven helpen.",
        "literature",
        ("Taal",),
    )
