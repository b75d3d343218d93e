"""A participant's phone in a real browser, on an address that is no secure context."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from models.basics.words import Door, Step
from models.drafting.proposal import hide_proposal
from models.drafting.views import own_proposals
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Participant
from models.voting.after_reveal import show_reasons
from models.voting.round import reveal_round
from models.voting.round_views import ballots_of
from models.workshop.participant import admit
from models.workshop.workshop import end_workshop, set_door
from tests.accessibility import seen_in, violations
from tests.builders import (
    LEADER,
    Vote,
    cast_all,
    close,
    make_agreement,
    make_proposal,
    make_round,
    rows_of,
    take_room,
)
from tests.dead_spot import dead_spot
from tests.phone.live_phone import KEEP_NEWS, WAIT, Place, add_somebody, choice_of, heading, join, me
from tests.serving import ROOM_HOST


def test_the_phone_follows_the_room_by_itself(context: BrowserContext, place: Place) -> None:
    page = join(context, place)

    take_room(place.room, Step.DRAFT)
    heading(page, "What is important to us here?")
    make_round(place.room)

    heading(page, "Can you live with this?")
    expect(page.locator("#say")).to_have_text("Can you live with this?")


def test_news_that_is_older_than_the_page_closes_no_vote(context: BrowserContext, place: Place) -> None:
    context.add_init_script(KEEP_NEWS)
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")

    # As for who opens the page in the moment in which the round was opened.
    page.evaluate(
        """[window.told[0], window.told.at(-1)].forEach((data) =>
          window.stream.dispatchEvent(new MessageEvent("change", { data })))"""
    )

    expect(page.locator("[data-closed]")).to_be_hidden(timeout=WAIT)
    page.locator(".vote[value=agree]").click()
    heading(page, "We have your vote")
    assert choice_of(place, vote) == "agree"


def test_one_tap_votes_and_only_what_is_stored_is_called_received(
    context: BrowserContext, place: Place
) -> None:
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")

    page.locator(".vote[value=concern]").click()
    heading(page, "We have your vote")
    page.get_by_label("What is your concern?").fill("Who decides?")
    page.get_by_role("button", name="Send your concern").click()
    expect(page.get_by_text("We have your words.").first).to_be_visible(timeout=WAIT)
    page.reload()

    assert choice_of(place, vote) == "concern"
    expect(page.get_by_label("What is your concern?")).to_have_value("Who decides?")
    expect(page.locator(".vote[value=concern]")).to_have_attribute("aria-pressed", "true")


def test_a_choice_without_network_waits_on_the_phone_and_goes_by_itself(
    context: BrowserContext, place: Place
) -> None:
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")

    context.set_offline(True)
    page.locator(".vote[value=agree]").click()
    heading(page, "Not sent yet")
    expect(page.locator(".vote[value=agree]")).to_contain_text("Kept, not counted yet")
    page.locator(".vote[value=objection]").click()
    before = choice_of(place, vote)
    context.set_offline(False)
    heading(page, "We have your vote")

    assert before is None
    assert choice_of(place, vote) == "objection"
    expect(page.locator("[data-chosen]")).to_have_text("objection")


def test_a_waiting_choice_survives_a_reload(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")
    page.route("**/ballots", lambda route: route.abort())
    page.locator(".vote[value=agree]").click()
    heading(page, "Not sent yet")

    page.unroute("**/ballots")
    page.reload()
    heading(page, "We have your vote")

    assert choice_of(place, vote) == "agree"


def test_a_lost_answer_is_asked_again_and_counts_once(context: BrowserContext, place: Place) -> None:
    context.add_init_script(
        """(() => {
          const real = window.fetch;
          window.sent = [];
          window.fetch = (url, options) => {
            const answer = real(url, options);
            if (!String(url).endsWith("/ballots")) return answer;
            window.sent.push(String(options.body));
            // What is said meanwhile stands until the test has read it, whenever the script asks again.
            return window.sent.length > 1
              ? new Promise((goOn) => { window.goOn = goOn; }).then(() => answer)
              : answer.then(() => { throw new TypeError("lost"); });
          };
        })();"""
    )
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")

    page.locator(".vote[value=concern]").click()
    heading(page, "Not sent yet")
    stored_meanwhile = choice_of(place, vote)
    page.wait_for_function("() => window.goOn")
    page.evaluate("window.goOn()")
    heading(page, "We have your vote")
    sent = page.evaluate("window.sent")

    assert stored_meanwhile == "concern"
    assert len(sent) == 2
    assert sent[0] == sent[1]


def test_the_page_never_changes_under_what_is_being_typed(context: BrowserContext, place: Place) -> None:
    take_room(place.room, Step.DRAFT)
    page = join(context, place)
    page.fill("#text", "Half a sent")

    take_room(place.room, Step.AGREE)
    expect(page.get_by_text("The room has moved on.")).to_be_visible(timeout=WAIT)
    expect(page.locator("#text")).to_have_value("Half a sent")
    page.locator("#text").press_sequentially("ence")
    page.get_by_role("button", name="Send", exact=True).click()
    heading(page, "What are we going to do?")

    with reading() as session:
        assert [own.text for own in own_proposals(session, me(place))] == ["Half a sentence"]


def test_who_goes_along_finds_the_unsent_text_when_looking_back(
    context: BrowserContext, place: Place
) -> None:
    take_room(place.room, Step.DRAFT)
    page = join(context, place)
    page.fill("#text", "Not sent")
    take_room(place.room, Step.AGREE)

    page.get_by_role("button", name="Go along").click()
    heading(page, "What are we going to do?")
    page.get_by_role("link", name="Propose", exact=True).click()

    expect(page.locator("#text")).to_have_value("Not sent")


def test_new_proposals_wait_behind_a_button_and_hidden_ones_vanish(
    context: BrowserContext, place: Place
) -> None:
    take_room(place.room, Step.DRAFT)
    shown = make_proposal(place.room, text="The first", author=1)
    page = join(context, place)

    make_proposal(place.room, text="The second", author=2)
    button = page.get_by_role("button", name="Show 1 new proposal")
    expect(button).to_be_visible(timeout=WAIT)
    unmoved = page.locator("[data-part=others] article").all_inner_texts()
    button.click()
    expect(page.get_by_text("The second")).to_be_visible(timeout=WAIT)
    write(hide_proposal, who=LEADER, proposal_id=shown, reason="It names a person.")

    expect(page.get_by_text("The first")).to_have_count(0, timeout=WAIT)
    assert len(unmoved) == 1


def test_support_changes_in_place(context: BrowserContext, place: Place) -> None:
    take_room(place.room, Step.DRAFT)
    make_proposal(place.room, text="The first", author=1)
    page = join(context, place)

    page.get_by_role("button", name="I support this").click()

    expect(page.get_by_text("1 person supports this")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="You support this")).to_be_focused()


def test_a_proposal_without_network_stays_in_the_field_and_goes_later(
    context: BrowserContext, place: Place
) -> None:
    take_room(place.room, Step.DRAFT)
    page = join(context, place)
    page.fill("#text", "From the cellar")

    context.set_offline(True)
    page.get_by_role("button", name="Send proposal").click()
    expect(page.get_by_text("Not sent yet.")).to_be_visible(timeout=WAIT)
    expect(page.locator("#text")).to_have_value("From the cellar")
    context.set_offline(False)
    heading(page, "What you sent")

    with reading() as session:
        assert [own.text for own in own_proposals(session, me(place))] == ["From the cellar"]


def test_who_is_let_in_goes_on_without_touching_the_phone(context: BrowserContext, place: Place) -> None:
    write(set_door, who=LEADER, workshop_id=place.room.workshop_id, door=Door.ASKS)
    page = join(context, place)
    heading(page, "Please wait")

    write(admit, who=LEADER, participant_ids=[me(place)])

    heading(page, "You are in")


def test_a_first_step_stays_on_the_phone(context: BrowserContext, place: Place) -> None:
    take_room(place.room, Step.AGENDA)
    page = join(context, place)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))

    page.get_by_label("What do you do tomorrow?").fill("I call my neighbour")
    page.get_by_role("button", name="Keep on this phone").click()
    expect(page.get_by_text("1 person wrote a first step.")).to_be_visible(timeout=WAIT)
    page.reload()

    expect(page.get_by_label("What do you do tomorrow?")).to_have_value("I call my neighbour")
    assert all("neighbour" not in body for body in sent)


def test_a_first_step_still_stands_on_the_phone_when_all_is_over_and_can_be_removed(
    context: BrowserContext, place: Place
) -> None:
    take_room(place.room, Step.AGENDA)
    page = join(context, place)
    page.get_by_label("What do you do tomorrow?").fill("I call <b>my neighbour</b>")
    page.get_by_role("button", name="Keep on this phone").click()
    step = page.get_by_text("I call <b>my neighbour</b>", exact=True)

    take_room(place.room, Step.PROGRESS)
    expect(step).to_be_visible(timeout=WAIT)
    write(end_workshop, who=LEADER, workshop_id=place.room.workshop_id)
    heading(page, "Thank you")
    expect(step).to_be_visible()
    page.get_by_role("button", name="Remove from this phone").click()
    expect(step).to_be_hidden()
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    page.get_by_role("button", name="Put it back").click()
    expect(step).to_be_visible()
    page.get_by_role("button", name="Remove from this phone").click()
    page.reload()

    heading(page, "Thank you")
    expect(page.get_by_role("heading", name="My first step")).to_be_hidden()
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"


def test_without_script_everything_works_by_forms(browser: Browser, place: Place) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{place.address}/j/{place.room.code}")
    page.locator("[name=group]").last.check()
    page.get_by_role("button", name="Join", exact=True).click()
    take_room(place.room, Step.DRAFT)
    page.reload()
    page.fill("#text", "By hand")
    page.get_by_role("button", name="Send proposal").click()
    heading(page, "What you sent")
    vote = make_round(place.room)
    page.get_by_role("link", name="See whether there is something new").click()
    page.locator(".vote[value=objection]").click()
    heading(page, "We have your vote")
    page.get_by_label("What is your objection?").fill("Too fast")
    page.get_by_role("button", name="Send your objection").click()

    assert choice_of(place, vote) == "objection"
    expect(page.get_by_label("What is your objection?")).to_have_value("Too fast")
    context.close()


def test_a_hidden_window_closes_its_stream(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    take_room(place.room, Step.DRAFT)
    heading(page, "What is important to us here?")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    hidden = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => %s});"
    page.evaluate(hidden % "true" + "document.dispatchEvent(new Event('visibilitychange'))")
    take_room(place.room, Step.AGREE)
    page.wait_for_timeout(1_000)
    quiet = list(asked)
    page.evaluate(hidden % "false" + "document.dispatchEvent(new Event('visibilitychange'))")
    heading(page, "What are we going to do?")

    assert quiet == []
    assert sum(url.endswith("/live") for url in asked) == 1


def test_a_network_that_dies_without_an_error_is_noticed_and_the_phone_comes_back_by_itself(
    context: BrowserContext, place: Place
) -> None:
    context.clock.install()
    with dead_spot(int(place.address.rsplit(":", 1)[1])) as way:
        page = join(context, replace(place, address=f"http://{ROOM_HOST}:{way.port}"))
        take_room(place.room, Step.DRAFT)
        heading(page, "What is important to us here?")

        way.die()
        context.clock.fast_forward(25_000)
        expect(page.locator("[data-online]")).to_be_visible()
        context.clock.fast_forward(15_000)
        expect(page.get_by_text("No network.")).to_be_visible(timeout=WAIT)
        take_room(place.room, Step.AGREE)
        way.revive()
        context.clock.fast_forward(15_000)

        heading(page, "What are we going to do?")
        expect(page.locator("[data-online]")).to_be_visible(timeout=WAIT)


def test_a_quiet_room_is_no_dead_network(
    context: BrowserContext, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.storage.feed.HEARTBEAT_SECONDS", 0.1)
    context.add_init_script(KEEP_NEWS)
    context.clock.install()
    streams: list[str] = []
    context.on("request", lambda request: streams.append(request.url) if "/live" in request.url else None)
    page = join(context, place)

    for _minute in range(4):
        # However slow the machine: a beat is heard in each half minute.
        page.evaluate(
            "new Promise((heard) => window.stream.addEventListener('beat', heard, { once: true })).then(() => null)"
        )
        context.clock.fast_forward(30_000)

    expect(page.locator("[data-online]")).to_be_visible()
    assert len(streams) == 1


def test_the_first_load_of_a_vote_is_at_most_25_kilobytes_in_5_requests(
    context: BrowserContext, place: Place
) -> None:
    join(context, place).close()
    make_round(place.room)
    page = context.new_page()
    measured = context.new_cdp_session(page)
    measured.send("Network.enable")
    measured.send("Network.setCacheDisabled", {"cacheDisabled": True})
    requests: set[str] = set()
    sizes: dict[str, float] = {}
    measured.on("Network.requestWillBeSent", lambda event: requests.add(event["requestId"]))
    measured.on(
        "Network.loadingFinished",
        lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]),
    )

    page.goto(f"{place.address}/p/{place.room.code}")
    expect(page.locator("[data-online]")).to_be_visible(timeout=WAIT)
    page.wait_for_timeout(300)

    # This small server does not compress pages; the real one does, see test_live.
    assert len(requests) <= 5
    assert sum(sizes.values()) < 45_000


def test_every_page_is_for_everybodys_eyes(browser: Browser, place: Place) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(WAIT)
    room = place.room

    def look() -> None:
        page.wait_for_timeout(300)
        for way in seen_in(page):
            assert violations(page) == [], way
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), way

    for path in ("/", "/?code=XXXXX", "/sign-in", f"/j/{room.code}"):
        page.goto(place.address + path)
        look()
    page.locator("[name=group]").last.check()
    page.get_by_role("button", name="Doe mee", exact=True).click()
    look()
    make_proposal(room, text="Overlegstructurenvereenvoudigingscommissie", author=1)
    take_room(room, Step.DRAFT)
    heading(page, "Wat vinden we hier belangrijk?")
    look()
    vote = make_round(room)
    heading(page, "Kunt u hiermee leven?")
    look()
    page.locator(".vote[value=objection]").click()
    heading(page, "Uw stem is ontvangen")
    look()
    page.get_by_role("link", name="Uw gegevens").click()
    heading(page, "Wat er over u is opgeslagen")
    look()
    page.get_by_role("link", name="Terug naar de bijeenkomst").last.click()
    heading(page, "Kunt u hiermee leven?")
    cast_all(vote, [(person, "concern") for person in room.people])
    close(vote)
    heading(page, "De ronde is gesloten")
    look()
    write(reveal_round, who=LEADER, round_id=vote.round_id)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)
    heading(page, re.compile("Zo is er gestemd"))
    look()
    make_agreement(room, what="We eten samen.")
    for step in (Step.AGREE, Step.SIGN, Step.AGENDA, Step.PROGRESS):
        take_room(room, step)
        expect(page.locator(f"main[data-step={step}]")).to_be_visible(timeout=WAIT)
        look()
    context.close()


def test_the_news_of_a_reveal_shows_the_outcome_before_the_page_that_explains_it(
    context: BrowserContext, place: Place
) -> None:
    page = join(context, place)
    vote = make_round(place.room)
    heading(page, "Can you live with this?")
    cast_all(vote, [(person, "agree") for person in place.room.people])
    close(vote)
    heading(page, "The round is closed")
    page.route(re.compile(r"/p/\w+$"), lambda route: route.abort())

    write(reveal_round, who=LEADER, round_id=vote.round_id)
    heading(page, "Adopted.")
    counted = page.locator("[data-choice-count=agree]").inner_text()
    page.unroute(re.compile(r"/p/\w+$"))

    assert counted == "6"


def _choices(place: Place, vote: Vote, *people: int) -> list[str | None]:
    with reading() as session:
        found = [ballots_of(session, vote.round_id, person) for person in people]
    return [ballots[vote.items[0]].choice if ballots else None for ballots in found]


class TestSeveralVoicesOnOnePhone:
    def test_each_vote_waits_without_network_and_goes_by_itself(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        own = me(place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        add_somebody(page, "Fatma")
        fatma = me(place)

        context.set_offline(True)
        page.locator(".vote[value=objection]").click()
        heading(page, "Not sent yet")
        page.get_by_role("link", name="Yourself").click()
        heading(page, "Can you live with this?")
        page.locator(".vote[value=agree]").click()
        heading(page, "Not sent yet")
        for link in page.locator(".voices a").all():
            expect(link).to_contain_text("kept, not counted yet")
        assert _choices(place, vote, own, fatma) == [None, None]
        context.set_offline(False)

        heading(page, "We have your vote")
        for link in page.locator(".voices a").all():
            expect(link).to_contain_text("has voted", timeout=WAIT)
        assert _choices(place, vote, own, fatma) == ["agree", "objection"]

    def test_votes_that_wait_survive_a_reload_for_each_voice(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        own = me(place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        add_somebody(page, "Fatma")
        fatma = me(place)
        page.route("**/ballots", lambda route: route.abort())
        page.locator(".vote[value=concern]").click()
        heading(page, "Not sent yet")
        page.get_by_role("link", name="Yourself").click()
        page.locator(".vote[value=agree]").click()
        heading(page, "Not sent yet")

        page.reload()
        for link in page.locator(".voices a").all():
            expect(link).to_contain_text("kept, not counted yet", timeout=WAIT)
        page.unroute("**/ballots")

        for link in page.locator(".voices a").all():
            expect(link).to_contain_text("has voted", timeout=WAIT)
        assert _choices(place, vote, own, fatma) == ["agree", "concern"]

    def test_what_is_typed_for_one_voice_stays_with_that_voice(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        make_round(place.room)
        heading(page, "Can you live with this?")
        add_somebody(page, "Fatma")
        page.locator(".vote[value=concern]").click()
        page.get_by_label("What is your concern?").fill("Wie betaalt dat?")

        page.get_by_role("link", name="Yourself").click()
        page.locator(".vote[value=concern]").click()
        expect(page.get_by_label("What is your concern?")).to_have_value("")
        page.get_by_role("link", name="Fatma").click()

        expect(page.get_by_label("What is your concern?")).to_have_value("Wie betaalt dat?")
        assert page.url.endswith(f"voice={me_number(place)}&round=1")

    def test_a_reload_stays_with_the_voice_that_was_chosen(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        own = me(place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        add_somebody(page, "Fatma")
        page.get_by_role("link", name="Yourself").click()
        page.get_by_role("link", name="Fatma").click()

        page.reload()
        expect(page.get_by_role("link", name="Fatma")).to_have_attribute("aria-current", "true")
        page.locator(".vote[value=objection]").click()
        heading(page, "We have your vote")

        assert _choices(place, vote, own, me(place)) == [None, "objection"]

    def test_the_next_round_begins_with_the_own_voice(self, context: BrowserContext, place: Place) -> None:
        page = join(context, place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        add_somebody(page, "Fatma")

        close(vote)
        heading(page, "The round is closed")
        make_round(place.room)

        expect(page.get_by_role("link", name="Yourself")).to_have_attribute(
            "aria-current", "true", timeout=WAIT
        )

    @pytest.mark.parametrize("width", [390, 320])
    def test_the_switch_passes_axe(self, browser: Browser, place: Place, width: int) -> None:
        narrow = browser.new_context(viewport={"width": width, "height": 844}, locale="nl-NL")
        page = join_in_dutch(narrow, place)
        make_round(place.room)
        heading(page, "Kunt u hiermee leven?")
        page.get_by_text("Stem voor iemand anders op deze telefoon").click(timeout=WAIT)
        page.locator("#voice-name").fill("Wilhelmina van den Bovenkamp-Schoenmakers")
        page.get_by_role("button", name="Voeg deze persoon toe").click()
        expect(page.locator(".voices")).to_be_visible(timeout=WAIT)
        page.locator(".voices summary").click()
        page.get_by_text("Stem voor iemand anders op deze telefoon").click()

        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            "[...document.querySelectorAll('main button, main a, main summary, main input:not([type=hidden]), select')]"
            ".filter(one => one.offsetParent && one.getBoundingClientRect().height < 48).map(one => one.outerHTML)"
        )
        assert small == []
        narrow.close()


def me_number(place: Place) -> int:
    return int(max(row["number"] for row in rows_of(Participant)))


def join_in_dutch(context: BrowserContext, place: Place) -> Page:
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{place.address}/j/{place.room.code}")
    page.locator("[name=group]").last.check()
    page.get_by_role("button", name="Doe mee", exact=True).click()
    expect(page.locator("[data-online]")).to_be_visible(timeout=WAIT)
    return page
