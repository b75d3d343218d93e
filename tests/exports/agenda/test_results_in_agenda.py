"""Results by every method in the agenda: native tables with words and numbers, the limit, dots as numbers."""

from io import BytesIO
from typing import Any

import docx
import pytest

from exports.agenda.build import build_agenda
from exports.results.frozen_result import frozen_result
from models.basics.words import Copy
from models.voting.methods import METHODS
from models.voting.methods.method import DotBudget, choices_of
from tests.exports.make_agenda import make_agenda, make_content, make_round

TOTAL, BY_GROUP = "Zo is gestemd in ronde 1", "Zo is gestemd in ronde 1, per groep"
BUDGET = DotBudget(3, can_stack=True)


def voted(method: str, **changes: Any) -> dict[str, Any]:
    """Return a frozen round in which the first choice got 1 vote, the second 2, and so on, in each of two groups."""
    choices = choices_of(METHODS[method], BUDGET if method == "dots" else None)
    counts = {choice.value: place for place, choice in enumerate(choices, start=1)}
    both = {value: 2 * count for value, count in counts.items()}
    cast = sum(both.values())
    return make_round(1, agree=9) | {
        "method": method,
        "rule": METHODS[method].rules[0].value,
        "share": 60,
        "level": choices[-3].value if method in ("gradients", "fist of five") else None,
        "tolerated": 2,
        "top": 1,
        "place": 1,
        "choices": [
            {
                "value": choice.value,
                "mark": choice.mark.value,
                "is_in_favour": choice.is_in_favour,
                "is_abstention": choice.is_abstention,
            }
            for choice in choices
        ],
        "numbers": {
            "cast": cast,
            "counts": both,
            "counted": cast,
            "in_favour": 2,
            "share_reached": 5,
            "beyond": 3,
            "dots": sum(int(value) * count for value, count in both.items()) if method == "dots" else None,
        },
        "rows": [
            {"key": key, "name": name, "counts": counts, "cast": cast // 2, "carried": True}
            for key, name in (("1", "Bewoners"), ("other", None))
        ],
        **changes,
    }


def tables_of(round_: dict[str, Any]) -> dict[str, list[list[str]]]:
    """Return the tables about a round by their name, in Dutch, as rows of text."""
    content = make_content()
    content["principles"] = [content["principles"][0] | {"rounds": [round_]}]
    document = docx.Document(BytesIO(build_agenda(make_agenda(content=content), Copy.PARTNERS)))
    found = {}
    for table in document.tables:
        caption = table._tbl.tblPr.xpath("w:tblCaption/@w:val")[0]
        found[caption] = [
            ["\n".join(paragraph.text for paragraph in cell.p_lst).strip() for cell in row.tc_lst]
            for row in table._tbl.tr_lst
        ]
    return found


@pytest.mark.parametrize("method", [method for method in METHODS if method != "dots"])
def test_every_choice_has_a_row_with_its_words_votes_and_share(method: str) -> None:
    round_ = voted(method)

    rows = tables_of(round_)[TOTAL]

    bars = [row for row in rows[1:] if len(row) > 1]
    assert [row[1] for row in bars] == [str(count) for count in round_["numbers"]["counts"].values()]
    assert sum(int(row[2].removesuffix("%")) for row in bars) == 100


def test_the_limit_stands_before_what_goes_beyond_it() -> None:
    rows = tables_of(voted("gradients"))[TOTAL]

    names = [row[0] for row in rows]
    limit = names.index("vooraf afgesproken grens")
    assert (names[limit - 1][:2], names[limit + 1][:2]) == ("6.", "7.")
    assert all("grens" not in row[0] for row in tables_of(voted("score"))[TOTAL])


def test_groups_have_a_number_for_each_pattern() -> None:
    rows = tables_of(voted("fist of five"))[BY_GROUP]

    assert [head.removesuffix(":") for head in rows[0][1:5]] == [
        "5–4: steun",
        "3: ertussenin",
        "2: een zorg",
        "1–0: tegen",
    ]
    assert rows[1] == ["Bewoners", "3 (14%)", "3 (14%)", "4 (19%)", "11 (53%)", "21"]
    assert rows[2][0] == "overige groepen"


def test_dots_are_numbers_in_total_and_by_group() -> None:
    tables = tables_of(voted("dots"))

    assert tables["Hoeveel stippen mensen gaven in ronde 1"] == [
        ["Gegeven door één persoon", "Mensen"],
        ["3 stippen", "8"],
        ["2 stippen", "6"],
        ["1 stip", "4"],
        ["0 stippen", "2"],
        ["Alle stippen samen", "40"],
    ]
    assert tables[BY_GROUP] == [
        ["Groep", "Stippen", "Gaf stippen", "Stemmen"],
        ["Bewoners", "20", "9", "10"],
        ["overige groepen", "20", "9", "10"],
        ["Iedereen", "40", "18", "20"],
    ]


@pytest.mark.parametrize("method", METHODS)
def test_a_frozen_result_keeps_what_its_method_says_of_its_choices(method: str) -> None:
    choices = choices_of(METHODS[method], BUDGET if method == "dots" else None)

    found = frozen_result(voted(method))  # type: ignore[arg-type]

    assert [(one.value, one.mark, one.is_in_favour, one.is_abstention) for one in found.choices] == [
        (one.value, one.mark, one.is_in_favour, one.is_abstention) for one in choices
    ]
