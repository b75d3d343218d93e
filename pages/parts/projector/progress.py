"""Step 6: what became of the agreements."""

from collections.abc import Sequence

from exports.icons import PROGRESS_ICONS
from exports.sentences import progress_word, step_question
from models.words import ProgressState, Step
from pages.parts.projector.agreement import ShownAgreement, agreement_in_words
from pages.parts.projector.screen import Room, Screen, page_of, render

ROWS_ON_A_PAGE = 6
FEW = {1: "few one", 2: "few two", 3: "few"}


def progress_screen(room: Room, agreements: Sequence[ShownAgreement]) -> Screen:
    """Return a page of agreements with their owner and how far they are."""
    shown, page, pages = page_of(agreements, ROWS_ON_A_PAGE, room.page)
    done = sum(agreement.state == ProgressState.DONE for agreement in agreements)
    title = step_question(Step.PROGRESS, room.language)
    tally = room.gettext("{done} of {total} done").format(done=done, total=len(agreements))
    return render(
        "progress.html",
        room,
        announce=f"{title} {tally}",
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        tally=tally if agreements else "",
        empty=room.gettext("There are no agreements yet."),
        height=FEW.get(len(shown), ""),
        rows=[
            {
                **agreement_in_words(room, agreement),
                "icon": PROGRESS_ICONS[ProgressState(agreement.state)],
                "state": progress_word(agreement.state, room.language),
            }
            for agreement in shown
        ],
    )
