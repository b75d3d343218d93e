"""Two languages: which one is chosen, and how dates, lists and numbers are written in it."""

from datetime import UTC, date, datetime

import pytest

from exports.language import (
    chosen_language,
    clock_time,
    day,
    day_and_time,
    in_a_sentence,
    listed,
    number,
    translations,
)


@pytest.mark.parametrize(
    ("cookie", "header", "chosen"),
    [
        ("en", "nl", "en"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "pl, en;q=0.5", "en"),
        (None, "tr,pl", "nl"),
        ("xx", None, "nl"),
        (None, None, "nl"),
    ],
)
def test_the_cookie_comes_first_then_the_browser_then_dutch(
    cookie: str | None, header: str | None, chosen: str
) -> None:
    assert chosen_language(cookie, header) == chosen


def test_english_is_the_language_of_the_message_ids() -> None:
    assert translations("en").gettext("Objection") == "Objection"
    assert translations("nl").gettext("Objection") == "Bezwaar"
    assert translations("anything else").gettext("Objection") == "Bezwaar"


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Agree, with a concern", "agree, with a concern"),
        ("I disagree", "I disagree"),
        ("Élk jaar", "élk jaar"),
        ("", ""),
    ],
)
def test_words_inside_a_sentence_begin_small_but_for_i(label: str, inside: str) -> None:
    assert in_a_sentence(label) == inside


def test_times_are_shown_in_the_alliances_time_zone() -> None:
    moment = datetime(2026, 11, 12, 20, 14, tzinfo=UTC)

    assert clock_time(moment, "nl", "Europe/Amsterdam") == "21:14"
    assert day_and_time(moment, "nl", "Europe/Amsterdam") == "12 nov 2026, 21:14"


def test_dates_lists_and_numbers_follow_the_language() -> None:
    held_on = date(2026, 11, 12)

    assert day(held_on, "nl") == "donderdag 12 november 2026"
    assert day(held_on, "en") == "Thursday, 12 November 2026"
    assert day(held_on, "nl", style="medium") == "12 nov 2026"
    assert listed(["a", "b", "c"], "nl") == "a, b en c"
    assert number(1000, "nl") == "1.000"
    assert number(1000, "en") == "1,000"
