"""Native Word tables: a head that repeats, rows that stay whole, few columns, and bars beside the numbers they draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import count

from exports.word.paragraphs import Bar, Inline, bar_xml, beside, paragraph_xml
from exports.word.pictures import Picture, Pictures
from exports.word.styles import Looks
from exports.word.text import printable

TEXT_WIDTH = 163.0
_TWIPS = 1440 / 25.4
# Rows at either end of a long table that stay together, so that no row stands alone on a page.
_HELD = 2


@dataclass(frozen=True)
class Line:
    """One paragraph in a cell. `style` is the name of a paragraph style; `mark` a name by which links find it.

    `parts` are what stands in it where that is more than `text` in one look.
    """

    text: str = ""
    style: str = "Table Text"
    picture: Picture | None = None
    parts: tuple[Inline, ...] = ()
    mark: str = ""

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """What stands in it."""
        if self.parts:
            return self.parts
        return beside(self.picture, self.text) if self.picture is not None else (self.text,)


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

    `edges` are the sides that differ from the table's (None: no line); what `stays` is on one page with the row below;
    a cell is at least `least` mm high. One that is a head says what its row is about.
    """

    lines: Sequence[Line | Picture | Bar | str] = field(default=("",))
    span: int = 1
    fill: Fill | None = None
    edges: Edges = field(default_factory=dict)
    stays: bool = False
    least: float = 0
    is_head: bool = False


def text_cell(text: str, style: str = "Table Text") -> Cell:
    """Return a cell with one line of text."""
    return Cell((Line(text, style),))


def head_cell(text: str) -> Cell:
    """Return a cell that says what its row is about."""
    return Cell((text,), is_head=True)


@dataclass(frozen=True)
class Table:
    """A table. `widths` are the columns of its grid in mm; the rows of `head` repeat on every page that it reaches.

    `name` is what a screen reader says. One that `is_whole` stands on one page, as long as it fits there; one that has
    a `note` is on a page with what follows; one that `splits_rows` has rows that may be higher than a page.
    `row_height` is the least of every row, `padding` the room around the text in every cell, and `tight` only that
    above and below it (mm).
    """

    name: str
    widths: Sequence[float]
    rows: Sequence[Sequence[Cell | str]]
    head: Sequence[Sequence[Cell | str]] = ()
    style: str = "Lined"
    is_whole: bool = False
    has_note: bool = False
    row_height: float = 0
    padding: float | None = None
    tight: float | None = None
    splits_rows: bool = False


def table_xml(table: Table, looks: Looks, pictures: Pictures, marks: count[int], scale: float = 1) -> str:
    """Return a table as XML; `scale` is how much wider a page is than ours."""
    grid = [round(width * scale * _TWIPS) for width in table.widths]
    rows = [[_cell(each) for each in row] for row in table.rows]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    parts = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{looks.id_of(table.style)}"/>'
        f'<w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_margins(table)}{_look(table, rows)}'
        f'<w:tblCaption w:val="{escape(printable(table.name))}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    ]
    for row in table.head:
        parts.append(
            _row_xml(
                [_cell(each) for each in row], grid, table, looks, pictures, marks, is_head=True, stays=True
            )
        )
    # LibreOffice 7.4 loses the rest of a table under a repeating head when just its first, unsplittable row fits.
    first_may_split = bool(table.head) and len(rows) > 1 and not table.is_whole
    for position, row in enumerate(rows, start=1):
        parts.append(
            _row_xml(
                row,
                grid,
                table,
                looks,
                pictures,
                marks,
                stays=_stays(position, len(rows), table),
                may_split=table.splits_rows or (first_may_split and position == 1),
            )
        )
    return "".join(parts) + "</w:tbl>"


def _stays(position: int, rows: int, table: Table) -> bool:
    """Return whether a row is on one page with the one below it, or the last one with the note."""
    if position == rows:
        return table.has_note
    return table.is_whole or position < _HELD or rows - position < _HELD


def _cell(content: Cell | str) -> Cell:
    return content if isinstance(content, Cell) else Cell((content,))


def _look(table: Table, rows: Sequence[Sequence[Cell]]) -> str:
    """Return which rows and columns look, and are read, as heads."""
    first_row = int(bool(table.head))
    first_column = int(any(row[0].is_head for row in rows))
    value = 0x0600 | 0x0020 * first_row | 0x0080 * first_column
    return (
        f'<w:tblLook w:val="{value:04X}" w:firstRow="{first_row}" w:lastRow="0" w:firstColumn="{first_column}" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )


def _margins(table: Table) -> str:
    if table.padding is not None:
        sides = dict.fromkeys(("top", "left", "bottom", "right"), table.padding)
    elif table.tight is not None:
        sides = {"top": table.tight, "bottom": table.tight}
    else:
        return ""
    margins = "".join(
        f'<w:{side} w:w="{round(width * _TWIPS)}" w:type="dxa"/>' for side, width in sides.items()
    )
    return f"<w:tblCellMar>{margins}</w:tblCellMar>"


def _row_xml(
    cells: Sequence[Cell],
    grid: Sequence[int],
    table: Table,
    looks: Looks,
    pictures: Pictures,
    marks: count[int],
    *,
    is_head: bool = False,
    stays: bool = False,
    may_split: bool = False,
) -> str:
    least = max(table.row_height, *(cell.least for cell in cells))
    properties = ("" if may_split else "<w:cantSplit/>") + (
        f'<w:trHeight w:val="{round(least * _TWIPS)}" w:hRule="atLeast"/>' if least else ""
    )
    properties += "<w:tblHeader/>" if is_head else ""
    parts = [f"<w:tr><w:trPr>{properties}</w:trPr>" if properties else "<w:tr>"]
    column = 0
    for cell in cells:
        width = sum(grid[column : column + cell.span])
        column += cell.span
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        shading = (
            f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill.ground}"/>'
            if cell.fill is not None
            else ""
        )
        parts.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{_edges(cell.edges)}{shading}'
            '<w:vAlign w:val="top"/></w:tcPr>'
        )
        style = "Table Heading" if is_head or cell.is_head else ""
        parts.extend(
            _line_xml(line, looks, pictures, marks, style=style, keeps=stays or cell.stays)
            for line in cell.lines or ("",)
        )
        parts.append("</w:tc>")
    return "".join(parts) + "</w:tr>"


def _line_xml(
    line: Line | Picture | Bar | str,
    looks: Looks,
    pictures: Pictures,
    marks: count[int],
    *,
    style: str,
    keeps: bool,
) -> str:
    if isinstance(line, Bar):
        return bar_xml(line, looks, keeps=keeps)
    if isinstance(line, Picture):
        return paragraph_xml((line,), style or Line.style, looks, pictures, keeps=keeps)
    shown = Line(line) if isinstance(line, str) else line
    return paragraph_xml(
        shown.inlines,
        style if style and shown.style == Line.style else shown.style,
        looks,
        pictures,
        keeps=keeps,
        mark=shown.mark,
        number=next(marks) if shown.mark else 0,
    )


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
