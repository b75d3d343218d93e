"""Every field in which several are chosen: it speaks the page's language, and takes only what was meant."""

import ast
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "pages"


def test_no_field_offers_all_its_matches_in_english_nor_words_that_hold_the_letters_scattered() -> None:
    fields = [
        (path.name, {given.arg: ast.unparse(given.value) for given in call.keywords})
        for path in PAGES.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(".multiselect")
    ]

    assert fields
    assert [
        name
        for name, given in fields
        if (given.get("select_all"), given.get("filter_mode")) != ("False", "'contains'")
    ] == []
