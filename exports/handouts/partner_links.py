"""All partners' personal links on paper, to cut and hand out: a card each, six on an A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.handouts.badges import Meeting
from exports.sentences import partner_kind_word
from exports.word.cards import CARD_STYLES, NAME_STYLES, PADDING, SMALL_STYLES, add_cards, fitted
from exports.word.paper import Paper
from exports.word.pictures import Picture, qr_png
from exports.word.tables import Cell, Line

WIDTH, HEIGHT = 170.0, 43.0
_QR_COLUMN, _QR = 40.0, 32.0
_WORDS = WIDTH - _QR_COLUMN - 2 * PADDING


@dataclass(frozen=True)
class LinkCard:
    """A partner, who speaks for it (may be empty), and the address of its own page."""

    partner: str
    kind: str
    person: str
    link: str


def build_partner_links(meeting: Meeting, cards: Sequence[LinkCard]) -> bytes:
    """Return the cards as a .docx, in the language of the meeting."""
    paper = Paper(meeting.language, meeting.time_zone, CARD_STYLES)
    _ = paper.gettext
    paper.properties(
        title=_("Links of partners {alliance}").format(alliance=meeting.alliance),
        subject=_("A personal link each, to cut and hand out"),
        author=meeting.alliance,
        made_at=meeting.made_at,
    )
    add_cards(
        paper,
        _("Links of partners"),
        [_card(paper, meeting, card) for card in cards],
        columns=(WIDTH - _QR_COLUMN, _QR_COLUMN),
        across=1,
        height=HEIGHT,
    )
    return paper.bytes()


def _card(paper: Paper, meeting: Meeting, card: LinkCard) -> tuple[Cell, Cell]:
    _ = paper.gettext
    who = " · ".join(word for word in (partner_kind_word(card.kind, meeting.language), card.person) if word)
    words = Cell(
        (
            fitted(card.partner, NAME_STYLES, width=_WORDS, height=11),
            fitted(who, SMALL_STYLES, width=_WORDS, height=8),
            Line(
                _("Your own page in {alliance}: read, sign, and tell how agreements go.").format(
                    alliance=meeting.alliance
                ),
                "Card Small",
            ),
            Line(card.link, "Card Small"),
            Line(_("Only for you: who has this link can sign."), "Card Small"),
        )
    )
    alternative = _("QR code with the personal link of {partner}").format(partner=card.partner)
    return words, Cell((Picture(qr_png(card.link), _QR, alternative),))
