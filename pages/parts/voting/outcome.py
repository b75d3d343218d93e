"""The outcome of one text: the sentence that explains it, who was there, the votes as charts and as tables."""

import streamlit as st
from markupsafe import escape

from exports.charts import result_chart, result_in_words, result_rows_chart, result_rows_in_words
from exports.language import clock_time
from exports.results.tables_of_results import result_rows_table, result_table
from exports.sentences import acknowledged_sentence, outcome_sentence, presence_sentence
from models.voting.decision import Result
from models.voting.round_views import ItemView, RoundView
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small
from pages.parts.voting.chart import chart, plain_table
from pages.parts.voting.subjects import captions


def headline(item: ItemView) -> None:
    """Draw what was decided about one item of a closed round, in a sentence."""
    if item.result is None:
        return
    decided, follow_on = outcome_sentence(item.result, language())
    st.html(f'<p class="outcome">{escape(decided)}</p><p class="follow-on">{escape(follow_on)}</p>')


def outcome(item: ItemView, round_: RoundView, time_zone: str) -> None:
    """Draw the numbers of one item of a closed round: who was there, the votes as charts and as tables."""
    result = item.result
    if result is None:
        return
    if len(round_.items) == 1:
        who_was_there(round_, time_zone)
    chart(result_chart(result, language()), result_in_words(result, language()), key=str(item.id))
    if result.numbers is None:
        return
    if len(round_.items) == 1:
        _by_group(item, result)
        with st.expander(_("See it as a table"), key=f"table_{item.id}"):
            _tables(item, result)
        return
    # With many texts the page would be too long to find the next step on, and slow to draw.
    with st.expander(_("By group, and as a table"), key=f"table_{item.id}", on_change="rerun") as fold:
        if fold.open:
            _by_group(item, result)
            _tables(item, result)


def who_was_there(round_: RoundView, time_zone: str) -> None:
    """Draw how many people were in the room beside how many could vote, and who went on with more voices."""
    small(presence_sentence(round_.heads_counted, round_.electorate, language()))
    for seen in round_.acknowledged:
        said = acknowledged_sentence(seen.moment, seen.voices, seen.heads, language())
        small(f"{said} ({seen.who}, {clock_time(seen.at, language(), time_zone)})")


def _by_group(item: ItemView, result: Result) -> None:
    chart(
        result_rows_chart(result, language()), result_rows_in_words(result, language()), key=f"rows_{item.id}"
    )


def _tables(item: ItemView, result: Result) -> None:
    of_all, by_group = captions(item)
    plain_table(result_table(result, language()), caption=of_all)
    plain_table(result_rows_table(result, language()), caption=by_group)
