"""What stands in the way of a vote, a round or a paper sheet, in words."""

from exports.language import in_a_sentence, translations
from exports.sentences.choices import choice_label
from exports.sentences.errors.told import Told
from exports.sentences.events import doer_name
from models.basics.errors import (
    AlreadyRevealed,
    AnswersDoNotFit,
    AnswerUnknown,
    DomainError,
    MoreVoices,
    NothingToVoteOn,
    RoundCancelled,
    RoundClosed,
    RoundKeyLost,
    RoundNotReady,
    RoundStillOpen,
    SheetEmpty,
    SheetKnown,
    TooManyDots,
    TooManyVoices,
    VotedByPhone,
)


def about_voting(error: DomainError, language: str) -> Told | None:
    """Return what happened and what one can do about it; None for what this file does not tell."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    match error:
        case RoundKeyLost():
            return _(
                "This round takes no votes any more: the server was started with another key, or from a copy."
            ), _("What was voted before counts. The facilitator closes the round, or begins it again.")
        case RoundCancelled():
            return (
                _("This round was cancelled. No vote in it counts."),
                _("Wait for the next question."),
            )
        case RoundClosed():
            return _round_closed(error, language)
        case TooManyDots():
            return _too_many_dots(error, language)
        case TooManyVoices():
            return (
                _("This phone votes for {count} other people already.").format(count=error.limit),
                _("Take another phone, or ask the facilitator for a paper sheet."),
            )
        case AnswerUnknown():
            return (
                _("We do not know answer {place}: “{typed}”.").format(place=error.place, typed=error.typed),
                _("Look which key belongs to which answer. Type - for an answer that was left open."),
            )
        case AnswersDoNotFit():
            return (
                ngettext("{count} answer was typed.", "{count} answers were typed.", error.typed).format(
                    count=error.typed
                ),
                ngettext(
                    "The sheet has {count} text. Type - for an answer that was left open.",
                    "The sheet has {count} texts. Type - for an answer that was left open.",
                    error.needed,
                ).format(count=error.needed),
            )
        case SheetEmpty():
            return _("Nothing is filled in on this sheet."), _("Type at least one answer.")
        case SheetKnown():
            return (
                _("The sheet of participant {number} was typed in before, by {name}.").format(
                    number=error.number, name=doer_name(error.entered_by, language)
                ),
                _("It counts once. Replace it only when it was typed wrongly."),
            )
        case VotedByPhone():
            return (
                _("Participant {number} voted by phone in this round.").format(number=error.number),
                _("That vote counts. This sheet does not count as well."),
            )
        case RoundStillOpen():
            return _("A voting round is still open."), _("Close the round first, or stay here.")
        case AlreadyRevealed():
            return (
                _("The result has been shown. It cannot be changed any more."),
                _("You can open a new round."),
            )
        case RoundNotReady():
            return (
                _("The voting round is not ready for this."),
                _("Look where the round is now. Then try again."),
            )
        case MoreVoices():
            return (
                _("There are more voices than people counted: {voices} against {heads}.").format(
                    voices=error.voices, heads=error.heads
                ),
                _("Tick that you have seen this, and press again. Or count the heads anew."),
            )
        case NothingToVoteOn():
            return _("There is nothing to vote on yet."), _("Choose at least one principle.")
        case _:
            return None


def _too_many_dots(error: TooManyDots, language: str) -> Told:
    translated = translations(language)
    happened = translated.ngettext(
        "You have used your {count} dot.", "You have used your {count} dots.", error.budget
    ).format(count=error.budget)
    return happened, translated.gettext("Take one away first.")


def _round_closed(error: RoundClosed, language: str) -> Told:
    _ = translations(language).gettext
    happened = _("The round is closed. Every vote we received counts.")
    if error.choice is None:
        return happened, _("Wait for the result.")
    return happened, _("Your vote counts: {choice}.").format(
        choice=in_a_sentence(choice_label(error.method, error.choice, language))
    )
