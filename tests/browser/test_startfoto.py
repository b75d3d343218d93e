"""The startfoto in a real browser: marking in a note by the keys, and pages for everybody's ears and eyes."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_facilitator_pages import ENGLISH, IS_DUTCH, lasting_violations, sign_in
from tests.serving import Server, running
from tests.waiting import PATIENCE, lead_page_stands, still, until

CARDS_HAVE_ROOM = """() => [...document.querySelectorAll(
  '[data-testid=stColumn]:has([class*="st-key-card_"])'
)].every((column) => !column.offsetParent || column.offsetWidth >= innerWidth / 2)"""
PAGES = [
    "startfoto?",
    "startfoto?source=1&",
    "picture?",
    "conclusions?",
    "second_photo?",
    "plan?",
    "plan?show=change&",
    "plan?show=map&",
]
NEXT_FRAME = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def town_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int]]:
    """A server with the example's startfoto, and the number of its alliance."""
    with running(tmp_path_factory.mktemp("startfoto")) as server:
        made = json.loads(server.manage("example", "--block", "startfoto").splitlines()[-1])
        yield server, made["alliance"]


@pytest.fixture(scope="module")
def window(browser: Browser, town_hall: tuple[Server, int]) -> Iterator[Page]:
    """The facilitator's window, signed in, in Dutch."""
    page = sign_in(browser, town_hall[0])
    yield page
    page.context.close()


def opened(window: Page, town_hall: tuple[Server, int], path: str) -> Page:
    server, alliance = town_hall
    window.goto(f"{server.room_url}/lead/{path}alliance={alliance}")
    lead_page_stands(window)
    return window


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_for_axe_speaks_dutch_and_fits_a_phone(
    window: Page, town_hall: tuple[Server, int], path: str
) -> None:
    page = opened(window, town_hall, path)

    page.wait_for_function(IS_DUTCH, arg=ENGLISH, timeout=PATIENCE)

    assert lasting_violations(page) == []
    expect(page.locator("h1:visible")).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    width = "document.querySelector('[data-testid=stMain]').scrollWidth"
    until(page, lambda: page.evaluate(width), lambda found: found <= 390)
    # A laptop with letters of twice the size: no card is so narrow that it breaks words apart.
    page.set_viewport_size({"width": 683, "height": 768})
    until(page, lambda: page.evaluate(CARDS_HAVE_ROOM))
    until(page, lambda: page.evaluate(width), lambda found: found <= 683)
    page.set_viewport_size({"width": 1366, "height": 768})


# A second time the note would hold the mark of the first.
@pytest.mark.once
def test_words_are_marked_by_the_keys_stand_there_at_once_and_the_mark_is_undone(
    window: Page, town_hall: tuple[Server, int]
) -> None:
    page = opened(window, town_hall, "startfoto?source=1&")
    note, tags = page.locator(".note-text"), page.locator(".note-text .tag")
    expect(tags).to_have_count(4, timeout=PATIENCE)
    note.focus()
    note.press("Control+End")
    for _ in range(4):
        note.press("Control+Shift+ArrowLeft")
    expect(page.locator(".note-line")).to_have_text("“kost toch niets.”")

    note.press("Enter")
    expect(page.locator(".note-bar input")).to_be_focused()
    page.keyboard.type("ta")
    expect(page.locator(".note-chip")).to_have_text(["Taal", "nog geen thema"])
    page.keyboard.press("Enter")

    expect(tags).to_have_count(5)
    expect(note).to_be_focused()
    expect(page.locator("blockquote.quote")).to_have_text("“kost toch niets.”", timeout=PATIENCE)
    page.locator("[class*=st-key-undo_] button").click()
    expect(tags).to_have_count(4, timeout=PATIENCE)


def test_nothing_can_be_typed_into_a_note_and_a_quote_opens_by_a_press(
    window: Page, town_hall: tuple[Server, int]
) -> None:
    page = opened(window, town_hall, "startfoto?source=1&")
    note = page.locator(".note-text")
    expect(page.locator(".note-text .tag")).to_have_count(4, timeout=PATIENCE)
    before = note.inner_text()
    note.focus()

    page.keyboard.type("gelekt")
    page.locator(".note-text .tag").nth(1).click()

    expect(page.locator("blockquote.quote")).to_have_text(
        "“Ik heb hem drie keer gelezen en toen weggelegd.”", timeout=PATIENCE
    )
    assert note.inner_text() == before


def test_an_empty_place_in_the_matrix_begins_an_interview_on_that_side(
    window: Page, town_hall: tuple[Server, int]
) -> None:
    page = opened(window, town_hall, "startfoto?")

    page.locator("button.cell.none[data-side=communities]").first.click()

    expect(page.get_by_role("combobox", name="Van welke kant?")).to_have_value(
        "Gemeenschappen", timeout=PATIENCE
    )


def test_the_buttons_below_the_evidence_stay_where_they_are_as_the_field_loses_the_focus(
    window: Page, town_hall: tuple[Server, int]
) -> None:
    page = opened(window, town_hall, "conclusions?")
    page.get_by_label("Nieuwe conclusie").fill("Brieven zijn te lang.")
    page.get_by_label("Nieuwe conclusie").press("Tab")
    page.get_by_role("button", name="Schrijf de conclusie").click()
    expect(page.locator("h2.lead")).to_have_text("Brieven zijn te lang.", timeout=PATIENCE)
    still(page)
    field = page.get_by_role("combobox", name="Leg er bevindingen naast")
    button = page.locator("button", has_text="Deze zeggen het tegendeel")
    field.focus()
    # It scrolls there, and a list closes at whatever scrolls: that is told in the next frame, on a slow machine later.
    page.evaluate(NEXT_FRAME)
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible(timeout=PATIENCE)
    field.press("Enter")
    field.press("Escape")
    still(page)
    expect(field).to_be_focused()
    before = button.bounding_box()

    field.evaluate("field => field.blur()")
    still(page)

    assert button.bounding_box() == before
