"""No error without its occasion, and no sentence about a thing or a field that nobody complains about."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import phone.routes  # noqa: F401 - brings in every error that a face adds to those of the domain
from models.basics.errors import DomainError, InvalidValue, NotFound, TextMissing
from tests.serving import ROOT

SENTENCES = ROOT / "exports" / "sentences" / "errors"
ROOMS = ("app.py", "manage.py", "models", "phone", "pages", "exports")
# What checks a text knows it by its field, and complains about that.
ABOUT_TEXT = "field"


@cache
def code() -> list[ast.AST]:
    """Return every node of the program, apart from the files with the sentences."""
    files: list[Path] = [
        file
        for room in ROOMS
        for file in ([ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py")))
        if SENTENCES not in file.parents
    ]
    return [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)


def _name(node: ast.AST | None) -> str:
    if isinstance(node, ast.Call):
        node = node.func
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def test_every_error_is_raised_somewhere() -> None:
    made = {_name(node) for node in code() if isinstance(node, ast.Call)}
    raised = {_name(node.exc) for node in code() if isinstance(node, ast.Raise)}
    kinds = {kind.__name__ for kind in _kinds(DomainError)}
    assert {"RoundClosed", "AlreadyRevealed", "TooManyPosts"} <= kinds

    assert kinds - made - raised == set()


def _known(function: str) -> set[str]:
    """Return the words that a function of the sentences tells apart."""
    tree = ast.parse((SENTENCES / "fields.py").read_text(encoding="utf-8"))
    found = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)
    table = next(node for node in ast.walk(found) if isinstance(node, ast.Dict))
    return {str(key.value) for key in table.keys if isinstance(key, ast.Constant)}


def _complaints(kind: type[DomainError]) -> set[str]:
    """Return what the program says is missing or wrong: the first word of each such error."""
    calls = [node for node in code() if isinstance(node, ast.Call)]
    found = {
        str(call.args[0].value)
        for call in calls
        if _name(call) == kind.__name__ and call.args and isinstance(call.args[0], ast.Constant)
    }
    if kind is NotFound:
        # `existing` names its refusal after the table.
        found |= {table.__name__.lower() for table in SQLModel.__subclasses__()}
    if kind is TextMissing:
        found |= {
            str(given.value.value)
            for call in calls
            for given in call.keywords
            if given.arg == ABOUT_TEXT and isinstance(given.value, ast.Constant)
        }
    return found


@pytest.mark.parametrize(
    ("function", "kind"),
    [("_not_found", NotFound), ("_text_missing", TextMissing), ("_invalid_value", InvalidValue)],
)
def test_no_sentence_is_kept_for_what_nobody_complains_about(function: str, kind: type[DomainError]) -> None:
    known = _known(function)
    assert known

    assert known - _complaints(kind) == set()
