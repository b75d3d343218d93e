"""On what a conclusion rests, drawn: who was heard, what is for it and against it, and what is missing."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from exports.sentences.baseline import heard_words, not_heard_sentence, side_word, source_name, standing_line
from models.baseline.conclusion_views import ConclusionView, Evidence
from models.baseline.conclusions import lay_evidence, take_evidence
from models.baseline.evidence import Standing
from models.baseline.views import ThemeRow
from models.basics.words import SourceKind, Stance
from pages.parts.baseline.at_hand import SOURCE, BaselineNow
from pages.parts.baseline.laying import LayingWords, laying_field
from pages.parts.baseline.marks import side_picture
from pages.parts.baseline.new_source import SIDE_ASKED
from pages.parts.baseline.note_marks import FINDING
from pages.parts.baseline.sources import SYMBOLS
from pages.parts.frame.acting import act
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain

MARKS_SHOWN = 6


def heard_tiles(standing: Standing) -> None:
    """Draw for every side how many of its sources speak; a side that was not heard as loudly as the others."""
    tiles = []
    for side, count in standing.heard:
        if count:
            marks = side_picture(side, size=22) * min(count, MARKS_SHOWN)
            tiles.append(
                Markup('<li><span class="marks">{}</span><span>{}</span></li>').format(
                    marks,
                    Markup(heard_words(side, count, language())).format(
                        count=Markup("<b>{}</b>").format(count)
                    ),
                )
            )
        else:
            tiles.append(
                Markup('<li class="zero"><b>{}</b><span>{}</span></li>').format(
                    _("nobody yet"), side_word(side, language()).lower()
                )
            )
    st.html(
        Markup('<ul class="heard" aria-label="{}">{}</ul>').format(_("Who was heard"), Markup("").join(tiles))
    )


def standing_html(standing: Standing) -> Markup:
    """Return the computed line."""
    missing = len(standing.not_heard)
    lacks = (
        ngettext("{count} side is missing.", "{count} sides are missing.", missing).format(count=missing)
        if missing
        else ""
    )
    return Markup('<p class="standing"><b>{}.</b> {}</p>').format(standing_line(standing, language()), lacks)


def told_source(evidence: Evidence) -> str:
    """Return who said it, as the facilitator reads it: the alias, and what of the speaker may be told."""
    if evidence.kind != SourceKind.INTERVIEW:
        return evidence.title
    alias = source_name(evidence.side, evidence.alias_number, "", evidence.role, language())
    return f"{alias}, {evidence.name}" if evidence.name else alias


def evidence_html(evidence: Sequence[Evidence]) -> str:
    """Return what is for a conclusion, or against it. What is not released shows no word of it."""
    return str(
        Markup('<ul class="evidence">{}</ul>').format(Markup("").join(_piece(one) for one in evidence))
    )


def _piece(one: Evidence) -> Markup:
    kinds = [
        *(["against"] if one.stance is Stance.AGAINST else []),
        *([] if one.text else ["hidden-words"]),
    ]
    said = (_("“{text}”").format(text=one.text) if one.is_quote else one.text) if one.text else ""
    return Markup(
        '<li class="{}"><span dir="auto">{}</span><small><span class="symbol" aria-hidden="true" translate="no">{}'
        '</span>{}<span dir="auto">{}</span></small></li>'
    ).format(
        " ".join(kinds),
        said or _("Finding {number}: not released yet").format(number=one.number),
        SYMBOLS[SourceKind(one.kind)],
        side_picture(one.side, size=18),
        told_source(one),
    )


def evidence_columns(now: BaselineNow, conclusion: ConclusionView) -> None:
    """Draw what supports the conclusion beside what says the opposite, each with the way to its place in the note."""
    left, right = st.columns([1.25, 1])
    for column, stance, title in (
        (left, Stance.FOR, _("Supports this: {count}")),
        (right, Stance.AGAINST, _("Says the opposite: {count}")),
    ):
        found = conclusion.of(stance)
        with column:
            st.subheader(title.format(count=len(found)), anchor=False)
            if found:
                st.html(evidence_html(found))
                _ways(now, conclusion, found, stance)
            elif stance is Stance.FOR:
                st.markdown(_("Nothing yet. Lay findings beside it below."))
            elif conclusion.opposite_sought:
                st.markdown(_("Looked for, and not found."))
            else:
                st.markdown(_("Nobody has looked for it yet."))


def _ways(now: BaselineNow, conclusion: ConclusionView, found: Sequence[Evidence], stance: Stance) -> None:
    with st.popover(
        _("Open a place, or take something away"), icon=":material/search:", key=f"ways_{stance.value}"
    ):
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.page_link(
                    "startfoto.py",
                    label=_("Finding {number}, {source}").format(
                        number=one.number, source=plain(told_source(one))
                    ),
                    icon=":material/arrow_forward:",
                    query_params=now.link(**{SOURCE: str(one.source_id), FINDING: str(one.finding_id)}),
                )
                st.button(
                    _("Take away {number}").format(number=one.number),
                    key=f"take_{conclusion.id}_{one.finding_id}",
                    icon=":material/close:",
                    on_click=_take,
                    args=(conclusion.id, one),
                )


def _take(conclusion_id: int, one: Evidence) -> None:
    taken = act(take_evidence, conclusion_id=conclusion_id, finding_ids=[one.finding_id])
    if taken:
        tell(_("Taken away."), taken.undo)


def what_is_missing(now: BaselineNow, conclusion: ConclusionView) -> None:
    """Draw as loudly as the rest which sides said nothing, and the way to plan a talk."""
    sentence = not_heard_sentence(conclusion.standing, language())
    if not sentence:
        return
    st.html(
        Markup('<p class="missing"><b>{}</b> {} {}</p>').format(
            _("Still missing."), sentence, _("Go there, or say so in the report.")
        )
    )
    st.page_link(
        "startfoto.py",
        label=_("Plan a talk"),
        icon=":material/add:",
        query_params=now.link(**{SIDE_ASKED: conclusion.standing.not_heard[0].value}),
    )


def evidence_choice(
    conclusion: ConclusionView,
    findings: Sequence[Evidence],
    themes_of: dict[int, list[int]],
    themes: Sequence[ThemeRow],
) -> None:
    """Draw the field with which findings are laid beside a conclusion: those of its themes first."""
    laid = {one.finding_id for one in conclusion.evidence}
    names = {theme.id: theme.name for theme in themes}
    wanted = set(conclusion.theme_ids)
    offered = sorted(
        (one for one in findings if one.finding_id not in laid),
        key=lambda one: (not wanted & set(themes_of.get(one.finding_id, [])), one.number),
    )
    by_id = {one.finding_id: one for one in offered}

    def told(finding_id: int) -> str:
        one = by_id[finding_id]
        about = ", ".join(names[theme] for theme in themes_of.get(finding_id, []) if theme in names)
        words = one.text or _("not released yet")
        return f"{one.number} · {words} · {told_source(one)}" + (f" · {about}" if about else "")

    if not offered:
        st.markdown(_("Every finding lies beside it already, or there is none yet."))
        return
    laying_field(
        "lay",
        conclusion.id,
        by_id,
        told=told,
        words=LayingWords(
            label=_("Lay findings beside it: type two letters of a word, a theme or a source"),
            placeholder=_("Choose findings"),
            supports=_("These support it"),
            says_the_opposite=_("These say the opposite"),
            nothing_chosen=_("Choose findings first, in the field above the button."),
        ),
        lay=_lay,
    )


def _lay(conclusion_id: int, chosen: list[int], stance: Stance) -> None:
    laid = act(lay_evidence, conclusion_id=conclusion_id, finding_ids=chosen, stance=stance.value)
    if laid:
        tell(_("Laid beside it."), laid.undo)
