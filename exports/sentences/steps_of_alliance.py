"""What is said of the steps of an alliance's meeting."""

from exports.sentences.step_words import Gettext, StepWords, WordsOfStep, welcome
from models.basics.words import Step


def _draft(_: Gettext) -> StepWords:
    return StepWords(_("Propose"), _("What is important to us here?"))


def _vote(_: Gettext) -> StepWords:
    return StepWords(_("Vote"), _("Can you live with this?"))


def _agree(_: Gettext) -> StepWords:
    return StepWords(_("Make agreements"), _("What are we going to do?"))


def _sign(_: Gettext) -> StepWords:
    return StepWords(_("Sign"), _("Who signs?"))


def _agenda(_: Gettext) -> StepWords:
    return StepWords(_("Agenda"), _("What is your first step?"))


def _progress(_: Gettext) -> StepWords:
    return StepWords(_("Progress"), _("What became of it?"))


STEPS: dict[str, WordsOfStep] = {
    Step.WELCOME: welcome,
    Step.DRAFT: _draft,
    Step.VOTE: _vote,
    Step.AGREE: _agree,
    Step.SIGN: _sign,
    Step.AGENDA: _agenda,
    Step.PROGRESS: _progress,
}
