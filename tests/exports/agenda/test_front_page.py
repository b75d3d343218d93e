"""Page 2 stands alone: what was agreed, who does what by when, and who signed, with names."""

from typing import Any

import pytest

from exports.agenda.front_page import agreed_sentence, front_page, told_signers
from models.basics.words import Answer
from models.example import merenveld as example
from models.signing.shape import frozen
from tests.exports.make_agenda import RESERVATION, make_content, make_signatures


def many(agreements: int) -> dict[str, Any]:
    content = make_content()
    content["agreements"] = [
        content["agreements"][place % 9] | {"number": place + 1} for place in range(agreements)
    ]
    return content


def test_what_was_agreed_is_one_sentence_and_the_alliance_stands_above_it() -> None:
    page = front_page(frozen(make_content()), make_signatures(), "nl")

    assert page.above == (
        "Alliantie Samen Merenveld · donderdag 12 november 2026 · terug op donderdag 11 februari 2027"
    )
    assert (
        page.sentence
        == "Acht partners spraken negen dingen af, om vijf uitgangspunten in praktijk te brengen."
    )


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (("agreements",), "Eight partners established five principles, and made no agreements yet."),
        (("principles",), "Eight partners agreed on nine things."),
        (("partners",), "Agreed on: nine things. For: five principles."),
        (("agreements", "principles"), "Nothing has been agreed yet."),
    ],
)
def test_the_sentence_holds_when_something_is_missing(gone: tuple[str, ...], said: str) -> None:
    content = make_content() | {key: [] for key in gone}

    assert agreed_sentence(frozen(content), "en") == said


def test_nine_agreements_stand_by_number_and_ten_by_owner_those_without_one_last() -> None:
    nine, ten = (front_page(frozen(many(count)), [], "nl") for count in (9, 10))

    assert [row.number for row in nine.agreements] == list(range(1, 10))
    owners = [row.owner for row in ten.agreements]
    assert not nine.is_by_owner and ten.is_by_owner
    assert owners[:-1] == sorted(owners[:-1], key=str.casefold) and owners[-1] == ""


def test_the_year_stands_once_above_days_of_one_year() -> None:
    content = make_content()
    within = front_page(frozen(content), [], "nl")
    content["agreements"][0]["due_on"] = "2028-01-05"

    beyond = front_page(frozen(content), [], "nl")

    assert (within.due_head, within.agreements[1].due) == ("Klaar in 2027", "15 februari")
    assert (beyond.due_head, beyond.agreements[1].due) == ("Klaar op", "15 feb 2027")


def test_the_answers_stand_by_kind_with_every_name_and_what_was_added() -> None:
    page = front_page(frozen(make_content()), make_signatures(), "nl")

    assert page.counts == "5 ja, 1 met voorbehoud, 1 nee, 1 nog open"
    signed, reserved, declined, waiting = page.answers
    assert (signed.answer, signed.word, len(signed.signers)) == (Answer.SIGNED, "Getekend", 5)
    assert told_signers(signed, "nl").startswith("Stichting Buurtgenoten, Poolse School Jaskółka, ")
    assert told_signers(reserved, "nl") == f"{example.GEMEENTE}: “{RESERVATION}”"
    assert told_signers(declined, "nl").startswith(f"{example.SHOPKEEPERS}: “")
    assert told_signers(waiting, "nl") == example.CHURCHES


def test_before_anybody_was_asked_every_partner_is_without_an_answer() -> None:
    page = front_page(frozen(make_content()), [], "en")

    assert page.counts == "8 still open"
    assert [row.answer for row in page.answers] == [None]
