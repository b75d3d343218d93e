"""The votes on one text by group: bars of equal length, divided by share."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from exports.charts.canvas import LANE, bar, draw_legend, empty_figure, in_lines, say
from exports.language import translations
from exports.results.result_parts import Part, part_label, parts_of
from exports.results.tables_of_results import choices_in_words, row_numbers
from exports.sentences.outcome import row_label
from models.voting.decision import Result


def result_rows_chart(result: Result, language: str) -> go.Figure | None:
    """Return a bar of equal length per group, divided by share, with the numbers at its right.

    None where the numbers stay hidden, or where only the total may be shown.
    """
    if result.numbers is None or not result.rows:
        return None
    parts = parts_of(result.choices)
    places = list(range(len(result.rows)))
    figure = empty_figure(height=len(result.rows) * LANE + 16, room_at_right=120 if len(parts) < 4 else 160)
    draw_shares(figure, parts, [row.counts for row in result.rows], places)
    for position, row in zip(places, result.rows, strict=True):
        say(figure, row_numbers(result, row.counts, language), x=1, y=position, xshift=12)
    draw_legend(figure, [(part.look, part_label(result, part, language)) for part in parts])
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1])
    figure.update_yaxes(
        range=[len(result.rows) - 0.5, -0.5],
        tickvals=places,
        ticktext=[in_lines(row_label(row.key, row.name, language)) for row in result.rows],
    )
    return figure


def result_rows_in_words(result: Result, language: str) -> str:
    """Return the same numbers as `result_rows_chart`, as one sentence per group for who cannot see it."""
    _ = translations(language).gettext
    return " ".join(
        _("{group}: {counts}").format(
            group=row_label(row.key, row.name, language),
            counts=choices_in_words(result, row.counts, row.cast, language, is_part=True),
        )
        for row in result.rows
    )


def draw_shares(
    figure: go.Figure, parts: Sequence[Part], counts: Sequence[Mapping[str, int]], places: Sequence[float]
) -> None:
    """Draw a bar of full length at each place, divided in `parts` by their share of the votes."""
    for part in parts:
        shares = []
        for row in counts:
            cast = sum(row.values())
            shares.append(part.count(row) / cast if cast else 0)
        figure.add_trace(bar(part.look, shares, places))
