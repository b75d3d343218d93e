"""Text is cleaned once, at the door."""

import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import TextMissing, TextTooLong
from models.text import cleaned, one_line, optional_text, required_text

ANY_TEXT = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Cafe\u0301", "Café"),
        ("één\x00 twee\x07", "één twee"),
        ("regel één\r\nregel twee\rregel drie", "regel één\nregel twee\nregel drie"),
        ("  veel   ruimte \t hier  ", "veel ruimte hier"),
        ("een\n\n\n\n\ntwee", "een\n\ntwee"),
        ("los \ud83d deel", "los deel"),
        ("naar \u202elinks\u202c", "naar links"),
        ("geen\ufffe teken", "geen teken"),
        ("\ue000 eigen teken", "eigen teken"),
        ("   \n \t ", ""),
    ],
)
def test_what_cannot_be_printed_is_removed(raw: str, kept: str) -> None:
    assert cleaned(raw) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Samen eten 🍲",
        "een gezin 👩‍👩‍👦‍👦 is één teken",
        "een hand 🫶🏽 met een huidskleur",
        "een vlag 🏳️‍🌈 met een verbinding",
        "نريد أن نلتقي بجيراننا",
        "می‌خواهم",
        "Ελληνικά, Українська, 中文, ትግርኛ",
        "regel één\nregel twee",
    ],
)
def test_every_language_and_emoji_stays_as_it_was_typed(text: str) -> None:
    assert cleaned(text) == text


def test_an_emoji_that_is_younger_than_this_python_stays() -> None:
    assert cleaned("dank u 🫨🫩") == "dank u 🫨🫩"


@pytest.mark.parametrize("raw", ["", None, "  \n ", "\x00\x01", "\u200b\u200d", "\ufeff"])
def test_text_that_nobody_can_see_is_missing(raw: str | None) -> None:
    with pytest.raises(TextMissing) as missing:
        required_text(raw, field="text", limit=400)

    assert missing.value.field == "text"


def test_a_text_may_be_as_long_as_its_limit_and_not_longer() -> None:
    assert required_text("é" * 400, field="text", limit=400) == "é" * 400
    with pytest.raises(TextTooLong) as refused:
        required_text("é" * 401, field="text", limit=400)

    assert (refused.value.field, refused.value.limit, refused.value.length) == ("text", 400, 401)


def test_length_is_counted_after_cleaning() -> None:
    assert optional_text("e\u0301" * 400 + "\x00" * 50, field="text", limit=400) == "é" * 400


def test_an_optional_text_may_be_empty() -> None:
    assert optional_text(None, field="reason", limit=400) == ""
    assert one_line("  ", field="role", limit=80, is_required=False) == ""


def test_a_name_stands_on_one_line() -> None:
    assert one_line(" Zoë\n van\tden  Berg ", field="name", limit=80) == "Zoë van den Berg"


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    assert cleaned(cleaned(raw)) == cleaned(raw)


@given(ANY_TEXT)
def test_a_cleaned_text_can_stand_in_a_database_in_xml_and_in_word(raw: str) -> None:
    text = cleaned(raw)

    assert text == unicodedata.normalize("NFC", text)
    assert text == text.strip()
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\x00" not in text
    element = ElementTree.Element("text")
    element.text = text
    assert (ElementTree.fromstring(ElementTree.tostring(element, "unicode")).text or "") == text


@given(ANY_TEXT)
def test_a_line_never_breaks(raw: str) -> None:
    assert len(one_line(raw, field="name", limit=1000, is_required=False).splitlines()) <= 1
