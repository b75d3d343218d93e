"""Leading the room: where it is, what to do there, who is here."""

import streamlit as st

from exports.sentences import step_name
from models.basics.words import BuildingBlock, WorkshopState
from models.tables import Workshop
from models.workshop.programme import programme
from pages.parts.encounters.comes_and_goes import COMING_AND_GOING, coming_and_going
from pages.parts.frame.live import live
from pages.parts.frame.preview import preview
from pages.parts.frame.room_now import room_now
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language
from pages.parts.leading.ending import end_or_reopen
from pages.parts.leading.lead_step import LEAD
from pages.parts.leading.lead_steps import LOOKS_AT, page_of_step, steps_led_there
from pages.parts.leading.now import NOW, what_to_do
from pages.parts.leading.page_head import page_head
from pages.parts.leading.people import PEOPLE, who_is_here
from pages.parts.leading.projector_link import PROJECTOR, share_projector
from pages.parts.leading.table_host_link import TABLE_HOSTS, share_with_table_hosts


def show() -> None:
    """Draw the page of the chosen workshop."""
    room = room_now()
    looks_at = step_of_address(room.workshop.block)
    if looks_at is None and room.workshop.state == WorkshopState.OPEN:
        page = page_of_step(room.workshop.block, room.workshop.step)
        if page != LEAD:
            st.switch_page(page, query_params=room.link)
    page_head(room, lambda workshop: title(workshop, looks_at), here=looks_at)
    main, side = st.columns([1, 0.33])
    with main:
        with st.container(border=True, key="card_now"):
            what_to_do(room, looks_at)
        with st.container(border=True, key="card_people"):
            who_is_here(room)
        # Where one votes, who has no phone comes in by their sheet.
        comings = [COMING_AND_GOING] if room.workshop.block == BuildingBlock.ENCOUNTERS else []
        if comings:
            with st.container(border=True, key="card_comes_and_goes"):
                coming_and_going(room)
    # Where nobody proposes or votes, who hosts a table has nothing to type: there the lot says who does.
    steps = programme(room.workshop.block).steps
    hosts = [TABLE_HOSTS] if any(step.takes_proposals or step.takes_votes for step in steps) else []
    with side:
        preview(room)
        with st.container(border=True, key="card_projector"):
            share_projector(room)
        if hosts:
            with st.container(border=True, key="card_table_hosts"):
                share_with_table_hosts(room)
        with st.container(border=True, key="card_end"):
            end_or_reopen(room)
    live(room.workshop.code, NOW, PEOPLE, PROJECTOR, "preview", *hosts, *comings)


def title(workshop: Workshop, looks_at: str | None) -> str:
    """Return the step that the page shows as its heading: the one asked for, else the one where the room is."""
    if looks_at is None and workshop.state == WorkshopState.OVER:
        return _("The meeting is over")
    block, step = programme(workshop.block), looks_at or workshop.step
    name = step_name(block.name, step, language())
    return _("Step {number}: {step}").format(number=block.number(step), step=name.lower())


def step_of_address(block: str) -> str | None:
    """Return the step that the bar's link asked for, None to follow the room."""
    asked = st.query_params.get(LOOKS_AT)
    return asked if asked in steps_led_there(block) else None


show()
