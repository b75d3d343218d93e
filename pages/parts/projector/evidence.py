"""The evidence of a point for improvement: conclusions with what was counted, and what people said, word for word."""

from dataclasses import dataclass

from exports.sentences.baseline import evidence_words, standing_line
from models.baseline.behind import Behind
from pages.parts.projector.screen import Room, Screen, render, turned, typed
from pages.parts.projector.whole import Page, height_of, whole_pages

_WIDTH, _AROUND, _GAP = 1640, 16, 22
# What is left between a title of one line and the foot, and how large the title is.
_ROOM, _TITLE = 680, 64
_SIZES = (64, 60, 56, 52, 48, 46, 44, 42)
# A counted line is never larger than this, nor smaller than the smallest letters of a projector.
COUNTED = 40


@dataclass(frozen=True)
class Piece:
    """A line on the screen: what it says, what is counted beneath it, and what kind it is: a class of the style."""

    text: str
    kind: str
    counted: str = ""


def evidence_screen(room: Room, behind: Behind) -> Screen:
    """Return the page of the evidence that the facilitator turned to."""
    pages = _pages(room, behind)
    page = min(max(room.page, 0), len(pages) - 1)
    return turned(len(pages), lambda: _page(room, behind, pages[page], page, len(pages)))


def _pages(room: Room, behind: Behind) -> list[Page[Piece]]:
    pieces = []
    for conclusion in behind.conclusions:
        pieces.append(Piece(conclusion.text, "conclusion", standing_line(conclusion.standing, room.language)))
        pieces += [Piece(evidence_words(one, room.language), "said") for one in conclusion.said]
        pieces += [
            Piece(
                room.gettext("Says the opposite: {words}").format(words=evidence_words(one, room.language)),
                "against",
            )
            for one in conclusion.against
        ]

    def height(piece: Piece, size: int) -> float:
        counted = height_of(piece.counted, COUNTED, _WIDTH) if piece.counted else 0
        return height_of(piece.text, size, _WIDTH) + counted + _AROUND

    title = height_of(behind.text, _TITLE, 1776) - height_of("x", _TITLE, 1776)
    return whole_pages(pieces, height, room=_ROOM - title, gap=_GAP, sizes=_SIZES, together=(48, 42))


def _page(room: Room, behind: Behind, shown: Page[Piece], page: int, pages: int) -> Screen:
    title = room.gettext("Point {number} of the baseline").format(number=behind.name)
    return render(
        "evidence.html",
        room,
        announce=f"{title}: {behind.text}",
        is_sheet=True,
        page=page,
        pages=pages,
        kick=title,
        title=typed(behind.text),
        size=shown.size,
        nothing=room.gettext("No conclusion stands behind this point yet."),
        pieces=[
            {"text": typed(piece.text), "kind": piece.kind, "counted": piece.counted} for piece in shown.items
        ],
    )
