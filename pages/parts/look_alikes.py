"""Proposals that look alike, offered together. A hint: nothing is joined before a facilitator does it."""

from collections.abc import Callable, Sequence

import streamlit as st

from models.look_alikes import tell_apart
from models.proposal import ProposalRow
from pages.parts.acting import do
from pages.parts.room_now import RoomNow
from pages.parts.wording import choose_only, is_chosen
from pages.parts.words import gettext as _
from pages.parts.words import ngettext

SHORTENED_TO = 60


def look_alike_groups(
    room: RoomNow,
    groups: Sequence[Sequence[ProposalRow]],
    proposals: Sequence[ProposalRow],
    row: Callable[[ProposalRow], None],
) -> None:
    """Draw each group with its two buttons: word these together, or not the same. `row` draws one proposal."""
    for group in groups:
        ids = [proposal.id for proposal in group]
        with st.container(key=f"alike_{min(ids)}", gap=None):
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"head_of_alike_{min(ids)}"
            ):
                heading = ngettext(
                    "{count} proposal looks like another", "{count} proposals look alike", len(group)
                )
                st.markdown(f"**{heading.format(count=len(group))}**")
                st.space("stretch")
                st.button(
                    _("Not the same"),
                    key=f"apart_{min(ids)}",
                    on_click=do,
                    args=(tell_apart,),
                    kwargs={"workshop_id": room.workshop_id, "proposal_ids": ids},
                )
                st.button(
                    _("Word these together"),
                    key=f"together_{min(ids)}",
                    icon=":material/call_merge:",
                    disabled=all(is_chosen(proposal) for proposal in group),
                    on_click=choose_only,
                    args=(room.workshop_id, ids, group[0].text),
                )
            for proposal in group:
                row(proposal)


def looks_like(groups: Sequence[Sequence[ProposalRow]]) -> dict[int, str]:
    """Return, for each proposal of a group by its id, a sentence that names what it looks like."""
    return {
        proposal.id: _sentence([other for other in group if other.id != proposal.id])
        for group in groups
        for proposal in group
    }


def _sentence(others: Sequence[ProposalRow]) -> str:
    first = " ".join(others[0].text.split())
    if len(first) > SHORTENED_TO:
        first = first[:SHORTENED_TO].rsplit(" ", 1)[0] + " …"
    more = len(others) - 1
    if not more:
        return _("Looks like: “{text}”").format(text=first)
    return ngettext(
        "Looks like: “{text}” and {count} more", "Looks like: “{text}” and {count} more", more
    ).format(text=first, count=more)
