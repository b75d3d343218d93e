"""The words of gradients of agreement."""

from exports.sentences.methods.words import Asked, Forms, Gettext, Told, Words


def gradients(_: Gettext, _forms: Forms) -> Words:
    """Return what is said of gradients of agreement."""
    return Words(
        Asked(
            explained=_("Shows how strong the support is, from full support to a veto."),
            question=_("How much do you support this?"),
            means={
                "1": _("I am all for it."),
                "2": _("I agree. One small thing bothers me."),
                "3": _("I go along. I have my doubts."),
                "4": _("I do not choose. I do not count in the share."),
                "5": _("I cannot decide yet."),
                "6": _("I would choose otherwise. I will help all the same."),
                "7": _("I do not want this. I do not help."),
                "8": _("This must not happen."),
            },
        ),
        Told(
            name=_("Eight levels of support"),
            labels={
                "1": _("Full support"),
                "2": _("Agree, but for a small point"),
                "3": _("Support, with reservations"),
                "4": _("I abstain"),
                "5": _("First talk more"),
                "6": _("Not my choice, but my support"),
                "7": _("Seriously disagree"),
                "8": _("I stop this"),
            },
            in_favour=_("Levels 1, 2 and 3 are in favour. Who abstains does not count."),
        ),
    )
