"""The votes on one text: a bar per choice, or every dot."""

from html import escape

import plotly.graph_objects as go

from exports.charts.canvas import ACCENT, EDGE, INK, LANE, bar, empty_figure, say, shape
from exports.language import number, translations
from exports.results.result_parts import beyond_limit
from exports.results.shown import dots_label, result_label
from exports.results.tables_of_results import choices_in_words
from models.voting.decision import Result
from models.voting.methods.method import Shape

DOTS_IN_A_ROW = 40
DOTS_UP_TO = 400
LOW_LANE = 32


def result_chart(result: Result, language: str) -> go.Figure | None:
    """Return the votes on one text as a picture, or None where the numbers stay hidden.

    A bar per choice from most to least support, with its number and words; with dots, every dot.
    """
    if result.numbers is None:
        return None
    if result.look.shape is Shape.DOTS:
        return _dots(result, result.numbers.dots or 0, result.numbers.cast, language)
    return _bars(result, result.numbers.counts, language)


def result_in_words(result: Result, language: str) -> str:
    """Return the same numbers as `result_chart`, as one sentence for who cannot see it."""
    if result.numbers is None:
        return translations(language).gettext("Fewer than five people voted. That is why we show no numbers.")
    return choices_in_words(result, result.numbers.counts, result.numbers.cast, language)


def _bars(result: Result, counts: dict[str, int], language: str) -> go.Figure:
    longest = max([*counts.values(), 1])
    has_shapes = result.look.shape is Shape.MARKS
    lane = LANE if len(result.choices) <= 6 else LOW_LANE
    figure = empty_figure(height=len(result.choices) * lane + 16, room_at_right=64)
    for position, choice in enumerate(result.choices):
        count = counts.get(choice.value, 0)
        figure.add_trace(bar(choice.mark, [count], [position]))
        if has_shapes:
            figure.add_trace(shape(choice.mark, x=-longest * 0.015, y=position))
        say(figure, f"<b>{number(count, language)}</b>", x=count, y=position, xshift=10)
    figure.update_xaxes(range=[-longest * 0.03 if has_shapes else 0, longest])
    figure.update_yaxes(
        range=[len(result.choices) - 0.5, -0.5],
        tickvals=list(range(len(result.choices))),
        ticktext=[
            escape(result_label(result, choice.value, language), quote=False) for choice in result.choices
        ],
    )
    _draw_limit(figure, result, language)
    return figure


def _draw_limit(figure: go.Figure, result: Result, language: str) -> None:
    """Draw a dashed line before the first choice beyond the limit that was agreed before the vote."""
    first = beyond_limit(result)
    if first is None:
        return
    height = [choice.value for choice in result.choices].index(first) - 0.5
    figure.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        y0=height,
        y1=height,
        line={"color": INK, "width": 2, "dash": "dash"},
    )
    say(
        figure,
        translations(language).gettext("limit, agreed before the vote"),
        x=1,
        y=height,
        xref="paper",
        xanchor="right",
        yanchor="top",
        yshift=-2,
        font={"size": 15},
    )


def _dots(result: Result, dots: int, cast: int, language: str) -> go.Figure:
    """Return every dot as a circle, 40 in a row; above 400 a bar, on the scale of all that could be given."""
    said = f"<b>{dots_label(result, dots, language)}</b>"
    if dots > DOTS_UP_TO:
        figure = empty_figure(height=LANE + 16, room_at_right=140)
        figure.add_trace(bar("dot", [dots], [0]))
        say(figure, said, x=dots, y=0, xshift=10)
        most = max(int(choice.value) for choice in result.choices)
        figure.update_xaxes(range=[0, max(cast * most, dots)])
        figure.update_yaxes(range=[0.5, -0.5], visible=False)
        return figure
    rows = max(1, -(-dots // DOTS_IN_A_ROW))
    figure = empty_figure(height=rows * 20 + 44, room_at_right=8)
    figure.add_trace(
        go.Scatter(
            x=[place % DOTS_IN_A_ROW for place in range(dots)],
            y=[place // DOTS_IN_A_ROW for place in range(dots)],
            mode="markers",
            marker={"symbol": "circle", "size": 12, "color": ACCENT, "line": EDGE | {"width": 0}},
            cliponaxis=False,
        )
    )
    say(figure, said, x=-0.5, y=1, yref="paper", yanchor="top")
    figure.update_xaxes(range=[-0.5, DOTS_IN_A_ROW])
    figure.update_yaxes(range=[rows - 0.5, -0.5 - 28 / 20], visible=False)
    return figure
