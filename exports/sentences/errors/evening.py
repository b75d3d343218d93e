"""What stands in the way at mixed tables, in words."""

from exports.language import translations
from exports.sentences.errors.told import Told
from models.basics.errors import (
    AlreadySeated,
    AnswersClosed,
    DomainError,
    EveningBegun,
    NotHost,
    NotSeated,
    TooManyContactWishes,
)


def about_an_evening(error: DomainError, language: str) -> Told | None:
    """Return what happened and what one can do about it; None for what this file does not tell."""
    _ = translations(language).gettext
    match error:
        case TooManyContactWishes():
            return (
                _("You can choose three people at most."),
                _("Take somebody away, and save again."),
            )
        case NotSeated():
            return _("Nobody has a table for this round yet."), _("Divide the tables first.")
        case EveningBegun():
            return (
                _("This evening has begun: it stays where it is."),
                _("Plan a next evening in the series. Who comes again then meets new people."),
            )
        case AnswersClosed():
            return (
                _("Both questions are closed."),
                _("Nobody can tell any more which numbers were yours, so they cannot change."),
            )
        case AlreadySeated():
            return (
                _("You have a table already."),
                _("Your answer was used to divide the tables. Ask the facilitator if something is wrong."),
            )
        case NotHost():
            return (
                _("Somebody else minds the turns at your table now."),
                _("Your page shows who. You need to do nothing."),
            )
        case _:
            return None
