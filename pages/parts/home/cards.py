"""What the home says of each building block: an entry per block, which returns its card from what is stored.

A block that has more to say than the day of its meeting gets an entry in `CARDS`. One that has no pages yet says what
it is for, and leads to the plan.
"""

from dataclasses import replace

from sqlmodel import Session

from exports.language import day_this_year
from exports.sentences import progress_headline, step_name
from models.alliance.partner import read_partners
from models.basics.clock import today
from models.basics.words import BuildingBlock, WorkshopState
from models.progress.figures import Figures, read_figures
from models.progress.following import read_followed
from models.workshop.meetings import WorkshopRow, next_meeting
from models.workshop.programme import BLOCKS
from pages.parts.frame.room_now import WORKSHOP
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.home.baseline_card import baseline_card
from pages.parts.home.card import BlockCard, CardOfBlock, Home, Leads, Plans, Standing, card_by_the_plan
from pages.parts.home.mediation_card import mediation_card


def block_explained(block: str) -> str:
    """Return what a building block is for."""
    return {
        BuildingBlock.BASELINE: _("How inclusive is this place now?"),
        BuildingBlock.ENCOUNTERS: _("Residents get to know each other, at mixed tables."),
        BuildingBlock.ALLIANCE: _("Establish principles together, and make agreements."),
        BuildingBlock.MEDIATION: _("An independent third party helps people to work together again."),
    }[BuildingBlock(block)]


def alliance_card(session: Session, home: Home) -> BlockCard:
    """Return where the alliance's own meetings stand, and what they yielded."""
    card = card_with_meetings(BuildingBlock.ALLIANCE)(session, home)
    if card.standing is Standing.CHOSEN:
        return card
    partners = len(read_partners(session, home.alliance.id))
    if card.standing is Standing.PLANNED:
        return replace(card, finding=_who_takes_part(partners))
    figures = read_figures(session, home.alliance.id, today(home.alliance.time_zone))
    finding = (
        _yielded(figures) if figures.principles_adopted or figures.agreements else _who_takes_part(partners)
    )
    if card.standing is Standing.BUSY:
        return replace(card, finding=finding)
    followed = read_followed(session, home.alliance.id, today(home.alliance.time_zone))
    meeting = next_meeting(home.row.workshops, BuildingBlock.ALLIANCE)
    return replace(
        card,
        finding=finding,
        more=progress_headline(followed, language()) if followed else card.more,
        action=Leads(_("Follow agreements"), "progress.py", {WORKSHOP: meeting.code if meeting else ""}),
    )


def card_with_meetings(block: BuildingBlock) -> CardOfBlock:
    """Return the entry of any block that Handslag leads: the day of its meeting, and the way to it."""

    def card(_session: Session, home: Home) -> BlockCard:
        meeting = next_meeting(home.row.workshops, block)
        why = home.reasons.get(block, "")
        if meeting is None:
            by_the_plan = card_by_the_plan(home, block, block_explained(block))
            if by_the_plan is not None:
                return by_the_plan
            plans = Plans(_("Plan a meeting"))
            return BlockCard(Standing.CHOSEN, _("no meeting yet"), block_explained(block), why, plans)
        link = {WORKSHOP: meeting.code}
        leads, explained = Leads(_("Lead the meeting"), "room.py", link), block_explained(block)
        if meeting.state == WorkshopState.PREPARED:
            state = _("meeting on {day}").format(day=_short_day(home, meeting))
            prepares = Leads(_("Prepare the meeting"), "prepare.py", link)
            return BlockCard(Standing.PLANNED, state, explained, _venue(meeting), prepares)
        if meeting.state == WorkshopState.OPEN:
            step = step_name(meeting.block, meeting.step, language()).lower()
            busy = _("busy: {step}").format(step=step)
            return BlockCard(Standing.BUSY, busy, explained, _venue(meeting), leads)
        state = _("met on {day}").format(day=_short_day(home, meeting))
        return BlockCard(Standing.DONE, state, explained, _venue(meeting), leads)

    return card


def card_without_pages(block: BuildingBlock) -> CardOfBlock:
    """Return the entry of a block that is done outside Handslag: what it is for, why it was chosen, and the plan."""

    def card(_session: Session, home: Home) -> BlockCard:
        by_the_plan = card_by_the_plan(home, block, block_explained(block))
        if by_the_plan is not None:
            return by_the_plan
        reason = home.reasons[block]
        return BlockCard(
            Standing.CHOSEN,
            _("in our plan"),
            reason or block_explained(block),
            _("You do this outside Handslag. The plan says why."),
            home.to_plan(_("Open the plan")),
        )

    return card


# The blocks that say something of their own.
CARDS: dict[str, CardOfBlock] = {
    BuildingBlock.BASELINE: baseline_card,
    BuildingBlock.ALLIANCE: alliance_card,
    BuildingBlock.MEDIATION: mediation_card,
}


def card_of(block: BuildingBlock) -> CardOfBlock:
    """Return the entry of a block: its own, else what is said of any that has meetings, or has none."""
    if block in CARDS:
        return CARDS[block]
    return card_with_meetings(block) if block in BLOCKS else card_without_pages(block)


def _short_day(home: Home, meeting: WorkshopRow) -> str:
    return day_this_year(meeting.held_on, today(home.alliance.time_zone), language())


def _venue(meeting: WorkshopRow) -> str:
    if not meeting.venue:
        return _("Where you meet is not filled in yet.")
    return _("You meet at: {venue}.").format(venue=meeting.venue.rstrip("."))


def _who_takes_part(partners: int) -> str:
    if not partners:
        return _("There is no partner yet.")
    return ngettext("{count} partner takes part.", "{count} partners take part.", partners).format(
        count=partners
    )


def _yielded(figures: Figures) -> str:
    principles = ngettext("{count} principle", "{count} principles", figures.principles_adopted)
    agreements = ngettext("{count} agreement", "{count} agreements", figures.agreements)
    return _("{principles} and {agreements}.").format(
        principles=principles.format(count=figures.principles_adopted),
        agreements=agreements.format(count=figures.agreements),
    )
