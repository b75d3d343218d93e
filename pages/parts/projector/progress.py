"""Step 6: what became of the agreements."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.icons import PROGRESS_ICONS
from exports.sentences import progress_word, step_question
from models.words import ProgressState, Step
from pages.parts.projector.agreements import owner_line
from pages.parts.projector.screen import Room, Screen, page_of, render, typed

ROWS_ON_A_PAGE = 6


@dataclass(frozen=True)
class FollowedAgreement:
    """An agreement and how far it is; `state` is one of `ProgressState`."""

    number: int
    what: str
    owner: str | None
    is_accepted: bool
    state: str


def progress_screen(room: Room, agreements: Sequence[FollowedAgreement]) -> Screen:
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
        rows=[
            {
                "number": agreement.number,
                "what": typed(agreement.what),
                "owner": owner_line(room, agreement.owner, is_accepted=agreement.is_accepted),
                "icon": PROGRESS_ICONS[ProgressState(agreement.state)],
                "state": progress_word(agreement.state, room.language),
            }
            for agreement in shown
        ],
    )
