"""Native Word tables: a head that repeats, rows that stay whole, and cells whose shaded width is a share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from exports.word.pictures import Picture, Pictures
from exports.word.styles import WORD
from exports.word.text import write_text

TEXT_WIDTH = 163.0
_TWIPS = 1440 / 25.4
# Without banding, and with or without a first row that looks different.
_LOOK = {True: "0620", False: "0600"}


@dataclass(frozen=True)
class Line:
    """One paragraph in a cell. `style` is the name of a paragraph style."""

    text: str
    style: str = "Table Text"
    picture: Picture | None = None


@dataclass(frozen=True)
class Fill:
    """The ground of a cell: a colour of six digits."""

    ground: str


@dataclass(frozen=True)
class Edge:
    """A line of a cell: a colour of six digits, and its width in eighths of a point."""

    ink: str
    width: int


Edges = Mapping[str, Edge | None]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, over how many columns of the grid, and on which ground.

    `edges` are the sides that differ from the table's (None: no line); what `stays` is on one page with the row below.
    """

    lines: Sequence[Line | Picture | str] = field(default=("",))
    span: int = 1
    fill: Fill | None = None
    edges: Edges = field(default_factory=dict)
    stays: bool = False


def text_cell(text: str, style: str = "Table Text") -> Cell:
    """Return a cell with one line of text."""
    return Cell((Line(text, style),))


def table_of(
    document: Document,
    pictures: Pictures,
    *,
    caption: str,
    widths: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    head: Sequence[Sequence[Cell]] = (),
    style: str = "Lined",
    is_whole: bool = False,
) -> Table:
    """Return a table for `document`, which does not stand in it yet. `widths` are the columns of its grid in mm.

    `caption` is the name that a screen reader says; the rows of `head` repeat on every page that the table reaches.
    A whole table stands on one page, as long as it fits there.
    """
    grid = [round(width * _TWIPS) for width in widths]
    element = _empty_table(caption, grid, style, has_head=bool(head))
    table = Table(element, document._body)
    for cells in head:
        _add_row(table, pictures, cells, grid, is_head=True)
    # LibreOffice 7.4 loses the rest of a table under a repeating head when just its first, unsplittable row fits.
    first_may_split = bool(head) and len(rows) > 1 and not is_whole
    for position, cells in enumerate(rows, start=1):
        _add_row(
            table,
            pictures,
            cells,
            grid,
            stays=is_whole and position < len(rows),
            may_split=first_may_split and position == 1,
        )
    return table


def _empty_table(caption: str, grid: Sequence[int], style: str, *, has_head: bool) -> CT_Tbl:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    element = parse_xml(
        f'<w:tbl xmlns:w="{WORD}"><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(grid)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{_LOOK[has_head]}" w:firstRow="{int(has_head)}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(caption)}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid></w:tbl>'
    )
    assert isinstance(element, CT_Tbl)
    return element


def _add_row(
    table: Table,
    pictures: Pictures,
    cells: Sequence[Cell],
    grid: Sequence[int],
    *,
    is_head: bool = False,
    stays: bool = False,
    may_split: bool = False,
) -> None:
    properties = ("" if may_split else "<w:cantSplit/>") + ("<w:tblHeader/>" if is_head else "")
    row = parse_xml(f'<w:tr xmlns:w="{WORD}"><w:trPr>{properties}</w:trPr></w:tr>')
    table._tbl.append(row)
    column = 0
    for cell in cells:
        width = sum(grid[column : column + cell.span])
        column += cell.span
        element = parse_xml(
            f'<w:tc xmlns:w="{WORD}"><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
            + (f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else "")
            + _edges(cell.edges)
            + _shading(cell.fill)
            + '<w:vAlign w:val="top"/></w:tcPr><w:p/></w:tc>'
        )
        row.append(element)
        _fill_cell(_Cell(element, table), pictures, cell, is_head=is_head, stays=stays or cell.stays)


def _edges(edges: Edges) -> str:
    if not edges:
        return ""
    lines = []
    for side in ("top", "left", "bottom", "right"):
        if side in edges:
            edge = edges[side]
            lines.append(
                f'<w:{side} w:val="nil"/>'
                if edge is None
                else f'<w:{side} w:val="single" w:sz="{edge.width}" w:space="0" w:color="{edge.ink}"/>'
            )
    return f"<w:tcBorders>{''.join(lines)}</w:tcBorders>"


def _shading(fill: Fill | None) -> str:
    if fill is None:
        return ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill.ground}"/>'


def _fill_cell(target: _Cell, pictures: Pictures, cell: Cell, *, is_head: bool, stays: bool) -> None:
    paragraphs = [target.paragraphs[0]]
    lines = cell.lines or ("",)
    paragraphs.extend(target.add_paragraph() for _ in lines[1:])
    for paragraph, line in zip(paragraphs, lines, strict=True):
        write_line(paragraph, pictures, line, style="Table Head" if is_head else None)
        if stays:
            paragraph.paragraph_format.keep_with_next = True


def write_line(
    paragraph: Paragraph, pictures: Pictures, line: Line | Picture | str, *, style: str | None = None
) -> None:
    """Write `line` into `paragraph`; `style` stands in for the style that every line has."""
    if isinstance(line, Picture):
        set_style(paragraph, style or "Table Text")
        pictures.place(paragraph, line)
        return
    shown = Line(line) if isinstance(line, str) else line
    set_style(paragraph, style if style and shown.style == Line.style else shown.style)
    if shown.picture is not None:
        pictures.place(paragraph, shown.picture)
        paragraph.add_run("\u00a0\u00a0")
    write_text(paragraph, shown.text)


def set_style(paragraph: Paragraph, name: str) -> None:
    """Give `paragraph` the style of that name, without looking it up for every cell."""
    properties = paragraph._p.get_or_add_pPr()
    element = OxmlElement("w:pStyle")
    element.set(qn("w:val"), name.title().replace(" ", ""))
    properties.insert(0, element)
