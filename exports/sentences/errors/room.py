"""Who may do something in a meeting, and when, in words."""

from collections.abc import Callable

from exports.language import translations
from exports.sentences.errors.told import Told
from models.basics.errors import (
    AnotherPerson,
    CannotBeUndone,
    ChangedMeanwhile,
    DomainError,
    DoorShut,
    DraftingEnded,
    InUse,
    NotAdmitted,
    NotForThisRole,
    NotYours,
    PersonalCodeNeeded,
    PersonalCodeUnknown,
    RequestReused,
    SignInEnded,
    TooManyProposals,
    WorkshopOver,
)
from models.basics.words import Hindrance

Gettext = Callable[[str], str]


def about_the_room(error: DomainError, language: str) -> Told | None:
    """Return what happened and what one can do about it; None for what this file does not tell."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    match error:
        case RequestReused():
            return (
                _("This was sent before, with something else in it."),
                _("The first one counts. Look at what stands here. Send again for something else."),
            )
        case SignInEnded():
            return _("You are no longer signed in."), _("Sign in again. What is stored stays.")
        case NotForThisRole():
            return (
                _("This link does not open that page."),
                _("Go on to what it opens. Do you lead the meeting? Then sign in."),
            )
        case DoorShut():
            return _("The door of this meeting is shut."), _("Ask the facilitator to let you in.")
        case NotAdmitted():
            return (
                _("You do not take part in this meeting at this moment."),
                _("Ask the facilitator to let you in."),
            )
        case PersonalCodeNeeded():
            return (
                _("For this meeting you need a personal code."),
                _("It is on your badge or on your paper. Or ask the facilitator."),
            )
        case PersonalCodeUnknown():
            return (
                _("We do not know this personal code."),
                _("Look at your badge or your paper. A right code works at once."),
            )
        case WorkshopOver():
            return _("This meeting is over."), _("Everything that was sent is kept.")
        case DraftingEnded():
            return (
                _("No proposals can be sent any more."),
                _("Tell your proposal to the facilitator. Your text still stands here."),
            )
        case TooManyProposals():
            return (
                _("You have many ideas. The others need time to read them."),
                ngettext(
                    "Your text still stands here. In {count} second you can send it.",
                    "Your text still stands here. In {count} seconds you can send it.",
                    error.seconds,
                ).format(count=error.seconds),
            )
        case AnotherPerson():
            return (
                _("Somebody else uses this phone now."),
                _("Type your personal code to go on as yourself."),
            )
        case NotYours():
            return (
                _("Only the one it belongs to can change this."),
                _("Ask that person, or ask the facilitator."),
            )
        case InUse():
            return (
                _("This cannot be removed: something else still uses it."),
                _("Change what uses it first. Then remove this."),
            )
        case ChangedMeanwhile():
            return _("Something had just changed."), _("Look again, and then press once more.")
        case CannotBeUndone():
            return _cannot_be_undone(error.hindrance, _)
        case _:
            return None


def _cannot_be_undone(hindrance: Hindrance, _: Gettext) -> Told:
    known = {
        Hindrance.CHANGED: (
            _("This cannot be undone any more: it was changed since."),
            _("Look how it stands now. You can change it there."),
        ),
        Hindrance.ROUND_FOLLOWED: (
            _("This round cannot come back: another round was opened since."),
            _("You can ask the same texts in a new round."),
        ),
        Hindrance.ROUND_OPEN: (
            _("A voting round is still open."),
            _("Close the round first, or stay here."),
        ),
        Hindrance.VOTED_ON: (
            _("This text cannot be taken back: it was put to the vote."),
            _("Word it anew, or leave it out."),
        ),
        Hindrance.IN_USE: (
            _("This principle cannot be taken back: an agreement practises it."),
            _("Take it off the agreement first. Then undo this."),
        ),
        Hindrance.LINK_FOLLOWED: (
            _("The old link cannot come back: another one was made since."),
            _("Give the link that stands here now."),
        ),
        Hindrance.FORGOTTEN: (
            _("This cannot be undone any more: what it takes was deleted after a while."),
            _("You can make it anew."),
        ),
        Hindrance.OVER: (
            _("This meeting is over, and its links with it."),
            _("Open the meeting again first. Then undo this."),
        ),
        Hindrance.GONE: (
            _("This cannot be undone any more."),
            _("Look how it stands now. You can change it there."),
        ),
    }
    return known[hindrance]
