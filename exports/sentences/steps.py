"""The steps of a meeting as people read them: an entry per step, for each block."""

from exports.language import translations
from exports.sentences import steps_of_alliance, steps_of_encounters, steps_of_startfoto
from exports.sentences.step_words import StepWords, WordsOfStep
from models.basics.words import BuildingBlock
from models.workshop.programme import Face, programme

STEP_WORDS: Face[WordsOfStep] = Face(
    {
        BuildingBlock.ALLIANCE: steps_of_alliance.STEPS,
        BuildingBlock.BASELINE: steps_of_startfoto.STEPS,
        BuildingBlock.ENCOUNTERS: steps_of_encounters.STEPS,
    }
)


def step_name(block: str, step: str, language: str) -> str:
    """Return the name of a step of a block's meeting, without its number."""
    return _words(block, step, language).name


def step_question(block: str, step: str, language: str) -> str:
    """Return what phones and projector ask the room in that step."""
    return _words(block, step, language).question


def take_room_words(block: str, step: str, language: str) -> str:
    """Return what a button says that takes the room to `step`, on every page the same."""
    return (
        translations(language)
        .gettext("Take the room to {number} {step}")
        .format(number=programme(block).number(step), step=step_name(block, step, language))
    )


def _words(block: str, step: str, language: str) -> StepWords:
    return STEP_WORDS.of(block, step)(translations(language).gettext)
