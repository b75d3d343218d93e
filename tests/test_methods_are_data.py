"""Nobody asks which method it is: what differs stands in its description and in its words (decision 10)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.sentences.methods import WORDS
from models.voting.methods import METHODS

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app.py", "manage.py", "exports", "models", "pages", "phone")
# Where a method may be called by its name: its description, its words, and the table of the first agendas' versions.
KNOW_THEM = ("models/voting/methods/", "exports/sentences/methods/", "models/storage/frozen.py")
MODULES = {f"models.voting.methods.{name.replace(' ', '_')}" for name in METHODS}
# They take the name of a field or column (what was typed about a statement, what somebody consents to), or a word that
# is shown: the dots that a key explains.
NAME_FIELDS = {"field", "one_of", "InvalidValue", "_"}
_IN_A_SCRIPT = re.compile(rf"""[=!]==? *["']({"|".join(METHODS)})["']""")
_NAMED = re.compile(r"\bMethod\.[A-Z]")
_JINJA = re.compile(r"{[{%].*?[%}]}")
_JINJA_TEXT = re.compile(r"""(["'])((?:(?!\1).)*)\1""")


def sources() -> Iterator[tuple[str, str]]:
    """Every file that shows or decides something, and its text."""
    for room in ROOMS:
        path = ROOT / room
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            place = str(file.relative_to(ROOT))
            if file.suffix in (".py", ".html", ".js") and not place.startswith(KNOW_THEM):
                yield place, file.read_text(encoding="utf-8")


def names_in(place: str, text: str) -> list[str]:
    """Return where a file asks for a method by its name, as file and line."""
    found = [number for number, line in enumerate(text.splitlines(), start=1) if _NAMED.search(line)]
    if place.endswith(".py"):
        found += [line for node in ast.walk(ast.parse(text)) for line in _asked_in(node)]
    elif place.endswith(".html"):
        for number, line in enumerate(text.splitlines(), start=1):
            said = [quoted for code in _JINJA.findall(line) for _, quoted in _JINJA_TEXT.findall(code)]
            found += [number for quoted in said if quoted in METHODS]
    else:
        found += [
            number for number, line in enumerate(text.splitlines(), start=1) if _IN_A_SCRIPT.search(line)
        ]
    return [f"{place}:{number}" for number in sorted(set(found))]


def _asked_in(node: ast.AST) -> Iterator[int]:
    """Yield the line of a comparison with a method's name, a table of them, or an argument or default that is one."""
    asked: list[ast.expr | None] = []
    if isinstance(node, ast.Compare):
        for side in (node.left, *node.comparators):
            asked += side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
    elif isinstance(node, ast.MatchValue):
        asked.append(node.value)
    elif isinstance(node, ast.Dict):
        named = [key for key in node.keys if _is_name(key)]
        asked += named if len(named) > 1 else []
    elif isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in NAME_FIELDS):
        asked += [*node.args, *(word.value for word in node.keywords if word.arg == "method")]
    elif isinstance(node, ast.arguments):
        asked += [*node.defaults, *node.kw_defaults]
    elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
        yield node.lineno
    for one in asked:
        if one is not None and _is_name(one):
            yield one.lineno


def _is_name(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in METHODS


def test_no_other_file_asks_for_a_method_by_its_name() -> None:
    found = [line for place, text in sources() for line in names_in(place, text)]

    assert found == [], "say it in the method's Look (models/voting/methods/) or in its words instead"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("phone/x.py", "if result.method == Method.DOTS:\n    pass"),
        ("phone/x.py", "wide = result.method != 'consent'"),
        ("phone/x.py", "wide = method in ('gradients', 'score')"),
        ("phone/x.py", "said = {'consent': 1, 'dots': 2}[method]"),
        ("phone/x.py", "open_round(method='dots')"),
        ("phone/x.py", "choice_label('dots', '3', 'nl')"),
        ("phone/x.py", "def vote(method: str = 'consent') -> None: ..."),
        ("phone/x.py", "from models.voting.methods.consent import CONSENT"),
        ("phone/x.html", '{% if round.method == "score" %}'),
        ("phone/x.html", "<p>{{ choice_label('dots', n) }}</p>"),
        ("phone/x.js", 'if (round.method === "consent") { go(); }'),
    ],
)
def test_a_file_that_asks_is_found_with_its_line(place: str, text: str) -> None:
    assert names_in(place, f"\n{text}") == [f"{place}:2"]


def test_every_method_has_its_words() -> None:
    assert list(WORDS) == list(METHODS)
