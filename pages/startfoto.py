"""Startfoto, collecting: where nobody was heard, the sources, and the note of one of them."""

from dataclasses import replace

import streamlit as st

from exports.language import day
from exports.sentences.baseline import source_kind_word
from models.baseline.views import CollectView, NoteView, collect_view, note_view
from models.basics.errors import NotFound
from models.basics.words import SourceKind
from models.storage.database import reading
from pages.parts.baseline.at_hand import SOURCE, BaselineNow, baseline_now
from pages.parts.baseline.coverage import coverage_matrix
from pages.parts.baseline.exchange import exchange
from pages.parts.baseline.finding import finding_card, own_words
from pages.parts.baseline.head import COLLECT, Badge, baseline_head, baseline_style, stages
from pages.parts.baseline.links import LINKS, source_links
from pages.parts.baseline.new_source import new_source
from pages.parts.baseline.note import note_card
from pages.parts.baseline.note_marks import FINDING
from pages.parts.baseline.source import DETAILS, source_details
from pages.parts.baseline.sources import name_of, open_source, sources_list
from pages.parts.baseline.themes import themes_form
from pages.parts.frame.panel import opens_panel, panel_is_open
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain

THEMES, EXCHANGE = "themes_panel", "exchange_panel"


def collecting(now: BaselineNow) -> None:
    """Draw everything that was collected, where nobody was heard first."""
    with reading() as session:
        collected = collect_view(session, now.id)
    baseline_head(now, _("Collect"), _badges(now, collected))
    stages(now, COLLECT)
    left, right = st.columns([1.95, 1])
    with left:
        coverage_matrix(collected)
    with right:
        new_source(now)
    with st.container(horizontal=True, key="collect_tools"):
        shows_themes = opens_panel(_("Change the themes"), key=THEMES, icon=":material/edit:")
        shows_exchange = opens_panel(
            _("From a file, and to a file"), key=EXCHANGE, icon=":material/swap_vert:"
        )
    if shows_themes:
        themes_form(now, collected)
    if shows_exchange:
        exchange(now)
    if collected.sources:
        sources_list(collected)


def _badges(now: BaselineNow, collected: CollectView) -> list[Badge]:
    interviews = collected.count(SourceKind.INTERVIEW)
    found: list[Badge] = [
        (
            ngettext("{count} interview", "{count} interviews", interviews).format(count=interviews),
            ":material/mic:",
            "green",
        )
    ]
    if now.baseline.started_on:
        since = _("busy since {day}").format(day=day(now.baseline.started_on, language(), style="long"))
        found.append((since, ":material/event:", "gray"))
    return found


def one_source(now: BaselineNow, source_id: int) -> None:
    """Draw a source: its note with the quotes at the left, the one at hand at the right."""
    with reading() as session:
        view = note_view(session, source_id)
    if view.baseline.alliance_id != now.alliance.id:
        raise NotFound("baseline source")
    is_interview = view.source.kind == SourceKind.INTERVIEW
    name = name_of(replace(view.source, role=""))
    baseline_head(
        now,
        _("Interview with {who}").format(who=name) if is_interview else name,
        _of_source(view),
        over_title=_about_source(now, view),
        tools=lambda: _source_tools(is_interview=is_interview),
    )
    stages(now, COLLECT)
    if panel_is_open(DETAILS):
        source_details(view)
    if is_interview and panel_is_open(LINKS):
        source_links(now, view)
    asked = st.query_params.get(FINDING)
    at_hand = next((one for one in view.findings if str(one.id) == asked), None) or next(
        (one for one in view.findings if one.hints), next(iter(view.findings), None)
    )
    left, right = st.columns([1.15, 1])
    with left:
        note_card(view, at_hand.id if at_hand else None)
    with right:
        if at_hand is not None:
            finding_card(view, at_hand)
        own_words(view)


def _source_tools(*, is_interview: bool) -> None:
    opens_panel(_("Details"), key=DETAILS, icon=":material/edit:")
    if is_interview:
        opens_panel(_("Links"), key=LINKS, icon=":material/link:")
    st.button(
        _("All sources"), key="all_sources", icon=":material/arrow_back:", on_click=open_source, args=(None,)
    )


def _about_source(now: BaselineNow, view: NoteView) -> str:
    """Return the small line above the name of a source: which startfoto, what it is, of whom and when."""
    parts = [_("Baseline {number}").format(number=now.baseline.number)]
    parts.append(source_kind_word(view.source.kind, language()))
    parts += [view.source.role] if view.source.role else []
    if view.source.held_on:
        parts.append(day(view.source.held_on, language(), style="long"))
    return " · ".join(parts)


def _of_source(view: NoteView) -> list[Badge]:
    released = ngettext(
        "{released} of {count} may be shared", "{released} of {count} may be shared", view.source.findings
    ).format(released=view.source.released, count=view.source.findings)
    found: list[Badge] = [(released, ":material/lock:", "gray")] if view.findings else []
    if view.source.kind == SourceKind.INTERVIEW:
        found.append(
            (_("explanation given"), ":material/check:", "green")
            if view.is_guide_handed_over
            else (_("explanation not given yet"), ":material/info:", "orange")
        )
    return found


baseline_style()
now = baseline_now()
asked_for = st.query_params.get(SOURCE)
try:
    if asked_for and asked_for.isdecimal():
        one_source(now, int(asked_for))
    else:
        collecting(now)
except NotFound:
    baseline_head(now, _("Collect"))
    st.markdown(plain(_("This source does not stand here any more.")))
    st.button(_("All sources"), key="all_sources", on_click=open_source, args=(None,))
