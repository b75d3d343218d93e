"""A chart with what it says in words, and the same numbers as a table one tap away."""

import plotly.graph_objects as go
import streamlit as st

from exports.charts import CHART_CONFIG
from exports.results.tables_of_results import PlainTable
from pages.parts.frame.table import table
from pages.parts.frame.words import gettext as _


def chart(figure: go.Figure | None, words: str, *, key: str) -> None:
    """Draw a figure, where there is one; `words` say the same to who cannot see it."""
    if figure is not None:
        st.plotly_chart(figure, key=f"chart_{key}", theme=None, config=CHART_CONFIG, alt=words)


def as_table(numbers: PlainTable | None, *, caption: str, key: str) -> None:
    """Draw a table in a fold, one tap away from its chart."""
    if numbers is not None:
        with st.expander(_("See it as a table"), key=f"table_{key}"):
            plain_table(numbers, caption=caption)


def plain_table(numbers: PlainTable | None, *, caption: str) -> None:
    """Draw a table of numbers, where there is one."""
    if numbers is not None:
        table(numbers.head, numbers.rows, caption=caption)
