"""The frame of who leads where something is the matter, and the message at the foot that undoes what was just done."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session

from models.basics.keys import new_token
from models.basics.words import Door, Step
from models.joining.joining import join
from models.storage import database as databases
from models.storage.writing import write
from models.tables import Participant
from models.workshop.participant import raise_hand
from models.workshop.workshop import count_heads, end_workshop, set_door, take_room_to
from tests.accessibility import AA, violations
from tests.browser.test_facilitator_pages import opened, sign_in
from tests.browser.test_frame import MAIN
from tests.builders import LEADER, Room, make_principle, make_proposal, make_round, make_workshop
from tests.dead_spot import dead_spot
from tests.plain_phone import PlainPhone
from tests.serving import Server, running
from tests.waiting import PATIENCE, at_change, still, takes_a_press, told_at_change, until
from tests.waiting import at_rest as rests

# Presses that come too soon or too late, and messages that leave by themselves.
pytestmark = pytest.mark.once

OTHER = "Joost Bakker"
LONG_NAME = "Marie-Louise van der Steenhoven-Oudekerk en familie Abdulrahman al-Khatib jr 🌿🌿🌿"
TOAST = "[class*=st-key-told_]"
# The message of what another did goes by itself: its place beside one's own is looked at as soon as both stand.
BESIDE_OR_ABOVE = """(note) => {
  note.stoodApart = false;
  const look = () => {
    const own = document.querySelector('[class*="st-key-told_"]');
    if (own && note.textContent && !note.hidden) {
      const one = own.getBoundingClientRect(), other = note.getBoundingClientRect();
      note.stoodApart = one.right <= other.left || other.bottom <= one.top;
    }
    if (!note.stoodApart) requestAnimationFrame(look);
  };
  look();
}"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a meeting: each test makes its own."""
    with running(tmp_path_factory.mktemp("states")) as server:
        yield server


