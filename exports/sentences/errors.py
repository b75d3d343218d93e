"""What went wrong in words: what happened, and what to do. Nothing that was typed is lost by an error."""

from collections.abc import Callable

from exports.language import in_a_sentence, listed, translations
from exports.sentences.choices import choice_label
from exports.sentences.events import doer_name
from models.basics.errors import (
    AcceptedAlready,
    AgendaClosed,
    AgendaFrozen,
    AlreadyEnrolled,
    AlreadyRevealed,
    AlreadySeated,
    AnotherPerson,
    AnswersChanged,
    AnswersClosed,
    AnswersDoNotFit,
    AnswerUnknown,
    Busy,
    CannotBeUndone,
    ChangedMeanwhile,
    ConsentNarrower,
    DomainError,
    DoorShut,
    DraftingEnded,
    EveningBegun,
    FileTooLarge,
    FileUnreadable,
    GroupNotAsked,
    InUse,
    InvalidValue,
    InvitedAlready,
    LogoNotUsable,
    MediationEnded,
    MediationLocked,
    MediatorCameIn,
    MoreVoices,
    NewerDatabase,
    NoMeetingAhead,
    NoRoomLeft,
    NotAdmitted,
    NotConfirmed,
    NoteChanged,
    NoteErased,
    NotForThisRole,
    NotFound,
    NothingAcceptedYet,
    NothingToFreeze,
    NothingToReport,
    NothingToVoteOn,
    NotHost,
    NotSeated,
    NotYours,
    OfficeFailed,
    OfficeMissing,
    OutcomeFrozen,
    PassphraseTooShort,
    PersonalCodeNeeded,
    PersonalCodeUnknown,
    ReportFrozen,
    RequestReused,
    RoundCancelled,
    RoundClosed,
    RoundKeyLost,
    RoundNotReady,
    RoundStillOpen,
    RowInvalid,
    SealNotUsable,
    SeenAlready,
    ServerKeyMissing,
    SheetEmpty,
    SheetKnown,
    SignedWhen,
    SignInEnded,
    StatementsAnswered,
    StepNotReached,
    TextMissing,
    TextTooLong,
    TooFewParties,
    TooManyContactWishes,
    TooManyDots,
    TooManyProposals,
    TooManyThemes,
    TooManyVoices,
    VotedByPhone,
    WordsDiffer,
    WorkshopOver,
)
from models.basics.words import Hindrance, LogoTrouble
from models.voting.methods import description
from models.voting.methods.method import Numbering

Gettext = Callable[[str], str]


