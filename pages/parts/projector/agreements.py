"""Step 3: the agreements that the facilitator shows, and after them how they hang together."""

from collections.abc import Collection, Sequence

from exports.sentences import step_question
from models.rules.coherence import Coherence
from models.words import Step
from pages.parts.projector.agreement import (
    ShownAgreement,
    agreement_pages,
    facts_of,
    rows_of,
    which_of,
)
from pages.parts.projector.coherence import coherence_pages, coherence_screen
from pages.parts.projector.inbox import inbox_of
from pages.parts.projector.principles import principles_screen
from pages.parts.projector.screen import Room, Screen, render


def agree_screen(
    room: Room,
    *,
    agreements: Sequence[ShownAgreement],
    coherence: Coherence | None,
    waiting: int = 0,
    new_numbers: Collection[int] = (),
) -> Screen:
    """Return the page that the facilitator turned to: the agreements, each whole, then the coherence picture.

    Before the first one is shown the adopted principles stand there, and how many proposals wait for the facilitator.
    """
    title = step_question(Step.AGREE, room.language)
    if not agreements and coherence is not None and coherence.principles:
        return principles_screen(
            room, title=title, texts=[text for _number, text in coherence.principles], waiting=waiting
        )
    walls = agreement_pages(agreements, [facts_of(room, agreement) for agreement in agreements])
    pictures = coherence_pages(room, coherence, agreements) if coherence is not None and agreements else []
    pages = len(walls) + len(pictures)
    page = min(max(room.page, 0), pages - 1)
    if page >= len(walls):
        return coherence_screen(room, pictures[page - len(walls)], page=page, pages=pages)
    shown = walls[page]
    tally = which_of(room, shown, len(agreements)) if agreements else ""
    inbox = inbox_of(room, waiting)
    return render(
        "agreements.html",
        room,
        announce=f"{title} {tally or (inbox.words.striptags() if waiting else '')}".strip(),
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        tally=tally,
        empty=room.gettext("No agreements yet. Propose the first one with your phone."),
        inbox=inbox,
        size=shown.size,
        rows=rows_of(shown, new_numbers),
    )
