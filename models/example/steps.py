"""What the people of the example do in each step, for each block."""

from collections.abc import Callable

from models.example import startfoto, steps_of_encounters, workshop
from models.workshop.programme import ALLIANCE, ENCOUNTERS, STARTFOTO, Face

WHAT_HAPPENS: Face[Callable[..., None]] = Face(
    {
        ALLIANCE.name: workshop.WHAT_HAPPENS,
        STARTFOTO.name: startfoto.WHAT_HAPPENS,
        ENCOUNTERS.name: steps_of_encounters.STEPS,
    }
)
