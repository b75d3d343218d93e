"""Text is cleaned once, at the door."""

import unicodedata
from collections.abc import Callable
from time import thread_time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.basics.errors import InvalidValue, TextMissing, TextTooLong
from models.basics.text import (
    MOST_MARKS,
    cleaned,
    one_line,
    optional_text,
    request_name,
    required_text,
    shortened,
)

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


@pytest.mark.parametrize(
    "raw",
    [
        "\u3164",
        "\u2800\u2800",
        "\u0301",
        "\u115f\u1160",
        "\uffa0 \u3164",
        "\u200f\u0308",
        "\ufe0f",
        "\U0001d159",
    ],
)
def test_a_text_has_at_least_one_character_that_can_be_seen(raw: str) -> None:
    with pytest.raises(TextMissing):
        required_text(raw, field="text", limit=400)
    with pytest.raises(TextMissing):
        one_line(raw, field="name", limit=80)


def test_a_soft_break_of_a_word_processor_does_not_glue_words() -> None:
    assert cleaned("eten\x0bdelen\x0ckoken\x85buurt\u2028plein") == "eten\ndelen\nkoken\nbuurt\nplein"
    assert one_line("Zoë\x0bvan Dam", field="name", limit=80) == "Zoë van Dam"


def test_a_letter_carries_a_few_marks_and_no_heap() -> None:
    vietnamese, hebrew = "Nguyễn Thị Huế", "שָׁלוֹם"
    heap = "a" + "\u0316\u0301" * 60 + "b"

    assert cleaned(unicodedata.normalize("NFD", vietnamese)) == vietnamese
    assert cleaned(hebrew) == unicodedata.normalize("NFC", hebrew)
    assert sum(1 for sign in cleaned(heap) if unicodedata.combining(sign)) == MOST_MARKS
    assert cleaned(heap)[-1] == "b"


def test_a_heap_of_marks_takes_no_more_work_than_as_many_letters() -> None:
    letters, heap = "é" * 32_000, "a" + "\u0300" * 16_000 + "\u0316" * 16_000

    assert _work(lambda: cleaned(heap)) < 10 * _work(lambda: cleaned(letters))


def test_what_is_far_too_long_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr("models.basics.text.cleaned", looked_at.append)

    for check in (one_line, required_text, optional_text):
        with pytest.raises(TextTooLong) as refused:
            check("a" + "\u0300\u0316" * 62_000, field="name", limit=80)
        assert refused.value.length == 124_001

    assert looked_at == []


@pytest.mark.parametrize("wrong", ["x" * 65, "een\x00twee", "\ud83d", "regel\nregel"])
def test_the_name_of_a_request_can_be_stored_or_is_refused(wrong: str) -> None:
    assert request_name("3f2a-één") == "3f2a-één"
    assert request_name("") is None
    with pytest.raises(InvalidValue):
        request_name(wrong)


@pytest.mark.parametrize(
    ("text", "limit", "left"),
    [
        ("Vereniging Merenveld", 10, "Vereniging"),
        ("Zoe\u0323\u0308 eet", 4, "Zo"),
        ("buurt 👩‍👩‍👦 eet", 9, "buurt"),
        ("zwaai 👋🏽 nu", 7, "zwaai"),
        ("vlag 🇳🇱🇧🇪", 8, "vlag 🇳🇱"),
        ("hart ❤️ voor", 6, "hart"),
        ("kort", 80, "kort"),
    ],
)
def test_nothing_is_cut_inside_a_character(text: str, limit: int, left: str) -> None:
    assert shortened(text, limit) == left


def _work(do: Callable[[], object]) -> float:
    """Return the least time that this thread computed for it, out of three."""
    took = []
    for _ in range(3):
        began = thread_time()
        do()
        took.append(thread_time() - began)
    return min(took)
