"""The words of dot voting."""

from exports.sentences.methods.words import Asked, Counted, Forms, Gettext, Told, Words


def dots(_: Gettext, forms: Forms) -> Words:
    """Return what is said of dot voting."""
    return Words(
        Asked(
            explained=_("To choose from many: where do we begin?"),
            question=_("Where do we begin?"),
        ),
        Told(name=_("Divide dots"), dots=Counted(forms("{count} dot", "{count} dots"))),
    )
