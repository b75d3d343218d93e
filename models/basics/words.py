"""The closed lists of the domain, named as in the glossary. Stored as plain text, checked by the database."""

from enum import StrEnum


class Language(StrEnum):
    DUTCH = "nl"
    ENGLISH = "en"


class BuildingBlock(StrEnum):
    BASELINE = "startfoto"
    ENCOUNTERS = "re-bubbelen"
    ALLIANCE = "alliance"
    MEDIATION = "mediation"


class PartnerKind(StrEnum):
    ORGANISATION = "organisation"
    COMMUNITY = "community"
    RESIDENT = "resident"


class Step(StrEnum):
    """The steps of meetings, by name. Which block has which, and what they are: `models.workshop.programme`."""

    WELCOME = "welcome"
    DRAFT = "draft"
    VOTE = "vote"
    AGREE = "agree"
    SIGN = "sign"
    AGENDA = "agenda"
    PROGRESS = "progress"
    STATEMENTS = "statements"
    PICTURE = "picture"
    CONCLUSIONS = "conclusions"
    TABLES = "tables"
    HARVEST = "harvest"
    END = "end"


class WishStrength(StrEnum):
    """How strong a wish about two people is, in the order in which a form lists them."""

    MUST = "must"
    RATHER = "rather"
    RATHER_NOT = "rather_not"
    MUST_NOT = "must_not"

    @property
    def is_together(self) -> bool:
        return self in (WishStrength.MUST, WishStrength.RATHER)


class Mixing(StrEnum):
    """What the tables do with whom something is said of, in the order in which a form lists it."""

    MIX = "mix"
    TOGETHER = "together"
    ASIDE = "aside"


class Condition(StrEnum):
    """Under which meeting each other helps (Allport, 1954), in the order in which a page lists them."""

    EQUAL = "equal"
    GOAL = "goal"
    COOPERATION = "cooperation"
    BACKING = "backing"


class WorkshopState(StrEnum):
    PREPARED = "prepared"
    OPEN = "open"
    OVER = "over"


class Door(StrEnum):
    OPEN = "open"
    ASKS = "asks"
    SHUT = "shut"


class Source(StrEnum):
    """Through what a participant speaks."""

    PHONE = "phone"
    SHARED = "shared"
    PAPER = "paper"


class ProposalKind(StrEnum):
    PRINCIPLE = "principle"
    AGREEMENT = "agreement"


class PrincipleStatus(StrEnum):
    DRAFT = "draft"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not adopted"
    LEFT_OUT = "left out"


class ImprovementState(StrEnum):
    """What became of a point for improvement."""

    OPEN = "open"
    TAKEN_UP = "taken up"
    NOT_NOW = "not now"


class SourceKind(StrEnum):
    """What a finding was found in."""

    INTERVIEW = "interview"
    LITERATURE = "literature"
    FIGURES = "figures"
    OBSERVATION = "observation"


class Side(StrEnum):
    """From whose side a source speaks. Literature has none."""

    MUNICIPALITY = "municipality"
    COMMUNITIES = "communities"
    RESIDENTS = "residents"
    ORGANISATIONS = "organisations"


class Effect(StrEnum):
    """What a finding does for inclusion."""

    HELPS = "helps"
    HINDERS = "hinders"
    BOTH = "both"


class Consent(StrEnum):
    """How what somebody said may be shared, the narrowest first."""

    NONE = "none"
    WITHOUT_ATTRIBUTION = "without attribution"
    WITH_ROLE = "with role"
    WITH_NAME = "with name"


class Stance(StrEnum):
    """What evidence says about a conclusion."""

    FOR = "for"
    AGAINST = "against"


class StakeholderKind(StrEnum):
    """What kind of party matters in a place."""

    MUNICIPALITY = "municipality"
    COMMUNITY = "community"
    RESIDENTS = "residents"
    ORGANISATION = "organisation"
    BUSINESS = "business"
    OTHER = "other"


class Attitude(StrEnum):
    """How a party stands to what is planned."""

    CARRIES = "carries"
    WAITS = "waits"
    DOUBTS = "doubts"


class SubjectKind(StrEnum):
    """What a question of a round can be about."""

    PRINCIPLE = "principle"
    STATEMENT = "statement"
    IMPROVEMENT = "improvement"


class Secrecy(StrEnum):
    ANONYMOUS = "anonymous"
    NAMED = "named"


class RuleKind(StrEnum):
    NO_OPEN_OBJECTIONS = "no open objections"
    WITHOUT_OBJECTION = "without objection"
    SHARE_OF_VOTES = "share of votes"
    LEVEL = "level"
    EVERY_GROUP = "every group"
    TOP = "top"
    DECIDES_NOTHING = "decides nothing"


class Phase(StrEnum):
    """What the last round of a workshop is doing."""

    NONE = "none"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"
    CANCELLED = "cancelled"


