"""Startfoto, concluding: what the findings come to, on what that rests, and what can be better."""

from functools import partial

import streamlit as st

from models.baseline.baseline import read_themes
from models.baseline.conclusion_views import findings_to_lay, list_conclusions, list_improvements
from models.baseline.views import ThemeRow, themes_of_findings
from models.photo.meeting import meeting_of
from models.picture.reading import read_picture
from models.reports.freezing import frozen_report
from models.storage.database import reading
from pages.parts.baseline.at_hand import BaselineNow, baseline_now
from pages.parts.baseline.conclusion import (
    conclusion_at_hand,
    conclusion_card,
    conclusion_words,
    conclusions_list,
)
from pages.parts.baseline.evidence import evidence_choice
from pages.parts.baseline.head import CONCLUSIONS, Badge, baseline_head, baseline_style, picture_style, stages
from pages.parts.baseline.improvements import improvements_card
from pages.parts.baseline.report import opens_report, report_card
from pages.parts.baseline.statement_evidence import laid_statements, statement_choice
from pages.parts.frame.live import live
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext
from pages.parts.photo.points import POINTS, dots_over_points


def concluding(now: BaselineNow) -> None:
    """Draw all conclusions, the one at hand with its evidence, and the points for improvement."""
    with reading() as session:
        conclusions = list_conclusions(session, now.id)
        improvements = list_improvements(session, now.id)
        findings = findings_to_lay(session, now.id)
        themes_of = themes_of_findings(session, now.id)
        view = read_picture(session, now.id)
        themes = [ThemeRow(theme.id, theme.name) for theme in read_themes(session, now.alliance.id)]
        meeting = meeting_of(session, now.id)
        frozen = frozen_report(session, now.id) if conclusions else None
    concepts = sum(one.standing.is_concept for one in conclusions)
    badges: list[Badge] = []
    if conclusions:
        with_evidence = len(conclusions) - concepts
        badges = [
            (
                ngettext("{count} with evidence", "{count} with evidence", with_evidence).format(
                    count=with_evidence
                ),
                ":material/check:",
                "green",
            )
        ]
    if concepts:
        badges.append(
            (
                ngettext("{count} concept", "{count} concepts", concepts).format(count=concepts),
                ":material/hourglass_top:",
                "orange",
            )
        )
    baseline_head(now, _("Conclusions"), badges, tools=partial(opens_report, frozen) if conclusions else None)
    stages(now, CONCLUSIONS)
    if conclusions:
        report_card(now, conclusions, frozen)
    at_hand = conclusion_at_hand(conclusions)
    left, middle, right = st.columns([1, 2.3, 1.15])
    with left:
        conclusions_list(now, conclusions, at_hand)
    with middle, st.container(border=True, key="card_conclusion"):
        if at_hand is None:
            st.markdown(_("Here stands on what a conclusion rests, and what is missing."))
        else:
            conclusion_card(now, at_hand, themes)
            laid_statements(at_hand, view)
            evidence_choice(at_hand, findings, themes_of, themes)
            statement_choice(at_hand, view)
            conclusion_words(at_hand, themes)
    with right:
        improvements_card(now, improvements, conclusions, at_hand)
        if meeting is not None:
            dots_over_points(now, meeting)
    if meeting is not None:
        live(meeting.code, POINTS, has_head=False)


baseline_style()
picture_style()
concluding(baseline_now())
