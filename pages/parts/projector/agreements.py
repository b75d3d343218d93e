"""Step 3: the agreements that the facilitator shows, and after them how they hang together."""

from collections.abc import Collection, Sequence

from exports.sentences import step_question
from models.agreeing.coherence import Coherence
from models.basics.words import BuildingBlock, Step
from pages.parts.projector.agreement import (
    Fact,
    ShownAgreement,
    agreement_pages,
    facts_of,
    rows_of,
    which_of,
)
from pages.parts.projector.cards import walls_of
from pages.parts.projector.coherence import coherence_pages, coherence_screen
from pages.parts.projector.inbox import inbox_of
from pages.parts.projector.principles import principles_screen
from pages.parts.projector.screen import Room, Screen, render, turned
from pages.parts.projector.wall import Proposal, proposals_page
from pages.parts.projector.whole import Page


def agree_screen(
    room: Room,
    *,
    agreements: Sequence[ShownAgreement],
    coherence: Coherence | None,
    proposals: Sequence[Proposal] = (),
    waiting: int = 0,
    new_numbers: Collection[int] = (),
    new_ids: Collection[int] = (),
) -> Screen:
    """Return the page that the facilitator turned to: the agreements, each whole, what is proposed, then the coherence.

    Before the first one is shown the adopted principles stand there, and how many proposals wait for the facilitator.
    """
    title = step_question(BuildingBlock.ALLIANCE, Step.AGREE, room.language)
    if not agreements and not proposals and coherence is not None and coherence.principles:
        return principles_screen(
            room, title=title, texts=[text for _number, text in coherence.principles], waiting=waiting
        )
    proposed = walls_of(proposals, [proposal.text for proposal in proposals]) if proposals else []
    walls = (
        []
        if proposals and not agreements
        else agreement_pages(agreements, [facts_of(room, agreement) for agreement in agreements])
    )
    pictures = coherence_pages(room, coherence, agreements) if coherence is not None and agreements else []
    pages = len(walls) + len(proposed) + len(pictures)
    page = min(max(room.page, 0), pages - 1)

    def draw() -> Screen:
        if page >= len(walls) + len(proposed):
            picture = pictures[page - len(walls) - len(proposed)]
            return coherence_screen(room, picture, page=page, pages=pages)
        if page >= len(walls):
            shown = proposed[page - len(walls)]
            return proposals_page(
                room, proposals, shown, waiting, new_ids, title=title, page=page, pages=pages
            )
        total = len(agreements)
        return _agreements(
            room, walls[page], total, waiting, new_numbers, title=title, page=page, pages=pages
        )

    return turned(pages, draw, proposals_at=len(walls) if proposed else None)


def _agreements(
    room: Room,
    shown: Page[tuple[ShownAgreement, Sequence[Fact]]],
    total: int,
    waiting: int,
    new_numbers: Collection[int],
    *,
    title: str,
    page: int,
    pages: int,
) -> Screen:
    """Return a page of agreements, of `total`."""
    tally = which_of(room, shown, total) if total else ""
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
