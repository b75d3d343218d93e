"""How the support for each principle moved over its rounds."""

from collections.abc import Sequence

import streamlit as st

from exports.charts import history_chart, history_in_words, told_rounds
from exports.results.tables_of_results import history_table
from models.voting.principles import PrincipleView
from models.voting.round_views import RoundView
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small
from pages.parts.voting.chart import as_table, chart, plain_table


def history(principles: Sequence[PrincipleView], above: RoundView | None) -> None:
    """Draw the principles with a round besides the one that stands `above`, each in a fold."""
    voted = [
        principle
        for principle in principles
        if any(above is None or round_.id != above.id for round_ in principle.rounds)
    ]
    if not voted:
        return
    st.header(_("Support over the rounds"), anchor=False)
    for principle in voted:
        label = _("{number}. {text}").format(number=principle.number, text=principle.text)
        # A chart is drawn only where it is looked at.
        with st.expander(
            plain(label), key=f"rounds_{principle.id}", icon=":material/history:", on_change="rerun"
        ) as fold:
            if fold.open:
                support_over_rounds(principle, key=str(principle.id))


def support_over_rounds(principle: PrincipleView, *, key: str) -> None:
    """Draw the rounds of a principle, oldest first: as a chart from two results on, and as a table."""
    rounds = told_rounds(principle.rounds, principle.id)
    told = [found for found in rounds if found.result is not None]
    caption = _("Rounds about principle {number}").format(number=principle.number)
    numbers = history_table(rounds, language())
    if len(told) > 1:
        chart(history_chart(rounds, language()), history_in_words(rounds, language()), key=f"history_{key}")
        as_table(numbers, caption=caption, key=f"history_{key}")
    else:
        plain_table(numbers, caption=caption)
    waiting = len(rounds) - len(told)
    if waiting:
        small(
            ngettext(
                "{count} round has no result that was shown.",
                "{count} rounds have no result that was shown.",
                waiting,
            ).format(count=waiting)
        )
