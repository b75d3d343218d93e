"""Step 4: the partners' signatures as they come in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from exports.drawings import signature_svg
from exports.sentences import answer_word
from models.basics.words import Answer
from pages.parts.projector.control_words import NO_WORDS, ControlWords, shown_words
from pages.parts.projector.screen import Room, Screen, drawing, render, turned, typed
from pages.parts.projector.whole import height_of

CARDS_ON_A_PAGE, FEW = 6, 3
# How wide and how high a card is inside, the sizes of its two names, and what a pen takes where six share a page.
_SIX = (520, 255, 42, 40, 70)


Card = dict[str, Any]


@dataclass(frozen=True)
class PartnerSignature:
    """A partner and its answer. `name` is who signed, `drawn` the strokes of a drawn signature, if any."""

    partner_id: int
    partner: str
    answer: str | None
    name: str = ""
    drawn: Sequence[Sequence[int]] = ()


def sign_screen(
    room: Room,
    *,
    version: int,
    principles: int,
    agreements: int,
    signatures: Sequence[PartnerSignature],
    control_words: ControlWords = NO_WORDS,
    new_partners: Collection[int] = (),
) -> Screen:
    """Return the signature cards of the frozen agenda, and its control words; who answered last is tinted."""
    _, ngettext = room.gettext, room.ngettext
    cards = [_card(room, signature, is_new=signature.partner_id in new_partners) for signature in signatures]
    starts = _starts(cards)
    page, pages = min(max(room.page, 0), len(starts) - 1), len(starts)
    shown = cards[starts[page] : [*starts[1:], len(cards)][page]]
    signed = sum(signature.answer in (Answer.SIGNED, Answer.RESERVED) for signature in signatures)
    title = _("We shake hands on it")
    tally = _("{signed} of {total} signed").format(signed=signed, total=len(signatures))
    contents = [
        ngettext("{count} principle", "{count} principles", principles).format(count=principles),
        ngettext("{count} agreement", "{count} agreements", agreements).format(count=agreements),
    ]
    what = _("Alliance agenda, version {version} · {contents}").format(
        version=version, contents=", ".join(contents)
    )
    return turned(
        pages,
        lambda: render(
            "signatures.html",
            room,
            announce=f"{title}. {tally}",
            is_sheet=True,
            page=page,
            pages=pages,
            title=title,
            tally=tally,
            what=what,
            grid="six" if _fits_in(_SIX, shown) and len(shown) > FEW else "few",
            words=shown_words(room, control_words),
            cards=[
                {**card, "pen": drawing(signature_svg(card["pen"])) if card["pen"] else ""} for card in shown
            ],
        ),
    )


def _starts(cards: Sequence[Card]) -> list[int]:
    """Return at which card each page begins: six where their names fit whole, else three."""
    starts = [0]
    while len(cards) - starts[-1] > FEW:
        rest = cards[starts[-1] : starts[-1] + CARDS_ON_A_PAGE]
        count = len(rest) if _fits_in(_SIX, rest) else FEW
        if starts[-1] + count >= len(cards):
            break
        starts.append(starts[-1] + count)
    return starts


def _fits_in(room: tuple[int, int, int, int, int], cards: Sequence[Card]) -> bool:
    width, height, name, under, pen = room
    return all(
        height_of(str(card["name"]), name, width)
        + height_of(str(card["under"]), under, width)
        + (pen if card["pen"] else 0)
        <= height
        for card in cards
    )


def before_signing_screen(room: Room) -> Screen:
    """Return the sign step before the agenda was frozen."""
    _ = room.gettext
    title = _("Who signs?")
    return render(
        "message.html",
        room,
        announce=title,
        title=title,
        icon_name="draw",
        sentence=_("The alliance agenda is being written down. After that the partners sign."),
    )


def _card(room: Room, signature: PartnerSignature, *, is_new: bool) -> Card:
    if signature.answer is None:
        return {
            "kind": "open",
            "pen": (),
            "name": room.gettext("Not signed yet"),
            "under": typed(signature.partner),
            "is_new": False,
        }
    declined = signature.answer == Answer.DECLINED
    has_pen = bool(signature.drawn) and not declined
    under = signature.partner
    if signature.answer == Answer.RESERVED:
        under = room.gettext("{partner}, with a reservation").format(partner=signature.partner)
    return {
        "kind": "declined" if declined else "signed",
        "pen": signature.drawn if has_pen else (),
        "name": typed(signature.partner if declined else signature.name or signature.partner),
        "under": typed(answer_word(signature.answer, room.language) if declined else under),
        "is_new": is_new,
    }
