"""A workbook of one sheet (.xlsx), in which every cell is text: nothing that somebody typed is a formula."""

import re
from collections.abc import Sequence
from html import escape
from io import BytesIO
from zipfile import ZipFile

from exports.word.package import same_bytes

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
_TO_BOOK = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_TO_SHEET = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
# A plain cell, a bold one for the heading, and one whose lines are broken.
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_SHEET}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf fontId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    "</styleSheet>"
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What spreadsheets take for the beginning of a formula when they read a CSV.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


def workbook(
    name: str, headers: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> bytes:
    """Return a workbook with one sheet. `widths` are those of the columns, in characters. Same rows, same bytes."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(text, number, place, number == 1) for place, text in enumerate(row))}</row>'
        for number, row in enumerate([headers, *rows], start=1)
    )
    sheet = (
        f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{lines}</sheetData></worksheet>"
    )
    book = (
        f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(name[:31])}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        for path, part in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _TO_BOOK),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", _TO_SHEET),
            ("xl/styles.xml", _STYLES),
            ("xl/worksheets/sheet1.xml", sheet),
        ):
            package.writestr(path, part)
    return same_bytes(stream.getvalue())


def without_formula(text: str) -> str:
    """Return a text for a cell of a CSV: what a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(text: str, row: int, column: int, is_heading: bool) -> str:
    shown = escape(_UNPRINTABLE.sub("", text), quote=False)
    return (
        f'<c r="{chr(ord("A") + column)}{row}" t="inlineStr" s="{int(is_heading)}">'
        f'<is><t xml:space="preserve">{shown}</t></is></c>'
    )
