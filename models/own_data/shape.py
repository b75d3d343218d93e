"""What a participant is told of what is stored about them: the one shape of the page and of the file."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from models.basics.words import SubjectKind

FORMAT = 1


class Audience(StrEnum):
    """Who can see a part of what is stored, beside the phone that speaks for somebody."""

    FACILITATORS = "facilitators"
    TEXT_WITHOUT_WHO = "text without who"
    ONLY_COUNTED = "only counted"
    AS_THE_ROUND_SAYS = "as the round says"
    BY_NAME_ONCE_SHOWN = "by name once shown"
    PARTNERS = "partners"
    NOBODY = "nobody"
    CHOSEN_BOTH_WAYS = "who chose each other"
    ONLY_COMPUTED = "only computed with"


# A part is a field of `OwnData`. What is not named here facilitators see.
SEEN_BY: dict[str, Audience] = {
    "person": Audience.FACILITATORS,
    "seats": Audience.FACILITATORS,
    "seat_wishes": Audience.FACILITATORS,
    "contact_wishes": Audience.NOBODY,
    "contact": Audience.CHOSEN_BOTH_WAYS,
    "series": Audience.ONLY_COMPUTED,
    "numbers": Audience.ONLY_COUNTED,
    "mixing_choice": Audience.ONLY_COMPUTED,
    "ideas": Audience.TEXT_WITHOUT_WHO,
    "phones": Audience.FACILITATORS,
    "proposals": Audience.TEXT_WITHOUT_WHO,
    "supports": Audience.ONLY_COUNTED,
    "rounds": Audience.AS_THE_ROUND_SAYS,
    "offers": Audience.BY_NAME_ONCE_SHOWN,
    "partner": Audience.PARTNERS,
    "record": Audience.FACILITATORS,
    "asks_for_mediation": Audience.FACILITATORS,
}


@dataclass(frozen=True)
class OwnMeeting:
    alliance: str
    place: str
    code: str
    held_on: date
    contact: str


@dataclass(frozen=True)
class OwnPerson:
    """`source` is phone, shared (on somebody else's phone) or paper."""

    number: int
    name: str | None
    group: str | None
    also_belongs: list[str]
    source: str
    personal_code: str
    joined_at: datetime | None
    admitted_at: datetime | None
    left_at: datetime | None
    hand_raised_at: datetime | None
    has_first_step: bool


@dataclass(frozen=True)
class OwnSeat:
    """At which table this person sat in a round, and whether it was theirs to mind the turns there."""

    round: int
    table: int
    chair: int
    is_host: bool


@dataclass(frozen=True)
class OwnContactWish:
    """Whom this person would like to speak again, by a chair at a table where both sat.

    `is_mutual` is told once the meeting is over, and of nobody else's wish but that.
    """

    round: int
    table: int
    chair: int
    sent_at: datetime
    is_mutual: bool


@dataclass(frozen=True)
class OwnContact:
    """How this person wants to be reached by who chose them and whom they chose."""

    text: str
    sent_at: datetime


@dataclass(frozen=True)
class OwnSeries:
    """The series at whose other evenings, by their day, this person was too: known by their personal code."""

    theme: str
    other_evenings: list[date]


@dataclass(frozen=True)
class OwnNumbers:
    """How many people this person knew before an evening, and would greet after it; None for no answer."""

    before: int | None
    after: int | None
    skips_before: bool
    skips_after: bool


@dataclass(frozen=True)
class OwnMixingChoice:
    """What this person answered to be seated by; None where they skipped the question."""

    question: str
    answer: str | None


@dataclass(frozen=True)
class OwnIdea:
    """The idea of a table that this person typed last. `taker` is who takes the first step, as it was typed."""

    table: int
    text: str
    first_step: str
    taker: str
    sent_at: datetime
    is_shown: bool


@dataclass(frozen=True)
class OwnPhone:
    """A phone that speaks for this person. `is_with` is the number of whose phone it is, where it is another's."""

    since: datetime
    is_own: bool
    is_with: int | None


@dataclass(frozen=True)
class SentProposal:
    """`state` is received, shown, hidden or withdrawn; the numbers are of what was made of it."""

    id: int
    kind: str
    text: str
    state: str
    is_late: bool
    sent_at: datetime
    shown_at: datetime | None
    hidden_at: datetime | None
    hidden_reason: str | None
    withdrawn_at: datetime | None
    principle_number: int | None
    agreement_number: int | None


@dataclass(frozen=True)
class SupportedProposal:
    """`kind` is that of the proposal, or `idea` for a table's. `text` is None where it is not shown any more."""

    kind: str
    text: str | None


@dataclass(frozen=True)
class OwnVote:
    """`name_shown`: the reason stands in the result with this person's name."""

    about: SubjectKind
    text: str
    choice: str
    reason: str | None
    may_name: bool
    name_shown: bool


@dataclass(frozen=True)
class OwnPaper:
    """A paper sheet that was typed in, while its round is open."""

    typed_by: str
    typed_at: datetime
    came_in_by_it: bool
    says_group: bool


@dataclass(frozen=True)
class OwnRound:
    """A round in which this person may vote.

    `is_linked` says that their votes can be found; where it is false nobody can tell them any more, or a round was
    opened under another server key. `linked_until` is the day from which that is so, where it is known. `number` is
    None for a cancelled round. `counts_for` is the group for which the vote counts: its name, `none`, `other`, or None
    where that is not stored any more.
    """

    number: int | None
    method: str
    secrecy: str
    phase: str
    opened_at: datetime
    closed_at: datetime | None
    source: str
    counts_for: str | None
    is_linked: bool
    linked_until: date | None
    votes: list[OwnVote]
    paper: OwnPaper | None


@dataclass(frozen=True)
class OwnOffer:
    """An offer of help with an agreement. `is_shown`: the room may read the name."""

    agreement_number: int
    agreement: str
    name: str
    is_shown: bool


@dataclass(frozen=True)
class OwnAgreement:
    number: int
    what: str
    is_accepted: bool


@dataclass(frozen=True)
class OwnAnswer:
    """An answer to a frozen agenda; `stands` is false for one that was replaced."""

    version: int
    answer: str
    reservation: str
    name: str
    role: str
    consent: str
    is_drawn: bool
    witness: str
    signed_at: datetime
    stands: bool


@dataclass(frozen=True)
class OwnReport:
    agreement_number: int
    state: str
    sentence: str
    reported_at: datetime


@dataclass(frozen=True)
class OwnPartner:
    """The partner as whom this person takes part. `contact` is how who leads reaches them; nobody else reads it."""

    kind: str
    name: str
    representative: str
    role: str
    contact: str
    group: str | None
    carries: list[OwnAgreement]
    helps_with: list[OwnAgreement]
    answers: list[OwnAnswer]
    reports: list[OwnReport]


@dataclass(frozen=True)
class OwnEvent:
    """A line of the record of what happened that names this person by their number."""

    happened_at: datetime
    who: str
    what: str
    details: dict[str, Any]


@dataclass(frozen=True)
class OwnAsk:
    """The line with which this person asks for a mediation. It is erased once the mediator has come in."""

    line: str
    asked_at: datetime


@dataclass(frozen=True)
class OwnData:
    """Everything that is stored about a participant.

    `seats` are of rounds that have begun; `seat_wishes` how strong a wish of the facilitators is about them and one
    other person, who is not named; `declines_hosting` whether they let another mind the turns; `series` None for who
    did not come again by their code. `phones_asking` is when
    other phones began to ask to speak for them; `votes_for` the numbers of who votes on their phone;
    `name_stands_in_versions` the frozen agendas in which a name of theirs can be read. `takes_part`: they are let
    in and have not left, so that they may withdraw proposals. `numbers` are told until their questions close: then
    nobody can tell whose they are.
    """

    meeting: OwnMeeting
    person: OwnPerson
    takes_part: bool
    seats: list[OwnSeat]
    declines_hosting: bool
    seat_wishes: list[str]
    contact_wishes: list[OwnContactWish]
    contact: OwnContact | None
    series: OwnSeries | None
    numbers: OwnNumbers | None
    mixing_choice: OwnMixingChoice | None
    ideas: list[OwnIdea]
    phones: list[OwnPhone]
    phones_asking: list[datetime]
    votes_for: list[int]
    proposals: list[SentProposal]
    supports: list[SupportedProposal]
    rounds: list[OwnRound]
    offers: list[OwnOffer]
    partner: OwnPartner | None
    record: list[OwnEvent]
    asks_for_mediation: OwnAsk | None
    name_stands_in_versions: list[int]

    @property
    def has_a_name_to_forget(self) -> bool:
        """Whether a name, or how one is reached, stands anywhere from where its owner may take it."""
        named = any(vote.name_shown for of in self.rounds for vote in of.votes)
        return self.person.name is not None or self.contact is not None or bool(self.offers) or named


def as_json(data: OwnData) -> dict[str, Any]:
    """Return the same as JSON values: the fields of `OwnData`, days and times in ISO 8601, times in UTC.

    Beside them `format`, the number of this shape, and `seen_by`: who sees which part (`Audience`).
    """
    told: dict[str, Any] = _plain(asdict(data))
    return {"format": FORMAT, **told, "seen_by": {part: str(who) for part, who in SEEN_BY.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
