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