@pytest.fixture
def server(hall: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The same; actions of this process go to its database."""
    monkeypatch.setenv("HANDSLAG_DATA", str(hall.folder / "data"))
    monkeypatch.delenv("HANDSLAG_KEY")
    databases.dispose()
    yield hall
    databases.dispose()


@pytest.fixture(scope="module")
def window(browser: Browser, hall: Server) -> Iterator[Page]:
    page = sign_in(browser, hall)
    yield page
    page.context.close()


def at(page: Page, server: Server, room: Room, path: str) -> Page:
    return opened(page, (server, room.code), path)


def test_the_message_at_the_foot_moves_nothing_is_said_once_and_reached_by_keyboard(
    window: Page, server: Server
) -> None:
    room = make_workshop(people=3, step=Step.DRAFT)
    for text in ("Zebrapad bij de school", "Elke maand samen eten"):
        make_proposal(room, text=text)
    page = at(window, server, room, "draft")
    # How long it stays is the next test's: here it waits, also for a machine that is slow to look at it.
    page.add_style_tag(content=f"{TOAST} {{ animation-play-state: paused !important }}")
    still(page)
    before = page.evaluate(f"{MAIN}.scrollTop")

    page.locator("[class*=st-key-hide_] button").first.click()

    toast = page.locator(TOAST)
    expect(toast).to_contain_text("Overal verborgen", timeout=PATIENCE)
    rests(page)
    # It lies within the last 64 pixels of the window.
    box = "box => [box.getBoundingClientRect().top, box.getBoundingClientRect().bottom]"
    until(page, lambda: toast.evaluate(box), lambda found: found[0] >= 768 - 64 and found[1] <= 768)
    assert page.evaluate(f"{MAIN}.scrollTop") == before
    expect(page.get_by_role("status").filter(has_text="Overal verborgen")).to_have_count(1)
    assert [broken for broken in violations(page, AA) if "told_" in str(broken)] == []
    undo = toast.get_by_role("button", name="Maak ongedaan")
    page.locator("h1").first.click()
    for _ in range(40):
        page.keyboard.press("Tab")
        if undo.evaluate("button => button === document.activeElement"):
            break
    expect(undo).to_be_focused()

    page.keyboard.press("Enter")

    expect(toast).to_contain_text("Ongedaan gemaakt", timeout=PATIENCE)
    expect(page.get_by_text("Verborgen", exact=True)).to_have_count(0, timeout=PATIENCE)
    rests(page)


def test_it_leaves_after_ten_seconds_and_stays_while_the_pointer_or_the_focus_is_on_it(
    window: Page, server: Server
) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    make_proposal(room, text="Zebrapad bij de school")
    page = at(window, server, room, "draft")
    page.locator("[class*=st-key-hide_] button").first.click()
    toast = page.locator(TOAST)
    expect(toast).to_contain_text("Overal verborgen", timeout=PATIENCE)
    rests(page)
    # An animation that waits: ten seconds go by at once.
    goes = "toast => toast.getAnimations().find((one) => one.animationName === 'told-leaves')"
    state = f"toast => ({goes})(toast).playState"
    jump = f"(toast, time) => {{ ({goes})(toast).currentTime = time; }}"

    # Begun anew: until here it was for the machine how much of the time is left.
    toast.evaluate(jump, 0)
    toast.hover()
    until(page, lambda: toast.evaluate(state) == "paused")
    toast.get_by_role("button").focus()
    page.mouse.move(700, 300)
    until(page, lambda: toast.evaluate(state) == "paused")
    toast.evaluate(jump, 9_999)
    expect(toast).to_be_visible()
    assert toast.evaluate(f"toast => ({goes})(toast).effect.getTiming().delay") == 10_000

    toast.evaluate(jump, 10_001)
    page.evaluate("document.activeElement.blur()")

    expect(toast).to_be_hidden()
    rests(page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    rests(page)
    page.goto(f"{server.room_url}/lead/events?workshop={room.code}")
    page.locator("[class*=st-key-row_undo_]").first.get_by_role("button").click()
    expect(page.locator(TOAST)).to_contain_text("Ongedaan gemaakt", timeout=PATIENCE)


def test_a_double_click_on_closing_does_not_take_the_room_on(window: Page, server: Server) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    make_round(room)
    page = at(window, server, room, "vote")
    go = page.locator(".go")
    expect(go).to_contain_text("Sluit de ronde", timeout=PATIENCE)
    takes_a_press(go)

    at_change(go, words="Neem de zaal mee naar 3")
    go.dblclick()
    expect(go).to_contain_text("Neem de zaal mee naar 3", timeout=PATIENCE)
    told_at_change(page, go)
    takes_a_press(go)
    still(page)

    expect(page.locator(".steps .room")).to_have_attribute("data-step", "vote")


def test_what_comes_next_after_a_result_is_the_next_text_and_its_form_comes_into_sight(
    window: Page, server: Server
) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    make_round(room)
    make_principles(room)
    page = at(window, server, room, "vote")
    go = page.locator(".go")
    expect(go).to_contain_text("Sluit de ronde", timeout=PATIENCE)
    takes_a_press(go)
    go.click()
    expect(go).to_contain_text("Door naar tekst 2 van 3", timeout=PATIENCE)
    still(page)
    takes_a_press(go)

    go.click()

    expect(page.locator(".st-key-open_round button")).to_be_focused(timeout=PATIENCE)
    expect(page.locator(".st-key-open_round button")).to_be_in_viewport()
    rests(page)


def make_principles(room: Room) -> None:
    for text in ("We steken veilig over.", "We eten samen."):
        make_principle(room, text=text)


def test_a_stream_that_a_proxy_holds_back_is_asked_for_instead(browser: Browser, server: Server) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    with dead_spot(server.port, holds_back=b"/live?") as way:
        behind = Server(server.folder, port=way.port)
        page = sign_in(browser, behind)
        at(page, behind, room, "draft")
        expect(page.locator("[data-cell=people]")).to_have_text("2 deelnemers", timeout=PATIENCE)

        PlainPhone(server.url, room.code, name="Fatoumata").post(f"/p/{room.code}/hand", on="1")
        make_proposal(room, text="Zebrapad bij de school", is_shown=False)

        expect(page.locator("[data-cell=hands]")).to_have_text("1 hand", timeout=PATIENCE)
        expect(page.locator("[data-cell=people]")).to_have_text("3 deelnemers", timeout=PATIENCE)
        expect(page.get_by_text("Zebrapad bij de school")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(".live")).not_to_have_attribute("data-away", "")
        page.context.close()


def test_after_sleep_the_bar_says_what_stands_now_and_an_older_press_is_refused(
    browser: Browser, server: Server
) -> None:
    room = make_workshop(people=6, step=Step.VOTE)
    make_round(room)
    with dead_spot(server.port) as way:
        behind = Server(server.folder, port=way.port)
        page = sign_in(browser, behind)
        page.context.clock.install()
        at(page, behind, room, "vote")
        go = page.locator(".go")
        expect(go).to_contain_text("Sluit de ronde", timeout=PATIENCE)
        PlainPhone(server.url, room.code, name="Fatoumata").post(f"/p/{room.code}/hand", on="1")
        expect(page.locator("[data-cell=hands]")).to_have_text("1 hand", timeout=PATIENCE)

        way.die()
        page.clock.fast_forward("01:00")
        page.clock.run_for(6_000)
        page.clock.fast_forward(12_000)
        expect(page.locator("[data-cell=people]")).to_have_text("Geen verbinding", timeout=PATIENCE)
        expect(page.locator("[data-cell=voices]")).to_contain_text("sinds")
        expect(go).to_have_attribute("aria-disabled", "true")
        way.revive()
        page.clock.run_for(12_000)

        expect(page.locator("[data-cell=people]")).not_to_have_text("Geen verbinding", timeout=PATIENCE)
        expect(go).to_have_attribute("aria-disabled", "false")
        page.context.close()


def test_a_press_that_was_drawn_before_another_facilitator_acted_is_refused_with_a_sentence(
    browser: Browser, server: Server
) -> None:
    room = make_workshop(people=6, step=Step.WELCOME)
    with dead_spot(server.port) as way:
        behind = Server(server.folder, port=way.port)
        page = sign_in(browser, behind)
        at(page, behind, room, "draft")
        go = page.locator(".go")
        expect(go).to_contain_text("Neem de zaal mee naar 1", timeout=PATIENCE)
        takes_a_press(go)

        way.die()
        write(take_room_to, who=OTHER, workshop_id=room.workshop_id, step=Step.AGREE)
        go.click()
        way.revive()

        expect(page.locator(".st-key-refusal")).to_contain_text("Er was net iets veranderd", timeout=PATIENCE)
        expect(page.locator(".steps .room")).to_have_attribute("data-step", "agree", timeout=PATIENCE)
        page.context.close()


def test_two_windows_of_the_projector_are_counted_and_the_bar_says_two(
    browser: Browser, window: Page, server: Server
) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    page = at(window, server, room, "draft")
    told = page.locator("[data-cell=projector]")
    expect(told).to_have_text("Geen beamer", timeout=PATIENCE)

    walls = [page.context.new_page() for _ in range(2)]
    for wall in walls:
        wall.goto(f"{server.room_url}/lead/projector?workshop={room.code}")
        expect(wall.locator(".projector")).to_be_visible(timeout=PATIENCE)
        wall.bring_to_front()
    page.bring_to_front()
    PlainPhone(server.url, room.code)

    expect(told).to_have_text("Beamer 2×", timeout=PATIENCE)
    for wall in walls:
        wall.close()


def test_more_voices_than_heads_and_who_waits_at_the_door_are_seen_in_the_cell_of_people(
    window: Page, server: Server
) -> None:
    room = make_workshop(people=6)
    page = at(window, server, room, "draft")
    people = page.locator(".people")
    expect(people).to_contain_text("6 deelnemers", timeout=PATIENCE)
    plain = people.evaluate("cell => getComputedStyle(cell).borderStyle")

    write(count_heads, who=LEADER, workshop_id=room.workshop_id, heads=4)
    expect(people).to_have_attribute("data-exceeds", "", timeout=PATIENCE)
    assert plain != "double"
    until(page, lambda: people.evaluate("cell => getComputedStyle(cell).borderTopStyle") == "double")
    write(set_door, who=LEADER, workshop_id=room.workshop_id, door=Door.ASKS)
    write(join, code=room.code, phone_token=new_token(), name=LONG_NAME)

    expect(page.locator("[data-cell=waiting]")).to_have_text("1 aan de deur", timeout=PATIENCE)
    until(page, lambda: people.evaluate("cell => cell.scrollHeight <= cell.clientHeight"))
    page.locator("[data-opens=hands]").click()
    door = page.locator("[data-list=hands] > div", has_text=LONG_NAME)
    expect(door).to_contain_text("deur")
    door.get_by_role("button").click()
    expect(page.locator("[data-cell=waiting]")).to_have_text("", timeout=PATIENCE)
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("width", "height"), [(1366, 768), (683, 384), (320, 640)], ids=["laptop", "200 %", "320 px"]
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_names_of_eighty_letters_break_nothing_at_any_size_in_either_language(
    browser: Browser, server: Server, width: int, height: int, language: str
) -> None:
    room = make_workshop(people=3, step=Step.VOTE)
    for person in room.people:
        write(_name, participant_id=person)
        write(raise_hand, participant_id=person, on=True)
    page = sign_in(browser, server, name=LONG_NAME)
    page.context.add_cookies([{"name": "language", "value": language, "url": server.room_url}])
    page.set_viewport_size({"width": width, "height": height})
    at(page, server, room, "draft")

    hands = {"nl": "3 handen", "en": "3 hands"}[language]
    expect(page.locator("[data-cell=hands]")).to_have_text(hands, timeout=PATIENCE)
    expect(page.locator("[data-cell=who]")).to_contain_text("+ 2")
    until(page, lambda: page.locator(".live").evaluate("bar => bar.scrollWidth <= bar.clientWidth"))
    until(page, lambda: page.evaluate(f"{MAIN}.scrollWidth <= {MAIN}.clientWidth"))
    page.locator("[data-opens=hands]").click()
    is_within = (
        "box => box.getBoundingClientRect().left >= 0 && box.getBoundingClientRect().right <= innerWidth"
    )
    until(page, lambda: page.locator("[data-list=hands]").evaluate(is_within))
    page.keyboard.press("Escape")
    write(take_room_to, who=LONG_NAME[::-1], workshop_id=room.workshop_id, step=Step.AGREE)
    note = page.locator("[data-cell=note]")
    expect(note).to_be_visible(timeout=PATIENCE)
    until(page, lambda: note.evaluate(is_within))
    until(page, lambda: page.evaluate(f"{MAIN}.scrollWidth <= {MAIN}.clientWidth"))
    page.context.close()


@pytest.mark.parametrize("width", [1366, 900, 390])
def test_what_one_did_oneself_and_what_another_did_stand_beside_or_above_each_other(
    window: Page, server: Server, width: int
) -> None:
    room = make_workshop(people=2, step=Step.DRAFT)
    make_proposal(room, text="Zebrapad bij de school")
    page = at(window, server, room, "draft")
    page.set_viewport_size({"width": width, "height": 768})
    page.locator("[class*=st-key-hide_] button").first.click()
    toast, note = page.locator(TOAST), page.locator("[data-cell=note]")
    expect(toast).to_contain_text("Overal verborgen", timeout=PATIENCE)
    # With the focus in it, it stays.
    toast.get_by_role("button").focus()
    note.evaluate(BESIDE_OR_ABOVE)

    write(take_room_to, who=OTHER, workshop_id=room.workshop_id, step=Step.VOTE)

    expect(note).to_contain_text(f"{OTHER}: ", timeout=PATIENCE)
    expect(toast).to_be_visible()
    until(page, lambda: note.evaluate("note => note.stoodApart"))
    page.set_viewport_size({"width": 1366, "height": 768})
    rests(page)


def _name(session: Session, *, participant_id: int) -> None:
    session.get_one(Participant, participant_id).name = LONG_NAME


def test_a_meeting_that_is_over_says_so_and_its_keys_steer_nothing(window: Page, server: Server) -> None:
    room = make_workshop(people=3, step=Step.WELCOME)
    page = at(window, server, room, "draft")
    expect(page.locator(".go")).to_contain_text("Neem de zaal mee naar 1", timeout=PATIENCE)

    write(end_workshop, who=OTHER, workshop_id=room.workshop_id)

    expect(page.locator(".go")).to_contain_text("Deze bijeenkomst is voorbij", timeout=PATIENCE)
    expect(page.locator("[data-cell=note]")).to_contain_text(
        f"{OTHER}: Bijeenkomst beëindigd", timeout=PATIENCE
    )
    expect(page.locator(".steps .room")).to_have_count(0)
    expect(page.locator(".go")).not_to_have_attribute("data-young", "")
    page.locator("h1").first.click()
    page.keyboard.press("n")
    page.keyboard.press("n")
    still(page)
    expect(page.locator(".go")).to_contain_text("Deze bijeenkomst is voorbij")


def test_arrows_turn_the_page_of_the_projector_each_press_and_none_while_one_types(
    browser: Browser, window: Page, server: Server
) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    for number in range(19):
        make_proposal(room, text=f"Voorstel {number} voor het plein", author=number % 6)
    page = at(window, server, room, "draft")
    told = page.locator(".st-key-projector_pages")
    expect(told).to_contain_text("bladzijde 1 van 4", timeout=PATIENCE)
    page.locator("h1").first.click()

    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("bladzijde 4 van 4", timeout=PATIENCE)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(told).to_contain_text("bladzijde 2 van 4", timeout=PATIENCE)
    text = page.get_by_label("Samen verwoord", exact=True)
    text.click()
    page.keyboard.type("soep")
    page.keyboard.press("ArrowLeft")
    still(page)

    expect(told).to_contain_text("bladzijde 2 van 4")
    text.fill("")
    text.blur()
    rests(page)
