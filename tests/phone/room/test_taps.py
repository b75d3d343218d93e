"""A finger that has just tapped: nothing moves under it, and the second touch of a double tap chooses nothing else."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from models.basics.words import RuleKind, Secrecy, Step
from models.drafting.views import own_proposals
from models.storage.database import reading
from models.tables import Participant
from models.voting.round_views import ballots_of, read_round
from tests.builders import Vote, make_principle, make_round, rows_of, take_room
from tests.phone.live_phone import WAIT, Place, add_somebody, double_tap, heading, join, me
from tests.waiting import until

LONG = (
    "Wij praten met mensen en niet over mensen: wie het aangaat, zit vanaf het begin aan tafel en krijgt na afloop "
    "te horen wat er is besloten, in gewone taal – ook wie Arabisch (العربية) of Tigrinya spreekt."
)
BY_METHOD: dict[str, dict[str, Any]] = {
    "consent": {},
    "consent, named": {"secrecy": Secrecy.NAMED},
    "gradients": {"method": "gradients", "rule": RuleKind.LEVEL, "level": "6", "tolerated": 1},
    "fist of five": {"method": "fist of five", "rule": RuleKind.SHARE_OF_VOTES, "share": 60},
    "score": {"method": "score", "rule": RuleKind.EVERY_GROUP, "share": 60},
    "statement": {"method": "statement", "rule": RuleKind.SHARE_OF_VOTES, "share": 60},
    "dots": {"method": "dots", "rule": RuleKind.TOP, "top": 1, "budget": 1},
}
SIZES = {1: (360, 640), 3: (430, 932)}
# Where everything that can be tapped stands in the window, down to the part that was tapped last.
PLACES = """(last) => [...document.querySelectorAll("main .vote, main [data-step], main .voices a")]
  .filter((one) => one.offsetParent)
  .filter((one) => one.compareDocumentPosition(document.querySelectorAll("main .ask")[last])
    !== Node.DOCUMENT_POSITION_PRECEDING)
  .map((one) => one.getBoundingClientRect())
  .map((box) => [box.x, box.y, box.width, box.height].map(Math.round))"""


def _open(place: Place, page: Page, terms: dict[str, Any], items: int) -> Vote:
    principles = [make_principle(place.room, text=LONG) for _item in range(items)]
    vote = make_round(place.room, principles=principles, **terms)
    expect(page.locator(".ask").first).to_be_visible(timeout=WAIT)
    # What has just come takes no tap yet.
    page.wait_for_timeout(600)
    return vote


def _go_on(page: Page, times: int) -> None:
    """Bring a later text into sight where they are asked one at a time."""
    for _time in range(times):
        page.locator("[data-turn='1']").click()
        page.wait_for_timeout(600)


def _middle(one: Locator) -> tuple[float, float]:
    # Not behind the bar at the foot.
    one.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _stored(vote: Vote, person: int) -> list[str | None]:
    with reading() as session:
        found = ballots_of(session, vote.round_id, person)
    return [found[item].choice if item in found else None for item in vote.items]


def _values(vote: Vote) -> list[str]:
    with reading() as session:
        return [choice.value for choice in read_round(session, vote.round_id).choices]


def _taps(page: Page, vote: Vote, item: int) -> list[tuple[Locator, str]]:
    """What can be tapped on one text in turn, with what is to be stored then."""
    ask = page.locator(".ask").nth(item)
    if ask.locator("[data-step]").count():
        return [
            (ask.get_by_label("One dot more"), "1"),
            (ask.get_by_label("One dot fewer"), "0"),
        ]
    values = _values(vote)
    # There and back, so that a place for words opens and shuts.
    order = [values[-1], values[0], values[len(values) // 2]]
    return [(ask.locator(f'.vote[value="{value}"]'), value) for value in order]


@pytest.mark.parametrize("items", SIZES)
@pytest.mark.parametrize("terms", BY_METHOD)
def test_nothing_moves_under_a_finger_and_a_double_tap_stores_what_was_tapped_first(
    context: BrowserContext, place: Place, terms: str, items: int
) -> None:
    page = join(context, place)
    person = me(place)
    vote = _open(place, page, BY_METHOD[terms], items)
    last = items - 1
    if terms != "dots":
        _go_on(page, last)

    page.set_viewport_size({"width": SIZES[items][0], "height": SIZES[items][1]})
    for turn, (choice, value) in enumerate(_taps(page, vote, last)):
        x, y = _middle(choice)
        before = page.evaluate(PLACES, last)
        page.mouse.click(x, y)
        page.wait_for_timeout((60, 150, 400)[turn])
        page.mouse.click(x, y)
        expect(page.locator(".ask").nth(last)).to_have_attribute("data-state", "stored", timeout=WAIT)
        page.wait_for_timeout(60)

        assert page.evaluate(PLACES, last) == before, value
        assert _stored(vote, person)[last] == value


def test_nothing_moves_when_an_answer_comes_late_or_not_at_all(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    vote = _open(place, page, {}, 3)
    add_somebody(page, "Oma Jó")
    person = me(place)
    page.set_viewport_size({"width": 360, "height": 640})
    page.wait_for_timeout(600)
    _go_on(page, 1)
    choice = page.locator(".ask").nth(1).locator(".vote[value=objection]")
    x, y = _middle(choice)
    context.set_offline(True)
    page.mouse.click(x, y)
    tapped = page.evaluate(PLACES, 2)

    expect(page.locator(".ask").nth(1)).to_have_attribute("data-state", "waiting", timeout=WAIT)
    waiting = page.evaluate(PLACES, 2)
    context.set_offline(False)
    expect(page.locator(".ask").nth(1)).to_have_attribute("data-state", "stored", timeout=WAIT)

    assert waiting == tapped
    assert page.evaluate(PLACES, 2) == tapped
    assert _stored(vote, person) == [None, "objection", None]


def test_a_double_tap_on_a_hand_leaves_it_raised_and_a_later_tap_lowers_it(
    context: BrowserContext, place: Place
) -> None:
    page = join(context, place)
    _open(place, page, {}, 1)
    page.locator(".vote[value=objection]").click()
    heading(page, "We have your vote")
    hand = page.get_by_role("button", name="I would rather say it myself")
    x, y = _middle(hand)

    double_tap(page, x, y, apart=250)
    expect(page.get_by_role("button", name="Lower my hand")).to_be_visible(timeout=WAIT)
    page.wait_for_timeout(500)
    raised = [row["hand_raised_at"] for row in rows_of(Participant) if row["id"] == me(place)]
    page.get_by_role("button", name="Lower my hand").click()
    expect(hand).to_be_visible(timeout=WAIT)

    assert raised != [None]
    assert [row["hand_raised_at"] for row in rows_of(Participant) if row["id"] == me(place)] == [None]


@pytest.mark.parametrize("pause", [150, 700])
def test_a_double_tap_on_send_proposal_sends_it_once_without_a_complaint(
    context: BrowserContext, place: Place, pause: int
) -> None:
    take_room(place.room, Step.DRAFT)
    page = join(context, place)
    page.fill("#text", "Één loket voor iedereen 🤝")
    x, y = _middle(page.get_by_role("button", name="Send proposal"))

    # By the page's clock no more passes than that.
    page.evaluate("(pause) => { const began = Date.now(); Date.now = () => began + pause; }", pause)
    double_tap(page, x, y, apart=pause)
    heading(page, "What you sent")
    page.wait_for_timeout(300)

    expect(page.locator("#problem")).to_have_count(0)
    with reading() as session:
        assert [own.text for own in own_proposals(session, me(place))] == ["Één loket voor iedereen 🤝"]


def test_an_empty_proposal_that_follows_nothing_is_told(context: BrowserContext, place: Place) -> None:
    take_room(place.room, Step.DRAFT)
    page = join(context, place)

    page.get_by_role("button", name="Send proposal").click()

    expect(page.locator("#problem")).to_be_visible(timeout=WAIT)


def test_the_keyboard_is_never_kept_waiting(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    person = me(place)
    vote = _open(place, page, {}, 1)

    for value in ("agree", "concern", "objection", "concern"):
        page.locator(f".vote[value={value}]").focus()
        page.keyboard.press("Enter")
    heading(page, "We have your vote")
    expect(page.locator("[data-chosen]")).to_have_text("agree, with a concern", timeout=WAIT)

    assert _stored(vote, person) == ["concern"]
    expect(page.locator(".vote[value=concern]")).to_be_focused()


def test_a_slow_network_is_not_called_no_network(context: BrowserContext, place: Place) -> None:
    context.clock.install()
    page = join(context, place)
    _open(place, page, {}, 1)
    answers: list[Route] = []
    page.route("**/ballots", lambda route: answers.append(route))
    page.evaluate(
        """() => { window.states = []; const ask = document.querySelector(".ask");
          new MutationObserver(() => window.states.push(ask.dataset.state))
            .observe(ask, { attributes: true, attributeFilter: ["data-state"] }); }"""
    )

    # By a clock that passes only these three and a half seconds.
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))
    page.locator(".vote[value=agree]").click()
    until(page, lambda: len(answers) == 1)
    page.clock.run_for(3_500)
    answers[0].continue_()
    heading(page, "We have your vote")

    assert "waiting" not in page.evaluate("window.states")
