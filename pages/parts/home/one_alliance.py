"""One alliance: its figures, its building blocks and its meetings."""

from zoneinfo import ZoneInfo

import streamlit as st
from markupsafe import escape

from exports.language import day
from models.alliance.alliance import list_alliances
from models.alliance.partner import read_partners
from models.basics.clock import today
from models.basics.words import BuildingBlock
from models.progress.figures import Figures, read_figures
from models.storage.database import reading
from models.tables import Alliance
from models.workshop.programme import BLOCKS
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain
from pages.parts.home.blocks import alliance_block, block_with_meetings, other_block
from pages.parts.home.meetings import meeting_to_lead, meetings
from pages.parts.home.plan import plan_of_approach
from pages.parts.home.where import ALL, go


def alliance_home(alliance: Alliance) -> None:
    """Draw the meeting to lead, the figures, the four building blocks and the meetings of an alliance."""
    with reading() as session:
        figures = read_figures(session, alliance.id, today(alliance.time_zone))
        partners = len(read_partners(session, alliance.id))
        row = next(row for row in list_alliances(session) if row.id == alliance.id)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content", gap=None):
            since = day(
                alliance.created_at.astimezone(ZoneInfo(alliance.time_zone)).date(), language(), style="long"
            )
            told = _("{place} · since {day}").format(place=alliance.place, day=since)
            st.html(f'<p class="over-title">{escape(told)}</p>')
            st.title(plain(alliance.name), anchor=False)
        with st.container(horizontal=True, width="content"):
            st.button(
                _("All alliances"), key="all_alliances", icon=":material/home:", on_click=go, args=(ALL,)
            )
            if st.button(_("Plan of approach"), key="plan", icon=":material/edit:"):
                plan_of_approach(alliance)
    st.markdown(plain(alliance.purpose))
    meeting_to_lead(row)
    show_figures(figures)
    st.header(_("Four building blocks"), anchor=False)
    reasons = {entry["block"]: entry.get("reason", "") for entry in alliance.blocks}
    for pair in (
        (BuildingBlock.BASELINE, BuildingBlock.ENCOUNTERS),
        (BuildingBlock.ALLIANCE, BuildingBlock.MEDIATION),
    ):
        for column, block in zip(st.columns(2), pair, strict=True):
            with column.container(border=True, key=f"card_block_{block.value}", height="stretch"):
                if block is BuildingBlock.ALLIANCE:
                    alliance_block(alliance, row, partners, reasons)
                elif block in BLOCKS:
                    block_with_meetings(alliance, block, row, reasons)
                else:
                    other_block(block, reasons)
    st.header(_("Meetings"), anchor=False)
    meetings(alliance, row)


def show_figures(figures: Figures) -> None:
    """Draw what stands so far."""
    told = (
        (_("Principles"), figures.principles_adopted),
        (_("Agreements"), figures.agreements),
        (_("Of those, done"), figures.done),
        (_("Overdue"), figures.overdue),
    )
    for column, (label, value) in zip(st.columns(4), told, strict=True):
        column.metric(label, value, border=True)
