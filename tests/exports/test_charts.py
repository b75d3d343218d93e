"""Charts of a consent result: shape, pattern, word and number, and nothing of small numbers."""

from dataclasses import dataclass, field

import pytest

from exports.charts import CHART_CONFIG, consent_chart, consent_in_words, rows_chart, rows_in_words


@dataclass(frozen=True)
class Row:
    key: str
    name: str | None
    counts: dict[str, int]
    cast: int


@dataclass(frozen=True)
class Total:
    counts: dict[str, int]
    cast: int


@dataclass(frozen=True)
class Outcome:
    numbers: Total | None
    rows: list[Row] = field(default_factory=list)


RESULT = Outcome(
    Total({"agree": 39, "concern": 9, "objection": 2}, 50),
    [
        Row("1", "Residents", {"agree": 16, "concern": 3, "objection": 1}, 20),
        Row(
            "2",
            "Communities & <neighbours> of the whole town",
            {"agree": 10, "concern": 4, "objection": 0},
            14,
        ),
        Row("other", None, {"agree": 13, "concern": 2, "objection": 1}, 16),
    ],
)
HIDDEN = Outcome(None, [Row("1", "Residents", {"agree": 4}, 4)])


def texts(figure: object) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]  # type: ignore[attr-defined]


def test_every_choice_has_its_word_number_shape_and_pattern() -> None:
    figure = consent_chart(RESULT, "en")

    assert figure is not None
    bars = [trace for trace in figure.data if trace.type == "bar"]
    shapes = [trace for trace in figure.data if trace.type == "scatter"]
    assert list(figure.layout.yaxis.ticktext) == ["Agree", "Agree, with a concern", "Objection"]
    assert texts(figure) == ["<b>39</b>", "<b>9</b>", "<b>2</b>"]
    assert [bar.x[0] for bar in bars] == [39, 9, 2]
    assert [bar.marker.pattern.shape for bar in bars] == ["", "/", "\\"]
    assert [shape.marker.symbol for shape in shapes] == ["circle", "triangle-up", "diamond"]


def test_letters_are_commissioner_of_16_pixels_without_grid_legend_or_tool_bar() -> None:
    figure = consent_chart(RESULT, "nl")

    assert figure is not None
    assert (figure.layout.font.family.split(",")[0], figure.layout.font.size) == ("Commissioner", 16)
    assert (figure.layout.showlegend, figure.layout.xaxis.visible, figure.layout.yaxis.showgrid) == (
        False,
        False,
        False,
    )
    assert CHART_CONFIG["displayModeBar"] is False


def test_rows_are_bars_of_equal_length_with_their_counts_at_the_right() -> None:
    figure = rows_chart(RESULT, "en")

    assert figure is not None
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert [round(sum(bar.x[row] for bar in bars), 9) for row in range(3)] == [1, 1, 1]
    assert texts(figure)[:3] == ["16 · 3 · 1", "10 · 4 · 0", "13 · 2 · 1"]


def test_a_groups_name_is_text_and_long_ones_take_two_lines() -> None:
    figure = rows_chart(RESULT, "en")

    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == [
        "Residents",
        "Communities &amp; &lt;neighbours&gt;<br>of the whole town",
        "other groups",
    ]


@pytest.mark.parametrize("chart", [consent_chart, rows_chart])
def test_where_numbers_stay_hidden_there_is_no_chart(chart: object) -> None:
    assert chart(RESULT, "nl") is not None  # type: ignore[operator]

    assert chart(HIDDEN, "nl") is None  # type: ignore[operator]


def test_without_rows_only_the_total_is_drawn() -> None:
    assert rows_chart(Outcome(RESULT.numbers), "nl") is None


def test_a_row_without_votes_has_no_length() -> None:
    figure = rows_chart(Outcome(RESULT.numbers, [Row("1", "Residents", {}, 0)]), "en")

    assert figure is not None
    assert [trace.x[0] for trace in figure.data if trace.type == "bar"] == [0, 0, 0]


def test_the_same_numbers_are_said_in_words() -> None:
    assert consent_in_words(RESULT, "en") == "39 agree, 9 agree with a concern, 2 object."
    assert consent_in_words(HIDDEN, "en") == "Fewer than five people voted. That is why we show no numbers."
    assert rows_in_words(RESULT, "nl").startswith("Residents: 16 akkoord, 3 akkoord met een zorg, 1 bezwaar.")
