"""One name for one act: what all pages use of the frame is called by no other name, and nothing else is called so."""

import ast
from collections import Counter
from pathlib import Path

PAGES = Path(__file__).resolve().parent.parent / "pages"


def _public_functions(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def test_no_function_of_the_pages_is_called_as_one_that_they_share() -> None:
    named = Counter(name for path in PAGES.rglob("*.py") for name in _public_functions(path))
    shared = {name for path in (PAGES / "parts" / "frame").glob("*.py") for name in _public_functions(path)}

    twice = {name for name in shared if named[name] > 1}

    assert "act" in shared
    assert twice == set()
