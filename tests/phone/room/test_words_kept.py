"""What was typed and not sent stays, and what came too late is told; two windows of one phone show what is stored."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from starlette.testclient import TestClient

from models.basics.words import Secrecy, Step
from models.drafting.proposal import end_drafting
from models.storage.database import reading
from models.storage.writing import write
from models.tables import LateWords
from models.voting.late_words import list_late_words
from models.voting.round import reveal_round
from models.voting.round_views import named_ballots
from tests.builders import (
    LEADER,
    cast,
    close,
    close_and_reveal,
    make_round,
    make_workshop,
    rows_of,
    take_room,
)
from tests.phone.conftest import JSON, hold
from tests.phone.live_phone import WAIT, Place, add_somebody, choice_of, heading, join, me

WORDS = "Een kleine vereniging kan geen tolk betalen – العربية 🤝"
TOO_LATE = "This choice came too late, and does not count."


def _object(page: Page, words: str = WORDS) -> None:
    page.locator(".vote[value=objection]").click()
    heading(page, "We have your vote")
    page.locator("textarea:visible").fill(words)


def _late(place: Place) -> list[tuple[str, str]]:
    with reading() as session:
        return [(late.choice, late.text) for late in list_late_words(session, place.room.workshop_id)]


def _card(page: Page) -> Any:
    return page.locator("#lates .card")


class TestWordsThatAreNotSent:
    def test_survive_a_reload_and_another_language_until_they_are_sent(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        make_round(place.room)
        heading(page, "Can you live with this?")
        _object(page)

        page.reload()
        expect(page.locator("textarea:visible")).to_have_value(WORDS, timeout=WAIT)
        page.get_by_role("button", name="NL").click()
        heading(page, "Kunt u hiermee leven?")
        expect(page.locator("textarea:visible")).to_have_value(WORDS, timeout=WAIT)
        page.get_by_role("button", name="Stuur uw bezwaar").click()
        expect(page.locator("[data-reason-stored]:visible")).to_have_count(1, timeout=WAIT)

        assert page.evaluate("JSON.stringify(localStorage)") == "{}"

    def test_stay_when_a_person_is_added_and_belong_to_who_typed_them(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        make_round(place.room)
        heading(page, "Can you live with this?")
        _object(page)

        add_somebody(page, "Oma Jó")
        page.locator(".vote[value=objection]").click()
        expect(page.locator("textarea:visible")).to_have_value("", timeout=WAIT)
        page.get_by_role("link", name="Yourself").click()

        expect(page.locator("textarea:visible")).to_have_value(WORDS, timeout=WAIT)

    def test_stay_in_the_field_when_a_hand_is_raised_while_the_room_has_moved_on(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        _object(page)
        close(vote)
        expect(page.get_by_text("The room has moved on.")).to_be_visible(timeout=WAIT)

        with page.expect_response(re.compile("/hand|/p/")):
            page.get_by_role("button", name="I would rather say it myself").click()
        page.wait_for_timeout(400)

        expect(page.locator("textarea:visible")).to_have_value(WORDS)

    def test_of_a_proposal_are_told_when_proposing_has_ended(
        self, context: BrowserContext, place: Place
    ) -> None:
        take_room(place.room, Step.DRAFT)
        page = join(context, place)
        page.fill("#text", "Een bankje bij de halte")
        page.get_by_role("button", name="NL").click()
        heading(page, "Wat vinden we hier belangrijk?")
        write(end_drafting, who=LEADER, workshop_id=place.room.workshop_id)
        page.reload()

        expect(page.get_by_label("Niet verstuurd: uw voorstel")).to_have_value(
            "Een bankje bij de halte", timeout=WAIT
        )
        page.get_by_role("button", name="Gooi weg").click()
        page.reload()
        heading(page, "Wat vinden we hier belangrijk?")
        expect(page.get_by_label("Niet verstuurd: uw voorstel")).to_be_hidden()


class TestWordsAfterTheClose:
    def test_wait_for_their_author_who_sends_them_to_the_facilitator_as_too_late(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        _object(page)
        close(vote)
        expect(page.get_by_text("The room has moved on.")).to_be_visible(timeout=WAIT)

        page.get_by_role("button", name="Send", exact=True).click()
        heading(page, "The round is closed")
        card = _card(page)
        expect(card.locator("textarea")).to_have_value(WORDS, timeout=WAIT)
        expect(card.get_by_text(TOO_LATE)).to_be_hidden()
        expect(card).to_contain_text("Your name does not stand there.")
        before = _late(place)
        page.reload()
        expect(card.locator("textarea")).to_have_value(WORDS, timeout=WAIT)
        card.get_by_role("button", name="Send anyway").click()
        expect(card.get_by_role("heading", name="We have your words.")).to_be_focused(timeout=WAIT)
        # Also after the news of it, and on the next page.
        write(reveal_round, who=LEADER, round_id=vote.round_id)
        expect(page.locator("main")).to_have_attribute("data-phase", "revealed", timeout=WAIT)
        expect(card.get_by_role("heading", name="We have your words.")).to_be_visible(timeout=WAIT)

        expect(card.locator("textarea")).to_have_count(0)
        assert before == []
        assert _late(place) == [("objection", WORDS)]
        assert page.evaluate("JSON.stringify(localStorage)") == "{}"

    def test_are_thrown_away_by_their_author_alone(self, context: BrowserContext, place: Place) -> None:
        page = join(context, place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        _object(page)
        close_and_reveal(vote)
        page.get_by_role("button", name="Go along").click()
        expect(_card(page).locator("textarea")).to_have_value(WORDS, timeout=WAIT)

        make_round(place.room)
        heading(page, "Can you live with this?")
        expect(_card(page).locator("textarea")).to_have_value(WORDS, timeout=WAIT)
        _card(page).get_by_role("button", name="Throw away").click()
        page.reload()
        heading(page, "Can you live with this?")

        expect(_card(page)).to_have_count(0)
        assert _late(place) == []


class TestAChoiceThatCameTooLate:
    @pytest.mark.parametrize("secrecy", Secrecy)
    def test_is_called_so_with_what_counts_and_with_its_words(
        self, context: BrowserContext, place: Place, secrecy: Secrecy
    ) -> None:
        page = join(context, place)
        vote = make_round(place.room, secrecy=secrecy)
        heading(page, "Can you live with this?")
        page.locator(".vote[value=concern]").click()
        heading(page, "We have your vote")
        context.set_offline(True)
        page.locator(".vote[value=objection]").click()
        heading(page, "Not sent yet")
        page.locator("textarea:visible").fill(WORDS)
        page.get_by_role("button", name="Send your objection").click()

        close(vote)
        context.set_offline(False)

        card = _card(page)
        expect(card.get_by_role("heading", name=TOO_LATE)).to_be_visible(timeout=2 * WAIT)
        expect(card).to_contain_text("What counts: agree, with a concern.")
        expect(card.locator("textarea")).to_have_value(WORDS)
        expect(page.locator("main")).to_have_attribute("data-phase", "closed", timeout=WAIT)
        write(reveal_round, who=LEADER, round_id=vote.round_id)
        expect(page.locator("main")).to_have_attribute("data-phase", "revealed", timeout=WAIT)
        expect(card.get_by_role("heading", name=TOO_LATE)).to_be_visible(timeout=WAIT)
        # A hand takes longer than a test from one button to the next.
        page.wait_for_timeout(500)
        card.get_by_role("button", name="Send anyway").click()
        expect(card.locator("textarea, form")).to_have_count(0, timeout=WAIT)
        expect(card.get_by_role("heading", name="We have your words.")).to_be_visible()
        assert _late(place) == [("objection", WORDS)]
        assert choice_of(place, vote) == ("concern" if secrecy == Secrecy.NAMED else None)

    def test_says_that_nothing_counts_where_nothing_was_stored_and_goes_when_it_was_read(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        context.set_offline(True)
        page.locator(".vote[value=agree]").click()
        heading(page, "Not sent yet")
        close(vote)
        context.set_offline(False)

        expect(_card(page)).to_contain_text("In this round no choice of yours counts.", timeout=2 * WAIT)
        page.reload()
        expect(_card(page)).to_contain_text(TOO_LATE, timeout=WAIT)
        _card(page).get_by_role("button", name="I have read it").click()
        expect(_card(page)).to_have_count(0)

    def test_is_not_called_too_late_when_only_its_answer_was_lost(
        self, context: BrowserContext, place: Place
    ) -> None:
        context.add_init_script(
            """(() => { const real = window.fetch; window.fetch = (url, options) => {
              const answer = real(url, options);
              return String(url).endsWith("/ballots") && !window.back
                ? answer.then(() => { throw new TypeError("lost"); }) : answer; }; })();"""
        )
        page = join(context, place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        page.locator(".vote[value=agree]").click()
        heading(page, "Not sent yet")
        stored = choice_of(place, vote)
        close(vote)
        page.evaluate("window.back = true")

        expect(_card(page)).to_contain_text(
            "We do not know whether this choice came in time.", timeout=2 * WAIT
        )
        assert stored == "agree"
        expect(_card(page).get_by_text(TOO_LATE)).to_have_count(0)


class TestTwoWindowsOfOnePhone:
    def test_the_newest_tap_wins_and_both_show_what_is_stored(
        self, context: BrowserContext, place: Place
    ) -> None:
        first = join(context, place)
        vote = make_round(place.room)
        heading(first, "Can you live with this?")
        second = context.new_page()
        second.goto(f"{place.address}/p/{place.room.code}")
        heading(second, "Can you live with this?")
        for value in ("agree", "concern", "agree"):
            first.locator(f".vote[value={value}]").click()
            expect(first.locator(".ask")).to_have_attribute("data-choice", value, timeout=WAIT)
        expect(second.locator("[data-chosen]")).to_have_text("agree", timeout=WAIT)
        second.evaluate("document.querySelector('.ask').dataset.sequence = 0")

        second.locator(".vote[value=objection]").click()
        for page in (first, second):
            expect(page.locator("[data-chosen]")).to_have_text("objection", timeout=WAIT)
            expect(page.locator(".vote[value=objection]")).to_have_attribute("aria-pressed", "true")

        assert choice_of(place, vote) == "objection"

    def test_a_tap_of_long_ago_does_not_win(self, context: BrowserContext, place: Place) -> None:
        page = join(context, place)
        person = me(place)
        vote = make_round(place.room)
        heading(page, "Can you live with this?")
        page.route("**/ballots", lambda route: route.abort())
        page.locator(".vote[value=agree]").click()
        heading(page, "Not sent yet")
        cast(vote, person, "concern")
        cast(vote, person, "objection")
        page.unroute("**/ballots")

        expect(page.locator("[data-chosen]")).to_have_text("objection", timeout=2 * WAIT)
        assert choice_of(place, vote) == "objection"

    def test_words_that_met_a_newer_vote_are_sent_once_more(
        self, context: BrowserContext, place: Place
    ) -> None:
        page = join(context, place)
        person = me(place)
        vote = make_round(place.room, secrecy=Secrecy.NAMED)
        heading(page, "Can you live with this?")
        _object(page)
        cast(vote, person, "objection")

        page.get_by_role("button", name="Send your objection").click()
        expect(page.locator("[data-reason-stored]:visible")).to_have_count(1, timeout=WAIT)

        with reading() as session:
            assert [ballot.reason for ballot in named_ballots(session, vote.round_id)] == [WORDS]


class TestByForms:
    """Without the script."""

    def test_words_that_met_a_closed_round_still_stand_there_and_can_be_sent_as_too_late(
        self, client: TestClient
    ) -> None:
        room = make_workshop(people=6)
        vote = make_round(room)
        close(vote)
        hold(client, room)
        about = {"round": vote.round_id, "item": vote.items[0], "choice": "objection", "reason": WORDS}

        refused = client.post(f"/p/{room.code}/ballots", data=about)
        sent = client.post(f"/p/{room.code}/late-words", data={**about, "request_id": "a"})
        again = client.post(f"/p/{room.code}/late-words", data={**about, "request_id": "a"}, headers=JSON)

        assert refused.status_code == 409
        assert f">{WORDS}</textarea>" in refused.text
        assert f'action="/p/{room.code}/late-words"' in refused.text
        assert (sent.status_code, 'id="sent"' in sent.text) == (200, True)
        assert again.json() == {"round": vote.round_id, "item": vote.items[0], "late": True}
        assert [row["text"] for row in rows_of(LateWords)] == [WORDS]

    def test_while_the_round_is_open_they_go_with_the_vote(self, client: TestClient) -> None:
        room = make_workshop(people=6)
        vote = make_round(room)
        hold(client, room)
        about = {"round": vote.round_id, "item": vote.items[0], "choice": "objection", "reason": WORDS}

        answer = client.post(f"/p/{room.code}/late-words", data=about, headers=JSON)

        assert (answer.status_code, answer.json()["error"]) == (409, "round_not_ready")
        assert rows_of(LateWords) == []
