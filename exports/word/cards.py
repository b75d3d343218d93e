"""Cards on A4, ready to cut: a table with thin lines to cut along, as many pages as it takes."""

from __future__ import annotations

from collections.abc import Sequence

from docx.shared import Mm

from exports.hyphenation import with_soft_hyphens
from exports.word.measure import room_of
from exports.word.paper import Paper
from exports.word.styles import TextStyle, colour
from exports.word.tables import Cell, Edge, Line
from exports.word.text import printable
from models.basics.text import shortened

A4_WIDTH, A4_HEIGHT = 210.0, 297.0
# What Word and LibreOffice need below a table, for the paragraph that has to follow it.
_BELOW = 3.0
PADDING = 3.5
CUT = Edge("A9B3AC", 4)
CARD_STYLES = (
    TextStyle("Card Name", size=11, is_bold=True, ink="accent", line=1, follows="Card Text"),
    TextStyle("Card Text", size=10, after=2, line=1, follows="Card Text"),
    TextStyle("Card Small", size=9.5, ink="ink-2", after=0, line=1, follows="Card Text"),
    TextStyle(
        "Card Line", size=9.5, ink="ink-2", before=4, after=7, line=1,
        extra=f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="18" w:color="{colour("line")}"/></w:pBdr>',
        follows="Card Text",
    ),
    TextStyle(
        "Badge Line", size=9.5, ink="ink-2", before=3, after=7, line=1,
        extra=f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="14" w:color="{colour("line")}"/></w:pBdr>',
        follows="Card Text",
    ),
    TextStyle("Card Code", size=18, is_bold=True, after=2, line=0.95, follows="Card Text"),
    TextStyle("Card Statement", size=13, is_bold=True, before=7, after=5, line=1, keeps_with_next=True),
    TextStyle("Card Choice", size=13, after=4, line=1.05, follows="Card Choice"),
    TextStyle("Card End", size=1, line=0.5),
    TextStyle("Card Name Small", "Card Name", size=9.5, is_bold=True, line=1, follows="Card Text"),
    TextStyle("Card Name Smallest", "Card Name", size=8, is_bold=True, line=1, follows="Card Text"),
    TextStyle("Card Group", size=10, after=2, line=1, follows="Card Text"),
    TextStyle("Card Group Small", size=8, after=2, line=1, follows="Card Text"),
    TextStyle("Card Smallest", size=8, ink="ink-2", line=1, follows="Card Text"),
    TextStyle("Sheet Start", size=1, line=0.5, starts_a_page=True, follows="Card Text"),
    TextStyle("Sheet Name", "Card Name", size=14, is_bold=True, line=1, follows="Card Text"),
    TextStyle("Sheet Foot", "Card Small", size=9.5, before=4, line=1, follows="Card Text"),
)  # fmt: skip
_STYLES = {style.name: style for style in CARD_STYLES}
NAME_STYLES = ("Card Name", "Card Name Small", "Card Name Smallest")
GROUP_STYLES = ("Card Group", "Card Group Small")
SMALL_STYLES = ("Card Small", "Card Smallest")


def grouped(code: str) -> str:
    """Return a personal code in two halves, as one reads it aloud."""
    return f"{code[:4]}\u00a0{code[4:]}"


def height_of_lines(lines: Sequence[Line], width: float) -> float:
    """Return how high `lines` are below each other, in mm, in a column of `width` mm."""
    return room_of(((_STYLES[line.style], line.text) for line in lines), width)


def fitted(text: str, styles: Sequence[str], *, width: float, height: float) -> Line:
    """Return `text` in the first of `styles` in which it fits into `width` by `height` mm.

    Where it fits in none, it is cut in the last one: after a word, or inside one that fills a line by itself. So what
    stands below it, like a code, always has its room.
    """
    whole = printable(text)
    for style in styles:
        line = Line(with_soft_hyphens(whole), style)
        if height_of_lines([line], width) <= height:
            return line
    least, most = 1, len(whole) - 1
    while least < most:
        middle = (least + most + 1) // 2
        if height_of_lines([_cut(whole, middle, styles[-1])], width) <= height:
            least = middle
        else:
            most = middle - 1
    return _cut(whole, least, styles[-1])


def _cut(text: str, letters: int, style: str) -> Line:
    """Return the beginning of `text` with an ellipsis: whole words, unless that leaves less than two thirds of it."""
    begun = shortened(text, letters)
    mark = " …"
    if text[len(begun) : len(begun) + 1].strip():
        words = begun.rpartition(" ")[0].rstrip()
        if 3 * len(words) < 2 * len(begun):
            mark = "…"
        else:
            begun = words
    return Line(with_soft_hyphens(begun) + mark, style)


def add_cards(
    paper: Paper,
    caption: str,
    cards: Sequence[Sequence[Cell]],
    *,
    columns: Sequence[float],
    across: int,
    height: float,
) -> None:
    """Add cards that are each one row of cells, `columns` mm wide, `across` beside each other and `height` mm high.

    The page gets the margins that let as many rows fit as there is room for. A card grows rather than lose what it
    says: whoever fills it measures before (`height_of_lines`), so that it does not have to. A row of which the last
    cards are missing is filled with empty ones.
    """
    width = sum(columns) * across
    down = int((A4_HEIGHT - 2 * 8 - _BELOW) // height)
    section = paper.document.sections[0]
    section.left_margin = section.right_margin = Mm((A4_WIDTH - width) / 2)
    section.top_margin = Mm((A4_HEIGHT - down * height - _BELOW) / 2)
    section.bottom_margin = Mm((A4_HEIGHT - down * height - _BELOW) / 2)
    section.header_distance = section.footer_distance = Mm(4)
    empty = tuple(Cell(edges=_no_edges()) for _ in columns)
    filled = [_cut_around(cells) for cells in cards]
    while len(filled) % across:
        filled.append(empty)
    rows = [
        [cell for card in filled[start : start + across] for cell in card]
        for start in range(0, len(filled), across)
    ]
    paper.table(caption, [*columns] * across, rows, style="Plain", row_height=height, padding=PADDING)
    paper.paragraph(style="Card End")


def _cut_around(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Draw the lines to cut along around a card, and none between its cells."""
    last = len(cells) - 1
    return tuple(
        Cell(
            lines=cell.lines,
            fill=cell.fill,
            edges={
                "top": CUT,
                "bottom": CUT,
                "left": CUT if place == 0 else None,
                "right": CUT if place == last else None,
            },
        )
        for place, cell in enumerate(cells)
    )


def _no_edges() -> dict[str, Edge | None]:
    return {"top": CUT, "left": CUT, "bottom": None, "right": None}
