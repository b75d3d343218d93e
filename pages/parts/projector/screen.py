"""The frame around every screen, and what screens share: sizes by length, pages, bold numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from exports.accent import corrected
from exports.drawings import icon, mark_svg
from exports.hyphenation import with_soft_hyphens
from exports.language import translations
from models.basics.words import BuildingBlock

# The width of an average letter, in parts of its height: Dutch and English sentences in bold Commissioner.
LETTER_WIDTH = 0.51
STATEMENT_WIDTH = 1724
# About a line of a statement, and of a card on a wall.
LETTERS_IN_A_ROW, LETTERS_IN_A_CARD = 57, 25
# More lines than this do not fit on a wall: then the words run on.
MOST_LINES = 6
_WIDE_LETTERS = {"W": 1.0, "M": 0.92, "Q": 0.8, "N": 0.78}

Item = TypeVar("Item")

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Room:
    """What the frame needs. `address` is short, for people to type; `join_url` is for the QR code; both are empty while
    nobody chose an address that phones can use.

    `state` is the room's state as the page's script compares it with the news, empty for a screen that follows none;
    `page` is the page that the facilitator turned to, from 0. Once the meeting `is_over` nobody comes in: the foot says
    that, where the code stood.
    """

    language: str
    alliance: str
    code: str
    address: str
    join_url: str
    accent: str | None = None
    is_dark: bool = False
    page: int = 0
    state: str = ""
    block: str = BuildingBlock.ALLIANCE
    phase: str = "none"
    people: int = 0
    voted: int = 0
    is_over: bool = False

    def gettext(self, message: str) -> str:
        return translations(self.language).gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return translations(self.language).ngettext(singular, plural, count)


@dataclass(frozen=True)
class Screen:
    """A screen; `pages` is how many the facilitator can turn, `proposals_at` where proposals begin.

    It is drawn when somebody looks at its `html`: the facilitator's page counts pages and draws none.
    """

    draw: Callable[[], str]
    pages: int = 1
    proposals_at: int | None = None

    @cached_property
    def html(self) -> str:
        return self.draw()


def turned(pages: int, draw: Callable[[], Screen], *, proposals_at: int | None = None) -> Screen:
    """Return a screen of so many pages, of which `draw` draws the one that was turned to."""
    return Screen(lambda: draw().html, pages, proposals_at)


def render(
    template: str,
    room: Room,
    *,
    announce: str,
    is_sheet: bool = False,
    page: int = 0,
    pages: int = 1,
    **values: Any,
) -> Screen:
    """Return a screen: `announce` is what a screen reader hears, `is_sheet` gives a wall of cards its ground."""

    def draw() -> str:
        _ = room.gettext
        return _environment.get_template(template).render(
            room=room,
            announce=announce,
            is_sheet=is_sheet,
            pages=_("{page} of {pages}").format(page=page + 1, pages=pages) if pages > 1 else "",
            own_colours=own_colours(room.accent, is_dark=room.is_dark),
            mark=drawing(mark_svg(is_two_coloured=True)),
            address_size="long" if len(room.address) > 30 else "",
            no_more=_("This meeting is over") if room.is_over else "",
            icon=lambda name: drawing(icon(name)),
            **values,
        )

    return Screen(draw, pages)


def ended(language: str) -> str:
    """Return the calm screen of a projector whose link does not stand any more."""
    _ = translations(language).gettext
    return _environment.get_template("ended.html").render(
        language=language,
        title=_("This screen is no longer linked to a meeting."),
        advice=_("Ask the facilitator for a new link."),
    )


def drawing(svg: str) -> Markup:
    """Mark one of our own drawings as safe; its labels are escaped where it is made."""
    return Markup(svg)


def qr_label(room: Room) -> str:
    """Return in words where the join code leads."""
    return room.gettext("QR code: go to {address} and type code {code}").format(
        address=room.address, code=room.code
    )


def own_colours(accent: str | None, *, is_dark: bool) -> str:
    """Return the alliance's own colour as declarations for the frame, or nothing where it has none."""
    if not accent:
        return ""
    own = corrected(accent)
    if is_dark:
        return f"--accent:{own.dark_accent};--tint:{own.dark_tint};--bar:{own.dark_tint};--band-a:{own.dark_band}"
    return f"--accent:{own.accent};--tint:{own.tint};--bar:{own.accent};--band-a:{own.accent}"


def typed(text: str) -> str:
    """Return a text that people typed, with the lines it has and with places where a very long word may break."""
    return with_soft_hyphens("\n".join(_lines(text)))


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines if len(lines) <= MOST_LINES else [" ".join(text.split())]


def letters_in(text: str, row: int = LETTERS_IN_A_ROW) -> int:
    """Return for how many letters a text asks room: a line that somebody ended takes a whole row of `row` letters."""
    *ended_lines, last = _lines(text)
    return sum(max(row, ceil(len(line) / row) * row) for line in ended_lines) + len(last)


def statement_size(text: str) -> int:
    """Return the size of one statement by its length, in pixels on a screen of 1920 by 1080."""
    for letters, size in ((80, 80), (160, 64), (280, 52)):
        if letters_in(text) <= letters:
            return size
    return 42


def lines_of(text: str, size: int, width: int = STATEMENT_WIDTH) -> int:
    """Return about how many lines a text takes at a size on a width, rather one too many than one too few."""
    return sum(max(1, ceil(len(line) * size * LETTER_WIDTH / width)) for line in _lines(text))


def code_size(code: str) -> int:
    """Return the size at which a join code fills the column beside the QR code and does not leave it."""
    width = sum(_WIDE_LETTERS.get(letter, 0.68) + 0.05 for letter in code)
    return min(236, int(1030 / max(width, 1)))


def page_of(items: Sequence[Item], size: int, page: int) -> tuple[list[Item], int, int]:
    """Return the items of a page, the page that it really is, and how many there are."""
    pages = max(1, ceil(len(items) / size))
    page = min(max(page, 0), pages - 1)
    return list(items[page * size : (page + 1) * size]), page, pages


def bold(sentence: str, **values: object) -> Markup:
    """Return a sentence with its values filled in and set in bold; sentence and values are escaped."""
    filled = {name: Markup("<b>{}</b>").format(value) for name, value in values.items()}
    return Markup(escape(sentence)).format(**filled)
