"""The thread: where principles and agreements came from and what they became, as a picture, a sentence and a table."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import escape

from exports.charts import CHART_CONFIG
from exports.charts.thread import thread_chart
from exports.sentences.thread import (
    dead_end_sentences,
    origin_name,
    round_words,
    thread_name,
    thread_sentence,
)
from models.threads.dead_ends import DeadEnds
from models.threads.threads import Thread
from pages.parts.frame.table import Cell, table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small

CHOSEN, CHOICE = "thread", "thread_choice"


def thread_picture(threads: Sequence[Thread], ends: DeadEnds) -> None:
    """Draw the threads of an alliance, one of them chosen by `?thread=…` in the address; and where they end."""
    st.header(_("The thread"), anchor=False)
    if not threads:
        st.markdown(_("The thread begins with the first principle or agreement."))
        return
    with st.container(border=True, key="card_thread"):
        chosen = _chosen(threads)
        sentence = thread_sentence(chosen, language())
        st.html(f'<p class="thread">{escape(sentence)}</p>')
        with st.container(key="thread_picture"):
            st.plotly_chart(
                thread_chart(threads, chosen, language()),
                key="chart_thread",
                theme=None,
                config=CHART_CONFIG,
                alt=_("Picture of all threads. Coloured is this one: {sentence}").format(sentence=sentence),
            )
        small(_("Coloured is the chosen thread. The wider a ribbon, the more proposals it carries."))
        _as_table(threads)
        told = dead_end_sentences(ends, language())
        if told:
            st.subheader(_("Where the thread breaks off"), anchor=False)
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))


def _chosen(threads: Sequence[Thread]) -> Thread:
    by_key = {thread.key: thread for thread in threads}
    if st.session_state.get(CHOICE) not in by_key:
        # A thread that goes on to an agreement has a new name: the way is the same.
        asked = st.session_state.pop(CHOICE, None) or st.query_params.get(CHOSEN, "")
        st.session_state[CHOICE] = _nearest(by_key, asked)

    key = st.selectbox(
        _("Choose a thread"),
        list(by_key),
        format_func=lambda key: thread_name(by_key[key], language()),
        key=CHOICE,
        filter_mode=None,
        width=560,
    )
    # At every drawing: news of the room may bring along an address from before the last choice.
    if key == _nearest(by_key, ""):
        st.query_params.pop(CHOSEN, None)
    elif st.query_params.get(CHOSEN) != key:
        st.query_params[CHOSEN] = key
    return by_key[key]


def _nearest(by_key: dict[str, Thread], asked: str) -> str:
    """Return the thread asked for, else one that begins like it, else the first that came to an agreement."""
    whole = [key for key, thread in by_key.items() if thread.principle and thread.agreement]
    alike = [key for key in by_key if asked and key.startswith(asked)]
    return asked if asked in by_key else [*alike, *whole, *by_key][0]


def _as_table(threads: Sequence[Thread]) -> None:
    with st.expander(_("See it as a table"), key="table_thread"):
        table(
            [_("Where it came from"), _("Proposals"), _("Principle"), _("Round"), _("Agreement")],
            [_row(thread) for thread in threads],
            caption=_("Every thread, from where it came to the agreement that it became"),
        )


def _row(thread: Thread) -> Sequence[Cell]:
    principle, agreement = thread.principle, thread.agreement
    numbered = _("{number}. {text}")
    return (
        origin_name(thread.came.origin, language()),
        thread.came.proposals,
        numbered.format(number=principle.number, text=principle.text) if principle else "",
        round_words(principle.round, language()) if principle else "",
        numbered.format(number=agreement.number, text=agreement.what) if agreement else "",
    )
