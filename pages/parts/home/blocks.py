"""The four building blocks of an alliance."""

from typing import Literal

import streamlit as st

from exports.language import day
from exports.sentences import block_name
from models.alliance.alliance import AllianceRow
from models.basics.clock import today
from models.basics.words import BuildingBlock
from models.tables import Alliance
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, ngettext, plain, small_print
from pages.parts.home.meetings import next_meeting, plan_meeting


def block_explained(block: BuildingBlock) -> str:
    """Return what a building block is for."""
    return {
        BuildingBlock.BASELINE: _("How inclusive is this place now?"),
        BuildingBlock.ENCOUNTERS: _("Residents get to know each other, at mixed tables."),
        BuildingBlock.ALLIANCE: _("Establish principles together, and make agreements."),
        BuildingBlock.MEDIATION: _("An independent third party helps people to work together again."),
    }[block]


def block_head(block: BuildingBlock, badge: str, icon: str, colour: Literal["green", "gray", "blue"]) -> None:
    """Draw the top of a building block's card."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(block_name(block, language()), anchor=False)
        st.badge(badge, icon=icon, color=colour)
    small_print(block_explained(block))


def reason_line(reasons: dict[str, str], block: BuildingBlock) -> None:
    """Draw why a block was chosen."""
    if reasons.get(block):
        st.markdown(":material/info: " + _("Reason: {reason}").format(reason=plain(reasons[block])))


def other_block(block: BuildingBlock, reasons: dict[str, str]) -> None:
    """Draw a block that is done outside Handslag: whether the alliance chose it, and why."""
    if block in reasons:
        block_head(block, _("In our plan"), ":material/check:", "green")
        reason_line(reasons, block)
    else:
        block_head(block, _("Not needed now"), ":material/remove:", "gray")


def block_with_meetings(
    alliance: Alliance, block: BuildingBlock, row: AllianceRow, reasons: dict[str, str]
) -> None:
    """Draw a block that Handslag leads, with the day of its meeting, or the way to plan one."""
    meeting = next_meeting(row, block)
    when = day(meeting.held_on, language(), style="long") if meeting else _("No meeting yet")
    block_head(block, when, ":material/event:", "blue")
    reason_line(reasons, block)
    if meeting is None and st.button(
        _("Plan a meeting for {block}").format(block=block_name(block, language())),
        key=f"plan_meeting_{block.value}",
        icon=":material/add:",
    ):
        plan_meeting(alliance, block=block, venue="", held_on=today(alliance.time_zone))


def alliance_block(alliance: Alliance, row: AllianceRow, partners: int, reasons: dict[str, str]) -> None:
    """Draw the block that this alliance is about, with the day of its meeting and how many sign."""
    block_with_meetings(alliance, BuildingBlock.ALLIANCE, row, reasons)
    signing = ngettext("{count} partner signs", "{count} partners sign", partners).format(count=partners)
    st.markdown(f":material/group: {signing}")
