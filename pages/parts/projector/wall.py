"""Step 1: the proposals that were let through, each one whole, and the principles that are worded from them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from exports.language import number
from exports.sentences import step_question
from models.basics.words import BuildingBlock, Step
from pages.parts.projector.cards import wall_for, walls_of
from pages.parts.projector.inbox import inbox_of
from pages.parts.projector.principles import ShownPrinciple, principle_pages, principles_page
from pages.parts.projector.screen import Room, Screen, bold, render, turned, typed


@dataclass(frozen=True)
class Proposal:
    """A proposal that was let through; `support` is how many support it.

    `behind` says of which point for improvement it was made, if it was.
    """

    id: int
    text: str
    support: int
    behind: str = ""


@dataclass(frozen=True)
class Worded:
    """A principle that is worded now or was before; `sources` is from how many proposals, `is_draft` before a vote."""

    text: str
    sources: int = 0
    is_draft: bool = True


def draft_screen(
    room: Room,
    *,
    proposals: Sequence[Proposal],
    worded: Sequence[Worded] = (),
    waiting: int = 0,
    new_ids: Collection[int] = (),
) -> Screen:
    """Return the page that the facilitator turned to: what is being worded, newest first, then the proposals.

    Principles of an earlier meeting come after the proposals, as long as nothing is worded in this one. `waiting` is
    how many proposals the facilitator has not read yet.
    """
    is_wording = any(one.is_draft for one in worded)
    texts = principle_pages(_principles(room, worded), has_inbox=bool(waiting)) if worded else []
    walls = walls_of(proposals, [proposal.text for proposal in proposals])
    if is_wording and not proposals:
        walls = []
    pages = len(texts) + len(walls)
    page = min(max(room.page, 0), pages - 1)
    wall = page - len(texts) if is_wording else page
    if not 0 <= wall < len(walls):
        shown = texts[page if is_wording else page - len(walls)]
        title = room.gettext("This is how we say it together")
        return turned(
            pages,
            lambda: principles_page(room, shown, title=title, waiting=waiting, page=page, pages=pages),
        )
    return turned(
        pages,
        lambda: proposals_page(
            room,
            proposals,
            walls[wall],
            waiting,
            new_ids,
            title=step_question(BuildingBlock.ALLIANCE, Step.DRAFT, room.language),
            page=page,
            pages=pages,
        ),
    )


def _principles(room: Room, worded: Sequence[Worded]) -> list[ShownPrinciple]:
    """Return the principles as they are shown: the newest one says that it was just worded."""
    first, *others = worded
    newest = ""
    if first.is_draft:
        newest = room.gettext("Just worded")
        if first.sources:
            newest = room.ngettext(
                "Just worded, from {count} proposal", "Just worded, from {count} proposals", first.sources
            ).format(count=first.sources)
    return [ShownPrinciple(first.text, newest), *(ShownPrinciple(one.text) for one in others)]


def _known(room: Room, proposal: Proposal) -> Markup:
    supported = bold(
        room.ngettext("{count} supports this", "{count} support this", proposal.support),
        count=proposal.support,
    )
    return Markup("{} · {}").format(supported, proposal.behind) if proposal.behind else supported


def proposals_page(
    room: Room,
    proposals: Sequence[Proposal],
    shown: Sequence[Proposal],
    waiting: int,
    new_ids: Collection[int],
    *,
    title: str,
    page: int,
    pages: int,
) -> Screen:
    """Return a page with the proposals `shown`, of all of them."""
    ngettext = room.ngettext
    total = len(proposals)
    inbox = inbox_of(room, waiting)
    counted = ngettext("{count} proposal", "{count} proposals", total).format(
        count=number(total, room.language)
    )
    tally = [counted] if total else []
    if total and waiting:
        tally.append(room.gettext("{count} more came in").format(count=number(waiting, room.language)))
    return render(
        "wall.html",
        room,
        announce=" ".join([title, *(tally or [inbox.words.striptags() if waiting else ""])]).strip(),
        is_sheet=True,
        page=page,
        pages=pages,
        title=title,
        tally=tally,
        empty=room.gettext("No proposals yet. Send the first one with your phone."),
        inbox=inbox,
        wall=wall_for([proposal.text for proposal in shown]),
        just_in=room.gettext("Just in"),
        cards=[
            {
                "id": proposal.id,
                "text": typed(proposal.text),
                "support": _known(room, proposal),
                "is_new": proposal.id in new_ids,
            }
            for proposal in shown
        ],
    )
