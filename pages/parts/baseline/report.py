"""The report: read as it would be now, frozen edition by edition, presented on a day. It opens in the page's head."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from exports.language import day, day_and_time, listed
from models.baseline.baseline import present_baseline
from models.baseline.conclusion_views import ConclusionView
from models.basics.clock import today
from models.reports.before_freezing import half_told
from models.reports.freezing import FrozenReport, complete_words, freeze_report
from pages.parts.baseline.at_hand import BaselineNow
from pages.parts.frame.acting import act
from pages.parts.frame.download import download
from pages.parts.frame.panel import opens_panel, panel_is_open
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small_print

PRESENTED, REPORT = "presented_on", "report_panel"


def opens_report(frozen: FrozenReport | None) -> None:
    """Draw the button with which the report opens under the head of the page; `frozen` is its newest edition."""
    label = _("Make the report") if frozen is None else _("See the report")
    opens_panel(label, key=REPORT, icon=":material/description:")


def report_card(now: BaselineNow, conclusions: Sequence[ConclusionView], frozen: FrozenReport | None) -> None:
    """Draw the newest edition with its control words, and the way to the next one, where the report was opened.

    What was taken back since the newest edition is told either way.
    """
    if not panel_is_open(REPORT):
        if frozen is not None and frozen.withdrawn:
            _withdrawn(frozen)
        return
    path = f"startfoto/{now.id}/report.docx"
    with st.container(border=True, key="card_report"):
        st.header(_("The report"), anchor=False)
        if frozen is None:
            st.markdown(
                _(
                    "Read it first as it would be now. Freezing makes edition 1: its text then changes no more, and it "
                    "carries six control words. Who was interviewed can narrow their consent until then."
                )
            )
        else:
            _frozen(now, frozen)
        if frozen is None or frozen.has_changed:
            _half_told(conclusions)
        with st.container(horizontal=True, vertical_alignment="center"):
            if frozen is None or frozen.has_changed:
                st.button(
                    _("Freeze the report")
                    if frozen is None
                    else _("Freeze edition {number}").format(number=frozen.edition + 1),
                    key="freeze_report",
                    icon=":material/lock:",
                    on_click=_freeze,
                    args=(now.id,),
                )
                download(_("Read it as it is now"), path, {"draft": 1}, key="draft_report")
            if frozen is not None:
                download(
                    _("Edition {number} in Word").format(number=frozen.edition), path, {}, key="report_file"
                )
        _presented(now)


def _frozen(now: BaselineNow, frozen: FrozenReport) -> None:
    st.markdown(
        _("Edition {number}, frozen by {name} on {day}.").format(
            number=frozen.edition,
            name=plain(frozen.frozen_by),
            day=day_and_time(frozen.frozen_at, language(), now.alliance.time_zone),
        )
    )
    if frozen.control_words:
        st.html(
            Markup('<p class="standing">{} <b translate="no">{}</b></p>').format(
                _("Six control words:"), " · ".join(frozen.control_words)
            )
        )
    if frozen.withdrawn:
        _withdrawn(frozen)
    elif frozen.has_changed:
        small_print(_("Something changed since. A next edition says so."))


def _withdrawn(frozen: FrozenReport) -> None:
    st.warning(
        ngettext(
            "{count} quote in this edition was taken back since. It does not stand in the next edition.",
            "{count} quotes in this edition were taken back since. They do not stand in the next edition.",
            frozen.withdrawn,
        ).format(count=frozen.withdrawn),
        icon=":material/lock:",
    )


def _half_told(conclusions: Sequence[ConclusionView]) -> None:
    """Draw, before a freeze, what the report would tell half: one may still mend that."""
    half = half_told(conclusions)
    told = []
    if half.concepts:
        numbers = listed([str(number) for number in half.concepts], language())
        told.append(
            ngettext(
                "Conclusion {numbers} is a concept. The report says so, and why.",
                "Conclusions {numbers} are concepts. The report says so, and why.",
                len(half.concepts),
            ).format(numbers=numbers)
        )
    if half.without_words:
        numbers = listed([str(number) for number in half.beside], language())
        told.append(
            ngettext(
                "{count} finding beside a conclusion may not be shared yet: look at {numbers}. The report counts it, "
                "without its words.",
                "{count} findings beside conclusions may not be shared yet: look at {numbers}. The report counts them, "
                "without their words.",
                half.without_words,
            ).format(count=half.without_words, numbers=numbers)
        )
    if told:
        with st.container(key="half_told"):
            st.markdown("**" + _("Look at this before you freeze.") + "**")
            st.markdown("\n".join(f"- {plain(one)}" for one in told))


def _freeze(baseline_id: int) -> None:
    frozen = act(freeze_report, baseline_id=baseline_id)
    if frozen:
        complete_words(frozen.result.report_id)


def _presented(now: BaselineNow) -> None:
    presented = now.baseline.presented_on
    st.session_state.setdefault(PRESENTED, presented)
    st.date_input(
        _("Presented on"),
        key=PRESENTED,
        format="DD-MM-YYYY",
        min_value=date(2020, 1, 1),
        max_value=today(now.alliance.time_zone),
        width=260,
        on_change=_present,
        args=(now.id,),
    )
    if now.baseline.notes_erased_at is not None:
        small_print(
            _("The notes were erased on {day}.").format(
                day=day(now.baseline.notes_erased_at.date(), language(), style="long")
            )
        )
    else:
        small_print(_("30 days after this day the notes of the interviews are erased. Released quotes stay."))


def _present(baseline_id: int) -> None:
    act(present_baseline, baseline_id=baseline_id, on=st.session_state[PRESENTED])
