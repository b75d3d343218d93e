"""The screens of the projector: an entry per step, for each block."""

from models.basics.words import BuildingBlock
from models.workshop.programme import Face
from pages.parts.projector import screens_of_alliance, screens_of_encounters, screens_of_startfoto
from pages.parts.projector.step_screen import StepScreen

SCREENS: Face[StepScreen] = Face(
    {
        BuildingBlock.ALLIANCE: screens_of_alliance.STEPS,
        BuildingBlock.BASELINE: screens_of_startfoto.STEPS,
        BuildingBlock.ENCOUNTERS: screens_of_encounters.STEPS,
    }
)
