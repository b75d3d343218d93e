"""Proposals that look alike, offered together. A hint: nothing is joined before a facilitator does it."""

from collections.abc import Callable, Sequence

import streamlit as st

from models.drafting.look_alikes import tell_apart
from models.drafting.views import ProposalRow
from pages.parts.drafting.wording import choose_only, is_chosen
from pages.parts.frame.acting import act_on_click
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import ngettext


def look_alike_groups(
    room: RoomNow,
    groups: Sequence[Sequence[ProposalRow]],
    row: Callable[[ProposalRow], None],
    most: int,
) -> None:
    """Draw each group with its two buttons: word these together, or not the same. `row` draws one proposal.

    At most so many rows are drawn; the buttons are about the whole group.
    """
    left = most
    for group in groups:
        if left <= 0:
            return
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
                    on_click=act_on_click,
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
            for proposal in group[:left]:
                row(proposal)
        left -= len(group)


def looks_like(groups: Sequence[Sequence[ProposalRow]]) -> dict[int, int]:
    """Return, for each proposal of a group by its id, how many others it looks like."""
    return {proposal.id: len(group) - 1 for group in groups for proposal in group}
