"""What people said with their vote: shown on the screen or hidden, and every objection answered."""

import streamlit as st
from markupsafe import escape

from exports.sentences import choice_label
from models.basics.words import ObjectionAnswer, Phase, ReasonState
from models.voting.after_reveal import (
    answer_objection,
    hide_reason,
    show_reasons,
)
from models.voting.round_views import ItemView, ReasonView, RoundView
from models.voting.vote_again import is_objection, open_objections
from pages.parts.frame.acting import act, act_on_click
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, small

ANSWERS = tuple(ObjectionAnswer)


def reasons(item: ItemView, round_: RoundView) -> None:
    """Draw what people said about one item, objections first."""
    if not item.reasons and not item.reasons_hidden:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(_("What people said"), anchor=False)
        waiting = [reason.id for reason in item.reasons if reason.state == ReasonState.NEW]
        if len(waiting) > 1:
            st.button(
                ngettext("Show {count}", "Show all {count}", len(waiting)).format(count=len(waiting)),
                key=f"show_reasons_{item.id}",
                icon=":material/visibility:",
                on_click=_show,
                args=(round_.id, waiting),
            )
    if round_.phase == Phase.REVEALED:
        how_many_wait(len(open_objections(round_, item)))
    for choice in reversed(round_.choices):
        for reason in item.reasons:
            if reason.choice == choice.value:
                _reason(reason, round_)
    if item.reasons_hidden:
        hidden = ngettext("{count} reason is hidden.", "{count} reasons are hidden.", item.reasons_hidden)
        small(hidden.format(count=item.reasons_hidden))


def how_many_wait(count: int) -> None:
    """Draw how many objections have no answer yet; nothing where there is none."""
    if count:
        small(
            ngettext(
                "{count} objection has no answer yet. Say what you do with it.",
                "{count} objections have no answer yet. Say what you do with each.",
                count,
            ).format(count=count)
        )


def _reason(reason: ReasonView, round_: RoundView) -> None:
    with st.container(key=f"proposal_reason_{reason.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            said = choice_label(round_.method, reason.choice, language())
            if reason.name:
                said = _("{choice} · {name}").format(choice=said, name=reason.name)
            st.html(
                f'<p class="said" dir="auto">{escape(reason.text)}</p><p class="said-by">{escape(said)}</p>'
            )
            _show_or_hide(reason, round_)
        if (
            round_.phase == Phase.REVEALED
            and round_.rule.decides
            and is_objection(round_.method, reason.choice)
        ):
            _answer(reason)


def _show_or_hide(reason: ReasonView, round_: RoundView) -> None:
    if reason.state == ReasonState.SHOWN:
        st.badge(_("On the screen"), icon=":material/visibility:", color="green")
    else:
        st.button(
            _("Show"),
            key=f"show_reason_{reason.id}",
            icon=":material/visibility:",
            on_click=_show,
            args=(round_.id, [reason.id]),
        )
    if reason.state != ReasonState.HIDDEN:
        st.button(
            _("Hide"),
            key=f"hide_reason_{reason.id}",
            icon=":material/visibility_off:",
            on_click=_hide,
            args=(reason.id,),
        )


def _show(round_id: int, reason_ids: list[int]) -> None:
    acted = act(show_reasons, round_id=round_id, reason_ids=reason_ids)
    if acted:
        words = ngettext(
            "{count} reason is shown to everyone.", "{count} reasons are shown to everyone.", len(reason_ids)
        )
        tell(words.format(count=len(reason_ids)), acted.undo)


def _hide(reason_id: int) -> None:
    acted = act(hide_reason, reason_id=reason_id)
    if acted:
        tell(_("Hidden everywhere. One reads only that a reason is hidden."), acted.undo)


def _answer(reason: ReasonView) -> None:
    """Draw what is done with an objection; it is stored at once, and a second tap takes it back."""
    # What is stored is in the key, so that an answer given in another window is seen here too.
    key = f"answer_{reason.id}_{reason.answer or 'open'}".replace(" ", "_")
    st.pills(
        _("What do we do with this objection?"),
        list(ANSWERS),
        default=ObjectionAnswer(reason.answer) if reason.answer else None,
        format_func=_answer_label,
        key=key,
        on_change=_store_answer,
        args=(reason.id, key),
    )


def _store_answer(reason_id: int, key: str) -> None:
    chosen = st.session_state[key]
    act_on_click(answer_objection, reason_id=reason_id, answer=chosen)


def _answer_label(answer: ObjectionAnswer) -> str:
    return {
        ObjectionAnswer.REWORDED: _("The text is worded anew"),
        ObjectionAnswer.MINORITY_REPORT: _("Into the minority report"),
        ObjectionAnswer.CONVERSATION: _("Into a conversation, in the author's own words"),
    }[answer]
