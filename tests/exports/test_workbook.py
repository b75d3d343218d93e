"""A workbook and a CSV hold text, whatever somebody typed."""

import csv
import zipfile
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest

from exports.baseline.findings import findings_csv, findings_workbook
from exports.workbook import without_formula, workbook
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

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _cells(content: bytes) -> list[list[str]]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    assert sheet.findall(f".//{SHEET}f") == []
    return [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{SHEET}row")]


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def _told(startfoto: Startfoto) -> tuple[bytes, bytes]:
    with reading() as session:
        found = findings_told(session, startfoto.baseline_id)
    return findings_workbook(found, "nl"), findings_csv(found, "nl")


@pytest.mark.parametrize("typed", ["=SOM(A1)", "+31 6", "-3", "@zoe", "  =1+1", "\t=1"])
def test_what_looks_like_a_formula_is_text(typed: str) -> None:
    assert without_formula(typed) == f"'{typed}"
    assert _cells(workbook("Ja & nee", ["a"], [[typed]], [9])) == [["a"], [typed]]


def test_the_same_rows_are_the_same_bytes() -> None:
    rows = [["Zoë", "“ja” <b> & 🙂\nnieuwe regel"]]

    assert workbook("Blad", ["a", "b"], rows, [9, 9]) == workbook("Blad", ["a", "b"], rows, [9, 9])


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
