"""The agenda as a workbook, a calendar and JSON; PDF and ODT through LibreOffice."""

import json
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from exports.agenda.build import build_files
from exports.agenda.public_copy import public_content
from exports.formats.calendar import agenda_calendar
from exports.formats.formats import Format, agenda_as, frozen_json
from exports.formats.schema import SCHEMA
from exports.formats.workbook import agreements_workbook
from exports.sentences.methods import words_to_freeze
from models.basics.errors import OfficeMissing
from models.basics.words import Copy, Step
from models.example.workshop import load_example
from models.signing.files import agenda_document, agenda_file
from models.signing.shape import frozen
from models.storage.database import reading
from models.tables import Agenda
from tests.builders import rows_of
from tests.exports.make_agenda import make_agenda, make_content
from tests.laid_ready import laid_ready

FORMULAS = ['=HYPERLINK("https://elders.example")', "+1+1", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0"]


def workbook(content: dict[str, Any]) -> Any:
    document = make_agenda(content=content)
    return load_workbook(BytesIO(agreements_workbook(document, frozen(content)))).active


def test_every_agreement_is_a_row_of_a_table_with_filters_and_a_real_date() -> None:
    content = make_content()

    sheet = workbook(content)

    [table] = sheet.tables.values()
    assert table.ref == f"A1:J{len(content['agreements']) + 1}"
    assert table.autoFilter is not None
    first = content["agreements"][0]
    row = [cell.value for cell in sheet[2]]
    assert row[:4] == [1, first["what"], first["first_step"] or None, first["owner"]]
    assert row[6] == datetime.fromisoformat(first["due_on"])
    assert sheet["G2"].number_format == "dd-mm-yyyy"


def test_no_text_becomes_a_formula() -> None:
    content = make_content()
    for agreement, typed in zip(content["agreements"], FORMULAS, strict=False):
        agreement["what"] = agreement["owner"] = typed

    package = ZipFile(BytesIO(agreements_workbook(make_agenda(content=content), frozen(content))))
    sheet = workbook(content)

    assert "<f>" not in package.read("xl/worksheets/sheet1.xml").decode()
    for row, typed in enumerate(FORMULAS, 2):
        assert (sheet.cell(row, 2).value, sheet.cell(row, 2).data_type) == (typed, "s")
        assert sheet.cell(row, 2).quotePrefix


@pytest.mark.parametrize("count", [0, 500])
def test_none_and_five_hundred_agreements_are_a_workbook_and_a_calendar(count: int) -> None:
    content = make_content()
    one = content["agreements"][0]
    content["agreements"] = [{**one, "number": number} for number in range(1, count + 1)]
    document = make_agenda(content=content)

    assert workbook(content).max_row == max(count + 1, 1)
    days = Calendar.from_ical(agenda_calendar(document, frozen(content))).walk("VEVENT")
    assert len([day for day in days if "Afspraak" in str(day["SUMMARY"])]) == count


def test_text_that_no_workbook_can_hold_is_left_out_of_it() -> None:
    content = make_content()
    content["agreements"][0]["what"] = "We eten\x00\x07 samen 👩‍👩‍👦 \ud800" + "z" * 40_000

    told = workbook(content)["B2"].value

    assert told.startswith("We eten samen 👩‍👩‍👦 z")
    assert len(told) <= 32_767


def test_the_calendar_holds_every_day_and_a_later_version_moves_them() -> None:
    content = make_content()
    due = [each for each in content["agreements"] if each["due_on"]]
    assert due and content["next_meeting_on"]

    def read(version: int) -> dict[str, Any]:
        document = replace(make_agenda(content=content), version=version)
        found: list[Any] = Calendar.from_ical(agenda_calendar(document, frozen(content))).walk("VEVENT")
        return {str(day["UID"]): (day["DTSTART"].dt, int(day["SEQUENCE"])) for day in found}

    first = read(1)
    due[0]["due_on"] = "2027-12-31"
    second = read(2)

    assert len(first) == len(due) + 2
    assert first.keys() == second.keys()
    assert date(2027, 12, 31) in [on for on, _ in second.values()]
    assert {sequence for _, sequence in second.values()} == {2}


def test_a_comma_and_a_line_break_stay_one_text_in_the_calendar() -> None:
    content = make_content()
    content["agreements"][0]["what"] = "Eten; drinken, praten\nen zingen: نلتقي"

    raw = agenda_calendar(make_agenda(content=content), frozen(content))

    told = [str(day["SUMMARY"]) for day in Calendar.from_ical(raw).walk("VEVENT")]
    assert "Afspraak 1: Eten; drinken, praten\nen zingen: نلتقي" in told
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


@pytest.fixture
def agenda(sqlite: str) -> int:
    laid_ready(load_example, Step.AGENDA, words=words_to_freeze(), build=build_files)
    return int(rows_of(Agenda)[0]["id"])


@pytest.mark.parametrize("copy_for", Copy)
def test_what_is_frozen_keeps_to_the_published_schema(agenda: int, copy_for: Copy) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)

    given = agenda_as(agenda, copy_for, Format.JSON)
    content = json.loads(given.content)

    assert [error.message for error in validator.iter_errors(content)] == []
    del content["agreements"][0]["what"]
    assert not validator.is_valid(content)


def test_the_json_of_partners_is_what_they_signed_and_the_public_one_names_nobody(agenda: int) -> None:
    row = rows_of(Agenda)[0]
    with reading() as session:
        document = agenda_document(session, agenda)

    assert frozen_json(document, Copy.PARTNERS).decode() == row["content"]
    public = frozen_json(document, Copy.PUBLIC).decode()
    names = [each["representative"] for each in document.content["partners"] if each["representative"]]
    assert names and not [name for name in names if f'"{name}"' in public]
    assert json.loads(public)["partners"] == json.loads(
        json.dumps(public_content(frozen(document.content), "nl")["partners"])
    )


def test_libreoffice_makes_a_sealed_copy_that_stays_and_an_open_text(agenda: int) -> None:
    first = agenda_as(agenda, Copy.PARTNERS, Format.PDF)

    with reading() as session:
        kept = agenda_file(session, agenda, Copy.PARTNERS, "pdf")
    assert (
        kept is not None
        and kept.content == first.content == agenda_as(agenda, Copy.PARTNERS, Format.PDF).content
    )
    assert first.is_final and b"/ByteRange" in first.content


@pytest.mark.parametrize("format", [Format.PDF, Format.ODT])
def test_without_libreoffice_only_its_kinds_are_missing(
    agenda: int, format: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_OFFICE", "none")

    with pytest.raises(OfficeMissing):
        agenda_as(agenda, Copy.PARTNERS, format)

    for other in (Format.DOCX, Format.XLSX, Format.ICS, Format.JSON):
        assert agenda_as(agenda, Copy.PUBLIC, other).content
