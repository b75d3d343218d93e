"""What stands in the way in a mediation, in words."""

from exports.language import translations
from exports.sentences.errors.told import Told
from models.basics.errors import (
    AcceptedAlready,
    AlreadyEnrolled,
    DomainError,
    GroupNotAsked,
    InvitedAlready,
    MediationEnded,
    MediationLocked,
    MediatorCameIn,
    NotConfirmed,
    NothingAcceptedYet,
    OutcomeFrozen,
    SeenAlready,
    SignedWhen,
    StepNotReached,
    TooFewParties,
    WordsDiffer,
)


def about_a_mediation(error: DomainError, language: str) -> Told | None:
    """Return what happened and what one can do about it; None for what this file does not tell."""
    _ = translations(language).gettext
    match error:
        case MediationLocked():
            return _("This page is locked."), _("Type your six words. What you were typing is kept.")
        case MediationEnded():
            return _("This mediation has ended."), _("You can still read what stands here, until its day.")
        case NothingAcceptedYet():
            return (
                _("Nothing can be written yet."),
                _("First the party accepts this mediator, secrecy and the rules."),
            )
        case AlreadyEnrolled():
            return (
                _("Somebody came in by this link already."),
                _("Was that you? Then type your six words. If not, tell the mediator at once."),
            )
        case WordsDiffer():
            return _("These are not the words that stand above."), _(
                "Look at your paper, and type them again."
            )
        case InvitedAlready():
            return (
                _("Somebody or a party of that name is in this mediation already."),
                _("Give that person another code, or write the name so that it differs."),
            )
        case TooFewParties():
            return (
                _("A mediation is between two parties at least."),
                _("Wait until two parties have accepted everything. Then go on to this step."),
            )
        case SeenAlready():
            return (
                _("Another party has opened this text."),
                _("It cannot be taken back any more. You can say so to all."),
            )
        case AcceptedAlready():
            return _("A party has accepted these words."), _("They stand. You can tell all what differs.")
        case NotConfirmed():
            return (
                _("The party has not confirmed this text on paper yet."),
                _("Print the sheet, let the party sign it, and record the day."),
            )
        case GroupNotAsked():
            return (
                _("The group has not been asked yet."),
                _("Ask it here until a day, or say in one line how it was asked otherwise."),
            )
        case SignedWhen():
            return (
                _("Say on which day the party signed."),
                _("Not before the text was written, and not later than today."),
            )
        case OutcomeFrozen():
            return (
                _("The agenda was frozen with this sentence in it."),
                _("It cannot be taken back any more. Ask the facilitator what a next version may say."),
            )
        case MediatorCameIn():
            return _("A mediator has come in."), _("From now on only who is in the mediation can end it.")
        case StepNotReached():
            return (
                _("The mediation has not come that far."),
                _("The mediator brings everyone to the next step."),
            )
        case _:
            return None
