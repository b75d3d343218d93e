"""The steps of a startfoto's meeting as who leads sees them."""

from models.basics.words import Step
from pages.parts.frame.words import gettext as _
from pages.parts.leading.lead_step import LeadPage, LeadStep, LeadWords
from pages.parts.leading.steps_of_alliance import how_people_come_in, people_come_in


def _statements() -> LeadWords:
    return LeadWords(
        _("How is it to live here?"),
        [
            _("Open the statements. Everyone answers on the own phone."),
            _("Close them before you ask anything else."),
        ],
    )


def _picture() -> LeadWords:
    return LeadWords(
        _("Where do we see it differently?"),
        [
            _("Show the picture one theme at a time, the largest difference first."),
            _("Ask those who see it differently to tell more."),
        ],
    )


def _conclusions() -> LeadWords:
    return LeadWords(
        _("Where do we begin?"),
        [
            _("Read the conclusions, each with what it rests on."),
            _("Let the room put dots on the points for improvement."),
        ],
    )


def _end() -> LeadWords:
    return LeadWords(
        _("What happens with it?"),
        [
            _("Say who takes up which point, and by when people hear of it."),
            _("Write down on which day the baseline was presented."),
        ],
    )


STEPS: dict[str, LeadStep] = {
    Step.WELCOME: LeadStep(people_come_in, summary=how_people_come_in),
    Step.STATEMENTS: LeadStep(_statements, LeadPage("statements.py", ":material/ballot:")),
    Step.PICTURE: LeadStep(_picture, LeadPage("picture.py", ":material/photo_camera:")),
    Step.CONCLUSIONS: LeadStep(_conclusions, LeadPage("conclusions.py", ":material/lightbulb:")),
    Step.END: LeadStep(_end),
}
