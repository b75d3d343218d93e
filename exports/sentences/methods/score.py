"""The words of a mark."""

from exports.sentences.methods.words import Asked, Forms, Gettext, Told, Words


def score(_: Gettext, _forms: Forms) -> Words:
    """Return what is said of a mark from 1 to 10."""
    return Words(
        Asked(
            explained=_("To compare texts by a mark, as at school."),
            question=_("Which mark do you give this?"),
            means={
                "10": _("It cannot be better."),
                "6": _("Just good enough."),
                "5": _("Just not good enough."),
                "1": _("It cannot be worse."),
            },
        ),
        Told(
            name=_("Mark from 1 to 10"),
            pattern=_("Mark {choice}"),
            in_favour=_("A 6 or higher is in favour."),
        ),
    )
