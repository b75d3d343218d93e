"""What happened, as a sentence: every kind of event that the models record has one, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.sentences import event_sentence

MODELS = Path(__file__).resolve().parents[3] / "models"
DETAILS = {
    "proposals": [1, 2],
    "count": 2,
    "items": 3,
    "heads": 58,
    "number": 1,
    "numbers": [1, 2],
    "voices": 61,
    "round": 4,
    "table": "Tafel 4",
    "step": "vote",
    "answer": "signed",
    "door": "asks",
    "follow_up": "reword",
}


def recorded_kinds() -> Iterator[str]:
    """Every text that a model hands to the chain as what happened, through whatever function takes a `what`."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(MODELS.rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    recorders: dict[str, int] = {}
    for found in nodes:
        if isinstance(found, ast.FunctionDef) and not found.name.startswith("__"):
            names = [argument.arg for argument in found.args.args]
            if "what" in names + [argument.arg for argument in found.args.kwonlyargs]:
                recorders[found.name] = names.index("what") if "what" in names else len(names)
    for call in nodes:
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id not in recorders:
            continue
        named = [word.value for word in call.keywords if word.arg == "what"]
        what = named or call.args[recorders[call.func.id] : recorders[call.func.id] + 1]
        for text in ast.walk(what[0]) if what else ():
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


KINDS = sorted(set(recorded_kinds()))


def test_the_kinds_are_found() -> None:
    assert {"agreement recorded", "edition added", "round closed", "partner link renewed"} <= set(KINDS)
    assert len(KINDS) > 60


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("what", KINDS)
def test_every_kind_of_event_has_a_sentence(what: str, language: str) -> None:
    told = event_sentence(what, DETAILS, language)

    assert told != event_sentence(f"{what} unknown", DETAILS, language).replace(" unknown", "")
    assert "{" not in told


def test_details_are_told_in_words() -> None:
    assert event_sentence("room taken to a step", {"step": "vote"}, "nl") == (
        "Zaal meegenomen naar de stap “stemmen”"
    )
    assert event_sentence("round opened", {"round": 1, "items": 3}, "en") == "Round 1 opened, on 3 texts"
    assert event_sentence("heads counted", {"heads": None}, "en") == "Count of heads taken back"


def test_an_event_of_another_edition_is_told_by_its_own_name() -> None:
    assert event_sentence("moon counted", {}, "nl") == "Iets anders: moon counted"
    assert event_sentence("agreement recorded", {}, "nl") == "Afspraak – vastgelegd"


def test_typed_braces_in_details_stay_as_they_are() -> None:
    assert event_sentence("partner added", {"partner": "{x}"}, "en") == "Partner added: {x}"
