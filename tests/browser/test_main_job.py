"""The main job: a facilitator takes a room from an empty database to a signed Word file, in one afternoon.

Everybody is in a browser of their own, at an address that is no secure context, as in a room: the facilitator with
four windows, the town hall's projector on its read-only link, Fatma on a Dutch phone whose network goes away in the
middle of voting, Tom on an English phone, and Piet on a phone without JavaScript. Nine others vote by plain requests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.plain_phone import PlainPhone
from tests.serving import Server
from tests.waiting import PATIENCE, go_on, press

LAPTOP: ViewportSize = {"width": 1366, "height": 900}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
PHONE: ViewportSize = {"width": 390, "height": 844}

ALLIANCE = "Alliantie Merenveld"
PURPOSE = "Iedereen in Merenveld kan meedoen en meebeslissen."
MUNICIPALITY, SCHOOL = "Gemeente Merenveld", "Poolse School Jaskółka"
FIRST_PROPOSAL = "Geen besluit over een groep zonder die groep aan tafel."
SECOND_PROPOSAL = "Praat mét ons, niet over ons 🙂"
FIRST_TEXT = "Wij nemen geen besluit over een groep zonder die groep aan tafel."
SECOND_TEXT = (
    "Wij nemen geen besluit over een groep zonder die groep aan tafel. Bij spoed: achteraf, binnen een week."
)
OBJECTION = "Bij spoed kan dit niet. Dan wacht iemand te lang op hulp."
CONCERN = "Wie beslist welke groepen er zijn?"
AGREEMENT = "Taalhulp aan het loket, op dinsdag en donderdag"
FIRST_STEP = "Gemeente en school maken samen een rooster"
MEASURE = "40 mensen per maand geholpen"
FROM_THE_FLOOR = "Elke nieuwe bewoner krijgt bezoek van een buur"
RESIDENT = "Fatma Yıldız"


class Facilitator:
    """Sanne at her laptop. Every step of the room has a window of its own."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.server = server
        self.context = browser.new_context(viewport=LAPTOP, locale="nl-NL", accept_downloads=True)
        self.context.set_default_timeout(PATIENCE)
        self.code = ""

    def window(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.server.room_url}/lead/{path}?workshop={self.code}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page


def fill(page: Page, key: str, text: str) -> None:
    field = page.locator(f".st-key-{key}").locator("input, textarea").first
    field.fill(text)
    field.press("Tab")


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


@pytest.fixture
def facilitator(browser: Browser, server: Server) -> Iterator[Facilitator]:
    sanne = Facilitator(browser, server)
    yield sanne
    sanne.context.close()


