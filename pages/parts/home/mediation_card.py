"""What the home says of mediation: ongoing or ended, and nothing else of any."""

from sqlmodel import Session

from models.basics.words import BuildingBlock
from models.mediation.mediation import list_mediations
from models.mediation.requests import list_requests
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext
from pages.parts.home.card import BlockCard, Home, Leads, Standing, card_by_the_plan
from pages.parts.home.where import ALLIANCE

PAGE = "mediation.py"


def mediation_card(session: Session, home: Home) -> BlockCard:
    """Return the card of mediation."""
    explained = _("An independent third party helps people to work together again.")
    found = list_mediations(session, home.alliance.id)
    asked = len(list_requests(session, home.alliance.id))
    goes = Leads(_("To mediation"), PAGE, {ALLIANCE: str(home.alliance.id)})
    waits = (
        ngettext(
            "{count} person asked for a mediation.", "{count} people asked for a mediation.", asked
        ).format(count=asked)
        if asked
        else _("Who is in it and what is said, nobody else can read.")
    )
    if not found:
        by_the_plan = card_by_the_plan(home, BuildingBlock.MEDIATION, explained)
        if by_the_plan is not None and not asked:
            return by_the_plan
        reason = home.reasons.get(BuildingBlock.MEDIATION, "")
        return BlockCard(Standing.CHOSEN, _("none yet"), reason or explained, waits, goes)
    ongoing = sum(not one.is_ended for one in found)
    told = mediations_told(ongoing, len(found) - ongoing)
    if ongoing:
        return BlockCard(Standing.BUSY, _("ongoing"), told, waits, goes)
    return BlockCard(Standing.DONE, _("ended"), told, waits, goes)


def mediations_told(ongoing: int, ended: int) -> str:
    """Return how many go on and how many have ended, in words."""
    goes_on = ngettext("{count} is ongoing.", "{count} are ongoing.", ongoing).format(count=ongoing)
    is_over = ngettext("{count} has ended.", "{count} have ended.", ended).format(count=ended)
    return " ".join(part for part, count in ((goes_on, ongoing), (is_over, ended)) if count)
