"""Charts of results by every method: shape, pattern, word and number, and nothing of small numbers."""

import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from exports.charts import (
    CHART_CONFIG,
    RoundBefore,
    history_chart,
    history_in_words,
    landscape_chart,
    landscape_in_words,
    result_chart,
    result_in_words,
    result_rows_chart,
    result_rows_in_words,
)
from models.basics.words import Decision, RuleKind
from models.voting.decision import Result, RowResult, Rule
from models.voting.methods import METHODS
from models.voting.methods.method import DotBudget, choices_of
from tests.results import result_of
from tests.serving import ROOT

NAMES = ("Residents", "Communities & <neighbours> of the whole town", None)
COUNTS = (
    {"agree": 16, "concern": 3, "objection": 1},
    {"agree": 10, "concern": 4, "objection": 0},
    {"agree": 13, "concern": 2, "objection": 1},
)
BUDGET = DotBudget(3, can_stack=True)


def by_group(method: str, *groups: dict[str, int], **more: Any) -> Result:
    """Return a result with up to three rows: residents, communities, and the other groups."""
    rows = [
        RowResult("other" if name is None else str(place), name, counts, sum(counts.values()))
        for place, (name, counts) in enumerate(zip(NAMES, groups, strict=False))
    ]
    choices = {choice for counts in groups for choice in counts}
    whole = {choice: sum(counts.get(choice, 0) for counts in groups) for choice in choices}
    return result_of(method, whole, rows=rows, **more)


RESULT = by_group("consent", *COUNTS)
HIDDEN = result_of("consent", {"agree": 4})


def texts(figure: Any) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def bars(figure: Any) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "bar"]


def of_any(method: str) -> Result:
    """Return a result in which each choice of a method was made by more people than the one before."""
    budget = BUDGET if method == "dots" else None
    counts = {
        choice.value: place for place, choice in enumerate(choices_of(METHODS[method], budget), start=1)
    }
    return by_group(method, counts, counts, budget=budget)


def test_every_choice_has_its_word_number_shape_and_pattern() -> None:
    figure = result_chart(RESULT, "en")

    assert figure is not None
    shapes = [trace for trace in figure.data if trace.type == "scatter"]
    assert list(figure.layout.yaxis.ticktext) == ["Agree", "Agree, with a concern", "Objection"]
    assert texts(figure) == ["<b>39</b>", "<b>9</b>", "<b>2</b>"]
    assert [bar.x[0] for bar in bars(figure)] == [39, 9, 2]
    assert [bar.marker.pattern.shape for bar in bars(figure)] == ["", "/", "\\"]
    assert [shape.marker.symbol for shape in shapes] == ["circle", "triangle-up", "diamond"]


def test_gradients_are_eight_bars_with_a_dashed_line_at_the_limit_agreed_beforehand() -> None:
    counts = {"1": 14, "2": 17, "3": 9, "4": 3, "5": 4, "6": 3, "7": 1, "8": 0}
    result = result_of("gradients", counts, rule=Rule(RuleKind.LEVEL, level="6", tolerated=2))

    figure = result_chart(result, "nl")

    assert figure is not None
    assert [bar.x[0] for bar in bars(figure)] == list(counts.values())
    patterns = [bar.marker.pattern.shape for bar in bars(figure)]
    assert patterns == ["", "", "", ".", ".", "/", "\\", "\\"]
    assert figure.layout.yaxis.ticktext[6].startswith("7. ")
    (line,) = figure.layout.shapes
    assert (line.y0, line.y1, line.line.dash) == (5.5, 5.5, "dash")
    assert texts(figure)[-1] == "vooraf afgesproken grens"


def test_without_a_limit_there_is_no_line() -> None:
    result = of_any("score")

    figure = result_chart(result, "nl")

    assert figure is not None
    assert len(figure.layout.shapes) == 0


