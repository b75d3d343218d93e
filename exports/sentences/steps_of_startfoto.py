"""What is said of the steps of a startfoto's meeting."""

from exports.sentences.step_words import Gettext, StepWords, WordsOfStep, welcome
from models.basics.words import Step


def _statements(_: Gettext) -> StepWords:
    return StepWords(_("Statements"), _("How is it to live here?"))


def _picture(_: Gettext) -> StepWords:
    return StepWords(_("The picture"), _("Where do we see it differently?"))


def _conclusions(_: Gettext) -> StepWords:
    return StepWords(_("Conclusions"), _("Where do we begin?"))


def _end(_: Gettext) -> StepWords:
    return StepWords(_("The end"), _("What happens with it?"))


STEPS: dict[str, WordsOfStep] = {
    Step.WELCOME: welcome,
    Step.STATEMENTS: _statements,
    Step.PICTURE: _picture,
    Step.CONCLUSIONS: _conclusions,
    Step.END: _end,
}
