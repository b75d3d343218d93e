"""Several people use one phone, one after the other: what it keeps of one is neither sent nor shown as another's."""

import json

from playwright.sync_api import BrowserContext, Page, expect
from starlette.testclient import TestClient

from models.basics.words import Step
from models.drafting.views import own_proposals
from models.storage.database import reading
from models.storage.writing import write
from models.voting.round_views import ballots_of
from models.workshop.participant import make_personal_codes
from models.workshop.people import list_participants
from tests.builders import LEADER, Room, Vote, make_round, make_workshop, take_room
from tests.phone.conftest import JSON, hold
from tests.phone.live_phone import WAIT, Place, heading, join

DRAFT = "Wij leggen álles uit, ook op schrift 🙂"
STEP = "Ik bel mijn buurvrouw Fatıma"


def _badge(room: Room) -> str:
    (code,) = write(make_personal_codes, who=LEADER, workshop_id=room.workshop_id, count=1)
    return str(code)


def _code(room: Room, number: int) -> str:
    with reading() as session:
        return next(
            one.personal_code for one in list_participants(session, room.workshop_id) if one.number == number
        )


def _choice(room: Room, vote: Vote, number: int) -> str | None:
    with reading() as session:
        person = next(one for one in list_participants(session, room.workshop_id) if one.number == number)
        found = ballots_of(session, vote.round_id, person.id)
    return found[vote.items[0]].choice if found else None


def _come_in(context: BrowserContext, place: Place, code: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{place.address}/j/{place.room.code}/{code}")
    page.locator("[name=group]").last.check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("[data-online]")).to_be_visible(timeout=WAIT)
    return page


def test_a_waiting_vote_is_its_voters_alone_and_goes_when_that_person_is_back(
    context: BrowserContext, place: Place
) -> None:
    first, badge = join(context, place), _badge(place.room)
    vote = make_round(place.room)
    heading(first, "Can you live with this?")
    first.route("**/ballots", lambda route: route.abort())
    first.locator(".vote[value=objection]").click()
    heading(first, "Not sent yet")

    second = _come_in(context, place, badge)
    expect(second.locator("main")).to_have_attribute("data-me", "8", timeout=WAIT)
    expect(second.get_by_role("heading", name="Not sent yet")).to_be_hidden()
    # The window of who used this phone before is still open, and has its network back.
    first.unroute("**/ballots")
    with first.expect_navigation():
        first.evaluate("window.dispatchEvent(new Event('online'))")
    expect(first.locator("main")).to_have_attribute("data-me", "8", timeout=WAIT)

    assert (_choice(place.room, vote, 7), _choice(place.room, vote, 8)) == (None, None)
    back = _come_in(context, place, _code(place.room, 7))
    heading(back, "We have your vote")
    assert (_choice(place.room, vote, 7), _choice(place.room, vote, 8)) == ("objection", None)


def test_a_draft_and_a_first_step_are_their_writers_alone(context: BrowserContext, place: Place) -> None:
    first, badge = join(context, place), _badge(place.room)
    take_room(place.room, Step.DRAFT)
    first.locator("#text").fill(DRAFT)
    second = _come_in(context, place, badge)
    expect(second.locator("#text")).to_have_value("")
    first.close()
    take_room(place.room, Step.AGENDA)
    step = second.get_by_label("What do you do tomorrow?")
    step.fill("Van de tweede")
    second.get_by_role("button", name="Keep on this phone").click()
    expect(second.get_by_text("1 person wrote a first step.")).to_be_visible(timeout=WAIT)

    back = _come_in(context, place, _code(place.room, 7))
    mine = back.get_by_label("What do you do tomorrow?")
    expect(mine).to_have_value("")
    mine.fill(STEP)
    back.get_by_role("button", name="Keep on this phone").click()
    expect(back.get_by_text("2 people wrote a first step.")).to_be_visible(timeout=WAIT)
    back.goto(f"{place.address}/p/{place.room.code}?step=draft")

    expect(back.locator("#text")).to_have_value(DRAFT)
    back.close()
    again = _come_in(context, place, badge)
    expect(again.get_by_label("What do you do tomorrow?")).to_have_value("Van de tweede")


def test_what_an_earlier_version_kept_is_sent_as_nobodys(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    vote = make_round(place.room)
    waiting = {
        str(vote.items[0]): {
            "round": vote.round_id,
            "item": vote.items[0],
            "choice": "objection",
            "request_id": "from before",
            "sequence": 5,
        }
    }
    page.evaluate(
        "([key, votes, draft]) => { localStorage.setItem(key + '-votes', votes); "
        "localStorage.setItem(key + '-draft-principle', draft); }",
        [f"handslag-{place.room.code}", json.dumps(waiting), DRAFT],
    )

    page.reload()
    heading(page, "Can you live with this?")
    page.locator(".vote[value=agree]").click()
    heading(page, "We have your vote")
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_hidden()

    assert _choice(place.room, vote, 7) == "agree"
    page.goto(f"{place.address}/p/{place.room.code}?step=draft")
    expect(page.locator("#text")).to_have_value("")


def test_a_post_from_the_page_of_who_used_this_phone_before_is_stored_as_nobodys(client: TestClient) -> None:
    room = make_workshop(people=5)
    vote = make_round(room)
    hold(client, room)
    fields = {"round": str(vote.round_id), "item": str(vote.items[0]), "choice": "objection"}

    other = client.post(f"/p/{room.code}/ballots", data={**fields, "me": "2"}, headers=JSON)
    before = _choice(room, vote, 1)
    own = client.post(f"/p/{room.code}/ballots", data={**fields, "me": "1"}, headers=JSON)
    untold = client.post(f"/p/{room.code}/ballots", data={**fields, "me": ""}, headers=JSON)

    assert (other.status_code, other.json()["error"]) == (409, "another_person")
    assert "Type your personal code" in other.json()["message"]
    assert (before, own.status_code, untold.status_code) == (None, 200, 200)


def test_a_text_from_the_page_of_who_used_this_phone_before_is_not_shown_to_who_uses_it_now(
    client: TestClient,
) -> None:
    room = make_workshop(people=2)
    take_room(room, Step.DRAFT)
    hold(client, room)

    told = client.post(f"/p/{room.code}/proposals", data={"text": DRAFT, "me": "2"}, headers=JSON)
    page = client.post(f"/p/{room.code}/proposals", data={"text": DRAFT, "me": "2"})

    assert (told.status_code, told.json()["error"]) == (409, "another_person")
    assert (page.status_code, page.headers["location"]) == (303, f"/p/{room.code}")
    with reading() as session:
        assert own_proposals(session, room.people[0]) == []
