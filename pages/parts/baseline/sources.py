"""The sources that there are, with how many findings each has and how it stands with consent."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from exports.language import day
from exports.sentences.baseline import side_word, source_kind_word, source_name, sources_of_kind
from models.baseline.views import CollectView, SourceRow
from models.basics.words import SourceKind
from pages.parts.baseline.at_hand import SOURCE
from pages.parts.frame.component import component
from pages.parts.frame.filter import filter_pills
from pages.parts.frame.table import badge
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext

AT_ONCE, MOST = 20, "most_sources"
SOURCES = "sources"
SYMBOLS = {
    SourceKind.INTERVIEW: "mic",
    SourceKind.LITERATURE: "menu_book",
    SourceKind.FIGURES: "bar_chart",
    SourceKind.OBSERVATION: "visibility",
}
_component = component("handslag_sources", __file__, isolates_styles=False)


def name_of(source: SourceRow) -> str:
    """Return how a source is called where one collects."""
    return source_name(source.side, source.alias_number, source.title, source.role, language())


def sources_list(collected: CollectView) -> None:
    """Draw the sources, the newest first, with the way into each."""
    with st.container(border=True, key="card_sources"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(
                _("{sources}, {findings}").format(
                    sources=ngettext("{count} source", "{count} sources", len(collected.sources)).format(
                        count=len(collected.sources)
                    ),
                    findings=ngettext("{count} finding", "{count} findings", collected.findings).format(
                        count=collected.findings
                    ),
                ),
                anchor=False,
            )
            kind = filter_pills(
                _("Which sources"),
                {
                    "all": _("All {count}").format(count=len(collected.sources)),
                    **{
                        kind.value: sources_of_kind(kind, collected.count(kind), language())
                        for kind in SourceKind
                    },
                },
                name="kind",
            )
        found = [one for one in reversed(collected.sources) if kind in ("all", one.kind)]
        _rows(found)


def _rows(sources: Sequence[SourceRow]) -> None:
    if not sources:
        st.markdown(_("Nothing here."))
        return
    most = int(st.session_state.get(MOST, AT_ONCE))
    _component(key=SOURCES, data={"html": sources_html(sources[:most])}, on_open_change=_open_pressed)
    if len(sources) > most:
        more = min(AT_ONCE, len(sources) - most)
        st.button(
            ngettext("Show {count} more", "Show {count} more", more).format(count=more),
            key="more_sources",
            on_click=_show_more,
        )


def _open_pressed() -> None:
    pressed = str(getattr(st.session_state[SOURCES], "open", None) or "")
    if pressed.isdecimal():
        open_source(int(pressed))


def open_source(source_id: int | None) -> None:
    """Open a source, or go back to all of them (None). For `on_click`."""
    if source_id is None:
        st.query_params.pop(SOURCE, None)
    else:
        st.query_params[SOURCE] = str(source_id)


def _show_more() -> None:
    st.session_state[MOST] = int(st.session_state.get(MOST, AT_ONCE)) + AT_ONCE


def sources_html(sources: Sequence[SourceRow]) -> str:
    """Return the list as a table, a row per source with its way in; everything that people typed is escaped."""
    heads = (_("Kind"), _("Source"), _("Side"), _("Day"), _("Findings"), _("Consent"))
    head = Markup("").join(Markup('<th role="columnheader" scope="col">{}</th>').format(one) for one in heads)
    rows = Markup("").join(_row(source, heads) for source in sources)
    return str(
        Markup(
            '<table class="sources" role="table"><caption class="unseen">{}</caption>'
            '<thead role="rowgroup"><tr role="row">{}<td role="cell"></td></tr></thead>'
            '<tbody role="rowgroup">{}</tbody></table>'
        ).format(_("Sources"), head, rows)
    )


def _row(source: SourceRow, heads: Sequence[str]) -> Markup:
    kind, _source, side, on, findings, consent = heads
    return Markup(
        '<tr role="row"><td role="cell" data-head="{}"><span class="kind"><span class="symbol" aria-hidden="true" '
        'translate="no">{}</span>{}</span></td><th role="rowheader" scope="row" dir="auto">{}</th>'
        '<td role="cell" data-head="{}">{}</td><td role="cell" data-head="{}">{}</td>'
        '<td role="cell" data-head="{}">{}</td><td role="cell" data-head="{}">{}</td>'
        '<td role="cell"><button type="button" data-source="{}">{}<span class="unseen"> {}</span></button></td></tr>'
    ).format(
        kind,
        SYMBOLS[SourceKind(source.kind)],
        source_kind_word(source.kind, language()),
        name_of(source),
        side,
        side_word(source.side, language()),
        on,
        day(source.held_on, language(), style="medium") if source.held_on else "–",
        findings,
        source.findings,
        consent,
        consent_badge(source),
        source.id,
        _("Open"),
        source_name(source.side, source.alias_number, source.title, "", language()),
    )


def consent_badge(source: SourceRow) -> Markup:
    """Return how it stands with sharing what was found in a source: what asks something first."""
    if source.waiting:
        return _badge(
            "hourglass_top",
            ngettext("{count} waits for a hint", "{count} wait for a hint", source.waiting).format(
                count=source.waiting
            ),
            "orange",
        )
    if not source.needs_consent:
        return _badge("remove", _("not needed"), "gray")
    if source.asking:
        return _badge(
            "hourglass_top",
            ngettext("{count} still to ask", "{count} still to ask", source.asking).format(
                count=source.asking
            ),
            "orange",
        )
    if not source.findings:
        return _badge("remove", _("nothing marked yet"), "gray")
    return _badge(
        "check",
        ngettext("{count} may be shared", "{count} may be shared", source.released).format(
            count=source.released
        ),
        "green",
    )


def _badge(symbol: str, words: str, colour: str) -> Markup:
    return badge(
        Markup('<span class="symbol" aria-hidden="true" translate="no">{}</span>{}').format(symbol, words),
        colour,
    )
