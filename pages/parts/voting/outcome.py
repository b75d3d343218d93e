"""The outcome of one text: the sentence that explains it, who was there, the votes as charts and as tables."""

import streamlit as st
from markupsafe import escape

from exports.charts import result_rows_chart, result_rows_in_words
from exports.language import clock_time
from exports.results.tables_of_results import result_rows_table, result_table
from exports.sentences import acknowledged_sentence, outcome_sentence, presence_sentence
from models.voting.decision import Result
from models.voting.round_views import ItemView, RoundView
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small
from pages.parts.voting.chart import chart, plain_table
from pages.parts.voting.subjects import captions
from pages.parts.voting.votes import votes


def headline(item: ItemView) -> None:
    """Draw what was decided about one item of a closed round, in a sentence."""
    if item.result is None:
        return
    decided, follow_on = outcome_sentence(item.result, language())
    st.html(f'<p class="outcome">{escape(decided)}</p><p class="follow-on">{escape(follow_on)}</p>')


def outcome(item: ItemView) -> None:
    """Draw the numbers of one of several items of a closed round: the votes as charts and as tables."""
    result = item.result
    if result is None:
        return
    votes(result, key=str(item.id))
    if result.numbers is None:
        return
    # With many texts the page would be too long to find the next step on, and slow to draw.
    with st.expander(_("By group, and as a table"), key=f"table_{item.id}", on_change="rerun") as fold:
        if fold.open:
            by_group(item, result)


def who_was_there(round_: RoundView, time_zone: str) -> None:
    """Draw how many people were in the room beside how many could vote, and who went on with more voices."""
    small(presence_sentence(round_.heads_counted, round_.electorate, language()))
    for seen in round_.acknowledged:
        said = acknowledged_sentence(seen.moment, seen.voices, seen.heads, language())
        small(f"{said} ({seen.who}, {clock_time(seen.at, language(), time_zone)})")


def differs_from_the_heads(round_: RoundView) -> bool:
    """Return whether there were others in the room than could vote, or somebody went on with more voices than heads."""
    return bool(round_.acknowledged) or round_.heads_counted not in (None, round_.electorate)


def by_group(item: ItemView, result: Result) -> None:
    """Draw the votes of each group as a chart, and all numbers as tables."""
    chart(
        result_rows_chart(result, language()), result_rows_in_words(result, language()), key=f"rows_{item.id}"
    )
    _tables(item, result)


def _tables(item: ItemView, result: Result) -> None:
    of_all, by_group = captions(item)
    plain_table(result_table(result, language()), caption=of_all)
    plain_table(result_rows_table(result, language()), caption=by_group)
