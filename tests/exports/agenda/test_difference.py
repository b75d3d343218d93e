"""What changed between two wordings: whole phrases, as one reads them, and no markup that somebody typed."""

import pytest

from exports.agenda.difference import marked_difference


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Er is een tolk.", "Er is een tolk.", "Er is een tolk."),
        ("Er is altijd een tolk <b>.", "Er is een tolk <b>.", "Er is<del> altijd</del> een tolk &lt;b&gt;."),
        ("Wij eten.", "Wij eten samen.", "Wij eten<ins> samen</ins>."),
        (
            "Alle bijeenkomsten en brieven zijn in gewone taal, en er is altijd een tolk.",
            "Wij schrijven en spreken in gewone taal. Wie een tolk nodig heeft, krijgt er een, en wij delen de kosten.",
            "<del>Alle bijeenkomsten en brieven zijn</del><ins>Wij schrijven en spreken</ins> in gewone taal"
            "<del>, en er is altijd een tolk</del>"
            "<ins>. Wie een tolk nodig heeft, krijgt er een, en wij delen de kosten</ins>.",
        ),
        ("", "Nieuw.", "<ins>Nieuw.</ins>"),
        ("Weg.", "", "<del>Weg.</del>"),
        (
            "مرحبا بكم هنا",
            "مرحبا بكم جميعا",
            "مرحبا بكم <del>هنا</del><ins>جميعا</ins>",
        ),
    ],
)
def test_words_that_stand_in_both_by_chance_go_along_with_the_change_around_them(
    before: str, after: str, marked: str
) -> None:
    assert marked_difference(before, after) == marked


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b c", "b d c"),
        ("een twee drie vier vijf", "twee een vier drie zes"),
        ("x, y", "x. y z"),
        (" a ", "b "),
    ],
)
def test_both_wordings_can_be_read_back_whole(before: str, after: str) -> None:
    marked = marked_difference(before, after)

    def without(tag: str, other: str) -> str:
        parts = marked.split(f"<{tag}>")
        kept = parts[0] + "".join(part.split(f"</{tag}>", 1)[1] for part in parts[1:])
        return kept.replace(f"<{other}>", "").replace(f"</{other}>", "")

    assert without("ins", "del") == before
    assert without("del", "ins") == after
