"""What is said of the steps of an evening at mixed tables."""

from exports.sentences.step_words import Gettext, StepWords, WordsOfStep, welcome
from models.basics.words import Step


def _tables(_: Gettext) -> StepWords:
    return StepWords(_("Tables"), _("Find your table."))


def _harvest(_: Gettext) -> StepWords:
    return StepWords(_("Harvest"), _("What does your table take along?"))


def _end(_: Gettext) -> StepWords:
    return StepWords(_("The end"), _("Whom did you meet?"))


STEPS: dict[str, WordsOfStep] = {
    Step.WELCOME: welcome,
    Step.TABLES: _tables,
    Step.HARVEST: _harvest,
    Step.END: _end,
}
