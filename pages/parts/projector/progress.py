"""Step 6: what became of the agreements."""

from collections.abc import Sequence

from exports.sentences import step_question
from models.basics.words import BuildingBlock, ProgressState, Step
from pages.parts.projector.agreement import ShownAgreement, agreement_pages, progress_of, rows_of
from pages.parts.projector.inbox import inbox_of
from pages.parts.projector.screen import Room, Screen, render, turned


def progress_screen(room: Room, agreements: Sequence[ShownAgreement]) -> Screen:
    """Return a page of agreements with their owner and how far they are."""
    pages = agreement_pages(agreements, [progress_of(room, agreement) for agreement in agreements])
    page = min(max(room.page, 0), len(pages) - 1)
    done = sum(agreement.state == ProgressState.DONE for agreement in agreements)
    title = step_question(BuildingBlock.ALLIANCE, Step.PROGRESS, room.language)
    tally = room.gettext("{done} of {total} done").format(done=done, total=len(agreements))
    return turned(
        len(pages),
        lambda: render(
            "agreements.html",
            room,
            announce=f"{title} {tally}",
            is_sheet=True,
            page=page,
            pages=len(pages),
            title=title,
            tally=tally if agreements else "",
            empty=room.gettext("There are no agreements yet."),
            inbox=inbox_of(room, 0),
            size=pages[page].size,
            rows=rows_of(pages[page]),
        ),
    )
