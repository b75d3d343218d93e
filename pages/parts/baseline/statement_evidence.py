"""Statements as evidence: what everybody scored, laid beside a conclusion for it or against it, with its numbers."""

import streamlit as st
from markupsafe import Markup

from exports.sentences.picture import statement_line, statement_words
from models.baseline.conclusion_views import ConclusionView, StatementEvidence
from models.baseline.conclusions import lay_evidence, take_evidence
from models.basics.words import Stance
from models.picture.reading import PictureView
from pages.parts.baseline.laying import LayingWords, laying_field
from pages.parts.frame.acting import act
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language


def laid_statements(conclusion: ConclusionView, view: PictureView) -> None:
    """Draw the statements that lie beside a conclusion, those for it first, each with what every group said."""
    if not conclusion.statements:
        return
    in_order = sorted(conclusion.statements, key=lambda one: (one.stance is Stance.AGAINST, one.number))
    st.subheader(_("Statements"), anchor=False)
    st.html(
        Markup('<ul class="evidence">{}</ul>').format(Markup("").join(_laid(view, one) for one in in_order))
    )
    with st.popover(_("Take a statement away"), icon=":material/close:", key="ways_statements"):
        for one in in_order:
            st.button(
                _("Take away statement {number}").format(number=one.number),
                key=f"take_statement_{conclusion.id}_{one.statement_id}",
                icon=":material/close:",
                on_click=_take,
                args=(conclusion.id, one),
            )


def _laid(view: PictureView, one: StatementEvidence) -> Markup:
    answered = view.statement(one.statement_id)
    is_against = one.stance is Stance.AGAINST
    stance = _("says the opposite") if is_against else _("supports this")
    numbers = f" {statement_line(view, answered, language())}" if answered else ""
    return Markup(
        '<li class="{}"><span dir="auto">{}</span><small><span class="symbol" aria-hidden="true" translate="no">ballot'
        '</span><span dir="auto">{}</span></small></li>'
    ).format(
        "against" if is_against else "",
        _("{number} · {text}").format(
            number=one.number, text=statement_words(answered, language()) if answered else one.text
        ),
        _("Statement, {stance}.").format(stance=stance) + numbers,
    )


def _take(conclusion_id: int, one: StatementEvidence) -> None:
    if act(take_evidence, conclusion_id=conclusion_id, statement_ids=[one.statement_id]):
        tell(
            _("Taken away."),
            undo=lay_evidence,
            conclusion_id=conclusion_id,
            statement_ids=[one.statement_id],
            stance=one.stance,
        )


def statement_choice(conclusion: ConclusionView, view: PictureView) -> None:
    """Draw the field with which statements are laid beside a conclusion, once they are closed: its themes' first."""
    laid = {one.statement_id for one in conclusion.statements}
    wanted = set(conclusion.theme_ids)
    offered = sorted(
        (one for theme in view.picture.themes for one in theme.statements if one.id not in laid),
        key=lambda one: (one.theme_id not in wanted, one.number),
    )
    if not offered:
        return
    by_id = {one.id: one for one in offered}

    def told(statement_id: int) -> str:
        one = by_id[statement_id]
        return f"{one.number} · {statement_words(one, language())} · {statement_line(view, one, language())}"

    laying_field(
        "lay_statements",
        conclusion.id,
        by_id,
        told=told,
        words=LayingWords(
            label=_("Lay statements beside it, with what each group said"),
            placeholder=_("Choose statements"),
            supports=_("These statements support it"),
            says_the_opposite=_("These statements say the opposite"),
            nothing_chosen=_("Choose statements first, in the field above the button."),
        ),
        lay=_lay,
    )


def _lay(conclusion_id: int, chosen: list[int], stance: Stance) -> None:
    if act(lay_evidence, conclusion_id=conclusion_id, statement_ids=chosen, stance=stance.value):
        tell(_("Laid beside it."), undo=take_evidence, conclusion_id=conclusion_id, statement_ids=chosen)
