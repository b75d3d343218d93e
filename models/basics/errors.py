"""What can go wrong in the domain. Each error carries what a screen needs to say it well."""

from collections.abc import Sequence

from models.basics.words import Hindrance, LogoTrouble


class DomainError(Exception):
    """Something that a person can be told in one sentence."""


class NotFound(DomainError):
    """`what` names the missing thing in the glossary's words: workshop, participant, proposal, link, …"""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class TextMissing(DomainError):
    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class TextTooLong(DomainError):
    def __init__(self, field: str, limit: int, length: int) -> None:
        super().__init__(f"{field}: {length} > {limit}")
        self.field, self.limit, self.length = field, limit, length


class InvalidValue(DomainError):
    """`field` holds something that is not one of its choices, or not a date, a number, an address.

    `offered` are the choices that stand open there, in a round by `method`; of numbers the lowest and the highest.
    """

    def __init__(
        self, field: str, value: object = None, *, offered: Sequence[str | int] = (), method: str = ""
    ) -> None:
        super().__init__(f"{field}: {value!r}")
        self.field, self.value = field, value
        self.offered, self.method = tuple(offered), method


class PassphraseTooShort(DomainError):
    """The passphrase that the settings give can be guessed: it has fewer than `shortest` characters."""

    def __init__(self, shortest: int) -> None:
        super().__init__(f"fewer than {shortest} characters")
        self.shortest = shortest


class NotSeated(DomainError):
    """Nobody has a table in this round yet: the tables were not divided."""


class TooManyContactWishes(DomainError):
    """Somebody may wish to speak three people again at one evening."""


class EveningBegun(DomainError):
    """People came to this evening: it stays in the series it belongs to, or in none."""


class AnswersClosed(DomainError):
    """The two questions of an evening are closed: nobody can tell any more whose an answer is."""


class AlreadySeated(DomainError):
    """The tables were divided with this person: what they answered to be seated by is used already."""


class NotHost(DomainError):
    """Somebody else minds the turns at this table now."""


class ServerKeyMissing(DomainError):
    """There is no server key at `file`, and what the database holds was made with one."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class SealNotUsable(DomainError):
    """The key that seals documents cannot be used: `file` is not there, broken, or wants another passphrase."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class OfficeMissing(DomainError):
    """There is no LibreOffice on the server to make another kind of file with."""


class OfficeFailed(DomainError):
    """LibreOffice did not make the file that was asked of it."""


class NewerDatabase(DomainError):
    """A newer version made this database's tables. `found` is its migration, which nobody knows here."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class SignInEnded(DomainError):
    """The facilitator's sign-in does not stand any more."""


class NotForThisRole(DomainError):
    """The page or the act belongs to another role than `role`, in the glossary's words, that one comes as."""

    def __init__(self, role: str) -> None:
        super().__init__(role)
        self.role = role


class DoorShut(DomainError):
    """Nobody new may come in."""


class NotAdmitted(DomainError):
    """The participant waits at the door, was removed, or left."""


class PersonalCodeNeeded(DomainError):
    """This workshop lets people in by personal code only."""


class PersonalCodeUnknown(DomainError):
    """No participant of this workshop has that personal code."""


class WorkshopOver(DomainError):
    """The workshop is over; nothing can be sent any more."""


class DraftingEnded(DomainError):
    """The facilitator ended drafting."""


class TooManyProposals(DomainError):
    """One participant sends more proposals than somebody thinks of. In `seconds` one more is taken."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class RequestReused(DomainError):
    """The same request id came with other content. `stored` is what stands."""

    def __init__(self, stored: str | None = None) -> None:
        super().__init__(stored)
        self.stored = stored


class RoundClosed(DomainError):
    """The round takes no votes any more.

    `choice` is what is stored for this voter, where that can still be known, in a round by `method`.
    """

    def __init__(self, choice: str | None = None, method: str = "") -> None:
        super().__init__(choice)
        self.choice, self.method = choice, method


class RoundKeyLost(RoundClosed):
    """An open anonymous round that takes no votes any more: its secret was sealed with another server key."""


class RoundCancelled(RoundClosed):
    """The round was cancelled: no vote in it counts."""


class TooManyDots(DomainError):
    """More dots than one has. `budget` is what one has for the round, `choice` how many stand on the item."""

    def __init__(self, budget: int, choice: str | None = None) -> None:
        super().__init__(f"more than {budget} dots")
        self.budget, self.choice = budget, choice


class RoundStillOpen(DomainError):
    """A round is open: close it first, or stay."""


class RoundNotReady(DomainError):
    """The round cannot do this in its present phase (reveal before close, and so on)."""


class AlreadyRevealed(RoundNotReady):
    """The result was shown, and stands: the round cannot be cancelled or begun again."""


class NothingToVoteOn(DomainError):
    """A round needs at least one principle that may be voted on."""


class TooManyVoices(DomainError):
    """As many people vote through this phone as one phone may carry."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class SheetEmpty(DomainError):
    """A paper ballot sheet without one choice on it."""


class AnswerUnknown(DomainError):
    """The `place`-th answer of a sheet, as typed, is no key of the round's choices."""

    def __init__(self, place: int, typed: str) -> None:
        super().__init__(f"{place}: {typed!r}")
        self.place, self.typed = place, typed


