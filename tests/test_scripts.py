"""Scripts and styles stand in files of their own, where an editor and these tests see them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from rjsmin import jsmin

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted(path for room in ("pages", "phone", "exports") for path in (ROOT / room).rglob("*.js"))
FOR_PHONES = [path for path in SCRIPTS if path.parent.name in ("assets", "exports")]
# A function of a script, one of its names, or a rule of a style sheet.
WRITTEN = re.compile(
    r"function ?\w*\(|=> ?[{(\w]|\b(?:const|let|var) \w+ =|[.#\w\]-]+ ?\{[^{}]*[\w-]+: ?[^{}]*;"
)
LATER_THAN_ES5 = re.compile(r"=>|\b(?:let|const|class|async|await|import|export)\b|`|\?\.|\?\?|\.\.\.")
TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')


def _texts(path: Path) -> Iterator[str]:
    """Every text in a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_module_of_a_screen_holds_a_script_or_a_style_of_more_than_a_line() -> None:
    modules = [path for room in ("pages", "phone") for path in (ROOT / room).rglob("*.py")]

    found = {
        _named(path)
        for path in modules
        for text in _texts(path)
        if "\n" in text.strip() and WRITTEN.search(text)
    }

    assert len(modules) > 100
    assert found == set()


@pytest.mark.parametrize(
    "held", ["export default function () {\n  stop();\n}", "p { margin: 0; }\nb { top: 0; }"]
)
def test_a_script_or_a_style_in_a_module_would_be_seen(held: str) -> None:
    assert WRITTEN.search(held)


def test_the_stream_of_a_room_is_followed_in_one_script() -> None:
    follow = [_named(path) for path in SCRIPTS if "new EventSource" in path.read_text(encoding="utf-8")]

    assert follow == ["exports/follow_room.js"]


@pytest.mark.parametrize("path", FOR_PHONES, ids=_named)
def test_a_script_for_phones_is_written_as_old_ones_read_it(path: Path) -> None:
    assert LATER_THAN_ES5.findall(TEXT.sub('""', jsmin(path.read_text(encoding="utf-8")))) == []


def test_a_browser_can_read_every_script(browser: Browser) -> None:
    read = "(text) => { try { new Function(text); return ''; } catch (error) { return String(error); } }"
    page = browser.new_page()

    wrong = {
        _named(path): page.evaluate(
            # A function's body has no exports; it is read, and not run.
            read,
            path.read_text(encoding="utf-8").replace("export default function", "return function"),
        )
        for path in SCRIPTS
    }
    broken = page.evaluate(read, "function followRoom( {")
    page.close()

    assert broken.startswith("SyntaxError")
    assert wrong == dict.fromkeys(wrong, "")
