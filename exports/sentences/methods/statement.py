"""The words of a statement that everyone scores."""

from exports.sentences.methods.words import Asked, Forms, Gettext, Told, Words
from models.voting.methods.method import Mark


def statement(_: Gettext, _forms: Forms) -> Words:
    """Return what is said of a statement that everyone scores."""
    return Words(
        Asked(
            explained=_("To see what people think of a statement."),
            question=_("Do you agree with this?"),
        ),
        Told(
            name=_("Agree or disagree, in five steps"),
            labels={
                "strongly agree": _("Strongly agree"),
                "agree": _("I agree"),
                "neutral": _("Neither agree nor disagree"),
                "unknown": _("I don't know"),
                "disagree": _("I disagree"),
                "strongly disagree": _("Strongly disagree"),
            },
            parts={
                Mark.AGREE: _("Agree (strongly)"),
                Mark.NEUTRAL: _("In between, or I don't know"),
            },
            in_favour=_("“I agree” and “Strongly agree” are in favour."),
        ),
    )