def test_every_dot_is_a_circle_forty_in_a_row_with_the_total_in_words() -> None:
    result = result_of("dots", {"0": 18, "1": 10, "2": 10, "3": 12}, budget=BUDGET)

    figure = result_chart(result, "nl")

    assert figure is not None
    (circles,) = figure.data
    assert len(circles.x) == 66
    assert (max(circles.x), max(circles.y)) == (39, 1)
    assert texts(figure) == ["<b>66 stippen</b>"]


def test_very_many_dots_are_a_bar_on_the_scale_of_all_that_could_be_given() -> None:
    figure = result_chart(result_of("dots", {"0": 50, "3": 150}, budget=BUDGET), "nl")

    assert figure is not None
    assert [bar.x[0] for bar in bars(figure)] == [450]
    assert figure.layout.xaxis.range == (0, 600)


def test_letters_are_commissioner_of_16_pixels_without_grid_legend_or_tool_bar() -> None:
    figure = result_chart(RESULT, "nl")

    assert figure is not None
    assert (figure.layout.font.family.split(",")[0], figure.layout.font.size) == ("Commissioner", 16)
    assert (figure.layout.showlegend, figure.layout.xaxis.visible, figure.layout.yaxis.showgrid) == (
        False,
        False,
        False,
    )
    assert CHART_CONFIG["displayModeBar"] is False


@pytest.mark.parametrize("method", METHODS)
def test_rows_are_bars_of_equal_length_whatever_the_method(method: str) -> None:
    figure = result_rows_chart(of_any(method), "nl")

    assert figure is not None
    assert [round(sum(bar.x[row] for bar in bars(figure)), 9) for row in range(2)] == [1, 1]


def test_a_groups_numbers_stand_at_its_right_one_for_each_pattern() -> None:
    consent = result_rows_chart(RESULT, "en")
    gradients = result_rows_chart(by_group("gradients", {"1": 5, "3": 4, "4": 1, "5": 2, "8": 1}), "en")
    dots = result_rows_chart(by_group("dots", {"0": 8, "1": 5, "3": 3}, budget=BUDGET), "en")

    assert texts(consent)[:3] == ["16 · 3 · 1", "10 · 4 · 0", "13 · 2 · 1"]
    assert texts(gradients) == [
        "9 · 3 · 0 · 1",
        "1–3: support",
        "4–5: in between",
        "6: a concern",
        "7–8: against",
    ]
    assert texts(dots) == ["14 dots", "gave dots", "gave no dots"]


def test_a_groups_name_is_text_and_long_ones_take_two_lines() -> None:
    figure = result_rows_chart(RESULT, "en")

    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == [
        "Residents",
        "Communities &amp; &lt;neighbours&gt;<br>of the whole town",
        "other groups",
    ]


@pytest.mark.parametrize("chart", [result_chart, result_rows_chart])
def test_where_numbers_stay_hidden_there_is_no_chart(chart: Any) -> None:
    assert chart(RESULT, "nl") is not None

    assert chart(HIDDEN, "nl") is None


def test_without_rows_only_the_total_is_drawn() -> None:
    assert result_rows_chart(result_of("consent", {"agree": 9}), "nl") is None


def test_a_row_without_votes_has_no_length() -> None:
    figure = result_rows_chart(
        result_of("consent", {"agree": 9}, rows=[RowResult("1", "Residents", {}, 0)]), "en"
    )

    assert figure is not None
    assert [bar.x[0] for bar in bars(figure)] == [0, 0, 0]


def test_the_same_numbers_are_said_in_words() -> None:
    assert result_in_words(RESULT, "en") == "39 agree, 9 agree with a concern, 2 object."
    assert result_in_words(HIDDEN, "en") == "Fewer than five people voted. That is why we show no numbers."
    assert result_rows_in_words(RESULT, "nl").startswith(
        "Residents: 16 akkoord, 3 akkoord met een zorg, 1 bezwaar."
    )


@pytest.mark.parametrize("method", [method for method in METHODS if method != "dots"])
def test_every_number_of_a_chart_is_in_its_words(method: str) -> None:
    result = of_any(method)
    assert result.numbers is not None

    words = result_in_words(result, "en")

    assert all(str(count) in words for count in result.numbers.counts.values())


