"""The steps as who leads sees them: an entry per step, for each block."""

import streamlit as st

from models.basics.words import BuildingBlock
from models.workshop.programme import Face, programme
from pages.parts.leading import steps_of_alliance, steps_of_encounters, steps_of_startfoto
from pages.parts.leading.lead_step import LEAD, LeadStep

LEADING: Face[LeadStep] = Face(
    {
        BuildingBlock.ALLIANCE: steps_of_alliance.STEPS,
        BuildingBlock.BASELINE: steps_of_startfoto.STEPS,
        BuildingBlock.ENCOUNTERS: steps_of_encounters.STEPS,
    }
)


# The step that the page Lead shows, where that is not the step of the room.
LOOKS_AT = "step"


def page_of_step(block: str, step: str) -> str:
    """Return on which page a step is led."""
    page = LEADING.of(block, step).page
    return page.file if page else LEAD


def steps_led_there(block: str) -> list[str]:
    """Return the steps that are led on the page Lead itself."""
    return [step.name for step in programme(block).steps if page_of_step(block, step.name) == LEAD]


def step_seen(block: str, path: str) -> str | None:
    """Return which step the page at `path` is about; None for one of no step, and where Lead follows the room."""
    if path == LEAD.removesuffix(".py"):
        asked = st.query_params.get(LOOKS_AT)
        return asked if asked in steps_led_there(block) else None
    return next(
        (
            step.name
            for step in programme(block).steps
            if (page := LEADING.of(block, step.name).page) is not None and page.path == path
        ),
        None,
    )
