"""What both faces show as changed between two versions of an agenda."""

from typing import Any

import pytest

from exports.agenda.agenda_changes import Change, agenda_changes, change_text, differences

PRINCIPLE = {"number": 1, "text": "Everybody belongs.", "status": "adopted", "review_on": None}
AGREEMENT = {
    "number": 3,
    "what": "We eat together.",
    "first_step": "",
    "owner": "School",
    "owner_accepted": True,
    "supporters": [],
    "due_on": "2027-01-15",
    "measure": "",
    "principles": [1],
    "depends_on": [],
}


def content(**changed: Any) -> dict[str, Any]:
    return {
        "alliance": {"name": "Together", "place": "Merenveld", "purpose": "To live together"},
        "partners": [{"name": "School"}],
        "next_meeting_on": None,
        "principles": [PRINCIPLE],
        "not_adopted": [],
        "agreements": [AGREEMENT],
        **changed,
    }


def test_the_same_text_has_no_differences() -> None:
    assert differences(content(), content()) == []


def test_a_new_agreement_and_one_that_is_gone_are_named_whole() -> None:
    other = {**AGREEMENT, "number": 4, "what": "We sing."}

    found = differences(content(), content(agreements=[other]))

    assert found == [
        Change("agreement", 3, "whole", "We eat together.", None),
        Change("agreement", 4, "whole", None, "We sing."),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("what", "We cook together."), ("owner", "Town"), ("due_on", "2027-02-15"), ("supporters", ["Town"])],
)
def test_each_changed_part_of_an_agreement_is_a_difference(field: str, value: Any) -> None:
    found = differences(content(), content(agreements=[{**AGREEMENT, field: value}]))

    assert found == [Change("agreement", 3, field, AGREEMENT[field], value)]


def test_a_principle_that_is_no_longer_adopted_is_one_difference() -> None:
    rejected = {**PRINCIPLE, "status": "not adopted"}

    found = differences(content(), content(principles=[], not_adopted=[rejected]))

    assert found == [Change("principle", 1, "status", "adopted", "not adopted")]


def test_partners_and_the_next_meeting_belong_to_the_whole_agenda() -> None:
    found = differences(content(), content(partners=[], next_meeting_on="2027-05-01"))

    assert found == [
        Change("agenda", None, "partners", ["School"], []),
        Change("agenda", None, "next_meeting_on", None, "2027-05-01"),
    ]


@pytest.mark.parametrize(
    ("change", "title", "before", "now"),
    [
        (
            Change("agreement", 3, "due_on", "2027-01-15", "2027-02-15"),
            "Agreement 3, done on",
            "Friday, 15 January 2027",
            "Monday, 15 February 2027",
        ),
        (Change("agreement", 3, "whole", None, "We sing."), "Agreement 3 is new", "", "We sing."),
        (Change("principle", 1, "whole", "We sing.", None), "Principle 1 is gone", "We sing.", ""),
        (
            Change("principle", 1, "status", "adopted", "not adopted"),
            "Principle 1, status",
            "adopted",
            "not adopted",
        ),
        (
            Change("agreement", 3, "owner_accepted", False, True),
            "Agreement 3, owner has accepted",
            "no",
            "yes",
        ),
        (
            Change("agenda", None, "partners", ["School"], ["School", "Town"]),
            "Partners",
            "School",
            "School and Town",
        ),
    ],
)
def test_a_difference_is_said_in_words(change: Change, title: str, before: str, now: str) -> None:
    said = change_text(change, "en")

    assert (said.title, said.before, said.now) == (title, before, now)


def test_what_was_empty_is_said_without_a_word_for_nothing() -> None:
    filled = {**AGREEMENT, "first_step": "We choose a day.", "supporters": ["Town"], "due_on": None}

    found = agenda_changes(content(), content(agreements=[filled]), "nl")

    assert [(change.title, change.before, change.now) for change in found] == [
        ("Afspraak 3, eerste stap", "", "We choose a day."),
        ("Afspraak 3, doet mee", "", "Town"),
        ("Afspraak 3, klaar op", "vrijdag 15 januari 2027", ""),
    ]
