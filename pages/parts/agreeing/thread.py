"""The thread: where principles and agreements came from and what they became, as a picture, a sentence and a table."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import escape

from exports.charts import CHART_CONFIG
from exports.charts.evidence_thread import evidence_thread_chart
from exports.charts.thread import thread_chart
from exports.sentences.thread import (
    THREAD_SEPARATOR,
    dead_end_sentences,
    evidence_name,
    origin_name,
    point_sentence,
    point_word,
    round_words,
    thread_name,
    thread_sentence,
)
from exports.sentences.words import progress_word
from models.drafting.origins import OriginKind
from models.threads.dead_ends import DeadEnds
from models.threads.evidence import EvidenceThread, ThreadEvidence, ThreadPoint
from models.threads.threads import Thread
from pages.parts.frame.table import Cell, table
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small

CHOSEN, CHOICE = "thread", "thread_choice"


def thread_picture(threads: Sequence[Thread], ends: DeadEnds, evidence: EvidenceThread) -> None:
    """Draw the threads of an alliance, one of them chosen by `?thread=…` in the address; and where they end.

    Where there is a startfoto the thread begins with its evidence.
    """
    st.header(_("The thread"), anchor=False)
    if not threads and evidence.is_empty:
        st.markdown(_("The thread begins with the first principle or agreement."))
        return
    with st.container(border=True, key="card_thread"):
        chosen = _chosen(threads) if threads else None
        sentence = _sentence(chosen, evidence) if chosen else ""
        if sentence:
            st.html(f'<p class="thread">{escape(sentence)}</p>')
        with st.container(key="thread_picture"):
            st.plotly_chart(
                thread_chart(threads, chosen, language())
                if evidence.is_empty
                else evidence_thread_chart(
                    evidence, threads, chosen, language(), unpractised=ends.principles
                ),
                key="chart_thread",
                theme=None,
                config=CHART_CONFIG,
                alt=_("Picture of all threads. Coloured is this one: {sentence}").format(sentence=sentence)
                if sentence
                else _("Picture of the thread from evidence to agreements. The table says the same."),
            )
        if evidence.is_empty:
            small(_("Coloured is the chosen thread. The wider a ribbon, the more proposals it carries."))
        else:
            small(
                _(
                    "Coloured is the chosen thread. From the points on, a ribbon is as wide as the proposals that it "
                    "carries; before them, as the part that the evidence has in a conclusion."
                )
            )
        _as_table(threads, evidence)
        told = dead_end_sentences(ends, language())
        if told:
            st.subheader(_("Where the thread breaks off"), anchor=False)
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))


def _sentence(chosen: Thread, evidence: EvidenceThread) -> str:
    sentence = thread_sentence(chosen, language())
    origin = chosen.came.origin
    point = evidence.point(origin.name) if origin.kind is OriginKind.IMPROVEMENT else None
    return f"{point_sentence(point, evidence, language())} {sentence}" if point else sentence


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


def _as_table(threads: Sequence[Thread], evidence: EvidenceThread) -> None:
    with st.expander(_("See it as a table"), key="table_thread"):
        if not evidence.is_empty:
            table(
                [_("Conclusion"), _("Evidence"), _("Point for improvement"), _("What became of it")],
                evidence_rows(threads, evidence),
                caption=_("From evidence by a conclusion to a point, and where that ends"),
            )
        if threads:
            table(
                [
                    _("Where it came from"),
                    _("Proposals"),
                    _("Principle"),
                    _("Round"),
                    _("Agreement"),
                    _("Progress"),
                ],
                [_row(thread) for thread in threads],
                caption=_("Every thread, from where it came to the agreement that it became"),
            )


def evidence_rows(threads: Sequence[Thread], evidence: EvidenceThread) -> list[Sequence[Cell]]:
    """Return a row for each way from a conclusion to a point, and for what nothing followed from."""
    numbered = _("{number}. {text}")
    rows: list[Sequence[Cell]] = []
    for conclusion in evidence.conclusions:
        said = numbered.format(number=conclusion.name, text=conclusion.text)
        beside = _told(conclusion.evidence) or _("no evidence yet")
        points = [point for point in evidence.points if conclusion.id in point.conclusion_ids]
        rows += [
            (said, beside, numbered.format(number=point.name, text=point.text), _became(point, threads))
            for point in points
        ]
        if not points:
            rows.append((said, beside, _("no point for improvement yet"), ""))
    rows += [
        (
            _("without a conclusion"),
            "",
            numbered.format(number=point.name, text=point.text),
            _became(point, threads),
        )
        for point in evidence.points
        if not point.conclusion_ids
    ]
    if evidence.unused:
        rows.append((_("beside no conclusion"), _told(evidence.unused), "", ""))
    return rows


def _told(found: Sequence[ThreadEvidence]) -> str:
    parts = []
    for one in found:
        name = evidence_name(one, language())
        parts.append(
            _("{evidence} ({count} against)").format(evidence=name, count=one.against)
            if one.against
            else name
        )
    return " · ".join(parts)


def _became(point: ThreadPoint, threads: Sequence[Thread]) -> str:
    of_point = [
        thread
        for thread in threads
        if thread.came.origin.kind is OriginKind.IMPROVEMENT and thread.came.origin.name == point.name
    ]
    if of_point:
        # Without the point itself, which stands beside it.
        ways = dict.fromkeys(
            thread_name(thread, language()).partition(THREAD_SEPARATOR)[2] for thread in of_point
        )
        return "; ".join(ways)
    return point_word(point, language())


def _row(thread: Thread) -> Sequence[Cell]:
    principle, agreement = thread.principle, thread.agreement
    numbered = _("{number}. {text}")
    return (
        origin_name(thread.came.origin, language()),
        thread.came.proposals,
        numbered.format(number=principle.number, text=principle.text) if principle else "",
        round_words(principle.round, language()) if principle else "",
        numbered.format(number=agreement.number, text=agreement.what) if agreement else "",
        progress_word(agreement.progress, language()) if agreement and agreement.progress else "",
    )
