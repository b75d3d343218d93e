"""A vote by every method on a phone: thumb-size choices, dots with a budget, the timer, one text at a time."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.testclient import TestClient

from models.basics.words import ObjectionAnswer, RuleKind, Step
from models.storage.database import reading
from models.storage.writing import write
from models.voting.after_reveal import answer_objection, show_reasons
from models.voting.round import one_more_minute, reveal_round, set_timer, show_item
from models.voting.round_views import ballots_of, read_round
from tests.accessibility import seen_in, violations
from tests.builders import LEADER, Room, Vote, cast, cast_all, close, make_round, make_workshop
from tests.phone.conftest import JSON, hold
from tests.phone.live_phone import WAIT, Place, add_somebody, heading, join, me

pytestmark = pytest.mark.both_databases

FIVE_DOTS: dict[str, Any] = {"method": "dots", "rule": RuleKind.TOP, "top": 1, "budget": 5}
TERMS: list[dict[str, Any]] = [
    {"method": "gradients", "rule": RuleKind.LEVEL, "level": "6", "tolerated": 1},
    {"method": "fist of five", "rule": RuleKind.SHARE_OF_VOTES, "share": 60},
    {"method": "score", "rule": RuleKind.EVERY_GROUP, "share": 60},
    {"method": "statement", "rule": RuleKind.SHARE_OF_VOTES, "share": 60},
]
QUESTIONS = {
    "gradients": "How much do you support this?",
    "fist of five": "How many fingers do you give this?",
    "score": "Which mark do you give this?",
    "statement": "Do you agree with this?",
    "dots": "Where do we begin?",
}


def _values(vote: Vote) -> list[str]:
    with reading() as session:
        return [choice.value for choice in read_round(session, vote.round_id).choices]


def _stored(place: Place, vote: Vote, person: int | None = None) -> dict[int, str]:
    with reading() as session:
        return {
            vote.items.index(item): ballot.choice
            for item, ballot in ballots_of(session, vote.round_id, person or me(place)).items()
        }


def _method(terms: dict[str, Any]) -> str:
    return str(terms["method"])


@pytest.mark.parametrize("terms", TERMS, ids=_method)
def test_one_tap_casts_a_reason_may_follow_and_the_result_comes_by_itself(
    context: BrowserContext, place: Place, terms: dict[str, Any]
) -> None:
    page = join(context, place)
    vote = make_round(place.room, **terms)
    heading(page, QUESTIONS[terms["method"]])
    worst = _values(vote)[-1]

    page.locator(f'.vote[value="{worst}"]').click()
    heading(page, "We have your vote")
    page.get_by_label("Why do you choose this?").fill("Te duur voor kleine clubs.")
    page.get_by_role("button", name="Send your words").click()
    expect(page.get_by_text("We have your words.").first).to_be_visible(timeout=WAIT)

    assert _stored(place, vote) == {0: worst}
    cast_all(vote, [(person, _values(vote)[0]) for person in place.room.people])
    close(vote)
    write(reveal_round, who=LEADER, round_id=vote.round_id)
    heading(page, "This is how we voted (7 votes)")
    assert page.locator(".bar").count() == len(_values(vote))


@pytest.mark.parametrize("terms", TERMS, ids=_method)
def test_a_choice_that_needs_no_reason_asks_none(
    context: BrowserContext, place: Place, terms: dict[str, Any]
) -> None:
    page = join(context, place)
    vote = make_round(place.room, **terms)
    heading(page, QUESTIONS[terms["method"]])

    page.locator(f'.vote[value="{_values(vote)[0]}"]').click()
    heading(page, "We have your vote")

    expect(page.locator("form.reason").first).to_be_hidden()
    page.locator(f'.vote[value="{_values(vote)[-1]}"]').click()
    expect(page.locator("form.reason").first).to_be_visible(timeout=WAIT)


class TestDots:
    def _open(self, context: BrowserContext, place: Place) -> tuple[Page, Vote]:
        page = join(context, place)
        vote = make_round(place.room, items=3, **FIVE_DOTS)
        heading(page, "Where do we begin?")
        return page, vote

    def test_are_put_and_taken_away_one_by_one_with_the_budget_in_sight(
        self, context: BrowserContext, place: Place
    ) -> None:
        page, vote = self._open(context, place)
        more, fewer = page.get_by_label("One dot more"), page.get_by_label("One dot fewer")

        for item in (0, 0, 1, 2, 2):
            more.nth(item).click()
        expect(page.locator("[data-budget]")).to_have_text("0 dots left")
        more.nth(1).click()
        expect(page.locator("[data-budget]")).to_have_text("You have used your 5 dots. Take one away first.")
        fewer.nth(0).click()
        more.nth(1).click()
        expect(page.locator(".dotted[data-state=stored]")).to_have_count(3, timeout=WAIT)
        page.reload()

        expect(page.locator("[data-budget]")).to_have_text("0 dots left")
        assert [page.locator("[data-dots-here]").nth(item).text_content() for item in range(3)] == [
            "1",
            "2",
            "2",
        ]
        assert _stored(place, vote) == {0: "1", 1: "2", 2: "2"}

    def test_put_without_network_wait_on_the_phone_and_go_by_themselves(
        self, context: BrowserContext, place: Place
    ) -> None:
        page, vote = self._open(context, place)

        context.set_offline(True)
        page.get_by_label("One dot more").nth(0).click()
        page.get_by_label("One dot more").nth(0).click()
        page.get_by_label("One dot more").nth(1).click()
        expect(page.locator(".dotted .kept").nth(0)).to_be_visible(timeout=WAIT)
        before = _stored(place, vote)
        context.set_offline(False)
        expect(page.locator(".dotted[data-state=stored]")).to_have_count(2, timeout=WAIT)

        assert before == {}
        assert _stored(place, vote) == {0: "2", 1: "1"}

    def test_of_another_phone_of_the_same_voter_count_in_the_budget(
        self, context: BrowserContext, place: Place
    ) -> None:
        page, vote = self._open(context, place)
        cast(vote, me(place), "5", item=2)

        page.get_by_label("One dot more").nth(0).click()

        expect(page.locator("#say")).to_contain_text("You have used your 5 dots.", timeout=WAIT)
        expect(page.locator("[data-dots-here]").nth(2)).to_have_text("5", timeout=WAIT)
        assert _stored(place, vote) == {2: "5"}

    def test_of_two_people_on_one_phone_are_a_budget_each(
        self, context: BrowserContext, place: Place
    ) -> None:
        page, vote = self._open(context, place)
        own = me(place)
        left, here = page.locator("[data-budget]"), page.locator("[data-dots-here]")
        page.get_by_label("One dot more").nth(0).click()
        page.get_by_label("One dot more").nth(0).click()
        expect(page.locator(".dotted[data-state=stored]")).to_have_count(1, timeout=WAIT)
        add_somebody(page, "Fatma")
        fatma = me(place)

        expect(left).to_have_text("5 dots left")
        context.set_offline(True)
        for _ in range(3):
            page.get_by_label("One dot more").nth(1).click()
        expect(left).to_have_text("2 dots left")
        page.get_by_role("link", name="Yourself").click()
        expect(left).to_have_text("3 dots left")
        assert here.all_text_contents() == ["2", "0", "0"]
        context.set_offline(False)
        expect(page.get_by_role("link", name="Fatma")).to_contain_text("1 of 3 answered", timeout=WAIT)
        page.get_by_role("link", name="Fatma").click()

        expect(left).to_have_text("2 dots left")
        assert here.all_text_contents() == ["0", "3", "0"]
        assert [_stored(place, vote, person) for person in (own, fatma)] == [{0: "2"}, {1: "3"}]

    def test_of_a_voice_that_were_put_elsewhere_are_shown_after_a_refusal(
        self, context: BrowserContext, place: Place
    ) -> None:
        page, vote = self._open(context, place)
        add_somebody(page, "Fatma")
        cast(vote, me(place), "5", item=2)

        page.get_by_label("One dot more").nth(0).click()

        expect(page.locator("#say")).to_contain_text("You have used your 5 dots.", timeout=WAIT)
        expect(page.locator("[data-dots-here]").nth(2)).to_have_text("5", timeout=WAIT)
        assert _stored(place, vote) == {2: "5"}

    def test_work_by_forms_alone(self, client: TestClient) -> None:
        room = make_workshop(people=6, step=Step.VOTE)
        vote = make_round(room, items=2, **FIVE_DOTS)
        hold(client, room)
        form = {"round": str(vote.round_id), "item": str(vote.items[0]), "choice": "5"}

        client.post(f"/p/{room.code}/ballots", data=form)
        page = client.get(f"/p/{room.code}").text
        refused = client.post(
            f"/p/{room.code}/ballots", data=form | {"item": str(vote.items[1]), "choice": "1"}
        )

        assert "0 dots left" in page
        assert refused.status_code == 409
        assert "You have used your 5 dots." in refused.text

    def test_too_many_are_refused_with_what_is_stored(self, client: TestClient) -> None:
        room, vote = self._put(client, "3")

        answer = client.post(
            f"/p/{room.code}/ballots",
            data={"round": str(vote.round_id), "item": str(vote.items[0]), "choice": "5"},
            headers=JSON,
        )

        assert answer.status_code == 409
        assert answer.json()["choice"] == "3"
        assert answer.json()["message"].startswith("You have used your 5 dots.")

    def _put(self, client: TestClient, dots: str) -> tuple[Room, Vote]:
        room = make_workshop(people=6, step=Step.VOTE)
        vote = make_round(room, items=2, **FIVE_DOTS)
        hold(client, room)
        cast(vote, room.people[0], dots)
        cast(vote, room.people[0], "2", item=1)
        return room, vote


def test_a_choice_inside_a_sentence_keeps_the_capital_of_i(client: TestClient) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = make_round(room, method="statement", rule=RuleKind.SHARE_OF_VOTES, share=60)
    hold(client, room)
    cast(vote, room.people[0], "disagree")

    english = client.get(f"/p/{room.code}", headers={"accept-language": "en"}).text
    dutch = client.get(f"/p/{room.code}", headers={"accept-language": "nl"}).text

    assert "<strong data-chosen>I disagree</strong>" in english
    assert 'data-name="I agree"' in english
    assert "<strong data-chosen>oneens</strong>" in dutch


def test_the_state_tells_method_budget_timer_and_the_text_that_is_shown(client: TestClient) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = make_round(room, items=2, minutes=2, is_one_at_a_time=True)
    hold(client, room)

    told = client.get(f"/p/{room.code}/state").json()["round"]
    close(vote)
    make_round(room, items=2, **FIVE_DOTS)
    dots = client.get(f"/p/{room.code}/state").json()["round"]

    assert (told["method"], told["budget"], told["shown_position"]) == ("consent", None, 1)
    assert told["ends_at"] is not None
    assert (dots["method"], dots["budget"], dots["ends_at"]) == ("dots", 5, None)
    assert [choice["value"] for choice in dots["choices"]] == ["0", "1", "2", "3", "4", "5"]


def test_the_timer_counts_down_is_prolonged_and_closes_nothing(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    # However slow the machine, it is seen within the minute in which it says so.
    vote = make_round(place.room, minutes=2)
    heading(page, "Can you live with this?")
    timer = page.get_by_role("timer")

    expect(timer).to_contain_text(re.compile(r"\b1:\d\d left to vote"), timeout=WAIT)
    write(one_more_minute, who=LEADER, round_id=vote.round_id)
    expect(timer).to_contain_text(re.compile(r"\b2:\d\d left to vote"), timeout=WAIT)
    page.clock.install()
    page.reload()
    page.clock.fast_forward("03:10")
    expect(timer).to_have_text("The time is up. You can vote until the round closes.")
    page.locator(".vote[value=agree]").click()
    page.clock.fast_forward("00:01")
    heading(page, "We have your vote")
    write(set_timer, who=LEADER, round_id=vote.round_id, minutes=None)

    assert _stored(place, vote) == {0: "agree"}


def test_one_text_at_a_time_follows_the_facilitator(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    vote = make_round(place.room, items=3, is_one_at_a_time=True)
    heading(page, "Can you live with this?")

    expect(page.locator("p.item")).to_have_text(["Principle 1."])
    page.locator(".vote[value=agree]").click()
    heading(page, "We have your vote")
    write(show_item, who=LEADER, round_id=vote.round_id, position=2)
    expect(page.locator("p.item")).to_have_text(["Principle 2."], timeout=WAIT)
    expect(page.get_by_text("Text 2 of 3")).to_be_visible()
    write(show_item, who=LEADER, round_id=vote.round_id, position=None)
    expect(page.locator("p.item")).to_have_count(3, timeout=WAIT)

    assert _stored(place, vote) == {0: "agree"}


def test_an_answer_to_an_objection_stands_under_it(client: TestClient) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    vote = make_round(room)
    cast_all(vote, [(person, "agree") for person in room.people[1:]])
    cast(vote, room.people[0], "objection", reason="Te duur.")
    close(vote)
    write(reveal_round, who=LEADER, round_id=vote.round_id)
    write(show_reasons, who=LEADER, round_id=vote.round_id, reason_ids=None)
    with reading() as session:
        (reason,) = read_round(session, vote.round_id).items[0].reasons
    write(answer_objection, who=LEADER, reason_id=reason.id, answer=ObjectionAnswer.CONVERSATION)
    hold(client, room)

    page = client.get(f"/p/{room.code}").text

    assert page.index("Te duur.") < page.index("We go on talking about this.")


def test_every_method_is_for_everybodys_eyes_and_thumbs(browser: Browser, place: Place) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    page = join(context, place)

    def look() -> None:
        page.wait_for_timeout(300)
        for way in seen_in(page, [(320, "light"), (390, "dark")]):
            assert violations(page) == [], way
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), way
            small = page.evaluate(
                "[...document.querySelectorAll('main button')].filter(b => b.offsetParent)"
                ".map(b => b.getBoundingClientRect()).filter(r => r.width < 48 || r.height < 48).length"
            )
            assert small == 0, way

    for terms in (*TERMS, FIVE_DOTS):
        vote = make_round(place.room, items=2, **terms)
        heading(page, QUESTIONS[terms["method"]])
        look()
        button = '[data-step="1"]' if terms["method"] == "dots" else ".vote:visible"
        page.locator(button).last.click()
        expect(page.locator(".ask[data-state=stored]")).to_have_count(1, timeout=WAIT)
        look()
        cast_all(vote, [(person, _values(vote)[1]) for person in place.room.people])
        close(vote)
        write(reveal_round, who=LEADER, round_id=vote.round_id)
        heading(page, "This is how the room voted")
        look()
    context.close()
