"""Plotly figures for the facilitator's pages: shape, pattern, word and number; colour comes last.

Every figure is read without a legend, a grid or a tool bar, has a sentence beside it for screen readers, and its
numbers as a table in `exports.results.tables_of_results`. Colours and strokes are those of `looks.md` ("Chart
language"), light only, as the facilitator's pages are.
"""

from exports.charts.canvas import CHART_CONFIG, INK, LETTERS, prepare_charts
from exports.charts.history import (
    RoundBefore,
    history_chart,
    history_in_words,
    legend_of_rounds,
    round_label,
    told_rounds,
)
from exports.charts.landscape import landscape_chart, landscape_in_words
from exports.charts.result import result_chart, result_in_words
from exports.charts.rows import result_rows_chart, result_rows_in_words

__all__ = [
    "CHART_CONFIG",
    "INK",
    "LETTERS",
    "RoundBefore",
    "history_chart",
    "history_in_words",
    "landscape_chart",
    "landscape_in_words",
    "legend_of_rounds",
    "prepare_charts",
    "result_chart",
    "result_in_words",
    "result_rows_chart",
    "result_rows_in_words",
    "round_label",
    "told_rounds",
]
