"""What came in from phones and tables: to let through, to hide, to choose."""

from collections.abc import Sequence

import streamlit as st

from models.basics.words import ProposalKind
from models.drafting.proposal import hide_proposal, say_why_hidden, show_proposals, type_for_table
from models.drafting.views import ProposalRow
from models.storage.database import reading
from models.workshop.workshop import read_workshop, turn_wall
from pages.parts.frame.acting import act, act_on_click, act_then
from pages.parts.frame.panel import opens_panel
from pages.parts.frame.told import tell
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext
from pages.parts.projector.now import screen_now


def is_waiting(proposal: ProposalRow) -> bool:
    """Whether the room has not seen it yet and nobody hid it."""
    return proposal.state == "received"


def is_hidden(proposal: ProposalRow) -> bool:
    """Return whether a proposal was hidden by who leads."""
    return proposal.state == "hidden"


def show_waiting(workshop_id: int, waiting: Sequence[ProposalRow]) -> None:
    """Draw how many wait, and one button that lets them all through. Nothing where none waits."""
    if not waiting:
        return
    count = len(waiting)
    with st.container(horizontal=True, vertical_alignment="center", key=f"waiting_{waiting[0].kind}"):
        st.markdown(
            ngettext(
                "{count} new proposal waits for you.", "{count} new proposals wait for you.", count
            ).format(count=count)
        )
        st.button(
            ngettext("Show {count}", "Show all {count}", count).format(count=count),
            key=f"show_all_{waiting[0].kind}",
            icon=":material/visibility:",
            on_click=show,
            args=(workshop_id, [proposal.id for proposal in waiting]),
        )


def support_and_origin(proposal: ProposalRow) -> str:
    """Return what is known of a proposal beside its text, on one line."""
    known = [ngettext("{count} support", "{count} support", proposal.support).format(count=proposal.support)]
    if proposal.improvement_number is not None:
        known.append(_("point {number} of the baseline").format(number=proposal.improvement_number))
    elif proposal.origin:
        known.append(proposal.origin)
    if proposal.is_late:
        known.append(_("came late"))
    if proposal.principle_number is not None:
        known.append(_("in principle {number}").format(number=proposal.principle_number))
    if proposal.agreement_number is not None:
        known.append(_("became agreement {number}").format(number=proposal.agreement_number))
    return " · ".join(known)


def decide_about(workshop_id: int, proposal: ProposalRow) -> None:
    """Draw what a facilitator can do with one proposal: show it, or hide it. `why_hidden` follows below the row."""
    if proposal.state in ("received", "hidden"):
        st.button(
            _("Show"),
            key=f"show_{proposal.id}",
            icon=":material/visibility:",
            on_click=show,
            args=(workshop_id, [proposal.id]),
        )
    if proposal.state in ("received", "shown"):
        st.button(
            _("Hide"),
            key=f"hide_{proposal.id}",
            icon=":material/visibility_off:",
            on_click=hide,
            args=(proposal.id,),
        )


def why_hidden(proposal: ProposalRow) -> None:
    """Draw, below a hidden proposal, where one types why: it was hidden by one tap, and the reason comes after."""
    if not is_hidden(proposal):
        return
    key = f"why_hidden_{proposal.id}"
    st.session_state.setdefault(key, proposal.hidden_reason or "")
    st.text_input(
        _("Why do you hide this? The sender reads it, and can change the text."),
        key=key,
        max_chars=200,
        on_change=say_why,
        args=(proposal.id, key),
    )


def opens_table_form(kind: ProposalKind) -> bool:
    """Draw the button for table hosts and return whether its form is open; draw that with `table_form`."""
    return opens_panel(_("Add for a table"), key=f"add_{kind}", icon=":material/add:")


def table_form(workshop_id: int, kind: ProposalKind) -> None:
    """Draw the form in which a table host types for a table, one proposal on each line."""
    key = f"add_{kind}"
    with st.container(border=True, key=f"card_{key}"), st.form(f"{key}_form", border=False):
        st.text_input(_("For which table?"), key=f"{key}_table", placeholder=_("table 4"), width=320)
        st.text_area(_("Proposals, one on each line"), key=f"{key}_texts", height=140)
        st.form_submit_button(
            _("Add"), key=f"{key}_save", icon=":material/add:", on_click=_add, args=(workshop_id, kind, key)
        )


def show(workshop_id: int, proposal_ids: list[int]) -> None:
    """Show proposals to everyone, and tell how to undo it. For callbacks."""
    acted = act(show_proposals, workshop_id=workshop_id, proposal_ids=proposal_ids)
    shown = acted.result
    if shown:
        before = _turn_to_proposals(workshop_id)
        count = len(shown)
        words = ngettext(
            "{count} proposal is shown to everyone.", "{count} proposals are shown to everyone.", count
        )
        tell(
            words.format(count=count),
            acted.undo,
            afterwards=lambda: act_on_click(turn_wall, workshop_id=workshop_id, page=before),
            about=frozenset(shown),
        )


def _turn_to_proposals(workshop_id: int) -> int:
    """Turn the projector to the proposals, where they stand behind something else; return where it stood."""
    with reading() as session:
        at = screen_now(session, workshop_id, own_address="", language=language()).proposals_at
        page = read_workshop(session, workshop_id).wall_page
    if at is not None and page < at:
        act(turn_wall, workshop_id=workshop_id, page=at)
    return page


def hide(proposal_id: int) -> None:
    """Hide a proposal everywhere, and tell how to undo it. For callbacks."""
    acted = act(hide_proposal, proposal_id=proposal_id)
    if acted:
        tell(_("Hidden everywhere. Only you still see it."), acted.undo)


def say_why(proposal_id: int, key: str) -> None:
    """Store why a proposal was hidden, as it stands in the field with this key. For callbacks."""
    act(say_why_hidden, proposal_id=proposal_id, reason=st.session_state[key])


def _add(workshop_id: int, kind: ProposalKind, key: str) -> None:
    texts = [line for line in st.session_state[f"{key}_texts"].splitlines() if line.strip()]
    act_then(
        type_for_table,
        then={key: False, f"{key}_texts": ""},
        workshop_id=workshop_id,
        kind=kind,
        table_name=st.session_state[f"{key}_table"],
        texts=texts,
    )
