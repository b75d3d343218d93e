"""What stands folded on a phone, and what stands open, stays so when the page goes along with the room."""

from playwright.sync_api import BrowserContext, Page, expect

from models.agreeing.agreement import show_agreements
from models.agreeing.ownership import accept_ownership, ask_owner
from models.alliance.partner import add_partner
from models.baseline.improvements import make_proposal_of, write_improvement
from models.basics.words import PartnerKind, Step
from models.drafting.proposal import show_proposals, support_proposal
from models.storage.writing import write
from tests.builders import (
    LEADER,
    allow,
    make_agreement,
    make_conclusion,
    make_interview,
    make_proposal,
    make_quote,
    make_startfoto,
    take_room,
)
from tests.builders.startfoto import LETTER
from tests.phone.live_phone import WAIT, Place, heading, join

STEPHOUSE = "Een inloopspreekuur in het Stephûs"
TABLE = "Elke week een taaltafel in de bibliotheek"


def _opens(page: Page, words: str, within: str) -> None:
    """Open what is folded behind `words`, and leave it: no focus keeps it."""
    page.locator(f"{within} summary", has_text=words).click()
    page.evaluate("document.activeElement.blur()")


def test_what_one_opened_of_an_agreement_stays_open_and_what_one_closed_stays_closed(
    context: BrowserContext, place: Place
) -> None:
    owner = write(
        add_partner,
        who=LEADER,
        alliance_id=place.room.alliance_id,
        kind=PartnerKind.ORGANISATION,
        name="De Stiep",
    )
    read = make_agreement(place.room, what=STEPHOUSE)
    closed = make_agreement(place.room, what=TABLE)
    write(ask_owner, who=LEADER, agreement_id=read, partner_id=owner)
    write(show_agreements, who=LEADER, agreement_ids=[read, closed])
    take_room(place.room, Step.AGREE)
    page = join(context, place)
    card, other = page.locator(f"#agreement-{read}"), page.locator(f"#agreement-{closed}")
    _opens(page, "I want to help", f"#agreement-{read}")
    _opens(page, TABLE, f"#agreement-{closed}")

    # With an owner nobody else takes it on: one thing fewer stands above what is open.
    write(accept_ownership, partner_id=owner, agreement_id=read)

    expect(card.locator("[data-fetch=owner]")).to_have_count(0, timeout=WAIT)
    expect(card.locator(f"#helper-{read}")).to_be_visible()
    expect(other.locator("details[open]")).to_have_count(0)


def test_where_a_proposal_comes_from_stays_open_when_others_support_it(
    context: BrowserContext, place: Place
) -> None:
    startfoto = make_startfoto(place.room)
    quote = make_quote(make_interview(startfoto, role="vrijwilliger"), LETTER)
    allow(quote)
    point = write(
        write_improvement,
        who=LEADER,
        baseline_id=startfoto.baseline_id,
        text="Brieven passen op één bladzijde.",
        conclusion_ids=[make_conclusion(startfoto, "Brieven zijn te lang.", supporting=[quote])],
    ).improvement_id
    proposal = write(make_proposal_of, who=LEADER, improvement_id=point).proposal_id
    write(show_proposals, who=LEADER, workshop_id=place.room.workshop_id, proposal_ids=[proposal])
    take_room(place.room, Step.DRAFT)
    page = join(context, place)
    _opens(page, "Where this comes from", f"#proposal-{proposal}")

    write(support_proposal, participant_id=place.room.people[1], proposal_id=proposal, on=True)
    make_proposal(place.room, author=2, text="Wij groeten elkaar.")

    expect(page.locator(f"#proposal-{proposal}")).to_contain_text("1 person supports this", timeout=WAIT)
    expect(page.get_by_text(LETTER)).to_be_visible()


def test_who_is_about_to_leave_finds_that_still_open_when_the_room_goes_on(
    context: BrowserContext, place: Place
) -> None:
    page = join(context, place)
    _opens(page, "Change your group, or leave", "footer")

    take_room(place.room, Step.DRAFT)

    heading(page, "What is important to us here?")
    expect(page.get_by_role("button", name="Leave the meeting")).to_be_visible()
