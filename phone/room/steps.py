"""The pages of a phone: an entry per step, for each block, and one for after the meeting."""

from models.basics.words import BuildingBlock
from models.workshop.programme import Face
from phone.room import steps_of_alliance, steps_of_encounters, steps_of_startfoto
from phone.room.step_page import StepPage

PAGES: Face[StepPage] = Face(
    {
        BuildingBlock.ALLIANCE: steps_of_alliance.STEPS,
        BuildingBlock.BASELINE: steps_of_startfoto.STEPS,
        BuildingBlock.ENCOUNTERS: steps_of_encounters.STEPS,
    }
)
PAGES_WHEN_OVER: dict[str, StepPage] = {
    BuildingBlock.ALLIANCE: steps_of_alliance.OVER,
    BuildingBlock.BASELINE: steps_of_startfoto.OVER,
    BuildingBlock.ENCOUNTERS: steps_of_encounters.OVER,
}
