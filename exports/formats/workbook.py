"""The agreements as a workbook: one table to filter and sort, with dates as dates."""

from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from exports.language import listed, translations
from exports.word.text import printable
from models.signing.files import AgendaDocument
from models.signing.shape import AgreementContent, Content

# A cell takes no more letters than this, a name of a sheet no more than that.
LONGEST_CELL = 32_767
LONGEST_NAME = 31
_WIDTHS = (6, 48, 40, 26, 14, 34, 14, 34, 16, 16)
_DATES = {"nl": "dd-mm-yyyy", "en": "d mmm yyyy"}
_DUE = 7

Value = str | int | date | None


def agreements_workbook(document: AgendaDocument, content: Content) -> bytes:
    """Return the agreements as an .xlsx in the alliance's language. No text in it can become a formula."""
    alliance = content["alliance"]
    language = alliance["language"]
    _ = translations(language).gettext
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _("Agreements")[:LONGEST_NAME]
    heads = [
        _("No."),
        _("What"),
        _("First step"),
        _("Owner"),
        _("Owner has accepted"),
        _("Supporters"),
        _("Due on"),
        _("How we see it worked"),
        _("Principles"),
        _("Depends on"),
    ]
    for column, head in enumerate(heads, 1):
        _fill(sheet, 1, column, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[column - 1]
    for row, agreement in enumerate(content["agreements"], 2):
        for column, value in enumerate(_row(agreement, language), 1):
            cell = _fill(sheet, row, column, value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(value, date):
                cell.number_format = _DATES.get(language, _DATES["en"])
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    # A table wants one row at least.
    last = max(len(content["agreements"]) + 1, 2)
    table = Table(displayName="Agreements", ref=f"A1:{get_column_letter(len(heads))}{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    sheet.add_table(table)
    version = _("version {version}").format(version=document.label)
    properties = book.properties
    properties.title = printable(f"{alliance['name']} · {version}")[:255]
    properties.creator = printable(alliance["name"])[:255]
    properties.language = language
    properties.created = _plain_moment(document.frozen_at)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _row(agreement: AgreementContent, language: str) -> list[Value]:
    _ = translations(language).gettext
    due_on = agreement["due_on"]
    accepted = ""
    if agreement["owner"] is not None:
        accepted = _("yes") if agreement["owner_accepted"] else _("no")
    return [
        agreement["number"],
        agreement["what"],
        agreement["first_step"],
        agreement["owner"],
        accepted,
        listed(agreement["supporters"], language),
        date.fromisoformat(due_on) if due_on else None,
        agreement["measure"],
        ", ".join(map(str, agreement["principles"])),
        ", ".join(map(str, agreement["depends_on"])),
    ]


def _fill(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = printable(value)[:LONGEST_CELL]
        # "=…" typed by people stays what they typed; the mark keeps it so when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@" and value != ""
    else:
        cell.value = value
    return cell


def _plain_moment(moment: datetime) -> datetime:
    """Return a moment in UTC without saying so: workbooks know no zones."""
    return moment.astimezone(UTC).replace(tzinfo=None)
