"""Plotly figures for the facilitator's pages: shape, pattern, word and number; colour comes last.

Every figure is read without a legend, a grid or a tool bar, and has a sentence beside it for screen readers.
Colours and strokes are those of `looks.md` ("Chart language"), light only, as the facilitator's pages are.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Protocol

import plotly.graph_objects as go

from exports.language import number, translations
from exports.sentences import choice_label, row_label

CHART_CONFIG: dict[str, Any] = {"displayModeBar": False, "staticPlot": True}

CHOICES = ("agree", "concern", "objection")
FILLS = {"agree": "#2F7BC2", "concern": "#F2BE3C", "objection": "#7D1A1E"}
SYMBOLS = {"agree": "circle", "concern": "triangle-up", "objection": "diamond"}
STRIPES: dict[str, dict[str, Any]] = {
    "agree": {"shape": ""},
    "concern": {"shape": "/", "fgcolor": "#12241D", "bgcolor": "#F2BE3C", "size": 9, "solidity": 0.25},
    "objection": {"shape": "\\", "fgcolor": "#FFFFFF", "bgcolor": "#7D1A1E", "size": 9, "solidity": 0.25},
}
INK = "#12241D"
LETTERS = {"family": "Commissioner, sans-serif", "size": 16, "color": INK}
EDGE = {"color": INK, "width": 1.3}


class RowCounts(Protocol):
    """One row of a result: a group, the joined small groups, or those without a group."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str | None: ...
    @property
    def counts(self) -> Mapping[str, int]: ...
    @property
    def cast(self) -> int: ...


class TotalCounts(Protocol):
    @property
    def cast(self) -> int: ...
    @property
    def counts(self) -> Mapping[str, int]: ...


class CountedResult(Protocol):
    """What a chart asks of a result; `numbers` is None where fewer than 5 voted."""

    @property
    def numbers(self) -> TotalCounts | None: ...
    @property
    def rows(self) -> Sequence[RowCounts]: ...


def consent_chart(result: CountedResult, language: str) -> go.Figure | None:
    """Return one bar per choice with its shape, word and number, or None where the numbers stay hidden."""
    if result.numbers is None:
        return None
    counts = [result.numbers.counts.get(choice, 0) for choice in CHOICES]
    longest = max([*counts, 1])
    figure = _empty_figure(height=3 * 44 + 16, room_at_right=64)
    for position, (choice, count) in enumerate(zip(CHOICES, counts, strict=True)):
        figure.add_trace(_bar(choice, [count], [position]))
        figure.add_trace(_shape(choice, x=-longest * 0.015, y=position))
        figure.add_annotation(
            x=count,
            y=position,
            text=f"<b>{number(count, language)}</b>",
            xanchor="left",
            xshift=10,
            showarrow=False,
        )
    figure.update_xaxes(range=[-longest * 0.03, longest])
    figure.update_yaxes(
        range=[2.5, -0.5],
        tickvals=list(range(len(CHOICES))),
        ticktext=[choice_label("consent", choice, language) for choice in CHOICES],
    )
    return figure


def rows_chart(result: CountedResult, language: str) -> go.Figure | None:
    """Return a bar of equal length per row, split by share, with the counts at its right.

    None where the numbers stay hidden, or where only the total may be shown.
    """
    if result.numbers is None or not result.rows:
        return None
    figure = _empty_figure(height=(len(result.rows) + 1) * 44 + 16, room_at_right=120)
    for choice in CHOICES:
        figure.add_trace(
            _bar(
                choice,
                [_share(row, choice) for row in result.rows],
                list(range(1, len(result.rows) + 1)),
            )
        )
    for position, row in enumerate(result.rows, start=1):
        figure.add_annotation(
            x=1,
            y=position,
            text=" · ".join(number(row.counts.get(choice, 0), language) for choice in CHOICES),
            xanchor="left",
            xshift=12,
            showarrow=False,
        )
    for place, choice in zip((0.015, 0.24, 0.67), CHOICES, strict=True):
        figure.add_trace(_shape(choice, x=place, y=0))
        figure.add_annotation(
            x=place,
            y=0,
            text=choice_label("consent", choice, language),
            xanchor="left",
            xshift=12,
            showarrow=False,
        )
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1])
    figure.update_yaxes(
        range=[len(result.rows) + 0.5, -0.5],
        tickvals=list(range(1, len(result.rows) + 1)),
        ticktext=[_two_lines(row_label(row.key, row.name, language)) for row in result.rows],
    )
    return figure


def consent_in_words(result: CountedResult, language: str) -> str:
    """Return the same numbers as `consent_chart`, as one sentence for who cannot see it."""
    if result.numbers is None:
        return translations(language).gettext("Fewer than five people voted. That is why we show no numbers.")
    return _counts_in_words(result.numbers.counts, language)


def rows_in_words(result: CountedResult, language: str) -> str:
    """Return the same numbers as `rows_chart`, as one sentence per row for who cannot see it."""
    _ = translations(language).gettext
    return " ".join(
        _("{group}: {counts}").format(
            group=row_label(row.key, row.name, language), counts=_counts_in_words(row.counts, language)
        )
        for row in result.rows
    )


def _counts_in_words(counts: Mapping[str, int], language: str) -> str:
    _ = translations(language).gettext
    return _("{agree} agree, {concern} agree with a concern, {objection} object.").format(
        **{choice: number(counts.get(choice, 0), language) for choice in CHOICES}
    )


def _share(row: RowCounts, choice: str) -> float:
    return row.counts.get(choice, 0) / row.cast if row.cast else 0


def _two_lines(name: str, longest: int = 22) -> str:
    """Break a long name near its middle: Plotly does not wrap labels, and reads them as HTML."""
    if len(name) <= longest or " " not in name:
        return escape(name, quote=False)
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return f"{escape(name[:middle], quote=False)}<br>{escape(name[middle + 1 :], quote=False)}"


def _bar(choice: str, lengths: list[float] | list[int], places: list[int]) -> go.Bar:
    return go.Bar(
        x=lengths,
        y=places,
        orientation="h",
        width=0.62,
        marker={"color": FILLS[choice], "line": EDGE, "pattern": STRIPES[choice]},
    )


def _shape(choice: str, *, x: float, y: float) -> go.Scatter:
    return go.Scatter(
        x=[x],
        y=[y],
        mode="markers",
        marker={"symbol": SYMBOLS[choice], "size": 14, "color": FILLS[choice], "line": EDGE},
        cliponaxis=False,
    )


def _empty_figure(*, height: int, room_at_right: int) -> go.Figure:
    """Return a figure without anything on it; `room_at_right` are the pixels that its numbers take."""
    figure = go.Figure()
    figure.update_layout(
        template="none",
        font=LETTERS,
        height=height,
        showlegend=False,
        margin={"l": 8, "r": room_at_right, "t": 4, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    figure.update_annotations(font=LETTERS)
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(
        showgrid=False,
        zeroline=False,
        showline=False,
        ticks="",
        fixedrange=True,
        automargin=True,
        ticklabelstandoff=8,
    )
    return figure
