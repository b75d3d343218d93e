"""The sources that there are, with how many findings each has and how it stands with consent."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from exports.language import day
from exports.sentences.baseline import side_word, source_kind_word, source_name
from models.baseline.views import CollectView, SourceRow
from models.basics.words import SourceKind
from pages.parts.baseline.at_hand import SOURCE
from pages.parts.frame.filter import filter_pills
from pages.parts.frame.table import badge
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain

AT_ONCE, MOST = 20, "most_sources"
SYMBOLS = {
    SourceKind.INTERVIEW: "mic",
    SourceKind.LITERATURE: "menu_book",
    SourceKind.FIGURES: "bar_chart",
    SourceKind.OBSERVATION: "visibility",
}


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
                        kind.value: f"{source_kind_word(kind, language())} {collected.count(kind)}"
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
    for source in sources[:most]:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"source_row_{source.id}", wrap=False
        ):
            st.html(_row(source), width="stretch")
            st.button(
                _("Open {source}").format(
                    source=plain(source_name(source.side, source.alias_number, source.title, "", language()))
                ),
                key=f"open_source_{source.id}",
                width=200,
                on_click=open_source,
                args=(source.id,),
            )
    if len(sources) > most:
        more = min(AT_ONCE, len(sources) - most)
        st.button(
            ngettext("Show {count} more", "Show {count} more", more).format(count=more),
            key="more_sources",
            on_click=_show_more,
        )


def open_source(source_id: int | None) -> None:
    """Open a source, or go back to all of them (None). For `on_click`."""
    if source_id is None:
        st.query_params.pop(SOURCE, None)
    else:
        st.query_params[SOURCE] = str(source_id)


def _show_more() -> None:
    st.session_state[MOST] = int(st.session_state.get(MOST, AT_ONCE)) + AT_ONCE


def _row(source: SourceRow) -> Markup:
    return Markup(
        '<dl class="source-row"><div class="kind"><dt>{kind_name}</dt><dd><span class="symbol" aria-hidden="true" '
        'translate="no">{symbol}</span>{kind}</dd></div>'
        '<div class="name"><dt>{source_name}</dt><dd dir="auto"><b>{name}</b></dd></div>'
        "<div><dt>{side_name}</dt><dd>{side}</dd></div><div><dt>{day_name}</dt><dd>{day}</dd></div>"
        "<div><dt>{findings_name}</dt><dd>{findings}</dd></div><div><dt>{consent_name}</dt><dd>{consent}</dd></div></dl>"
    ).format(
        kind_name=_("Kind"),
        symbol=SYMBOLS[SourceKind(source.kind)],
        kind=source_kind_word(source.kind, language()),
        source_name=_("Source"),
        name=name_of(source),
        side_name=_("Side"),
        side=side_word(source.side, language()),
        day_name=_("Day"),
        day=day(source.held_on, language(), style="medium") if source.held_on else "–",
        findings_name=_("Findings"),
        findings=source.findings,
        consent_name=_("Consent"),
        consent=consent_badge(source),
    )


def consent_badge(source: SourceRow) -> Markup:
    """Return how it stands with sharing what was found in a source: what asks something first."""
    if source.waiting:
        return badge(
            ngettext("{count} waits for a hint", "{count} wait for a hint", source.waiting).format(
                count=source.waiting
            ),
            "orange",
        )
    if not source.needs_consent:
        return badge(_("not needed"), "gray")
    if source.asking:
        return badge(
            ngettext("{count} still to ask", "{count} still to ask", source.asking).format(
                count=source.asking
            ),
            "orange",
        )
    if not source.findings:
        return badge(_("nothing marked yet"), "gray")
    return badge(
        ngettext("{count} may be shared", "{count} may be shared", source.released).format(
            count=source.released
        ),
        "green",
    )
