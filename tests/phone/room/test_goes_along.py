"""A phone goes along with its room: on a slow or failing network, with news that is late, while somebody types."""

import re
from itertools import chain, repeat

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from models.basics.words import Step
from models.storage.database import reading
from models.storage.writing import write
from models.voting.round import show_item
from models.voting.round_views import ballots_of
from tests.builders import LEADER, cast, close, close_and_reveal, make_people, make_round, take_room
from tests.phone.live_phone import KEEP_NEWS, WAIT, Place, add_somebody, choice_of, heading, join, me
from tests.waiting import until

PAGE = re.compile(r"/p/\w+$")
HEAR_THE_FIRST_AGAIN = (
    "window.stream.dispatchEvent(new MessageEvent('change', { data: window.told[0] })), window.told.length"
)


def test_late_news_from_before_moves_nothing_while_somebody_types(
    context: BrowserContext, place: Place
) -> None:
    context.add_init_script(KEEP_NEWS)
    page = join(context, place)
    make_round(place.room)
    heading(page, "Can you live with this?")
    page.locator(".vote[value=objection]").click()
    heading(page, "We have your vote")
    page.locator("textarea:visible").fill("Te snel, en zonder de buurt: ")

    with page.expect_response(PAGE):
        page.evaluate(HEAR_THE_FIRST_AGAIN)

    expect(page.locator("[data-closed]")).to_be_hidden(timeout=WAIT)
    expect(page.locator(".vote:disabled, form.reason button:disabled")).to_have_count(0)
    expect(page.locator("#ahead")).to_be_hidden()
    expect(page.locator("textarea:visible")).to_have_value("Te snel, en zonder de buurt: ")


def test_a_text_behind_another_choice_neither_holds_a_phone_back_nor_undoes_the_vote(
    context: BrowserContext, place: Place
) -> None:
    page = join(context, place)
    vote = make_round(place.room, items=2, is_one_at_a_time=True)
    heading(page, "Can you live with this?")
    page.locator(".vote[value=concern]").click()
    heading(page, "We have your vote")
    page.locator("textarea:visible").fill("Ik weet het nog niet")
    page.locator(".vote[value=agree]").click()
    expect(page.locator("[data-chosen]").first).to_have_text("agree", timeout=WAIT)

    write(show_item, who=LEADER, round_id=vote.round_id, position=2)

    expect(page.locator("main")).to_have_attribute("data-shown", "2", timeout=WAIT)
    assert choice_of(place, vote) == "agree"


def test_a_text_behind_another_choice_does_not_hide_the_result(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")
    page.locator(".vote[value=objection]").click()
    heading(page, "We have your vote")
    page.locator("textarea:visible").fill("Hm")
    page.locator(".vote[value=agree]").click()
    expect(page.locator("[data-chosen]").first).to_have_text("agree", timeout=WAIT)

    close_and_reveal(vote)

    expect(page.locator("main")).to_have_attribute("data-phase", "revealed", timeout=WAIT)
    expect(page.locator("#ahead")).to_be_hidden()


def test_who_raises_the_hand_for_somebody_else_goes_on_voting_for_them(
    context: BrowserContext, place: Place
) -> None:
    page = join(context, place)
    mine = me(place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")
    page.locator(".vote[value=agree]").click()
    heading(page, "We have your vote")
    add_somebody(page, "Oma Jó")
    page.locator(".vote[value=concern]").click()
    heading(page, "We have your vote")

    page.get_by_role("button", name="I would rather say it myself").first.click()
    expect(page.get_by_role("button", name="Lower my hand").first).to_be_visible(timeout=WAIT)

    expect(page.get_by_role("link", name="Oma Jó")).to_have_attribute("aria-current", "true", timeout=WAIT)
    page.locator(".vote[value=objection]").click()
    expect(page.locator("[data-chosen]").first).to_have_text("objection", timeout=WAIT)
    with reading() as session:
        assert ballots_of(session, vote.round_id, mine)[vote.items[0]].choice == "agree"
    assert choice_of(place, vote) == "objection"


@pytest.mark.parametrize("fault", ["the network", "a busy server"])
def test_a_page_that_could_not_be_read_is_asked_for_again(
    context: BrowserContext, place: Place, fault: str
) -> None:
    page = join(context, place)

    def fail(route: Route) -> None:
        if fault == "the network":
            route.abort()
        else:
            route.fulfill(status=503, content_type="text/html", body="<html><main id=main>Druk</main></html>")

    page.route(PAGE, fail, times=1)

    take_room(place.room, Step.DRAFT)

    expect(page.locator("main")).to_have_attribute("data-step", "draft", timeout=2 * WAIT)


def test_a_slow_phone_gets_the_round_while_the_others_vote(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    people = make_people(place.room, count=40)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 1_500, "downloadThroughput": -1, "uploadThroughput": -1},
    )
    vote = make_round(place.room)
    voters = chain(people, repeat(None))

    # Each second's counts are news; a page takes longer than that.
    while (person := next(voters)) is not None:
        cast(vote, person)
        page.wait_for_timeout(400)
        if page.locator("main").get_attribute("data-step") == "vote":
            break

    assert person is not None


def test_a_vote_is_called_received_only_after_the_answer(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")
    held: list[Route] = []
    page.route("**/ballots", lambda route: held.append(route))

    page.locator(".vote[value=agree]").click()
    expect(page.locator(".vote[value=agree]")).to_have_attribute("aria-pressed", "true", timeout=WAIT)
    until(page, lambda: len(held) == 1)
    received_before = page.locator(".note.got").is_visible()
    held[0].continue_()

    heading(page, "We have your vote")
    assert not received_before
    assert choice_of(place, vote) == "agree"


def test_a_vote_that_is_asked_to_wait_goes_again_by_itself(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")
    busy = {"error": "too_many_posts", "message": "Een moment."}
    page.route(
        "**/ballots",
        lambda route: route.fulfill(status=429, json=busy, headers={"Retry-After": "1"}),
        times=1,
    )

    page.locator(".vote[value=concern]").click()

    heading(page, "We have your vote")
    assert choice_of(place, vote) == "concern"


def test_a_vote_that_waited_until_after_the_close_is_told_and_not_kept_for_ever(
    context: BrowserContext, place: Place
) -> None:
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")
    context.set_offline(True)
    page.locator(".vote[value=agree]").click()
    heading(page, "Not sent yet")

    close(vote)
    context.set_offline(False)

    expect(page.locator("main")).to_have_attribute("data-phase", "closed", timeout=2 * WAIT)
    expect(page.get_by_text("Not sent yet")).to_be_hidden(timeout=2 * WAIT)
    assert choice_of(place, vote) is None
    assert not page.evaluate("Object.values(localStorage).some((kept) => kept.includes('agree'))")


def test_an_older_browser_has_the_field_for_a_reason_too(context: BrowserContext, place: Place) -> None:
    context.add_init_script("delete Element.prototype.toggleAttribute")
    page = join(context, place)
    make_round(place.room)
    heading(page, "Can you live with this?")

    page.locator(".vote[value=objection]").click()

    expect(page.locator("textarea:visible")).to_have_count(1, timeout=WAIT)
    heading(page, "We have your vote")