class AnswersDoNotFit(DomainError):
    """More or fewer answers were typed than there are texts on the sheet."""

    def __init__(self, typed: int, needed: int) -> None:
        super().__init__(f"{typed} of {needed}")
        self.typed, self.needed = typed, needed


class SheetKnown(DomainError):
    """A sheet of this participant was typed in before, in this round."""

    def __init__(self, participant_id: int, number: int, entered_by: str) -> None:
        super().__init__(number)
        self.participant_id, self.number, self.entered_by = participant_id, number, entered_by


class VotedByPhone(DomainError):
    """This participant voted by phone in this round: what is on paper cannot take its place."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class MoreVoices(DomainError):
    """There are clearly more voices than heads, and whoever goes on has not said that they saw it."""

    def __init__(self, voices: int, heads: int) -> None:
        super().__init__(f"{voices} against {heads}")
        self.voices, self.heads = voices, heads


class NotYours(DomainError):
    """Only its author, its owner or the partner asked may do this."""


class AnotherPerson(DomainError):
    """The page was made for somebody else than who uses this phone now."""


class InUse(DomainError):
    """It cannot be removed because others refer to it."""


class StatementsAnswered(DomainError):
    """The statements of a startfoto are asked once: their round is closed, or something else was asked since."""


class TooManyThemes(DomainError):
    """A radar holds no more spokes than `limit`."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class NoteChanged(DomainError):
    """What was selected in a note does not stand there any more: it was changed in the meantime."""


class NoteErased(DomainError):
    """The note was erased on its day. What was released of it stays."""


class ConsentNarrower(DomainError):
    """The speaker allows no more than `consent`; nobody but they can say otherwise."""

    def __init__(self, consent: str) -> None:
        super().__init__(consent)
        self.consent = consent


class FileUnreadable(DomainError):
    """What was brought is no file of the kind that is read here: `kind` is txt, docx or csv."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class FileTooLarge(DomainError):
    """A file holds more than `limit` bytes, as it is or unpacked."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class LogoNotUsable(DomainError):
    """A file cannot be an alliance's logo; `width` and `height` (in points) where its size is why."""

    def __init__(self, trouble: LogoTrouble, width: int = 0, height: int = 0) -> None:
        super().__init__(trouble)
        self.trouble, self.width, self.height = trouble, width, height


class RowInvalid(DomainError):
    """A row of a table that was brought cannot be stored; nothing of the table was. `row` counts as people do."""

    def __init__(self, row: int, column: str, value: str = "") -> None:
        super().__init__(f"row {row}, {column}: {value!r}")
        self.row, self.column, self.value = row, column, value


class NoMeetingAhead(DomainError):
    """The alliance has no meeting that is not over, in which something could be proposed."""


class NothingToReport(DomainError):
    """A report needs at least one conclusion."""


class ReportFrozen(DomainError):
    """There is already a frozen report with this very text."""


class ChangedMeanwhile(DomainError):
    """What a button meant when it was drawn is not what it would do now: nothing was done."""


class CannotBeUndone(DomainError):
    """It cannot be undone any more, for `hindrance` came in between."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance.value)
        self.hindrance = hindrance


class AgendaClosed(DomainError):
    """Signing of this version is closed."""


class AgendaFrozen(DomainError):
    """There is already an open frozen version with this very text."""


class NothingToFreeze(DomainError):
    """There is no adopted principle and no agreement to put in an agenda."""


class AnswersChanged(DomainError):
    """Somebody answered while the files were being made: make them again."""


class Busy(DomainError):
    """The writer's queue is full, or the database did not come free in time. Nothing was stored."""


class NoRoomLeft(Busy):
    """The disk of the database takes no more. Nothing was stored, and waiting helps only once somebody makes room."""


class MediationLocked(DomainError):
    """The keys are not open, or not any more: nothing can be read or written until the six words are typed."""


class MediationEnded(DomainError):
    """The mediation has ended: nothing more is written in it."""


class NothingAcceptedYet(DomainError):
    """Mediator, secrecy and rules come before the first word; or the mediator has not let one in yet."""


class AlreadyEnrolled(DomainError):
    """Somebody chose words by this link already."""


class WordsDiffer(DomainError):
    """The six words that were typed back are not those that were shown."""


class InvitedAlready(DomainError):
    """Somebody of that name was invited to this mediation before."""


class TooFewParties(DomainError):
    """A mediation is between two parties at least, and each has accepted before they come together."""


class SeenAlready(DomainError):
    """Another party has opened this text: it cannot be taken back any more."""


class StepNotReached(DomainError):
    """The mediator has not brought everyone to the step where this is done."""


class AcceptedAlready(DomainError):
    """Somebody has accepted these very words: others would need a yes of their own."""


class NotConfirmed(DomainError):
    """A party without a phone has not signed this text yet."""


class GroupNotAsked(DomainError):
    """A group approves or releases only once its round of feedback is over, or it is said how else it was asked."""


class SignedWhen(DomainError):
    """The day on which a party signed on paper is missing, lies before what was signed, or has not come yet."""


class OutcomeFrozen(DomainError):
    """The agenda was frozen: what was released to the alliance stays in it."""


class MediatorCameIn(DomainError):
    """A mediator has come in: only who is in the mediation can end it."""
