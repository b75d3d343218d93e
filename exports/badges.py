"""Badges with a personal code each: ten on an A4, 85 by 54 mm, with lines to cut along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exports.word.cards import CARD_STYLES, add_cards, grouped, shortened
from exports.word.paper import Paper
from exports.word.pictures import Picture, qr_png
from exports.word.tables import Cell, Line

BADGE_WIDTH, BADGE_HEIGHT = 85.0, 54.0
_QR_COLUMN, _QR = 36.0, 28.0


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
    _ = paper.gettext
    words: list[Line | Picture | str] = [
        Line(shortened(meeting.alliance, 44), "Card Name"),
        Line(_("Name"), "Card Line"),
        Line(_("Your personal code"), "Card Small"),
        Line(grouped(badge.personal_code), "Card Code"),
    ]
    if meeting.address:
        words.append(
            Line(_("{address}, code {code}").format(address=meeting.address, code=meeting.code), "Card Small")
        )
    else:
        words.append(Line(_("Code of the meeting: {code}").format(code=meeting.code), "Card Small"))
    if badge.link is None:
        how: list[Line | Picture | str] = [
            Line(_("Type your code after the code of the meeting."), "Card Small")
        ]
    else:
        alternative = _("QR code that opens {address}").format(address=badge.link)
        how = [Picture(qr_png(badge.link), _QR, alternative), Line(_("Scan this to join"), "Card Small")]
    if badge.group:
        how.append(Line(shortened(badge.group, 40), "Card Text"))
    return Cell(tuple(words)), Cell(tuple(how))