class Decision(StrEnum):
    ADOPTED = "adopted"
    NOT_ADOPTED = "not adopted"
    NO_QUORUM = "no quorum"
    NO_VOTES = "no votes"
    # An anonymous round with so few votes that its outcome would be the votes.
    TOO_FEW = "too few"
    # Nothing was to be adopted: the texts were put in order.
    RANKED = "ranked"
    # Nothing was to be adopted: the room answered, and the answers are what it came to.
    ANSWERED = "answered"


class FollowUp(StrEnum):
    """What the facilitator chose after a reveal that did not carry."""

    REWORD = "reword"
    MINORITY_REPORT = "minority report"
    LEAVE_OUT = "leave out"


class ReasonState(StrEnum):
    NEW = "new"
    SHOWN = "shown"
    HIDDEN = "hidden"


class ObjectionAnswer(StrEnum):
    """How an objection was dealt with after its round; withdrawing is the author's, while the round is open."""

    REWORDED = "reworded"
    MINORITY_REPORT = "minority report"
    CONVERSATION = "conversation"


class AgreementState(StrEnum):
    OPEN = "open"
    DROPPED = "dropped"


class ProgressState(StrEnum):
    TO_DO = "to do"
    BUSY = "busy"
    DONE = "done"
    STUCK = "stuck"


class Stand(StrEnum):
    """Where an agreement stands today, the most urgent first; see `models.progress.standing`."""

    LATE = "late"
    SILENT = "silent"
    STUCK = "stuck"
    SEEKS_OWNER = "seeks owner"
    BUSY = "busy"
    TO_DO = "to do"
    DONE = "done"


class CallOutcome(StrEnum):
    """What came of a call about an agreement: how it goes, or that nobody answered."""

    BUSY = "busy"
    STUCK = "stuck"
    DONE = "done"
    NO_ANSWER = "no answer"


class Answer(StrEnum):
    """A partner's answer to a frozen agenda."""

    SIGNED = "signed"
    RESERVED = "reserved"
    DECLINED = "declined"


class Copy(StrEnum):
    """For whom a file of the agenda is made."""

    PARTNERS = "partners"
    PUBLIC = "public"


class AudienceKind(StrEnum):
    """Who reads a text of a mediation: who wrote it, a group alone, a party with the mediator, or all."""

    OWN = "own"
    GROUP = "group"
    PARTY = "party"
    ALL = "all"


class Direction(StrEnum):
    """Between whom a mediation is: groups of people, or residents and a government."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class MediationStep(StrEnum):
    """How far a mediation is; known to its mediator and parties only."""

    REGISTRATION = "registration"
    INTAKES = "intakes"
    TOGETHER = "together"
    OPTIONS = "options"
    AGREEMENTS = "agreements"
    AFTERCARE = "aftercare"


class MediationText(StrEnum):
    """What a sealed text of a mediation is."""

    SETUP = "setup"
    PARTY = "party"
    PERSON = "person"
    KEY = "key"
    ACCEPTED = "accepted"
    NOTE = "note"
    STORY = "story"
    MESSAGE = "message"
    PRINCIPLE = "principle"
    OPTION = "option"
    AGREEMENT = "agreement"
    MARK = "mark"
    APPROVAL = "approval"
    SEEN = "seen"
    DRAFT = "draft"
    HOLDS = "holds"
    LEAVES = "leaves"
    ROUND = "round"
    FEEDBACK = "feedback"


class HowItHolds(StrEnum):
    """How the working relation goes, as a party says weeks after the end."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class Hindrance(StrEnum):
    """What came in between, so that an act cannot be undone any more."""

    CHANGED = "changed"
    ROUND_FOLLOWED = "round followed"
    ROUND_OPEN = "round open"
    VOTED_ON = "voted on"
    IN_USE = "in use"
    LINK_FOLLOWED = "link followed"
    FORGOTTEN = "forgotten"
    OVER = "over"
    GONE = "gone"


class LogoTrouble(StrEnum):
    """Why a file is no logo. `ENTITIES` are words that a file defines for itself, as a letter bomb does too."""

    HEAVY = "heavy"
    NO_PICTURE = "no picture"
    BROKEN = "broken"
    TOO_MANY_POINTS = "too many points"
    TOO_MUCH = "too much"
    TOO_SMALL = "too small"
    TOO_OBLONG = "too oblong"
    NOTHING_SEEN = "nothing seen"
    SCRIPT = "script"
    FROM_ELSEWHERE = "from elsewhere"
    ENTITIES = "entities"
    LETTERS = "letters"


class Erased(StrEnum):
    """Kinds of what is erased, by what is overwritten then: `models.storage.forgetting`."""

    BALLOTS = "ballots"
    NOTES = "notes"
    CONTACTS = "contacts"
    EVENINGS = "evenings"
    MEDIATIONS = "mediations"
    KEPT_FOR_UNDOING = "kept for undoing"
    STATISTICS = "statistics"
