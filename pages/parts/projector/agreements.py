"""Step 3: the agreements that the facilitator shows, and after them how they hang together."""

from collections.abc import Collection, Sequence

from exports.language import number
from exports.sentences import step_question
from models.rules.coherence import Coherence
from models.words import Step
from pages.parts.projector.agreement import ShownAgreement, agreement_in_words
from pages.parts.projector.cards import CARDS_ON_A_PAGE, wall_for
from pages.parts.projector.coherence import coherence_pages, coherence_screen
from pages.parts.projector.screen import Room, Screen, page_of, render


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


def _wall(
    room: Room, agreements: Sequence[ShownAgreement], new_numbers: Collection[int], *, page: int, pages: int
) -> Screen:
    title = step_question(Step.AGREE, room.language)
    shown = page_of(agreements, CARDS_ON_A_PAGE, page)[0]
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
        wall=wall_for([agreement.what for agreement in shown]),
        cards=[
            {**agreement_in_words(room, agreement), "is_new": agreement.number in new_numbers}
            for agreement in shown
        ],
    )
