"""People named inside texts: by first, last and whole name, with the names of organisations left aside."""

import pytest

from models.agreeing.named_people import Text, named_people

PEOPLE = ["Zoë van der Heijden", "Yusuf al-Amin", "Mieke de Wit", "Wijkraad Oost"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eerste stap: Zoë vraagt de sleutel.", ["Zoë van der Heijden"]),
        ("Dat is Zoë’s idee, en ook dat van de familie Heijden.", ["Zoë van der Heijden"]),
        ("Yusufs buren koken mee.", ["Yusuf al-Amin"]),
        ("Mevrouw De Wit belt, en zoë niet.", ["Mieke de Wit"]),
        ("Wij schilderen de muur wit.", []),
        ("Zoëtrope draait in de zaal.", []),
        ("Van der en de staan in elke zin.", []),
        ("Zoë en Mieke de Wit doen het samen.", ["Zoë van der Heijden", "Mieke de Wit"]),
    ],
)
def test_a_person_is_found_by_a_name_with_a_capital_as_a_word_of_its_own(text: str, found: list[str]) -> None:
    named = named_people([Text(text, "agreement", 3)], PEOPLE[:3])

    assert [person.name for person in named] == found
    assert all(person.places == (("agreement", 3),) for person in named)


def test_the_name_of_an_organisation_is_no_person() -> None:
    texts = [Text("Stichting De Wit en Zonen opent de deur.", "agreement", 1)]

    assert named_people(texts, PEOPLE, ["Stichting De Wit en Zonen"]) == []
    assert [one.name for one in named_people(texts, PEOPLE)] == ["Mieke de Wit"]


def test_every_place_is_told_once_and_a_script_without_capitals_is_found_too() -> None:
    texts = [Text("ليلى تطبخ", "agreement", 1), Text("ليلى", "agreement", 1), Text("ليلى", "purpose")]

    [found] = named_people(texts, ["ليلى الحداد", "", "ليلى الحداد"])

    assert found.places == (("agreement", 1), ("purpose", None))
