"""A whole evening at mixed tables: from the first phone that comes in to who chose each other, on every screen.

Sanne leads with one window, and the town hall's projector follows by its link. Fatma has a Dutch phone, Piet one
without JavaScript, أحمد one whose own language is Arabic; Joke comes when the first round goes on. Five others come by
plain requests. Two tables: of Fatma, Piet and أحمد two sit together in every round.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from models.storage import database as databases
from models.storage.database import reading
from models.storage.writing import write
from models.workshop.workshop import change_workshop, projector_token, read_workshop
from tests.browser.test_facilitator_pages import sign_in
from tests.builders import LEADER
from tests.builders.evening import make_evening
from tests.builders.workshop import HELD_ON
from tests.plain_phone import PlainPhone
from tests.serving import Server
from tests.waiting import PATIENCE, go_on, press

PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
PHONE: ViewportSize = {"width": 390, "height": 844}
SOUP, STEP = "Eén straattafel per maand, elke keer voor een andere deur 🍲", "Drie buren vragen"
BENCH = "Een bankje waar iedereen mag zitten: مقعد للجميع"
CONTACT = "fatma@voorbeeld.nl"
# Whether the wall ever said that there is no connection, also for a moment.
WATCHES = """() => {
  window.wasAway = false;
  new MutationObserver(() => { window.wasAway ||= Boolean(document.querySelector(".projector-away.is-away")); })
    .observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


@dataclass(frozen=True)
class Hall:
    """An evening that is prepared, with its server and the projector's link."""

    server: Server
    code: str
    groups: dict[str, int]
    projector: str

    @property
    def page(self) -> str:
        return f"{self.server.room_url}/p/{self.code}"


@pytest.fixture
def hall(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """Two rounds, tables of four."""
    server = Server(tmp_path / "hall", is_ready_made=True)
    data = server.folder / "data"
    data.mkdir(parents=True)
    shutil.copyfile(migrated_file, data / "handslag.db")
    monkeypatch.setenv("HANDSLAG_DATA", str(data))
    monkeypatch.delenv("HANDSLAG_KEY")
    databases.dispose()
    room = make_evening(0, table_size=4, rounds=2)
    write(
        change_workshop,
        who=LEADER,
        workshop_id=room.workshop_id,
        venue="Het Wijkhuis",
        held_on=HELD_ON,
        next_meeting_on=date(2027, 4, 11),
        needs_personal_code=False,
    )
    with reading() as session:
        link = projector_token(read_workshop(session, room.workshop_id))
    databases.dispose()
    server.start()
    yield Hall(server, room.code, room.groups, link)
    server.kill()


def comes_in(
    browser: Browser, hall: Hall, group: str, name: str, *, locale: str = "nl-NL", scripts: bool = True
) -> Page:
    """Return a phone that has come in."""
    context = browser.new_context(viewport=PHONE, locale=locale, java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{hall.server.room_url}/j/{hall.code}")
    page.locator("label.radio:has(input[name=group])", has_text=group).check()
    page.locator("#name").fill(name)
    page.locator("#join button.btn").first.click()
    page.wait_for_url(f"**/p/{hall.code}")
    return page


def sits_at(phone: Page) -> tuple[str, str]:
    """Return table and seat that a phone shows in the second round: nobody who sits is moved."""
    expect(phone.locator("main")).to_contain_text(re.compile("Ronde 2|Round 2"))
    table, seat = phone.locator(".mytable strong"), phone.locator(".mytable p")
    expect(seat).to_contain_text(re.compile(r"\d"))
    return table.inner_text(), re.sub(r"\D", "", seat.inner_text())


@pytest.mark.once
def test_an_evening_from_the_first_phone_to_who_chose_each_other(browser: Browser, hall: Hall) -> None:
    lead = sign_in(browser, hall.server)
    lead.goto(f"{hall.server.room_url}/lead/room?workshop={hall.code}")
    go_on(lead, "Begin de bijeenkomst")
    wall = browser.new_context(viewport=PROJECTOR, locale="nl-NL").new_page()
    wall.set_default_timeout(PATIENCE)
    wall.goto(f"{hall.server.room_url}/projector/{hall.projector}")
    screen = wall.locator(".projector")
    expect(screen).to_contain_text(hall.code)
    wall.evaluate(WATCHES)

    # Welcome.
    fatma = comes_in(browser, hall, "Bewoners", "Fatma Yıldız")
    piet = comes_in(browser, hall, "Gemeente", "Piet", scripts=False)
    ahmad = comes_in(browser, hall, "Moskee", "أحمد", locale="ar-MA")
    groups = [*hall.groups.values()]
    others = [PlainPhone(hall.server.url, hall.code, group=str(groups[place % 3])) for place in range(5)]
    expect(screen).to_contain_text("8 mensen")
    fatma.locator("#known-before").fill("3")
    fatma.locator("#known .btn").first.click()
    expect(fatma.locator("#known")).to_contain_text("Wij hebben het")
    for place, plain in enumerate(others):
        plain.post(f"/p/{hall.code}/known", asked="before", known=str(place))

    # Round 1, and somebody who comes late.
    go_on(lead, "Neem de zaal mee naar 1")
    press(lead, "divide")
    press(lead, "begin_round")
    for phone in (fatma, ahmad):
        expect(phone.locator(".mytable")).to_be_visible()
    expect(screen).to_contain_text("Ronde 1 van 2")
    joke = comes_in(browser, hall, "Bewoners", "Joke")
    expect(joke.locator(".mytable")).to_be_visible()
    expect(lead.locator(".table-cards .came")).to_contain_text("9")

    # Round 2, in which she is counted in.
    press(lead, "divide_again")
    expect(lead.locator(".st-key-divide_again")).to_have_count(0)
    press(lead, "begin_round")
    expect(screen).to_contain_text("Ronde 2 van 2")
    piet.reload()
    phones = (fatma, piet, ahmad)
    seats = [sits_at(phone) for phone in phones]
    sits_at(joke)
    press(lead, "show_question")
    expect(screen).to_contain_text("Kaart 1 van 3")

    # Harvest: the others of a table see what one of them typed, and support goes to another table.
    go_on(lead, "Neem de zaal mee naar 2")
    fatma.locator("#idea").fill(SOUP)
    fatma.locator("#first-step-of-idea").fill(STEP)
    fatma.locator("[data-part=idea] form .btn").click()
    expect(fatma.locator("[data-part=idea] .card")).to_contain_text(STEP)
    for plain in others:
        # Whoever sits where something was sent already is refused.
        with suppress(HTTPError):
            plain.post(f"/p/{hall.code}/ideas", text=BENCH, version="0")
    expect(lead.get_by_role("heading", level=1)).to_have_text("2 ideeën wachten op u.")
    expect(screen).not_to_contain_text(STEP)
    press(lead, "show_all_ideas")
    expect(screen).to_contain_text(STEP)
    expect(screen).to_contain_text(BENCH)
    expect(ahmad.locator(".ideas article")).to_have_count(2)
    piet.reload()
    piet.locator("[data-support-form] button").first.click()
    expect(piet.locator("[data-support-form] button").first).to_have_attribute("aria-pressed", "true")
    expect(screen).to_contain_text("1 steunt dit")

    # Whom to speak again: two who sat together choose each other, and أحمد, Piet or Fatma hears nothing of it.
    one, other = next(pair for pair in combinations(range(3), 2) if seats[pair[0]][0] == seats[pair[1]][0])
    for chooser, chosen in ((one, other), (other, one)):
        phones[chooser].goto(f"{hall.page}/again")
        phones[chooser].locator(f"input[name=again][value='2-{seats[chosen][1]}']").check(force=True)
        phones[chooser].locator("#contact").fill(CONTACT)
        phones[chooser].locator("form .btn").first.click()
        expect(phones[chooser].locator(".note[role=status]")).to_be_visible()
        phones[chooser].goto(hall.page)

    # The end.
    go_on(lead, "Neem de zaal mee naar 3")
    expect(screen).to_contain_text("Onze bubbels raken elkaar")
    for place, plain in enumerate(others):
        plain.post(f"/p/{hall.code}/known", asked="after", known=str(place + 3))
    press(lead, "close_answers")
    expect(screen).to_contain_text("Nu groeten wij er 5")
    go_on(lead, "Sluit de bijeenkomst af")
    press(lead, "end_now")
    expect(screen).to_contain_text("Dank u wel voor deze avond")
    expect(screen).to_contain_text("We komen terug op 11 april 2027")
    expect(screen).to_contain_text("Deze bijeenkomst is voorbij")
    expect(lead.locator(".go")).to_contain_text("Deze bijeenkomst is voorbij")
    for place, phone in enumerate(phones):
        if phone is piet:
            phone.reload()
        expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("Dank u wel|Thank you"))
        expect(phone.locator("#matches", has_text=CONTACT)).to_have_count(int(place in (one, other)))
    assert wall.evaluate("window.wasAway") is False
