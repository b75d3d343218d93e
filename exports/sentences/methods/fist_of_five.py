"""The words of the fist of five."""

from exports.sentences.methods.words import Asked, Forms, Gettext, Told, Words


def fist_of_five(_: Gettext, _forms: Forms) -> Words:
    """Return what is said of the fist of five."""
    return Words(
        Asked(
            explained=_("A quick look at the support, as with a raised hand."),
            question=_("How many fingers do you give this?"),
            means={
                "5": _("I want to help carry it."),
                "4": _("I am for it."),
                "3": _("I can live with this."),
                "2": _("Something has to change first."),
                "1": _("I am against it as it is."),
                "0": _("This must not happen."),
            },
        ),
        Told(
            name=_("Fist of five"),
            labels={
                "5": _("Five fingers: all for it"),
                "4": _("Four fingers: good"),
                "3": _("Three fingers: good enough"),
                "2": _("Two fingers: not yet"),
                "1": _("One finger: rather not"),
                "0": _("Fist: no"),
            },
            in_favour=_("Three fingers or more is in favour."),
        ),
    )
