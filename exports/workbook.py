"""Workbooks (.xlsx): one sheet to filter and sort, dates as dates, and no text in it that can become a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from exports.word.package import same_bytes
from exports.word.text import printable

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# A cell takes no more letters than this, a name of a sheet no more than that.
LONGEST_CELL = 32_767
LONGEST_NAME = 31
_DATES = {"nl": "dd-mm-yyyy", "en": "d mmm yyyy"}
# What spreadsheets take for the beginning of a formula when they read a CSV.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
# The day of a workbook that has no other: the same rows give the same bytes.
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)

Value = str | int | date | None


@dataclass(frozen=True)
class Sheet:
    """What a workbook holds. `widths` are those of the columns, in characters.

    `table` names the rows for who refers to them in formulas of their own; `keeps` is the cell whose row and column
    before it stay in sight.
    """

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int]
    table: str
    keeps: str = "A2"


def workbook(
    sheet: Sheet, language: str, *, title: str = "", author: str = "", made_at: datetime = _SOME_DAY
) -> bytes:
    """Return a workbook with one sheet in `language`. The same values give the same bytes."""
    # Asked for here, since it brings numpy along: who makes no workbook waits for neither.
    openpyxl = import_module("openpyxl")
    styles, tables = import_module("openpyxl.styles"), import_module("openpyxl.worksheet.table")
    letter = import_module("openpyxl.utils").get_column_letter
    book = openpyxl.Workbook()
    drawn: Worksheet = book.active
    drawn.title = printable(sheet.name)[:LONGEST_NAME]
    for column, head in enumerate(sheet.headers, 1):
        _fill(drawn, 1, column, head).font = styles.Font(bold=True)
        drawn.column_dimensions[letter(column)].width = sheet.widths[column - 1]
    for row, values in enumerate(sheet.rows, 2):
        for column, value in enumerate(values, 1):
            cell = _fill(drawn, row, column, value)
            cell.alignment = styles.Alignment(vertical="top", wrap_text=True)
            if isinstance(value, date):
                cell.number_format = _DATES.get(language, _DATES["en"])
    drawn.freeze_panes = sheet.keeps
    drawn.print_title_rows = "1:1"
    drawn.page_setup.orientation = "landscape"
    drawn.page_setup.fitToHeight = 0
    drawn.sheet_properties.pageSetUpPr.fitToPage = True
    # A table wants one row at least.
    last = max(len(sheet.rows) + 1, 2)
    table = tables.Table(displayName=sheet.table, ref=f"A1:{letter(len(sheet.headers))}{last}")
    table.tableStyleInfo = tables.TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    drawn.add_table(table)
    book.properties.title = printable(title)[:255]
    book.properties.creator = printable(author)[:255] or "Handslag"
    book.properties.language = language
    # What `save` would do, but for the moment of saving.
    book.properties.created = book.properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        import_module("openpyxl.writer.excel").ExcelWriter(book, archive).save()
    return same_bytes(stream.getvalue())


def without_formula(text: str) -> str:
    """Return a text for a cell of a CSV: what a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) else text


def _fill(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    cell: Cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = printable(value)[:LONGEST_CELL]
        # "=…" typed by people stays what they typed; the mark keeps it so when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = _FORMULA.match(value) is not None
    else:
        cell.value = value
    return cell
