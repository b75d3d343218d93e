"""The results of a workshop as plain data: complete for every method, and only what may be told."""

import json
from typing import Any

import pytest

from models.basics.words import RuleKind
from models.storage.database import reading
from models.voting.methods import METHODS
from models.voting.results import results
from tests.builders import cast_all, close_and_reveal, make_round, make_workshop

pytestmark = pytest.mark.both_databases

TERMS: dict[str, dict[str, Any]] = {
    "consent": {"rule": RuleKind.NO_OPEN_OBJECTIONS},
    "gradients": {"rule": RuleKind.LEVEL, "level": "6", "tolerated": 1},
    "fist of five": {"rule": RuleKind.LEVEL, "level": "3", "tolerated": 0},
    "dots": {"rule": RuleKind.TOP, "top": 1, "budget": 3},
    "score": {"rule": RuleKind.SHARE_OF_VOTES, "share": 60},
    "statement": {"rule": RuleKind.EVERY_GROUP, "share": 60},
}


@pytest.mark.parametrize("method", METHODS)
def test_every_method_tells_its_choices_numbers_groups_and_outcome(database: str, method: str) -> None:
    room = make_workshop(people={"Residents": 6, "Communities": 6})
    vote = make_round(room, method=method, **TERMS[method])
    most = METHODS[method].choices[0].value if method != "dots" else "3"
    cast_all(vote, [(person, most) for person in room.people])
    close_and_reveal(vote)

    with reading() as session:
        (told,) = json.loads(json.dumps(results(session, room.code)))

    (item,) = told["items"]
    assert (told["method"], item["decision"], item["numbers"]["cast"]) == (method, "adopted", 12)
    assert [choice["value"] for choice in told["choices"]] == list(item["numbers"]["counts"])
    assert item["numbers"]["counts"][most] == 12
    assert [row["cast"] for row in item["rows"]] == [6, 6]
    assert item["numbers"]["dots"] == (36 if method == "dots" else None)
    assert (told["budget"], told["can_stack"]) == ((3, True) if method == "dots" else (None, None))


def test_dots_that_tie_say_so(database: str) -> None:
    room = make_workshop(people={"Residents": 6})
    vote = make_round(room, items=2, method="dots", rule=RuleKind.TOP, top=1, budget=2)
    for item in (0, 1):
        cast_all(vote, [(person, "1") for person in room.people], item=item)
    close_and_reveal(vote)

    with reading() as session:
        (told,) = results(session, room.code)

    assert [(item["place"], item["is_tied"], item["decision"]) for item in told["items"]] == [
        (1, True, "not adopted"),
        (1, True, "not adopted"),
    ]