def phone_of(browser: Browser, *, locale: str, scripts: bool = True) -> Page:
    context = browser.new_context(viewport=PHONE, locale=locale, java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def join(page: Page, server: Server, code: str, group: str, name: str = "") -> None:
    page.goto(server.room_url)
    page.locator("#code").fill(code.lower())
    page.locator("#code").press("Enter")
    page.wait_for_url(f"**/j/{code}")
    page.get_by_label(group, exact=True).first.check()
    if name:
        page.locator("#name").fill(name)
    page.locator("form[action^='/j/'] button.btn").first.click()
    page.wait_for_url(f"**/p/{code}")


def vote(page: Page, choice: str) -> None:
    page.locator(f"button.vote[value={choice}]").click()


def received(page: Page) -> Locator:
    return page.locator(".note.got")


def test_from_an_empty_database_to_a_signed_word_file(
    browser: Browser, server: Server, facilitator: Facilitator, tmp_path: Path
) -> None:
    prepare_the_alliance(facilitator)
    windows = open_the_windows(browser, facilitator)
    projector = windows.projector
    fatma = phone_of(browser, locale="nl-NL")
    tom = phone_of(browser, locale="en-GB")
    piet = phone_of(browser, locale="nl-NL", scripts=False)
    others = welcome(browser, facilitator, windows, fatma, tom, piet)

    propose(windows.draft, projector, fatma, tom, piet)
    first_round(facilitator, projector, fatma, tom, piet, others)
    second_round(facilitator, projector, fatma, tom, piet, others)
    expect(windows.own_projector.locator(".projector")).to_contain_text("Aangenomen")
    make_agreements(windows.agree, projector, fatma)
    sign(browser, facilitator, projector, fatma)
    file = close_and_download(facilitator, projector, fatma, tmp_path)

    read_back(file)


def prepare_the_alliance(facilitator: Facilitator) -> None:
    page = facilitator.context.new_page()
    page.goto(facilitator.server.room_url + "/sign-in")
    page.get_by_label("Uw naam").fill("Sanne de Boer")
    page.locator("input[name=passphrase]").fill(facilitator.server.passphrase)
    page.locator("input[name=passphrase]").press("Enter")
    page.wait_for_url("**/lead/**")

    press(page, "make_alliance")
    fill(page, "new_name", ALLIANCE)
    fill(page, "new_place", "Merenveld")
    fill(page, "new_purpose", PURPOSE)
    fill(page, "new_contact", "Sanne de Boer, 06 12 34 56 78")
    fill(page, "new_partner_name_1", MUNICIPALITY)
    fill(page, "new_partner_person_1", "Bert Hoeksma")
    fill(page, "new_partner_name_2", SCHOOL)
    fill(page, "new_partner_person_2", "Jolanta Wójcicka")
    fill(page, "new_venue", "Het Wijkhuis")
    settled(page)
    press(page, "create_alliance")

    page.wait_for_url("**/prepare?workshop=*")
    found = re.search(r"workshop=(\w+)", page.url)
    assert found is not None
    facilitator.code = found.group(1)
    another = page.locator(".st-key-address_choice label").last
    another.click()
    fill(page, "address_typed", facilitator.server.room_url)
    expect(page.locator(".st-key-card_address")).to_contain_text(f"zaal.test:{facilitator.server.port}")
    page.close()


@dataclass
class Windows:
    """The facilitator's four windows, which stay open all afternoon, and the projector of the town hall."""

    room: Page
    own_projector: Page
    draft: Page
    agree: Page
    projector: Page


def open_the_windows(browser: Browser, facilitator: Facilitator) -> Windows:
    room = facilitator.window("room")
    go_on(room, "Begin de bijeenkomst")
    expect(room.locator(".steps .room")).to_contain_text("0 · zaal")
    link = room.locator(".st-key-card_projector").get_by_text(re.compile("/projector/")).first.inner_text()
    token = re.search(r"/projector/(\w+)", link)
    assert token is not None
    context = browser.new_context(viewport=PROJECTOR, locale="nl-NL")
    context.set_default_timeout(PATIENCE)
    projector = context.new_page()
    projector.goto(f"{facilitator.server.room_url}/projector/{token.group(1)}")
    expect(projector.locator(".projector")).to_contain_text(facilitator.code)
    return Windows(
        room=room,
        own_projector=facilitator.window("projector"),
        draft=facilitator.window("draft"),
        agree=facilitator.window("agree"),
        projector=projector,
    )


def welcome(
    browser: Browser, facilitator: Facilitator, windows: Windows, fatma: Page, tom: Page, piet: Page
) -> list[PlainPhone]:
    server, code = facilitator.server, facilitator.code
    join(fatma, server, code, "Bewoners")
    join(tom, server, code, "Bewoners", "Tom")
    join(piet, server, code, "Gemeenschappen")
    groups = groups_of(browser, server, code)
    others = [PlainPhone(server.url, code, group=groups["Bewoners"]) for _ in range(5)]
    others += [PlainPhone(server.url, code, group=groups["Gemeenschappen"]) for _ in range(4)]
    expect(windows.projector.locator(".projector")).to_contain_text("12 mensen")
    expect(windows.room.locator(".people")).to_contain_text("12")
    expect(tom.locator("html")).to_have_attribute("lang", "en")
    return others


def groups_of(browser: Browser, server: Server, code: str) -> dict[str, str]:
    """The groups that the join page offers, with the value that each sends."""
    page = phone_of(browser, locale="nl-NL")
    page.goto(f"{server.room_url}/j/{code}")
    labels = page.locator("label.radio:has(input[name=group])").all()
    groups = {label.inner_text(): label.locator("input").get_attribute("value") or "" for label in labels}
    page.context.close()
    return groups


def propose(draft: Page, projector: Page, fatma: Page, tom: Page, piet: Page) -> None:
    go_on(draft, "Neem de zaal mee naar 1")
    card = draft.locator(".st-key-card_proposals")
    fatma.locator("#text").fill(FIRST_PROPOSAL)
    fatma.locator("#send").click()
    expect(fatma.locator("#own")).to_contain_text(FIRST_PROPOSAL)
    expect(card).to_contain_text(FIRST_PROPOSAL)
    piet.reload()
    piet.locator("#text").fill(SECOND_PROPOSAL)
    piet.locator("#send").click()
    expect(piet.locator("#own")).to_contain_text(SECOND_PROPOSAL)
    expect(projector.locator(".projector")).not_to_contain_text(FIRST_PROPOSAL)

    # What came after the list was made waits for a press.
    press(draft, "put_below")
    expect(card).to_contain_text(SECOND_PROPOSAL)
    press(draft, "show_all_principle")
    expect(projector.locator(".projector")).to_contain_text(SECOND_PROPOSAL)
    tom.locator("article.card", has_text=FIRST_PROPOSAL).locator("[data-support-form] button").click()
    expect(draft.locator(".st-key-card_proposals")).to_contain_text("1 steun")

    for proposal in (FIRST_PROPOSAL, SECOND_PROPOSAL):
        draft.locator(".st-key-card_proposals label", has_text=proposal[:20]).first.click()
        settled(draft)
    wording = draft.locator(".st-key-card_wording textarea").first
    wording.fill(FIRST_TEXT)
    wording.press("Tab")
    settled(draft)
    press(draft, "word_together")
    expect(draft.locator("[class*=st-key-card_principle_]").first).to_contain_text(FIRST_TEXT)


def first_round(
    facilitator: Facilitator, projector: Page, fatma: Page, tom: Page, piet: Page, others: list[PlainPhone]
) -> None:
    page = facilitator.window("vote")
    press(page, "open_round")
    expect(projector.locator(".projector")).to_contain_text(FIRST_TEXT)

    fatma.locator("button.vote").first.wait_for()
    fatma.context.set_offline(True)
    vote(fatma, "objection")
    expect(fatma.locator(".note.kept")).to_be_visible()
    expect(received(fatma)).to_be_hidden()
    vote(tom, "agree")
    expect(received(tom)).to_contain_text("We have your vote")
    piet.reload()
    vote(piet, "concern")
    expect(received(piet)).to_contain_text("Uw stem is ontvangen")
    piet.locator("textarea[id^=reason-concern]").fill(CONCERN)
    piet.locator("form.reason.concern button.btn").first.click()
    expect(projector.locator("[data-count=voted]")).to_have_text("2")

    fatma.context.set_offline(False)
    expect(received(fatma)).to_be_visible()
    fatma.locator("textarea[id^=reason-objection]").fill(OBJECTION)
    fatma.locator("form.reason.objection button.btn").first.click()
    expect(fatma.locator("form.reason.objection [data-reason-stored]")).to_be_visible()
    for phone in others:
        phone.vote("agree")
    expect(projector.locator("[data-count=voted]")).to_have_text("12")

    expect(page.locator(".st-key-card_round")).to_contain_text("12")
    go_on(page, "Sluit de ronde")
    expect(projector.locator(".projector")).to_contain_text("1 bezwaar")
    expect(projector.locator(".projector")).not_to_contain_text(OBJECTION)
    expect(fatma.locator("main")).to_contain_text("Nog niet aangenomen")
    expect(tom.locator("main")).to_contain_text("Not adopted yet")
    settled(page)
    press(page, "objections_1")
    expect(tom.locator("main")).to_contain_text(OBJECTION)
    page.close()


def second_round(
    facilitator: Facilitator, projector: Page, fatma: Page, tom: Page, piet: Page, others: list[PlainPhone]
) -> None:
    page = facilitator.window("vote")
    page.get_by_label("De nieuwe tekst").fill(SECOND_TEXT)
    expect(page.locator(".difference ins").first).to_contain_text("Bij spoed")
    press(page, "again_1_says_button")
    page.get_by_label("Waarom verandert de tekst?").fill("Het bezwaar over spoed is verwerkt")
    settled(page)
    press(page, "again_1_save")
    expect(projector.locator(".projector")).to_contain_text("Bij spoed")

    fatma.locator("button.vote").first.wait_for()
    expect(fatma.locator("main")).to_contain_text("Bij spoed")
    vote(fatma, "agree")
    vote(tom, "agree")
    piet.reload()
    vote(piet, "concern")
    piet.locator("textarea[id^=reason-concern]").fill(CONCERN)
    piet.locator("form.reason.concern button.btn").first.click()
    for phone in others:
        phone.vote("agree")
    expect(projector.locator("[data-count=voted]")).to_have_text("12")
    go_on(page, "Sluit de ronde")
    expect(projector.locator(".projector")).to_contain_text("Aangenomen")
    page.locator("[class*=st-key-show_reason_] button").first.click()
    expect(tom.locator("main")).to_contain_text(CONCERN)
    page.close()


def make_agreements(agree: Page, projector: Page, fatma: Page) -> None:
    go_on(agree, "Neem de zaal mee naar 3")
    form = agree.locator(".st-key-card_agreement")
    form.get_by_label("Wat spreken wij af?").fill(AGREEMENT)
    form.get_by_label("Wat is de eerste stap?").fill(FIRST_STEP)
    form.get_by_label("Hoe zien wij dat het werkt?").fill(MEASURE)
    form.get_by_label("Wie is de trekker?").click()
    agree.get_by_role("option", name=MUNICIPALITY).click()
    form.locator("[data-testid=stButtonGroup] button").first.click()
    press(agree, "record_agreement")
    expect(agree.locator(".st-key-card_agreements")).to_contain_text(AGREEMENT)
    expect(agree.get_by_role("heading", level=1)).to_have_text("Laat Bert Hoeksma dit scannen.")
    expect(agree.locator(".st-key-card_owner .link-text")).to_contain_text("/s/")

    press(agree, "new_agreement")
    # Who types sees first that the form is a new one: that of the first agreement goes at the end of the drawing.
    expect(form.get_by_role("heading", name="Nieuwe afspraak")).to_be_visible()
    expect(form.get_by_label("Wat spreken wij af?")).to_have_count(1)
    form.get_by_label("Wat spreken wij af?").fill(FROM_THE_FLOOR)
    press(agree, "record_agreement")
    expect(agree.locator(".st-key-card_agreements")).to_contain_text(FROM_THE_FLOOR)
    press(agree, "show_agreements")
    expect(projector.locator(".projector")).to_contain_text(FROM_THE_FLOOR)

    card = fatma.locator("article.card", has_text=FROM_THE_FLOOR)
    # Two agreements stand open as they come: a tap on the text would fold this one.
    expect(card.locator("details.whole[open]")).to_have_count(1)
    card.locator("summary", has_text="Ik pak dit op").click()
    card.get_by_label("Uw naam").first.fill(RESIDENT)
    card.locator("button[id^=take-]").click()
    expect(card).to_contain_text(RESIDENT)
    expect(agree.locator(".st-key-card_agreements")).to_contain_text(RESIDENT)
    expect(projector.locator(".projector")).to_contain_text("een bewoner")
    agree.get_by_role("button", name="Toon de naam", exact=True).click()
    expect(projector.locator(".projector")).to_contain_text(f"{RESIDENT} (bewoner)")


def sign(browser: Browser, facilitator: Facilitator, projector: Page, fatma: Page) -> None:
    page = facilitator.window("sign")
    press(page, "next_meeting_ready")
    expect(page.locator(".st-key-asked_answered_next_meeting")).to_contain_text("Wij komen terug op")
    press(page, "freeze")
    press(page, "freeze_now")
    expect(page.locator(".st-key-card_version")).to_contain_text("Versie 1")
    expect(projector.locator(".projector")).to_contain_text("0 van 3")

    links = partner_links(facilitator)
    bert = phone_of(browser, locale="nl-NL")
    bert.goto(links[MUNICIPALITY])
    bert.get_by_label("Ik teken", exact=True).check()
    draw(bert)
    bert.locator("form.sign > button.btn").click()
    expect(bert.locator("main")).to_contain_text("U hebt getekend")

    jolanta = phone_of(browser, locale="en-GB")
    jolanta.goto(links[SCHOOL])
    jolanta.get_by_label("I sign, with a reservation").check()
    expect(jolanta.locator("#reservation")).not_to_have_value("")
    jolanta.locator("form.sign > button.btn").click()
    expect(projector.locator(".projector")).to_contain_text("2 van 3")

    row = page.locator("[class*=st-key-partner_row_]", has_text=RESIDENT)
    row.get_by_role("button", name="Teken hier").click()
    page.get_by_label("Naam").first.fill(RESIDENT)
    page.locator("[class*=st-key-sign_here_][class*=_save] button").click()
    expect(projector.locator(".projector")).to_contain_text("3 van 3")
    page.close()


def partner_links(facilitator: Facilitator) -> dict[str, str]:
    """The personal links, as the facilitator's page shows them."""
    page = facilitator.window("sign")
    links = {}
    for name in (MUNICIPALITY, SCHOOL):
        row = page.locator("[class*=st-key-partner_row_]", has_text=name)
        row.locator("[class*=st-key-scan_] button").first.click()
        link = row.get_by_text(re.compile(r"/s/\w+")).first
        found = re.search(r"http\S+/s/\w+", link.inner_text())
        assert found is not None
        links[name] = found.group(0)
    page.close()
    return links


def draw(page: Page) -> None:
    pad = page.locator("canvas.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    for place in range(1, 12):
        page.mouse.move(box["x"] + 30 + 20 * place, box["y"] + 40 + 25 * (place % 2))
    page.mouse.up()


def close_and_download(facilitator: Facilitator, projector: Page, fatma: Page, tmp_path: Path) -> Path:
    page = facilitator.window("sign")
    page.get_by_role("button", name="Sluit het tekenen", exact=False).first.click()
    press(page, "close_signing_now")
    expect(page.locator(".st-key-card_version")).to_contain_text("gesloten")
    page.close()

    page = facilitator.window("agenda")
    go_on(page, "Neem de zaal mee naar 5")
    expect(projector.locator(".projector")).to_contain_text("Dank u wel")
    expect(fatma.locator("main")).to_contain_text("Mijn eerste stap")
    button = page.locator(".st-key-download_partners a")
    with page.expect_download() as download:
        button.click()
    path = tmp_path / "agenda.docx"
    download.value.save_as(path)
    page.close()
    return path


def read_back(file: Path) -> None:
    document = Document(str(file))
    text = "\n".join(
        [paragraph.text for paragraph in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )

    typed = (
        PURPOSE,
        "Het Wijkhuis",
        SECOND_TEXT,
        FIRST_PROPOSAL,
        SECOND_PROPOSAL,
        CONCERN,
        AGREEMENT,
        FIRST_STEP,
        MEASURE,
        FROM_THE_FLOOR,
        MUNICIPALITY,
        SCHOOL,
        RESIDENT,
        "Bert Hoeksma",
        "Jolanta Wójcicka",
    )
    assert [words for words in typed if words not in text] == []
    assert "Alliantieagenda Merenveld" in text
    drawn = [
        shape
        for shape in document.inline_shapes
        if "Bert Hoeksma" in (shape._inline.docPr.get("descr") or "")
    ]
    assert len(drawn) == 1
