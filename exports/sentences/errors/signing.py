"""What stands in the way of an agenda, in words."""

from exports.language import translations
from exports.sentences.errors.told import Told
from models.basics.errors import AgendaClosed, AgendaFrozen, AnswersChanged, DomainError, NothingToFreeze


def about_signing(error: DomainError, language: str) -> Told | None:
    """Return what happened and what one can do about it; None for what this file does not tell."""
    _ = translations(language).gettext
    match error:
        case AgendaClosed():
            return (
                _("Signing is closed."),
                _("Ask the facilitator. A new answer makes a new edition of the document."),
            )
        case AgendaFrozen():
            return _("This text is frozen already."), _("Partners can sign it now.")
        case NothingToFreeze():
            return (
                _("There is nothing to freeze yet."),
                _("First adopt a principle or record an agreement."),
            )
        case AnswersChanged():
            return (
                _("Somebody answered while the document was being made."),
                _("Make the document again. Every answer is kept."),
            )
        case _:
            return None
