"""A hint where an agreement is still vague; never a block."""

from datetime import date

import pytest

from models.agreeing.vagueness import vague_points

DUE = date(2027, 6, 1)


def _points(what: str, first_step: str = "Zoë belt de club.") -> list[str]:
    return vague_points(what, first_step, DUE, 1, "Wij tellen de gasten.")


def test_an_agreement_that_says_who_what_and_when_gets_no_hint() -> None:
    assert _points("De wijkraad zoekt tien gastheren voor de huiskamer.") == []


@pytest.mark.parametrize(
    ("what", "point"),
    [
        ("Iemand belt de club.", "someone"),
        ("Er wordt een brief geschreven.", "someone"),
        ("We moeten beter luisteren.", "someone"),
        ("Somebody calls the club.", "someone"),
        ("Wij gaan kijken naar de brieven.", "we will look into it"),
        ("De gemeente gaat bekijken wat kan.", "we will look into it"),
        ("Waar mogelijk spreken wij gewone taal.", "we will look into it"),
        ("Wij geven meer aandacht aan jongeren.", "we will look into it"),
        ("We will look into it.", "we will look into it"),
    ],
)
def test_words_that_bind_nobody_are_noticed(what: str, point: str) -> None:
    assert _points(what) == [point]


def test_a_word_inside_another_word_is_not_noticed() -> None:
    assert _points("De samenwerking met het Menenplein begint.") == []
    assert _points("Nagaandeweg leren wij elkaar kennen.") == []


def test_a_first_step_may_be_vague_too() -> None:
    assert _points("De wijkraad zoekt gastheren.", "Iemand belt rond.") == ["someone"]


def test_what_is_missing_is_named_in_reading_order() -> None:
    assert vague_points("De wijkraad zoekt gastheren.", "", None, None, "") == [
        "no first step",
        "no owner",
        "no date",
        "no measure",
    ]
