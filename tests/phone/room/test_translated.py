"""A page in a browser that changes it: a translator, an extension. The news goes on."""

import pytest
from playwright.sync_api import BrowserContext, expect

from models.basics.words import Step
from models.drafting.proposal import hide_proposal
from models.storage.database import reading
from models.storage.writing import write
from models.voting.round_views import ballots_of
from tests.builders import LEADER, make_people, make_proposal, make_round, take_room
from tests.phone.live_phone import WAIT, Place, heading, join, me

# As Google's translator does it: the page's language, and each text in two elements of its own.
TRANSLATE = """(language) => {
  document.documentElement.lang = language;
  document.documentElement.classList.add("translated-ltr");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (text.parentNode.closest("script, style, textarea")) continue;
    const outer = document.createElement("font"), inner = document.createElement("font");
    inner.textContent = "vertaald " + text.data;
    outer.appendChild(inner);
    text.replaceWith(outer);
  }
}"""


@pytest.mark.parametrize("language", ["", "auto", "nl_NL", "x-klingon-"])
def test_a_translated_page_hears_the_room(context: BrowserContext, place: Place, language: str) -> None:
    take_room(place.room, Step.DRAFT)
    insult = make_proposal(place.room, text="Een belediging")
    kept = make_proposal(place.room, text="Wij luisteren 🙂")
    page, mine = join(context, place), me(place)
    page.evaluate(TRANSLATE, language)

    write(hide_proposal, who=LEADER, proposal_id=insult, reason="Dit kwetst")
    expect(page.locator(f"[data-id='{insult}']")).to_have_count(0, timeout=WAIT)
    make_people(place.room, count=2)
    expect(page.locator("[data-people]")).to_have_text("9 people here", timeout=WAIT)
    expect(page.locator(f"[data-id='{kept}']")).to_be_visible()
    vote = make_round(place.room)
    heading(page, "Can you live with this?")
    page.evaluate(TRANSLATE, language)
    page.locator(".vote[value=concern] font").first.click()
    expect(page.locator(".vote[value=concern]")).to_have_attribute("aria-pressed", "true")

    heading(page, "We have your vote")
    with reading() as session:
        assert ballots_of(session, vote.round_id, mine)[vote.items[0]].choice == "concern"


def test_news_replaces_only_what_it_is_about_in_a_translated_page(
    context: BrowserContext, place: Place
) -> None:
    take_room(place.room, Step.DRAFT)
    make_proposal(place.room, text="Wij luisteren")
    page = join(context, place)
    page.evaluate(TRANSLATE, "nl")

    make_proposal(place.room, text="Iedereen hoort erbij")
    expect(page.get_by_role("button", name="Show 1 new proposal")).to_be_visible(timeout=WAIT)

    expect(page.get_by_text("vertaald Wij luisteren")).to_be_visible()
    expect(page.get_by_text("vertaald Your proposal for a principle")).to_be_visible()


def test_news_comes_through_where_something_took_parts_of_the_page(
    context: BrowserContext, place: Place
) -> None:
    take_room(place.room, Step.DRAFT)
    make_proposal(place.room, text="Wij luisteren")
    page = join(context, place)
    page.evaluate(
        "document.querySelectorAll('.sheet, [data-new], [data-people]').forEach((part) => part.remove())"
    )

    make_proposal(place.room, text="Iedereen hoort erbij")

    expect(page.get_by_text("Iedereen hoort erbij")).to_be_visible(timeout=WAIT)
