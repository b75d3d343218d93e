"""Badges with a personal code each: ten on an A4, 85 by 54 mm, with lines to cut along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exports.word.cards import (
    CARD_STYLES,
    GROUP_STYLES,
    NAME_STYLES,
    PADDING,
    SMALL_STYLES,
    add_cards,
    fitted,
    grouped,
    height_of_lines,
)
from exports.word.paper import Paper
from exports.word.pictures import Picture, qr_png
from exports.word.tables import Cell, Line

BADGE_WIDTH, BADGE_HEIGHT = 85.0, 54.0
_QR_COLUMN, _QR = 36.0, 28.0
# The alliance's name has this height at least: two lines of the smallest letters.
_NAME = 7.0


@dataclass(frozen=True)
class Badge:
    """One person's badge. `link` fills in the join form by QR code; None leaves the picture away."""

    personal_code: str
    group: str | None
    link: str | None


@dataclass(frozen=True)
class Meeting:
    """What badges and sheets say of the meeting. `address` is what one types, None while it is not known."""

    alliance: str
    code: str
    language: str
    time_zone: str
    address: str | None
    made_at: datetime


def build_badges(meeting: Meeting, badges: Sequence[Badge]) -> bytes:
    """Return the badges as a .docx, in the language of the meeting."""
    paper = Paper(meeting.language, meeting.time_zone, CARD_STYLES)
    _ = paper.gettext
    paper.properties(
        title=_("Badges {alliance}").format(alliance=meeting.alliance),
        subject=_("Personal codes, to cut and hand out"),
        author=meeting.alliance,
        made_at=meeting.made_at,
    )
    add_cards(
        paper,
        _("Badges"),
        [_card(paper, meeting, badge) for badge in badges],
        columns=(BADGE_WIDTH - _QR_COLUMN, _QR_COLUMN),
        across=2,
        height=BADGE_HEIGHT,
    )
    return paper.bytes()


def _card(paper: Paper, meeting: Meeting, badge: Badge) -> tuple[Cell, Cell]:
    """Return the two halves of a badge. The names get the room that the code and the way in leave."""
    _ = paper.gettext
    width, how_width = BADGE_WIDTH - _QR_COLUMN - 2 * PADDING, _QR_COLUMN - 2 * PADDING
    height = BADGE_HEIGHT - 2 * PADDING
    if meeting.address:
        where = _("{address}, code {code}").format(address=meeting.address, code=meeting.code)
    else:
        where = _("Code of the meeting: {code}").format(code=meeting.code)
    own = [
        Line(_("Name"), "Badge Line"),
        Line(_("Your personal code"), "Card Small"),
        Line(grouped(badge.personal_code), "Card Code"),
    ]
    left = height - height_of_lines(own, width)
    way_in = fitted(where, SMALL_STYLES, width=width, height=left - _NAME)
    name = fitted(meeting.alliance, NAME_STYLES, width=width, height=left - height_of_lines([way_in], width))
    words = [name, *own, way_in]
    how: list[Line | Picture | str] = []
    told = _("Scan this to join") if badge.link else _("Type your code after the code of the meeting.")
    if badge.link is not None:
        alternative = _("QR code that opens {address}").format(address=badge.link)
        how.append(Picture(qr_png(badge.link), _QR, alternative))
    how.append(Line(told, "Card Small"))
    if badge.group:
        left = (
            height - (_QR + 1 if badge.link else 0) - height_of_lines([Line(told, "Card Small")], how_width)
        )
        how.append(fitted(badge.group, GROUP_STYLES, width=how_width, height=left))
    return Cell(tuple(words)), Cell(tuple(how))
