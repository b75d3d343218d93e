"""The principles as they are worded, each one whole: while they are worded, and until the first agreement is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts.projector.inbox import inbox_of
from pages.parts.projector.screen import Room, Screen, render, turned, typed
from pages.parts.projector.whole import Page, height_of, whole_pages

_WIDTH, _INBOX_WIDTH = 1710, 470
_SIZES, _TOGETHER, _AROUND, _GAP = (96, 80, 72, 64, 60, 56, 52, 48, 46, 44, 42), (48, 42), 12, 22
# The sentence that was just worded stands in a box of its own with a line above it, and is larger unless it is long.
_LARGER, _UP_TO, _BOX = 1.4, 200, 110
MOST_ON_A_PAGE = 6


@dataclass(frozen=True)
class ShownPrinciple:
    """A text, and what is said above it while it is the newest one."""

    text: str
    newest: str = ""

    @property
    def is_larger(self) -> bool:
        return bool(self.newest) and len(self.text) <= _UP_TO


def principle_pages(principles: Sequence[ShownPrinciple], *, has_inbox: bool) -> list[Page[ShownPrinciple]]:
    """Return the pages of principles; where proposals wait, they leave the side free."""
    width = _WIDTH - (_INBOX_WIDTH if has_inbox else 0)

    def height(principle: ShownPrinciple, size: int) -> float:
        if principle.newest:
            letters = size * (_LARGER if principle.is_larger else 1)
            return height_of(principle.text, letters, width - 60) + _BOX
        return height_of(principle.text, size, width) + _AROUND

    return whole_pages(principles, height, gap=_GAP, most=MOST_ON_A_PAGE, sizes=_SIZES, together=_TOGETHER)


def principles_page(
    room: Room,
    shown: Page[ShownPrinciple],
    *,
    title: str,
    waiting: int = 0,
    page: int,
    pages: int,
) -> Screen:
    """Return one page of principles under `title`, with how many proposals wait."""
    return render(
        "principles.html",
        room,
        announce=title,
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        size=shown.size,
        inbox=inbox_of(room, waiting),
        principles=[
            {"text": typed(one.text), "newest": one.newest, "is_larger": one.is_larger} for one in shown.items
        ],
    )


def principles_screen(room: Room, *, title: str, texts: Sequence[str], waiting: int = 0) -> Screen:
    """Return the page of principles that the facilitator turned to."""
    pages = principle_pages([ShownPrinciple(text) for text in texts], has_inbox=bool(waiting))
    page = min(max(room.page, 0), len(pages) - 1)
    return turned(
        len(pages),
        lambda: principles_page(room, pages[page], title=title, waiting=waiting, page=page, pages=len(pages)),
    )
