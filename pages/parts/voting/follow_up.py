"""What follows from a result: a date to look again, another wording, a minority report, or nothing."""

import streamlit as st
from markupsafe import escape

from exports.sentences import method_name, rule_sentence
from models.basics.words import Decision, FollowUp
from models.voting.after_reveal import choose_follow_up
from models.voting.principles import PrincipleView
from models.voting.round_views import ItemView, RoundView
from models.voting.vote_again import is_objection, reword_and_vote_again, terms_again
from pages.parts.frame.acting import act_on_click, act_then
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, small
from pages.parts.voting.more_voices import voices_seen
from pages.parts.voting.principle_card import review_field, reword_fields, typed_wording
from pages.parts.voting.with_names import told_when_few


def follow_up(item: ItemView, round_: RoundView, principle: PrincipleView) -> None:
    """Draw what can be done with an item after its reveal, as long as its text was not changed since."""
    if item.result is None or item.version_id != principle.version_id or not round_.rule.decides:
        return
    if item.result.decision == Decision.ADOPTED:
        review_field(principle)
        return
    if item.follow_up is not None:
        st.info(follow_up_word(item.follow_up), icon=":material/check:")
    key = f"again_{item.id}"
    with st.container(horizontal=True, vertical_alignment="center"):
        rewords = opens_panel(_("Reword and vote again"), key=key, icon=":material/edit:")
        minority_report_or_leave_out(item)
    if rewords:
        _reword_and_vote_again(item, round_, principle, key)


def minority_report_or_leave_out(item: ItemView) -> None:
    """Draw the two ways to let a text that was not adopted be; nothing where it came to no decision."""
    if item.result is None or item.result.decision != Decision.NOT_ADOPTED:
        return
    for choice, label, icon in (
        (FollowUp.MINORITY_REPORT, _("Minority report"), ":material/forum:"),
        (FollowUp.LEAVE_OUT, _("Leave it out"), ":material/remove:"),
    ):
        st.button(
            label,
            key=f"follow_up_{choice.value.replace(' ', '_')}_{item.id}",
            icon=icon,
            disabled=item.follow_up == choice,
            on_click=act_on_click,
            args=(choose_follow_up,),
            kwargs={"item_id": item.id, "follow_up": choice},
        )


def follow_up_word(chosen: str) -> str:
    """Return what was chosen to happen to a text that was not adopted, in a sentence."""
    return {
        FollowUp.REWORD: _("We reword it and vote again."),
        FollowUp.MINORITY_REPORT: _("Not adopted. The objections go into the document as a minority report."),
        FollowUp.LEAVE_OUT: _("Left out. The document says so."),
    }[FollowUp(chosen)]


def _reword_and_vote_again(item: ItemView, round_: RoundView, principle: PrincipleView, key: str) -> None:
    terms = terms_again(round_)
    with st.form(f"{key}_form", border=False):
        _what_was_objected(item, round_)
        reword_fields(principle, key)
        told_when_few(round_.secrecy, round_.electorate)
        small(
            f"{method_name(terms.method, language())}. {rule_sentence(terms.method, terms.rule, language())}"
        )
        st.form_submit_button(
            _("Keep as version {number} and open the round").format(number=principle.version + 1),
            key=f"{key}_save",
            icon=":material/how_to_vote:",
            on_click=_vote_again,
            args=(item.id, key),
        )


def _what_was_objected(item: ItemView, round_: RoundView) -> None:
    """Draw the objections beside the text that has to meet them."""
    said = [reason.text for reason in item.reasons if is_objection(round_.method, reason.choice)]
    if said:
        small(_("The objections:"))
        st.html(f'<ul class="objected">{"".join(f"<li>{escape(text)}</li>" for text in said)}</ul>')


def _vote_again(item_id: int, key: str) -> None:
    act_then(
        reword_and_vote_again,
        then={key: False},
        item_id=item_id,
        voices_seen=voices_seen(),
        **typed_wording(key),
    )
