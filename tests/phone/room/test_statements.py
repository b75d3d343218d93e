"""The statements of a startfoto on a phone: one by one, changed and skipped until the close, small for old phones."""

import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from playwright.sync_api import BrowserContext, expect
from starlette.testclient import TestClient

from models.basics.clock import today
from models.basics.words import Step
from models.photo.meeting import rank_points
from models.storage.writing import write
from models.voting.round import close_and_reveal
from models.workshop.workshop import end_workshop, take_room_to
from tests.accessibility import violations
from tests.builders import LEADER, cast, make_improvements
from tests.builders.photo import agreed, answers_of, come, make_photo, said
from tests.phone.conftest import JSON, hold
from tests.phone.live_phone import Place, join

TWELVE = tuple(
    f"Stelling {number}: ik kan meedoen met wat hier in de wijk georganiseerd wordt, مرحبا 🙂."
    for number in range(1, 13)
)


def test_a_phone_that_comes_by_link_goes_straight_to_the_statements(client: TestClient) -> None:
    photo = make_photo(until=today("Europe/Amsterdam") + timedelta(days=42))

    joined = client.post(f"/j/{photo.room.code}", data={"group": str(photo.room.groups["Gemeente"])})
    page = client.get(joined.headers["location"])

    assert page.text.count('class="ask"') == 3
    assert "Ik voel mij thuis waar ik woon." in page.text
    assert "Anonymous. Groups under 5 count together." in page.text
    assert "I don&#39;t know" in page.text
    assert "The round is on already" not in page.text


def test_a_phone_is_known_until_long_after_the_last_day(client: TestClient) -> None:
    photo = make_photo(until=today("Europe/Amsterdam") + timedelta(days=42))

    answered = client.get(f"/j/{photo.room.code}")

    kept = SimpleCookie(answered.headers["set-cookie"])
    assert [int(cookie["max-age"]) // 86_400 for cookie in kept.values()] == [72]


def test_an_answer_is_changed_and_taken_back_until_the_close(client: TestClient) -> None:
    photo = make_photo()
    come(photo, {"Bewoners": 5})
    hold(client, photo.room)
    sent = {"round": photo.vote.round_id, "item": photo.vote.items[0]}

    for choice in ("agree", "strongly disagree", "unknown"):
        stored = client.post(f"/p/{photo.room.code}/ballots", data={**sent, "choice": choice}, headers=JSON)
        assert stored.json()["choice"] == choice
    for person in photo.room.people[1:]:
        cast(photo.vote, person, "agree")
    write(close_and_reveal, who=LEADER, round_id=photo.vote.round_id)

    total = answers_of(photo).statements[0].total
    assert total is not None
    assert (total.people, said(total), agreed(total)) == (5, 4, 4)
    assert "The statements are closed" in client.get(f"/p/{photo.room.code}").text


@pytest.mark.parametrize("step", [Step.PICTURE, Step.CONCLUSIONS, Step.END])
def test_after_the_close_a_phone_goes_along_and_looks_back(client: TestClient, step: str) -> None:
    photo = make_photo()
    come(photo, {"Bewoners": 2})
    hold(client, photo.room)
    write(close_and_reveal, who=LEADER, round_id=photo.vote.round_id)
    write(take_room_to, who=LEADER, workshop_id=photo.room.workshop_id, step=step)

    assert client.get(f"/p/{photo.room.code}").status_code == 200
    back = client.get(f"/p/{photo.room.code}?step=statements")
    assert "The statements are closed" in back.text


def test_what_its_pages_need_comes_with_the_first_as_a_phone_goes_on_without_a_new_one(
    client: TestClient,
) -> None:
    """From step to step the script replaces what stands on a page, and never what belongs to the whole of it."""
    photo = make_photo()
    come(photo, {"Bewoners": 2})
    hold(client, photo.room)
    sheets = set()
    for step in (Step.STATEMENTS, Step.WELCOME, Step.PICTURE, Step.CONCLUSIONS, Step.END):
        if step == Step.WELCOME:
            write(close_and_reveal, who=LEADER, round_id=photo.vote.round_id)
        write(take_room_to, who=LEADER, workshop_id=photo.room.workshop_id, step=step)
        page = client.get(f"/p/{photo.room.code}").text
        sheets.add(re.findall(r'rel="stylesheet" href="([^"]+)"', page)[0])

    assert len(sheets) == 1
    sheet = client.get(sheets.pop()).text
    assert ".likert .vote{" in sheet and ".photo summary{" in sheet


def test_dots_are_put_on_points_and_then_the_meeting_is_over(client: TestClient) -> None:
    photo = make_photo()
    come(photo, {"Bewoners": 6})
    hold(client, photo.room)
    write(close_and_reveal, who=LEADER, round_id=photo.vote.round_id)
    points = [one.id for one in make_improvements(photo.room, ["Kortere brieven.", "Een tolk aan de balie."])]
    opened = write(rank_points, who=LEADER, baseline_id=photo.baseline_id, improvement_ids=points)

    page = client.get(f"/p/{photo.room.code}").text
    assert "Kortere brieven." in page and "data-dots" in page

    write(close_and_reveal, who=LEADER, round_id=opened.round_id)
    assert "What we conclude" in client.get(f"/p/{photo.room.code}").text
    write(end_workshop, who=LEADER, workshop_id=photo.room.workshop_id)
    assert "Thank you" in client.get(f"/p/{photo.room.code}").text


# As many choices as reach under the line at the foot, or under the bar where there is none.
TOLD_AS_MANY_AS_ARE_HIDDEN = """() => {
  const line = document.querySelector(".below"), foot = line.hidden ? document.querySelector(".nextbar") : line;
  const top = foot.getBoundingClientRect().top;
  const choices = [...document.querySelectorAll(".ask.here .vote")];
  const hidden = choices.filter((choice) => choice.getBoundingClientRect().bottom > top);
  return hidden.length === (line.hidden ? 0 : parseInt(line.textContent, 10));
}"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 640), (320, 640)])
def test_one_by_one_with_a_script_and_whoever_comes_back_goes_on(
    context: BrowserContext, place: Place, width: int, height: int
) -> None:
    photo = make_photo(texts=TWELVE[:3])
    page = join(context, Place(place.address, photo.room))
    page.set_viewport_size({"width": width, "height": height})
    expect(page.locator("#each b")).to_have_text("1 of 3")
    expect(page.locator(".ask:visible")).to_have_count(1)
    expect(page.locator(".ask:visible .theme")).to_have_text("Thuis voelen")
    page.wait_for_function(TOLD_AS_MANY_AS_ARE_HIDDEN)

    page.get_by_role("button", name="I agree").locator("visible=true").click()
    expect(page.locator(".ask.here .yours:visible")).to_have_text("Your choice, received")
    page.get_by_role("button", name="Next: number 2").click()
    expect(page.locator("#each b")).to_have_text("2 of 3")
    page.get_by_role("button", name="I don't know").locator("visible=true").click()
    expect(page.locator(".ask.here")).to_have_attribute("data-state", "stored")
    page.reload()

    expect(page.locator("#each b")).to_have_text("3 of 3")
    expect(page.locator(".done")).to_have_count(2)
    page.get_by_role("button", name="Strongly agree").locator("visible=true").click()
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#each b")).to_have_text("3 of 3. Thank you.")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
