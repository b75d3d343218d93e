"""The outcomes of a round about several texts, below each other: with dots in the order of their dots."""

import streamlit as st

from exports.results.tables_of_results import support_words
from exports.sentences import decision_word
from models.voting.round_views import ItemView, RoundView
from pages.parts.frame.table import Cell, table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language
from pages.parts.voting.outcome import who_was_there
from pages.parts.voting.subjects import subject_word


def overview(round_: RoundView, time_zone: str) -> None:
    """Draw the outcome of every text; nothing in a round about one."""
    if len(round_.items) < 2 or not all(item.result for item in round_.items):
        return
    with st.container(border=True, key="card_overview"):
        st.header(_("The texts of this round"), anchor=False)
        if round_.budget is None and not round_.rule.decides:
            table(
                [subject_word(round_), _("Support"), _("Votes")],
                [(*_row(item)[:2], _votes(item)) for item in round_.items],
            )
        elif round_.budget is None:
            table(
                [subject_word(round_), _("Support"), _("Outcome")],
                [_row(item) for item in round_.items],
            )
        else:
            table(
                [subject_word(round_), _("Support"), _("Outcome"), _("Place")],
                [(*_row(item), _place(item)) for item in sorted(round_.items, key=_order)],
                caption=_("Equal numbers of dots share a place."),
            )
        who_was_there(round_, time_zone)


def _row(item: ItemView) -> tuple[Cell, ...]:
    text = _("{number}. {text}").format(number=item.number, text=item.text)
    if item.result is None:
        return (text, "", "")
    decided = decision_word(item.result.decision, language(), is_just_revealed=True)
    return (text, support_words(item.result, language()), decided)


def _votes(item: ItemView) -> Cell:
    """Return how many people answered, or why no number is shown."""
    if item.result is None:
        return ""
    numbers = item.result.numbers
    return numbers.cast if numbers else decision_word(item.result.decision, language(), is_just_revealed=True)


def _place(item: ItemView) -> int | None:
    return item.result.place if item.result else None


def _order(item: ItemView) -> tuple[bool, int, int]:
    place = _place(item)
    return place is None, place or 0, item.position
