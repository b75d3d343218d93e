"""The map of who matters as a picture: nobody on top of another, nothing typed as HTML, crowds as a number."""

from dataclasses import replace
from typing import Any

import pytest

from exports.charts.stakeholders import map_in_words, stakeholder_map
from exports.sentences.plan import map_explained, map_headline
from models.alliance.stakeholders import StakeholderRow
from models.basics.words import Attitude, StakeholderKind

YOUTH = StakeholderRow(1, "Jongeren Oost", StakeholderKind.RESIDENTS, 1, 5, Attitude.WAITS, "")


def many(count: int, **more: Any) -> list[StakeholderRow]:
    return [replace(YOUTH, id=place, name=f"Straat {place}", **more) for place in range(count)]


def spots(stakeholders: list[StakeholderRow]) -> list[tuple[float, float]]:
    return [(trace.x[0], trace.y[0]) for trace in stakeholder_map(stakeholders, "nl").data]


def labels(stakeholders: list[StakeholderRow]) -> list[str]:
    return [annotation.text for annotation in stakeholder_map(stakeholders, "nl").layout.annotations]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 9, 60, 200])
def test_parties_at_one_place_are_moved_apart_and_stay_in_it(count: int) -> None:
    found = spots(many(count))

    assert len(set(found)) == count
    assert all(4.5 < x < 5.5 and 0.5 < y < 1.5 for x, y in found)


def test_a_few_have_their_names_and_a_crowd_is_a_number() -> None:
    assert "Straat 2" in labels(many(3))
    assert "60 partijen" in labels(many(60))
    assert "Straat 2" not in labels(many(60))


def test_a_name_is_no_html_and_is_cut_in_two_lines_at_most() -> None:
    long = replace(YOUTH, name="<b>x</b> " + "Ondernemersvereniging" * 5)

    [name] = [label for label in labels([long]) if "Ondern" in label or "&lt;" in label]

    assert "<b>x" not in name
    assert name.count("<br>") == 1
    assert name.endswith("…")


def test_without_anybody_the_map_is_empty_and_says_so() -> None:
    assert spots([]) == []
    assert map_headline([], "nl") == "Er staat nog niemand op de kaart."
    assert map_explained([], "nl") == ""
    assert map_in_words([], "nl").startswith("Kaart met 0 partijen.")


def test_the_sentence_counts_the_corner_and_names_with_whom_nobody_speaks() -> None:
    spoken = replace(YOUTH, name="Veerkade", contact_by="Iris")
    elsewhere = replace(YOUTH, touched=3)

    assert (
        map_headline([YOUTH, spoken], "nl") == "Twee partijen worden hard geraakt en hebben weinig invloed."
    )
    assert map_explained([YOUTH, spoken], "nl") == "Met één van hen spreekt nog niemand: Jongeren Oost."
    assert map_explained([spoken], "nl") == "Met ieder van hen spreekt iemand."
    assert map_headline([elsewhere], "nl") == "Niemand wordt hard geraakt met weinig invloed."
    assert map_explained(many(8), "en").endswith("Straat 3, Straat 4, and 3 others.")


def test_the_tinted_corner_says_what_it_means_where_nobody_stands() -> None:
    assert "<b>veel geraakt,<br>weinig invloed</b>" in labels([YOUTH])
    assert "<b>veel geraakt, weinig invloed</b>" in labels([YOUTH, replace(YOUTH, touched=3, influence=2)])
    assert "<b>touched much,<br>little influence</b>" in [
        annotation.text for annotation in stakeholder_map([], "en").layout.annotations
    ]
