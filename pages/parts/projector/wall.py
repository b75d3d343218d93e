"""Step 1: the wall of proposals that were let through, six at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exports.language import number
from exports.sentences import step_question
from models.words import Step
from pages.parts.projector.cards import CARDS_ON_A_PAGE, wall_for
from pages.parts.projector.screen import Room, Screen, bold, page_of, render, typed


@dataclass(frozen=True)
class Proposal:
    """A proposal that was let through; `support` is how many support it."""

    id: int
    text: str
    support: int


def wall_screen(room: Room, *, proposals: Sequence[Proposal], new_ids: Collection[int] = ()) -> Screen:
    """Return one page of the wall. Proposals in `new_ids` are tinted: they came in just now."""
    ngettext = room.ngettext
    shown, page, pages = page_of(proposals, CARDS_ON_A_PAGE, room.page)
    total = len(proposals)
    title = step_question(Step.DRAFT, room.language)
    tally = ngettext("{count} proposal", "{count} proposals", total).format(
        count=number(total, room.language)
    )
    return render(
        "wall.html",
        room,
        announce=f"{title} {tally}",
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        tally=tally if total else "",
        empty=room.gettext("No proposals yet. Send the first one with your phone."),
        wall=wall_for([proposal.text for proposal in shown]),
        just_in=room.gettext("Just in"),
        cards=[
            {
                "id": proposal.id,
                "text": typed(proposal.text),
                "support": bold(
                    ngettext("{count} supports this", "{count} support this", proposal.support),
                    count=proposal.support,
                ),
                "is_new": proposal.id in new_ids,
            }
            for proposal in shown
        ],
    )
