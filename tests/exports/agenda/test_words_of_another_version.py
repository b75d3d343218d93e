"""An agenda keeps codes: a method, a rule, a choice, a kind. When one is gone by now, it is told as it was frozen."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest

from exports.agenda.agenda_changes import agenda_changes
from exports.agenda.build import build_agenda
from models.basics.words import Copy
from models.signing.shape import frozen
from models.voting.methods import METHODS
from phone.partner.text import agenda_text
from tests.exports.agenda.test_results_in_agenda import voted
from tests.exports.make_agenda import make_agenda, make_content

GONE = "peiling"


def a_vote_by(method: str, **changes: Any) -> dict[str, Any]:
    """Return the content of an agenda whose first principle was voted on by `method`, with a reason of each choice."""
    content = make_content()
    round_ = voted(method, **changes)
    round_["reasons"] = [
        {"choice": choice["value"], "text": f"Omdat {place}", "answer": "reworded"}
        for place, choice in enumerate(round_["choices"])
    ]
    content["principles"] = [content["principles"][0] | {"rounds": [round_]}]
    return content


def renamed(content: dict[str, Any], code: str) -> dict[str, Any]:
    """Return the content with a choice that has another name now, wherever it stands."""
    text = json.dumps(content)
    return json.loads(text.replace(f'"{code}"', f'"{GONE}"'))


def told(content: dict[str, Any]) -> list[str]:
    """Return all that the Word file says, and all that the page of a partner does."""
    document = docx.Document(BytesIO(build_agenda(make_agenda(content=content), Copy.PARTNERS)))
    page = json.dumps(agenda_text(frozen(content), "nl"), default=vars, ensure_ascii=False)
    return ["\n".join(document.element.itertext()), page]


def set_in_rounds(field: str) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        for principle in content["principles"]:
            for found in principle["rounds"]:
                found[field] = GONE

    return change


def set_marks(content: dict[str, Any]) -> None:
    for choice in content["principles"][0]["rounds"][0]["choices"]:
        choice["mark"] = GONE


def set_answers(content: dict[str, Any]) -> None:
    for reason in content["principles"][0]["rounds"][0]["reasons"]:
        reason["answer"] = GONE


def set_origins(content: dict[str, Any]) -> None:
    content["principles"][0]["came"] = [{"kind": GONE, "name": None, "proposals": 2}]


def set_gaps(content: dict[str, Any]) -> None:
    content["coherence"]["gaps"] = [{"kind": GONE, "principle_number": 1}]


def set_partners(content: dict[str, Any]) -> None:
    for partner in content["partners"]:
        partner["kind"] = GONE


def set_status(content: dict[str, Any]) -> None:
    content["not_adopted"] = [content["principles"][0] | {"number": 9, "status": GONE, "follow_up": GONE}]


@pytest.mark.parametrize(
    "change",
    [
        *(set_in_rounds(field) for field in ("method", "rule", "decision", "secrecy", "level")),
        set_marks,
        set_answers,
        set_origins,
        set_gaps,
        set_partners,
        set_status,
    ],
    ids=[
        "method",
        "rule",
        "decision",
        "secrecy",
        "level",
        "marks",
        "answers",
        "origins",
        "gaps",
        "partners",
        "status",
    ],
)
@pytest.mark.parametrize("method", ["consent", "gradients", "dots"])
def test_what_was_frozen_under_a_word_that_is_gone_can_be_read(
    method: str, change: Callable[[dict[str, Any]], None]
) -> None:
    content = a_vote_by(method)
    change(content)

    for said in told(content):
        assert "Omdat 1" in said
        assert content["principles"][0]["text"] in said


@pytest.mark.parametrize("method", [method for method in METHODS if method != "dots"])
def test_a_choice_that_has_another_name_now_keeps_its_word_its_votes_and_its_reason(method: str) -> None:
    content = a_vote_by(method, rule="share of votes", level=None)
    choice = content["principles"][0]["rounds"][0]["choices"][1]["value"]
    content = renamed(content, choice)

    for said in told(content):
        assert GONE in said
        assert "Omdat 1" in said


@pytest.mark.parametrize("code", ["consent", "gradients", "fist of five", "score", "statement"])
def test_a_method_that_is_gone_keeps_every_number(code: str) -> None:
    content = renamed(a_vote_by(code, rule="share of votes", level=None), code)
    counts = content["principles"][0]["rounds"][0]["numbers"]["counts"]

    for said in told(content):
        assert all(str(count) in said for count in counts.values())
        assert all(value in said for value in counts)


def test_a_status_of_another_version_is_told_as_it_stands() -> None:
    before, now = make_content(), make_content()
    now["principles"][0]["status"] = GONE

    [change] = agenda_changes(before, now, "nl")

    assert change.now == GONE
