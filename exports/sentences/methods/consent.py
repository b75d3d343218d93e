"""The words of consent."""

from exports.sentences.methods.words import Asked, Counted, Forms, Gettext, Told, Words


def consent(_: Gettext, forms: Forms) -> Words:
    """Return what is said of consent."""
    return Words(
        Asked(
            explained=_("For a text that everyone has to be able to live with."),
            question=_("Can you live with this?"),
            means={
                "agree": _("I can live with this."),
                "concern": _("I join in. But I want to say something."),
                "objection": _("This does harm or can be better. I explain why."),
            },
            asks_why={
                "concern": _("What is your concern?"),
                "objection": _("What is your objection? Say what goes wrong, or what could be better."),
            },
            sends_why={"concern": _("Send your concern"), "objection": _("Send your objection")},
            paper_asks_why=_("What is your concern or objection? May stay empty."),
        ),
        Told(
            name=_("Agree or object (consent)"),
            labels={
                "agree": _("Agree"),
                "concern": _("Agree, with a concern"),
                "objection": _("Objection"),
            },
            columns={"concern": _("With a concern")},
            counted={
                "agree": Counted(forms("{count} agree", "{count} agree")),
                "concern": Counted(forms("{count} with a concern", "{count} with a concern")),
                "objection": Counted(forms("{count} objection", "{count} objections"), _("no objection")),
            },
            sentence=_("{agree} agree, {concern} agree with a concern, {objection} object."),
        ),
    )
