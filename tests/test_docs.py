"""What docs/ promises by the name of a test is a test."""

import re

import manage
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


def test_every_command_stands_in_the_operators_guide() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    _before, _heading, table = guide.partition("## The command line")

    assert set(re.findall(r"^\| `([a-z-]+)", table, re.MULTILINE)) == {
        command.name or command.callback.__name__.replace("_", "-")
        for command in manage.app.registered_commands
        if command.callback is not None
    }


def test_every_decision_stands_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"

    assert re.findall(
        r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")
    ) == sorted(path.name for path in folder.glob("0*.md"))


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