def error_sentence(error: DomainError, language: str) -> tuple[str, str]:
    """Return what happened and what one can do about it, each as one or more whole sentences."""
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    match error:
        case NotFound():
            return _not_found(error, _)
        case TextMissing():
            return _text_missing(error, _)
        case TextTooLong():
            return _text_too_long(error, language)
        case InvalidValue():
            return _invalid_value(error, language)
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
        case TooManyContactWishes():
            return (
                _("You can choose three people at most."),
                _("Take somebody away, and save again."),
            )
        case TooManyDots():
            return _too_many_dots(error, language)
        case RequestReused():
            return (
                _("This was sent before, with something else in it."),
                _("The first one counts. Look at what stands here. Send again for something else."),
            )
        case PassphraseTooShort():
            return (
                _("Handslag does not start: HANDSLAG_PASSPHRASE can be guessed."),
                _(
                    "Choose at least {count} characters, such as four words. Or leave it empty: then we make one."
                ).format(count=error.shortest),
            )
        case ServerKeyMissing():
            return (
                _(
                    "Handslag does not start: there is no server key in {file}, and this database was used with one."
                ).format(file=error.file),
                _(
                    "Put it back (server.key or HANDSLAG_KEY), and start again. Is it lost? Type: manage.py new-key."
                    " Links that were given out still open then, but they cannot be shown again; open anonymous"
                    " rounds take no votes any more."
                ),
            )
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
        case OfficeMissing():
            return (
                _("There is no LibreOffice on the server, so this kind of file cannot be made."),
                _("The Word file can. Whoever keeps the server can install LibreOffice Writer."),
            )
        case OfficeFailed():
            return (
                _("LibreOffice did not make this file."),
                _("Try again in a moment. The Word file is there all the same."),
            )
        case SealNotUsable():
            return (
                _("The key that seals documents cannot be used: {file}.").format(file=error.file),
                _("Is the file there, and does HANDSLAG_SEAL_PASSPHRASE open it? Then start again."),
            )
        case NewerDatabase():
            return (
                _(
                    "Handslag does not start: a newer version made this database ({found}). Nothing was changed."
                ).format(found=error.found),
                _(
                    "Start the newer version. Or put back the copy that it made before (handslag.before-….db)."
                ),
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
            translated = translations(language)
            return (
                translated.ngettext(
                    "{count} answer was typed.", "{count} answers were typed.", error.typed
                ).format(count=error.typed),
                translated.ngettext(
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
        case StatementsAnswered():
            return (
                _("The statements of this baseline were asked already."),
                _("They are asked once, so that every answer stays secret. A next baseline asks them again."),
            )
        case TooManyThemes():
            return (
                _("There are {count} themes already: no more fit in one picture.").format(count=error.limit),
                _("Join two themes, or take one away. Then add the new one."),
            )
        case NoteChanged():
            return (
                _("The note was changed in the meantime. Your mark was not stored."),
                _("Look at the note as it is now, and mark the words again."),
            )
        case NoteErased():
            return (
                _("This note was erased on its day, as was promised."),
                _("The quotes that were released are still there."),
            )
        case ConsentNarrower():
            return (
                _("Who said this allows no more than what stands here."),
                _("Ask them: only they can change it, by their own link."),
            )
        case FileUnreadable():
            return _file_unreadable(error, _)
        case FileTooLarge():
            return (
                _("This file is too large: {size} at most.").format(size=_size(error.limit)),
                _("Take the pictures out, or bring it in parts."),
            )
        case LogoNotUsable():
            return _logo_not_usable(error, language)
        case RowInvalid():
            return (
                _("Row {row} cannot be stored, because of the column “{column}”: {value}.").format(
                    row=error.row, column=column_name(error.column, language), value=error.value or "–"
                ),
                _("Nothing was stored. Mend the row, and bring the file again."),
            )
        case NoMeetingAhead():
            return (
                _("There is no meeting yet in which this can be proposed."),
                _("Plan a meeting of the alliance first. Then make it a proposal."),
            )
        case NothingToReport():
            return _("There is no conclusion yet."), _("Write one conclusion. Then make the report.")
        case ReportFrozen():
            return _("This report is frozen already."), _("Change something first, or download it.")
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
        case ChangedMeanwhile():
            return _("Something had just changed."), _("Look again, and then press once more.")
        case CannotBeUndone():
            return _cannot_be_undone(error.hindrance, _)
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
        case NoRoomLeft():
            return (
                _("There is no room left on the server. We have not stored this yet."),
                _(
                    "Your text and your choice still stand here. Tell the facilitator, and try again when there is"
                    " room."
                ),
            )
        case Busy():
            return (
                _("It is very busy. We have not stored this yet."),
                _("Your text and your choice still stand here. Try again in a moment."),
            )
        case _:
            return _("This did not work."), _("Nothing is lost. Try again.")


def column_name(column: str, language: str) -> str:
    """Return how a column of the table of findings is called, as it stands in its heading."""
    _ = translations(language).gettext
    return {
        "kind": _("kind"),
        "side": _("side"),
        "source": _("source"),
        "title": _("source"),
        "reference": _("reference"),
        "link": _("link"),
        "finding": _("finding"),
        "themes": _("themes"),
        "effect": _("effect"),
    }.get(column, column)


def _file_unreadable(error: FileUnreadable, _: Gettext) -> tuple[str, str]:
    if error.kind == "csv":
        return (
            _("This is not a table of findings that we can read."),
            _("Save it as CSV, with at least the columns “source” and “finding” in the first row."),
        )
    if error.kind == "people":
        return (
            _("This is not a table of people that we can read."),
            _("Save it as CSV, with at least the column “name” in the first row."),
        )
    return (
        _("This is not a note that we can read."),
        _("Bring a text file (.txt) or a Word file (.docx). Or paste the text in the note."),
    )


def _size(count: int) -> str:
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count // 1_000} kB"


def _logo_not_usable(error: LogoNotUsable, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    save_as_png = _("Save it as PNG, and choose that file.")
    match error.trouble:
        case LogoTrouble.HEAVY:
            return _("This file is larger than 5 MB."), _("Save the logo smaller, and choose that file.")
        case LogoTrouble.NO_PICTURE:
            return _("This is no PNG, JPEG or SVG."), _(
                "Save the logo as one of these, and choose that file."
            )
        case LogoTrouble.TOO_MANY_POINTS:
            numbers = {"width": error.width, "height": error.height}
            return (
                _("This picture is {width} by {height} points: that is too large.").format(**numbers),
                _("Save it at 5,000 by 5,000 points at most. 1,000 points across is enough."),
            )
        case LogoTrouble.TOO_MUCH:
            return _("This picture asks too much of the server."), save_as_png
        case LogoTrouble.TOO_SMALL:
            numbers = {"width": error.width, "height": error.height}
            return (
                _("This picture is {width} by {height} points: too small for paper.").format(**numbers),
                _("Choose one of 300 points across or more, or an SVG."),
            )
        case LogoTrouble.TOO_OBLONG:
            return (
                _("This picture is so long and narrow that one could not read it on paper."),
                _("Choose a logo that is at most sixteen times as long as it is high."),
            )
        case LogoTrouble.NOTHING_SEEN:
            return (
                _("On white paper one sees nothing of this picture."),
                _("Choose the logo that is meant for a light ground."),
            )
        case LogoTrouble.SCRIPT:
            return _("This drawing holds a script, or a piece of a web page."), save_as_png
        case LogoTrouble.FROM_ELSEWHERE:
            return _("This drawing takes a part of itself from elsewhere."), save_as_png
        case LogoTrouble.ENTITIES:
            return (
                _("This drawing holds words of its own that we do not read."),
                _("Save it as plain SVG or as PNG, and choose that file."),
            )
        case LogoTrouble.LETTERS:
            return (
                _("This drawing holds letters, whose font the document would not have."),
                _("Have the letters made into outlines, or save it as PNG."),
            )
        case _:
            return _("We cannot read this picture: it is broken."), save_as_png


def _not_found(error: NotFound, _: Gettext) -> tuple[str, str]:
    known = {
        "workshop": (_("We do not know this code."), _("Look again. A right code works at once.")),
        "link": (_("This link does not work any more."), _("Ask the facilitator for a new link.")),
        "link of a meeting that is over": (
            _("This meeting is over."),
            _("Everything that was sent is kept. The link ended with it."),
        ),
        "participant": (
            _("We do not find this participant."),
            _("Join the meeting again, or ask the facilitator."),
        ),
        "partner": (_("We do not find this partner."), _("Go back and choose from the list.")),
        "group": (_("This group does not exist any more."), _("Choose another group.")),
        "proposal": (_("This proposal does not stand here any more."), _("Look at the other proposals.")),
        "principle": (_("We do not find this principle."), _("Go back and choose from the list.")),
        "sheet": (_("This sheet was taken back already."), _("Look at the list of sheets.")),
        "round": (_("We do not find this voting round."), _("Go on to what is happening in the room now.")),
        "agreement": (_("We do not find this agreement."), _("Go back and choose from the list.")),
        "agenda": (_("There is no alliance agenda here yet."), _("The facilitator makes it at the end.")),
        "alliance": (_("We do not find this alliance."), _("Go back and choose from the list.")),
        "finding": (_("This finding does not stand here any more."), _("Look at the other findings.")),
        "baseline source": (_("This source does not stand here any more."), _("Go back to all sources.")),
        "theme": (_("This theme does not stand here any more."), _("Choose from the list.")),
        "mediation text": (_("This text does not stand here any more."), _("Look at the page as it is now.")),
        "mediation person": (
            _("This person is not in the mediation any more."),
            _("Look at the page as it is now."),
        ),
        "mediation party": (
            _("This party is not in the mediation any more."),
            _("Look at the page as it is now."),
        ),
        "mediation audience": (
            _("You cannot read or write this."),
            _("Look at the page as it is now. Perhaps the mediator has to let you in again."),
        ),
        "conclusion": (_("This conclusion does not stand here any more."), _("Look at the other ones.")),
    }
    return known.get(error.what, (_("We do not find this."), _("Go back and try again.")))


def _cannot_be_undone(hindrance: Hindrance, _: Gettext) -> tuple[str, str]:
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


def _text_missing(error: TextMissing, _: Gettext) -> tuple[str, str]:
    known = {
        "name": (_("Your name is missing."), _("Type your name.")),
        "reservation": (_("Your reservation is missing."), _("Type your reservation, or sign without one.")),
        "reason": (_("The reason is missing."), _("Type in one sentence why.")),
        "what": (_("What will happen is missing."), _("Type in one sentence what you agree.")),
        "place": (_("The place is missing."), _("Type the name of the place.")),
        "title": (_("The title is missing."), _("Type what the source is called.")),
        "finding": (_("There is no finding yet."), _("Type in one sentence what was found.")),
        "span": (_("No words were selected."), _("Select the words in the note, and choose a theme.")),
        "became": (_("The vaguer word is missing."), _("Type a word that fits more people.")),
    }
    return known.get(error.field, (_("There is no text yet."), _("Type your text. One sentence is enough.")))


def _text_too_long(error: TextTooLong, language: str) -> tuple[str, str]:
    translated = translations(language)
    _, ngettext = translated.gettext, translated.ngettext
    too_many = error.length - error.limit
    happened = _("Your text is too long: {length} characters. There is room for {limit}.")
    return (
        happened.format(length=error.length, limit=error.limit),
        ngettext(
            "Take away {count} character. Your text still stands here.",
            "Take away {count} characters. Your text still stands here.",
            too_many,
        ).format(count=too_many),
    )


def _invalid_value(error: InvalidValue, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    known = {
        "choice": (_("This choice does not exist in this round."), _what_is_offered(error, language)),
        "share": (_("This percentage cannot be used."), _("Choose a number from 1 to 100.")),
        "quorum": (_("This percentage cannot be used."), _("Choose a number from 1 to 100.")),
        "depends_on": (
            _("These agreements wait for each other in a circle."),
            _("Take one of the arrows away."),
        ),
        "address": (_("This is not a web address."), _("Type an address such as https://merenveld.example.")),
        "drawn": (_("We could not read the drawing."), _("Draw again, or type your name only.")),
        "time_zone": (_("We do not know this time zone."), _("Choose one from the list.")),
        "accent": (_("This is not a colour."), _("Choose a colour, or leave the field empty.")),
        "rule": (_("This rule does not fit this way of voting."), _("Choose one from the list.")),
        "level": (_("This is no limit for this way of voting."), _("Choose one from the list.")),
        "budget": (_("This is not a number of dots."), _from_to(error, language)),
        "known": (_("This is not a number of people who are here."), _from_to(error, language)),
        "answers": (
            _("These answers cannot be used."),
            _("Type two to twelve different answers, one on each line."),
        ),
        "answer": (
            _("This answer cannot be chosen any more."),
            _("Choose one of the answers that stand there."),
        ),
        "top": (_("This is not a number of texts."), _("Choose a whole number from 1 to 30.")),
        "minutes": (_("This is not a number of minutes."), _("Choose a whole number from 1 to 120.")),
        "passphrase": (_("This passphrase is not right."), _("Type it again.")),
        "theme": (_("This theme is there already, or not any more."), _("Choose another name or theme.")),
        "word": (_("This word does not stand there any more."), _("Look at the note as it is now.")),
        "link": (_("This is not a web address."), _("Type an address such as https://merenveld.example.")),
        "accepted": (_("Something was not accepted yet."), _("Read it, and tick each of the three.")),
        "knows": (
            _("Read first what the Woo means for paper."),
            _("Tick that you know it. Then we make the record."),
        ),
        "mandate": (_("Who decides at your side?"), _("Choose one of the answers.")),
        "direction": (_("Between whom is it?"), _("Choose one of the two.")),
        "party": (_("There are as many parties as there may be."), _("Eight is the most.")),
        "presented_on": (_("This day has yet to come."), _("Choose today or an earlier day.")),
    }
    return known.get(error.field, (_("This cannot be stored like this."), _("Look at what you filled in.")))


def _what_is_offered(error: InvalidValue, language: str) -> str:
    """Return which answers a round has: each by its word, or where they are steps of a scale the first and the last."""
    _ = translations(language).gettext
    if not error.method:
        return _("Choose one of the answers that stand there.")
    words = [
        _("“{text}”").format(text=choice_label(error.method, str(choice), language))
        for choice in error.offered
    ]
    method = description(error.method)
    if len(words) > 2 and (method.has_budget or method.look.numbering is not Numbering.NONE):
        return _("Choose from {first} to {last}.").format(first=words[0], last=words[-1])
    return _("Choose from {choices}.").format(choices=listed(words, language))


def _from_to(error: InvalidValue, language: str) -> str:
    """Return between which numbers one chooses."""
    _ = translations(language).gettext
    if not error.offered:
        return _("Look at what you filled in.")
    return _("Choose a whole number from {least} to {most}.").format(
        least=error.offered[0], most=error.offered[-1]
    )


def _too_many_dots(error: TooManyDots, language: str) -> tuple[str, str]:
    translated = translations(language)
    happened = translated.ngettext(
        "You have used your {count} dot.", "You have used your {count} dots.", error.budget
    ).format(count=error.budget)
    return happened, translated.gettext("Take one away first.")


def _round_closed(error: RoundClosed, language: str) -> tuple[str, str]:
    _ = translations(language).gettext
    happened = _("The round is closed. Every vote we received counts.")
    if error.choice is None:
        return happened, _("Wait for the result.")
    return happened, _("Your vote counts: {choice}.").format(
        choice=in_a_sentence(choice_label(error.method, error.choice, language))
    )
