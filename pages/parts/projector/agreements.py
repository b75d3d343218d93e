"""Step 3: the agreements that the facilitator shows, and after them how they hang together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from exports.language import day, number
from exports.sentences import step_question
from models.rules.coherence import Coherence
from models.words import Step
from pages.parts.projector.coherence import coherence_pages, coherence_screen
from pages.parts.projector.screen import Room, Screen, page_of, render, typed

CARDS_ON_A_PAGE = 6


@dataclass(frozen=True)
class ShownAgreement:
    """`owner` is a partner's name, or None; `is_accepted` tells whether that partner took it on."""

    number: int
    what: str
    owner: str | None
    is_accepted: bool
    due_on: date | None


def agree_screen(
    room: Room,
    *,
    agreements: Sequence[ShownAgreement],
    coherence: Coherence | None,
    new_numbers: Collection[int] = (),
) -> Screen:
    """Return the page that the facilitator turned to: agreements six at a time, then the coherence picture."""
    walls = page_of(agreements, CARDS_ON_A_PAGE, 0)[2]
    pictures = coherence_pages(coherence) if coherence is not None and agreements else []
    pages = walls + len(pictures)
    page = min(max(room.page, 0), pages - 1)
    if page >= walls and coherence is not None:
        return coherence_screen(room, coherence, pictures[page - walls], page=page, pages=pages)
    return _wall(room, agreements, new_numbers, page=page, pages=pages)


def owner_line(room: Room, owner: str | None, *, is_accepted: bool) -> str:
    """Return who carries an agreement, that someone was asked, or that it is still free."""
    _ = room.gettext
    if owner is None:
        return _("Who takes this on?")
    return owner if is_accepted else _("{partner} is asked").format(partner=owner)


def due_line(room: Room, due_on: date | None) -> str:
    """Return by when an agreement is done, or that there is no date yet."""
    return day(due_on, room.language, style="long") if due_on else room.gettext("no date yet")


def _wall(
    room: Room, agreements: Sequence[ShownAgreement], new_numbers: Collection[int], *, page: int, pages: int
) -> Screen:
    title = step_question(Step.AGREE, room.language)
    total = len(agreements)
    tally = room.ngettext("{count} agreement", "{count} agreements", total).format(
        count=number(total, room.language)
    )
    return render(
        "agreements.html",
        room,
        announce=f"{title} {tally}",
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        tally=tally if total else "",
        empty=room.gettext("No agreements yet. Propose the first one with your phone."),
        cards=[
            {
                "number": agreement.number,
                "what": typed(agreement.what),
                "icon": "person" if agreement.owner else "front_hand",
                "owner": typed(owner_line(room, agreement.owner, is_accepted=agreement.is_accepted)),
                "when": due_line(room, agreement.due_on),
                "is_new": agreement.number in new_numbers,
            }
            for agreement in page_of(agreements, CARDS_ON_A_PAGE, page)[0]
        ],
    )
