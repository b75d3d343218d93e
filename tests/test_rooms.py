"""Which room may use which: `app → pages, phone → models`, `pages, phone → exports → models`."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_USE = {
    "models": set[str](),
    "exports": {"models"},
    "pages": {"models", "exports"},
    "phone": {"models", "exports"},
}
ROOMS = {*MAY_USE, "app", "manage", "setup", "migrations", "tests"}
FILES = sorted(path for room in MAY_USE for path in (ROOT / room).rglob("*.py"))
PROGRAM = [*FILES, ROOT / "app.py", ROOT / "manage.py", *sorted((ROOT / "migrations").rglob("*.py"))]


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: say the whole name"
            yield (node.module or "").split(".")[0]


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=_named)
def test_a_room_uses_only_the_rooms_beneath_it(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]

    used = set(_imports(ast.parse(path.read_text(encoding="utf-8")))) & ROOMS

    assert used <= MAY_USE[room] | {room}


@pytest.mark.parametrize("path", PROGRAM, ids=_named)
def test_nothing_is_imported_halfway(path: Path) -> None:
    """An import inside a function says that the function is in the wrong room."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    inline = [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inline == []


@pytest.mark.parametrize("room", ["models", "exports"])
def test_the_domain_and_the_documents_know_no_screen(room: str) -> None:
    used = {
        name
        for path in (ROOT / room).rglob("*.py")
        for name in _imports(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert used & {"streamlit", "starlette", "jinja2", "uvicorn"} == set()


def test_every_package_that_is_imported_is_in_the_requirements() -> None:
    listed = {
        _normal(re.split(r"[\[<>=~! ]", line, maxsplit=1)[0])
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }
    distributions = packages_distributions()

    used = {name for path in PROGRAM for name in _imports(ast.parse(path.read_text(encoding="utf-8")))}
    needed = {_normal(distributions.get(name, [name])[0]) for name in used - ROOMS - sys.stdlib_module_names}

    assert needed - listed == set()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
