"""One proposal in one row: its text, what is known of it, and two buttons that keep their place whatever its state."""

import streamlit as st
from markupsafe import Markup, escape

from models.drafting.views import ProposalRow
from pages.parts.drafting.evidence import evidence_of_point
from pages.parts.drafting.proposals import hide, is_hidden, is_waiting, say_why, show
from pages.parts.drafting.wording import choice_key, is_chosen, suggest
from pages.parts.frame.panel import opens_panel, panel_is_open
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext, plain


def proposal_row(room: RoomNow, proposal: ProposalRow, like: int = 0) -> None:
    """Draw one proposal; `like` is how many others it looks like."""
    if is_hidden(proposal):
        _hidden_row(room, proposal)
        return
    key = choice_key(proposal.id)
    st.session_state[key] = is_chosen(proposal)
    state = "chosen_" if is_chosen(proposal) else ""
    with _row(f"proposal_{state}{proposal.id}"):
        with st.container(width="stretch", gap=None):
            st.checkbox(
                plain(proposal.text),
                key=key,
                on_change=suggest,
                args=(room.workshop_id, proposal.id, proposal.text),
            )
            st.html(f'<p class="beside-tick">{escape(_known_of(proposal, like))}</p>')
            if proposal.improvement_id is not None:
                evidence_of_point(
                    room, proposal.improvement_id, str(proposal.improvement_number), where="proposal"
                )
        with _deeds(proposal):
            if is_waiting(proposal):
                _show_button(room, proposal)
            else:
                st.html(_in_place("visibility", _("In view")))
            st.button(
                _("Hide"),
                key=f"hide_{proposal.id}",
                icon=":material/visibility_off:",
                width="stretch",
                on_click=hide,
                args=(proposal.id,),
            )


def gone_row(proposal_id: int) -> None:
    """Draw the place of a proposal that its author took back while it stood in the list."""
    with _row(f"proposal_gone_{proposal_id}"):
        told = _("Its author took this one back.")
        st.html(f'<p class="gone-text"><small>{escape(told)}</small></p>')


def _row(key: str) -> st.delta_generator.DeltaGenerator:
    return st.container(key=key, horizontal=True, vertical_alignment="center", gap="small")


def _deeds(proposal: ProposalRow) -> st.delta_generator.DeltaGenerator:
    return st.container(
        key=f"deeds_of_proposal_{proposal.id}",
        horizontal=True,
        vertical_alignment="center",
        gap="xsmall",
        width=244,
    )


def _show_button(room: RoomNow, proposal: ProposalRow) -> None:
    st.button(
        _("Show"),
        key=f"show_{proposal.id}",
        icon=":material/visibility:",
        width="stretch",
        on_click=show,
        args=(room.workshop_id, [proposal.id]),
    )


def _hidden_row(room: RoomNow, proposal: ProposalRow) -> None:
    """Draw a hidden proposal in its place, striped; why it was hidden is asked when one presses for it."""
    panel = f"asks_why_{proposal.id}"
    why = proposal.hidden_reason
    told = (
        _("Hidden, everywhere. The sender reads: {reason}").format(reason=why)
        if why
        else _("Hidden, everywhere. You may say why later.")
    )
    with st.container(key=f"proposal_hidden_{proposal.id}", gap=None):
        with _row(f"line_of_proposal_{proposal.id}"):
            text = Markup('<p class="gone-text" dir="auto"><span>{}</span><br><small>{}</small></p>')
            with st.container(width="stretch"):
                st.html(str(text.format(proposal.text, told)))
            with _deeds(proposal):
                _show_button(room, proposal)
                opens_panel(_("Why?"), key=panel, icon=":material/chat:", width="stretch")
        if panel_is_open(panel):
            key = f"why_hidden_{proposal.id}"
            st.session_state.setdefault(key, why or "")
            st.text_input(
                _("Why do you hide this? The sender reads it, and can change the text."),
                key=key,
                max_chars=200,
                on_change=say_why,
                args=(proposal.id, key),
            )


def _in_place(icon: str, words: str) -> str:
    return str(
        Markup(
            '<p class="in-place"><span class="symbol" aria-hidden="true" translate="no">{}</span>{}</p>'
        ).format(icon, words)
    )


def _known_of(proposal: ProposalRow, like: int) -> str:
    """Return what is known of a proposal beside its text, on one line."""
    known = [proposal.origin or _("without a group")]
    if proposal.improvement_number is not None:
        known = [_("point {number} of the baseline").format(number=proposal.improvement_number)]
    if proposal.support:
        known.append(
            ngettext("{count} support", "{count} support", proposal.support).format(count=proposal.support)
        )
    if like:
        known.append(
            ngettext("looks like {count} other", "looks like {count} others", like).format(count=like)
        )
    if proposal.is_late:
        known.append(_("came late"))
    if proposal.principle_number is not None:
        known.append(_("in principle {number}").format(number=proposal.principle_number))
    return " · ".join(known)
