"""A phone counts the characters of a text as the server does, and nothing is cut off."""

import pytest
from playwright.sync_api import BrowserContext, expect

from models.basics.text import STATEMENT_LIMIT, cleaned
from models.basics.words import Step
from tests.builders import take_room
from tests.phone.live_phone import WAIT, Place, heading, join

BENGALI = "আমরা বড় বাড়ি, পাড়ায় সবাই মিলে খাই। "
TEXTS = [
    "Samen eten",
    "  veel   ruimte \n\n\n\n hier \t ",
    "Cafe\u0301 Zoe\u0308, tre\u0300s bien",
    "een gezin 👩‍👩‍👦‍👦, een hand 🫶🏽, een vlag 🇳🇱",
    "نريد أن نلتقي بجيراننا",
    (BENGALI * 12)[:395],
    "👍🏽" * 201,
    "é" * 401,
]


def test_browser_and_server_count_the_same(context: BrowserContext, place: Place) -> None:
    page = join(context, place)
    take_room(place.room, Step.DRAFT)
    heading(page, "What is important to us here?")
    counter = page.locator("#left")

    for text in TEXTS:
        page.locator("#text").fill(text)
        left = STATEMENT_LIMIT - len(cleaned(text))
        word = "character" if abs(left) == 1 else "characters"
        said = f"{left} {word} left" if left >= 0 else f"Too long: {-left} too many"
        expect(counter).to_have_text(said, timeout=WAIT)
        # The whole of it still stands there.
        assert page.locator("#text").input_value() == text


@pytest.mark.parametrize("path", ["/", "/sign-in", "/check"])
def test_no_field_cuts_a_text_inside_a_character(context: BrowserContext, place: Place, path: str) -> None:
    page = context.new_page()
    page.goto(place.address + path)

    assert page.locator("[maxlength]").count() == 0
