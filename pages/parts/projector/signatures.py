"""Step 4: the partners' signatures as they come in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exports.drawings import signature_svg
from exports.sentences import answer_word
from models.words import Answer
from pages.parts.projector.screen import Room, Screen, drawing, page_of, render, typed

CARDS_ON_A_PAGE = 6


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
    new_partners: Collection[int] = (),
) -> Screen:
    """Return the signature cards of the frozen agenda; who answered last is tinted."""
    _, ngettext = room.gettext, room.ngettext
    shown, page, pages = page_of(signatures, CARDS_ON_A_PAGE, room.page)
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
    return render(
        "signatures.html",
        room,
        announce=f"{title}. {tally}",
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        tally=tally,
        what=what,
        cards=[_card(room, signature, is_new=signature.partner_id in new_partners) for signature in shown],
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


def _card(room: Room, signature: PartnerSignature, *, is_new: bool) -> dict[str, object]:
    if signature.answer is None:
        return {
            "kind": "open",
            "pen": "",
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
        "pen": drawing(signature_svg(signature.drawn)) if has_pen else "",
        "name": signature.partner if declined else signature.name or signature.partner,
        "under": typed(answer_word(signature.answer, room.language) if declined else under),
        "is_new": is_new,
    }
