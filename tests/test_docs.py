"""What docs/ promises by the name of a test is a test."""

import re

from tests.serving import ROOT

NAMED = re.compile(r"`(test_\w+\.py)(?:::(test_\w+))?`")


def test_every_test_that_the_documents_name_is_there() -> None:
    named = {
        found
        for document in (ROOT / "docs").rglob("*.md")
        for found in NAMED.findall(document.read_text(encoding="utf-8"))
    }
    places: dict[str, str] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        places[path.name] = places.get(path.name, "") + path.read_text(encoding="utf-8")

    assert len(named) > 50
    assert not [(file, test) for file, test in named if f"def {test}" not in places.get(file, "-")]


def test_the_facilitators_guide_says_the_same_in_both_languages() -> None:
    dutch, english = (
        (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("begeleiden.md", "facilitating.md")
    )

    def shape(guide: str) -> list[str]:
        """Return the headings, list items, rows and bold beginnings of a guide, without their words."""
        return re.findall(r"^(?:#+ |- |\d\. |\| \d|\*\*)", guide, re.MULTILINE)

    assert shape(english) == shape(dutch)
    for guide, other in ((dutch, "facilitating.md"), (english, "begeleiden.md")):
        assert f"]({other})" in guide