def test_dots_are_said_with_how_many_gave_them() -> None:
    result = by_group("dots", {"0": 8, "1": 5, "3": 3}, budget=BUDGET)

    assert result_in_words(result, "nl") == "14 stippen, gegeven door 8 van 16 mensen."


@dataclass(frozen=True)
class Voted:
    number: int
    text: str
    result: Result | None


LANDSCAPE = [
    Voted(1, "Divided & <b>bold</b>", by_group("consent", {"agree": 9, "objection": 1}, {"objection": 8})),
    Voted(2, "Carried", by_group("consent", {"agree": 10}, {"agree": 7, "concern": 1})),
    Voted(3, "Hardly voted on", HIDDEN),
    Voted(4, "Still open", None),
]


def test_the_landscape_puts_what_everyone_carries_first_and_shows_a_share_in_each_cell() -> None:
    figure = landscape_chart(LANDSCAPE, "en")

    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == [
        "2. Carried",
        "1. Divided &amp; &lt;b&gt;bold&lt;/b&gt;",
        "3. Hardly voted on",
    ]
    said = [text.removeprefix("<b>").removesuffix("</b>") for text in texts(figure)]
    assert said[:3] == ["Carried by everyone", "Divides us", "Hidden: fewer than 5 votes"]
    assert said[3:] == ["100%", "100%", "90%", "0%", "hidden"]


def test_the_landscape_is_blue_in_five_steps_and_a_hidden_text_is_one_striped_line() -> None:
    figure = landscape_chart(LANDSCAPE, "en")

    assert figure is not None
    cells = [trace for trace in figure.data if trace.type == "heatmap"]
    assert [list(cell.z[0]) for cell in cells] == [[4, 4], [4, 0]]
    (line,) = bars(figure)
    assert (line.x[0], line.marker.pattern.shape) == (2, "/")


def test_the_landscape_is_said_in_words() -> None:
    assert landscape_in_words(LANDSCAPE[:2], "en") == (
        "Carried by everyone: principle 2. In favour: Residents: 100%, "
        "Communities & <neighbours> of the whole town: 100%. "
        "Divides us: principle 1. In favour: Residents: 90%, Communities & <neighbours> of the whole town: 0%."
    )


def test_without_a_result_there_is_no_landscape_and_no_history() -> None:
    assert landscape_chart([LANDSCAPE[3]], "nl") is None
    assert history_chart([RoundBefore(1, 1, None)], "nl") is None


def test_the_history_shows_how_support_moved_over_rounds_by_different_methods() -> None:
    rounds = [
        RoundBefore(1, 1, result_of("gradients", {"1": 5, "3": 1, "7": 2})),
        RoundBefore(2, 1, HIDDEN),
        RoundBefore(4, 2, result_of("consent", {"agree": 9, "concern": 1}, decision=Decision.ADOPTED)),
    ]

    figure = history_chart(rounds, "en")

    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == [
        "Round 1, version 1",
        "Round 2, version 1",
        "Round 4, version 2",
    ]
    assert texts(figure) == [
        "<b>75% in favour</b> · not adopted",
        "<b>hidden</b> · not adopted",
        "<b>100% in favour</b> · adopted",
        "support",
        "in between",
        "a concern",
        "against",
    ]
    assert history_in_words(rounds[:1], "nl") == "Ronde 1, versie 1: 75% voor, niet aangenomen."


FIRST_REVEAL = """
import sys
from exports.charts import prepare_charts, result_chart
from tests.results import result_of

prepare_charts()
before = set(sys.modules)
for method, counts in (("gradients", {"1": 5, "8": 2}), ("consent", {"agree": 5}), ("dots", {"3": 5})):
    result_chart(result_of(method, counts), "nl").to_json()
print(sorted(name for name in set(sys.modules) - before if "plotly" in name))
"""


def test_a_room_does_not_wait_for_plotly_to_be_read_at_its_first_reveal() -> None:
    told = subprocess.run(
        [sys.executable, "-c", FIRST_REVEAL], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (told.stdout, told.stderr) == ("[]\n", "")
