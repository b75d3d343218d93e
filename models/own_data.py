"""What is stored about one participant, told to that participant, and their name taken out of it.

`own_data` is the one source of the page and of the file that one can download. `TOLD` and `NOT_TOLD` say for every
place in the database that has to do with a participant where it is told, or why not; a test holds them to the tables.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_
from sqlmodel import Session, col, select

from models.agreeing.ownership import take_back_help
from models.basics.words import Phase, Secrecy, SubjectKind
from models.drafting.proposal import SHOWN, state_of
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import (
    Agenda,
    Agreement,
    AgreementSupporter,
    Alliance,
    Ballot,
    Bubble,
    Event,
    Group,
    PaperSheet,
    Participant,
    Partner,
    Phone,
    PhoneAsking,
    PhoneParticipant,
    Principle,
    Progress,
    Proposal,
    Reason,
    Round,
    RoundItem,
    RoundParticipant,
    Signature,
    Support,
    Workshop,
)
from models.voting.asked import kind_of
from models.voting.ballot import findable_keys
from models.voting.round import NAMES_KEPT_DAYS
from models.workshop.presence import is_here
from models.workshop.workshop import read_workshop

FORMAT = 1


class Audience(StrEnum):
    """Who can see a part of what is stored, beside the phone that speaks for somebody."""

    FACILITATORS = "facilitators"
    TEXT_WITHOUT_WHO = "text without who"
    ONLY_COUNTED = "only counted"
    AS_THE_ROUND_SAYS = "as the round says"
    BY_NAME_ONCE_SHOWN = "by name once shown"
    PARTNERS = "partners"


# A part is a field of `OwnData`. What is not named here facilitators see.
SEEN_BY: dict[str, Audience] = {
    "person": Audience.FACILITATORS,
    "phones": Audience.FACILITATORS,
    "proposals": Audience.TEXT_WITHOUT_WHO,
    "supports": Audience.ONLY_COUNTED,
    "rounds": Audience.AS_THE_ROUND_SAYS,
    "offers": Audience.BY_NAME_ONCE_SHOWN,
    "partner": Audience.PARTNERS,
    "record": Audience.FACILITATORS,
}

# Where each column of a participant, or of a table that refers to one, is told: a field of `OwnData` and of what is in
# it. Columns that hold a person without a reference in the database stand here too.
TOLD: dict[str, str] = {
    "participant.workshop_id": "meeting",
    "participant.number": "person.number",
    "participant.group_id": "person.group",
    "participant.partner_id": "partner",
    "participant.name": "person.name",
    "participant.source": "person.source",
    "participant.personal_code": "person.personal_code",
    "participant.joined_at": "person.joined_at",
    "participant.admitted_at": "person.admitted_at",
    "participant.left_at": "person.left_at",
    "participant.hand_raised_at": "person.hand_raised_at",
    "participant.has_first_step": "person.has_first_step",
    "bubble.participant_id": "person.also_belongs",
    "bubble.group_id": "person.also_belongs",
    "phone_participant.participant_id": "phones",
    "phone_participant.phone_id": "phones.since",
    "phone_participant.is_own": "phones.is_own",
    "phone_participant.host_id": "phones.is_with",
    "phone.created_at": "phones.since",
    "phone_asking.participant_id": "phones_asking",
    "phone_asking.asked_at": "phones_asking",
    "phone_asking.phone_id": "phones_asking",
    "proposal.participant_id": "proposals",
    "proposal.workshop_id": "meeting",
    "proposal.kind": "proposals.kind",
    "proposal.text": "proposals.text",
    "proposal.is_late": "proposals.is_late",
    "proposal.sent_at": "proposals.sent_at",
    "proposal.shown_at": "proposals.shown_at",
    "proposal.hidden_at": "proposals.hidden_at",
    "proposal.hidden_reason": "proposals.hidden_reason",
    "proposal.withdrawn_at": "proposals.withdrawn_at",
    "proposal.merged_into": "proposals.principle_number",
    "agreement.proposal_id": "proposals.agreement_number",
    "support.participant_id": "supports",
    "support.proposal_id": "supports.text",
    "round_participant.participant_id": "rounds",
    "round_participant.round_id": "rounds.number",
    "round_participant.row": "rounds.counts_for",
    "round_participant.source": "rounds.source",
    "ballot.voter_key": "rounds.votes",
    "ballot.choice": "rounds.votes.choice",
    "ballot.reason": "rounds.votes.reason",
    "ballot.may_name": "rounds.votes.may_name",
    "reason.name": "rounds.votes.name_shown",
    "paper_sheet.participant_id": "rounds.paper",
    "paper_sheet.round_id": "rounds.paper",
    "paper_sheet.entered_by": "rounds.paper.typed_by",
    "paper_sheet.entered_at": "rounds.paper.typed_at",
    "paper_sheet.is_newcomer": "rounds.paper.came_in_by_it",
    "paper_sheet.says_group": "rounds.paper.says_group",
    "agreement_supporter.participant_id": "offers",
    "agreement_supporter.agreement_id": "offers.agreement_number",
    "agreement_supporter.name": "offers.name",
    "agreement_supporter.shown_at": "offers.is_shown",
    "agreement_supporter.partner_id": "partner.helps_with",
    "partner.name": "partner.name",
    "partner.contact": "partner.contact",
    "signature.partner_id": "partner.answers",
    "agreement.owner_id": "partner.carries",
    "progress.reported_by": "partner.reports",
    "event.details": "record",
    "agenda.content": "name_stands_in_versions",
}
# What is not told, and why: a column of such a table, or a table that holds nothing of a participant.
NOT_TOLD: dict[str, str] = {
    "participant.id": "counts rows inside the database; the number is what people know",
    "phone_participant.request_id": "a random value, so that a form sent twice adds nobody twice",
    "phone_asking.host_id": "of the phone that asks, not of the person; until it is let in it is nobody's",
    "proposal.id": "told with the proposal, for the form that withdraws it",
    "proposal.table_name": "filled where a table host typed it, and then there is no author",
    "proposal.request_id": "a random value, so that a form sent twice counts once",
    "paper_sheet.request_id": "a random value, so that a sheet sent twice counts once",
    "agreement_supporter.id": "counts rows inside the database",
    "ballot_request": "random values under the key of a ballot, gone at the close",
    "late_words": "kept without who and when: nobody can find whose they are",
    "agenda_file": "files made of a frozen agenda, of which `name_stands_in_versions` tells",
    "agreement_version": "the words of agreements, by the facilitator who typed them",
    "agreement_owner": "which partner carried what: told to a partner, on the own page of a partner too",
    "agreement_principle": "holds agreements and principles only",
    "agreement_dependency": "holds agreements only",
    "agreement_call": "what facilitators noted of a call about an agreement, for themselves; ask them",
    "alliance": "holds nothing of a participant",
    "stakeholder_group": "holds the names of groups only",
    "installation": "holds nothing of a participant",
    "sign_in": "holds facilitators only",
    "principle": "holds nothing of a participant",
    "baseline": "holds nothing of a participant",
    "theme": "holds nothing of a participant",
    "statement": "what everyone is asked, by the facilitator who typed it",
    "improvement": "the words of points for improvement, by the facilitator who typed them",
    "principle_version": "the words of principles, by the facilitator who typed them",
    "version_source": "which proposals a principle came from, told as the number of the principle",
    "told_apart": "holds proposals only",
    "round": "holds nothing of a participant",
    "round_item": "what was asked, and counts",
    "round_secret": "a secret of a round, sealed",
    "unfinished": "what facilitators have not finished typing",
    "workshop": "holds nothing of a participant",
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
    """`text` is None where the proposal is not shown any more: it is its author's."""

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
class OwnData:
    """Everything that is stored about a participant.

    `phones_asking` is when other phones began to ask to speak for them; `votes_for` the numbers of who votes on their
    phone; `name_stands_in_versions` the frozen agendas in which a name of theirs can be read. `takes_part`: they are
    let in and have not left, so that they may withdraw proposals.
    """

    meeting: OwnMeeting
    person: OwnPerson
    takes_part: bool
    phones: list[OwnPhone]
    phones_asking: list[datetime]
    votes_for: list[int]
    proposals: list[SentProposal]
    supports: list[SupportedProposal]
    rounds: list[OwnRound]
    offers: list[OwnOffer]
    partner: OwnPartner | None
    record: list[OwnEvent]
    name_stands_in_versions: list[int]

    @property
    def has_a_name_to_forget(self) -> bool:
        """Whether a name stands anywhere from where its owner may take it."""
        named = any(vote.name_shown for of in self.rounds for vote in of.votes)
        return self.person.name is not None or bool(self.offers) or named


def own_data(session: Session, participant_id: int | None) -> OwnData:
    """Return everything that is stored about a participant. Raises `NotFound`."""
    person = existing(session, Participant, participant_id)
    participant_id = person.id
    workshop = read_workshop(session, person.workshop_id)
    alliance = session.get_one(Alliance, workshop.alliance_id)
    groups: dict[int | None, str] = {
        group.id: group.name
        for group in session.exec(select(Group).where(Group.alliance_id == alliance.id)).all()
    }
    offers = _offers(session, participant_id)
    rounds = _rounds(session, person, workshop, groups)
    partner = _partner(session, person, groups)
    names = {offer.name for offer in offers}
    if partner is not None:
        names |= {partner.name, partner.representative}
    if person.name and any(vote.name_shown for of in rounds for vote in of.votes):
        names.add(person.name)
    return OwnData(
        meeting=OwnMeeting(alliance.name, alliance.place, workshop.code, workshop.held_on, alliance.contact),
        person=_person(session, person, groups),
        takes_part=is_here(person),
        phones=_phones(session, participant_id),
        phones_asking=list(
            session.exec(
                select(PhoneAsking.asked_at)
                .where(PhoneAsking.participant_id == participant_id)
                .order_by(col(PhoneAsking.asked_at))
            ).all()
        ),
        votes_for=_votes_for(session, participant_id),
        proposals=_proposals(session, participant_id),
        supports=_supports(session, person),
        rounds=rounds,
        offers=offers,
        partner=partner,
        record=_record(session, person, workshop),
        name_stands_in_versions=_versions_with(session, workshop.alliance_id, names - {""}),
    )


def as_json(data: OwnData) -> dict[str, Any]:
    """Return the same as JSON values: the fields of `OwnData`, days and times in ISO 8601, times in UTC.

    Beside them `format`, the number of this shape, and `seen_by`: who sees which part (`Audience`).
    """
    told: dict[str, Any] = _plain(asdict(data))
    return {"format": FORMAT, **told, "seen_by": {part: str(who) for part, who in SEEN_BY.items()}}


def forget_name(session: Session, *, participant_id: int) -> None:
    """Take a participant's name out of everything from where it may go. Harmless when repeated. Raises `NotFound`.

    They are “participant 17” from then on, also beside a reason that stood with their name. An offer of help goes by
    name, so it is taken back. What was frozen and signed stays, as does a partner's name: of those the facilitator
    decides together with the other partners.
    """
    person = existing(session, Participant, participant_id)
    named = _named_reasons(session, person)
    took_back = take_back_help(session, participant_id=participant_id)
    for reason in named.values():
        reason.name = None
        session.add(reason)
    if person.name is None and not named and not took_back:
        return
    person.name = None
    session.add(person)
    # A room reads names beside reasons only; for the rest one page is changed, and a thousand phones need not ask.
    page_changed(session, person.workshop_id, content=bool(named))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def _person(session: Session, person: Participant, groups: dict[int | None, str]) -> OwnPerson:
    bubbles = session.exec(
        select(Bubble.group_id).where(Bubble.participant_id == person.id).order_by(col(Bubble.group_id))
    ).all()
    return OwnPerson(
        number=person.number,
        name=person.name,
        group=groups.get(person.group_id),
        also_belongs=[groups[group_id] for group_id in bubbles if group_id in groups],
        source=person.source,
        personal_code=person.personal_code,
        joined_at=person.joined_at,
        admitted_at=person.admitted_at,
        left_at=person.left_at,
        hand_raised_at=person.hand_raised_at,
        has_first_step=person.has_first_step,
    )


def _phones(session: Session, participant_id: int) -> list[OwnPhone]:
    found = session.exec(
        select(PhoneParticipant, Phone.created_at, Participant.number)
        .join(Phone, col(Phone.id) == PhoneParticipant.phone_id)
        .join(Participant, col(Participant.id) == PhoneParticipant.host_id, isouter=True)
        .where(PhoneParticipant.participant_id == participant_id)
        .order_by(col(PhoneParticipant.phone_id))
    ).all()
    return [
        OwnPhone(since, link.is_own, number if link.host_id != participant_id else None)
        for link, since, number in found
    ]


def _votes_for(session: Session, participant_id: int) -> list[int]:
    return list(
        session.exec(
            select(Participant.number)
            .join(PhoneParticipant, col(PhoneParticipant.participant_id) == Participant.id)
            .where(PhoneParticipant.host_id == participant_id, Participant.id != participant_id)
            .distinct()
            .order_by(col(Participant.number))
        ).all()
    )


def _proposals(session: Session, participant_id: int) -> list[SentProposal]:
    found = session.exec(
        select(Proposal, Principle.number, Agreement.number)
        .join(Principle, col(Principle.id) == Proposal.merged_into, isouter=True)
        .join(Agreement, col(Agreement.proposal_id) == Proposal.id, isouter=True)
        .where(Proposal.participant_id == participant_id)
        .order_by(col(Proposal.id))
    ).all()
    return [
        SentProposal(
            id=proposal.id,
            kind=proposal.kind,
            text=proposal.text,
            state=state_of(proposal),
            is_late=proposal.is_late,
            sent_at=proposal.sent_at,
            shown_at=proposal.shown_at,
            hidden_at=proposal.hidden_at,
            hidden_reason=proposal.hidden_reason,
            withdrawn_at=proposal.withdrawn_at,
            principle_number=principle,
            agreement_number=agreement,
        )
        for proposal, principle, agreement in found
    ]


def _supports(session: Session, person: Participant) -> list[SupportedProposal]:
    found = session.exec(
        select(Proposal)
        .join(Support, col(Support.proposal_id) == Proposal.id)
        .where(Support.participant_id == person.id)
        .order_by(col(Proposal.id))
    ).all()
    # Who was sent away, or waits at the door, reads nothing of the room.
    may_read = person.admitted_at is not None
    return [
        SupportedProposal(proposal.kind, proposal.text if may_read and state_of(proposal) == SHOWN else None)
        for proposal in found
    ]


def _rounds(
    session: Session, person: Participant, workshop: Workshop, groups: dict[int | None, str]
) -> list[OwnRound]:
    found = session.exec(
        select(RoundParticipant, Round, PaperSheet)
        .join(Round, col(Round.id) == RoundParticipant.round_id)
        .join(
            PaperSheet,
            and_(
                col(PaperSheet.round_id) == RoundParticipant.round_id,
                col(PaperSheet.participant_id) == RoundParticipant.participant_id,
            ),
            isouter=True,
        )
        .where(RoundParticipant.participant_id == person.id)
        .order_by(col(Round.id))
    ).all()
    person_id = person.id
    keys = {
        round_id: of_people[person_id]
        for round_id, of_people in findable_keys(session, person.workshop_id, [person_id]).items()
    }
    votes = _votes(session, keys, set(_named_reasons(session, person)))
    return [_round(workshop, groups, voting, of, sheet, keys, votes) for voting, of, sheet in found]


def _round(
    workshop: Workshop,
    groups: dict[int | None, str],
    voting: RoundParticipant,
    of: Round,
    sheet: PaperSheet | None,
    keys: dict[int, str],
    votes: dict[int, list[OwnVote]],
) -> OwnRound:
    row = voting.row
    # At an anonymous close, and thirty days after a named one, the row goes together with what links a vote.
    is_linked = row is not None and of.id in keys
    until = None
    if of.secrecy == Secrecy.NAMED and is_linked and workshop.over_at is not None:
        until = (workshop.over_at + timedelta(days=NAMES_KEPT_DAYS)).date()
    return OwnRound(
        number=of.number if of.number > 0 else None,
        method=of.method,
        secrecy=of.secrecy,
        phase=_phase(of),
        opened_at=of.opened_at,
        closed_at=of.closed_at,
        source=voting.source,
        counts_for=groups.get(int(row), row) if row is not None and row.isdecimal() else row,
        is_linked=is_linked,
        linked_until=until,
        votes=votes.get(of.id, []) if is_linked else [],
        paper=OwnPaper(sheet.entered_by, sheet.entered_at, sheet.is_newcomer, sheet.says_group)
        if sheet
        else None,
    )


def _phase(of: Round) -> str:
    if of.cancelled_at is not None:
        return Phase.CANCELLED
    if of.revealed_at is not None:
        return Phase.REVEALED
    return Phase.OPEN if of.closed_at is None else Phase.CLOSED


def _votes(session: Session, keys: dict[int, str], named: set[int]) -> dict[int, list[OwnVote]]:
    """Return what stands under these keys, by round. `named` are the items where a reason stands with the name."""
    found = session.exec(
        select(Ballot, RoundItem)
        .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
        .where(col(RoundItem.round_id).in_(list(keys)), col(Ballot.voter_key).in_(sorted(set(keys.values()))))
        .order_by(col(RoundItem.round_id), col(RoundItem.position))
    ).all()
    votes: dict[int, list[OwnVote]] = defaultdict(list)
    for ballot, item in found:
        votes[item.round_id].append(
            OwnVote(
                about=kind_of(item),
                text=item.text,
                choice=ballot.choice,
                reason=ballot.reason,
                may_name=ballot.may_name,
                name_shown=ballot.round_item_id in named,
            )
        )
    return votes


def _named_reasons(session: Session, person: Participant) -> dict[int, Reason]:
    """Return the reasons that stand in a result with this person's name, by item, while a vote tells whose they are.

    A reason is a copy without a voter; of two with the same words and the same name either may be theirs.
    """
    if person.name is None:
        return {}
    found = session.exec(
        select(Reason)
        .join(RoundItem, col(RoundItem.id) == Reason.round_item_id)
        .join(Round, col(Round.id) == RoundItem.round_id)
        .join(Ballot, col(Ballot.round_item_id) == RoundItem.id)
        .where(
            Round.workshop_id == person.workshop_id,
            Round.secrecy == Secrecy.NAMED,
            Ballot.voter_key == str(person.id),
            col(Ballot.may_name).is_(True),
            Reason.choice == Ballot.choice,
            Reason.text == Ballot.reason,
            Reason.name == person.name,
        )
        .order_by(col(Reason.id).desc())
    ).all()
    return {reason.round_item_id: reason for reason in found}


def _offers(session: Session, participant_id: int) -> list[OwnOffer]:
    found = session.exec(
        select(AgreementSupporter, Agreement)
        .join(Agreement, col(Agreement.id) == AgreementSupporter.agreement_id)
        .where(AgreementSupporter.participant_id == participant_id)
        .order_by(col(Agreement.number))
    ).all()
    return [
        OwnOffer(agreement.number, agreement.what, offer.name, offer.shown_at is not None)
        for offer, agreement in found
    ]


def _partner(session: Session, person: Participant, groups: dict[int | None, str]) -> OwnPartner | None:
    partner = session.get(Partner, person.partner_id) if person.partner_id is not None else None
    if partner is None:
        return None
    carried = session.exec(
        select(Agreement).where(Agreement.owner_id == partner.id).order_by(col(Agreement.number))
    ).all()
    helped = session.exec(
        select(Agreement)
        .join(AgreementSupporter, col(AgreementSupporter.agreement_id) == Agreement.id)
        .where(AgreementSupporter.partner_id == partner.id)
        .order_by(col(Agreement.number))
    ).all()
    answers = session.exec(
        select(Signature, Agenda.version)
        .join(Agenda, col(Agenda.id) == Signature.agenda_id)
        .where(Signature.partner_id == partner.id)
        .order_by(col(Signature.id))
    ).all()
    reports = session.exec(
        select(Progress, Agreement.number)
        .join(Agreement, col(Agreement.id) == Progress.agreement_id)
        .where(Agreement.alliance_id == partner.alliance_id, Progress.reported_by == partner.name)
        .order_by(col(Progress.id))
    ).all()
    return OwnPartner(
        kind=partner.kind,
        name=partner.name,
        representative=partner.representative,
        role=partner.role,
        contact=partner.contact,
        group=groups.get(partner.group_id),
        carries=[OwnAgreement(one.number, one.what, one.owner_accepted_at is not None) for one in carried],
        helps_with=[OwnAgreement(one.number, one.what, True) for one in helped],
        answers=[
            OwnAnswer(
                version=version,
                answer=signature.answer,
                reservation=signature.reservation,
                name=signature.name,
                role=signature.role,
                consent=signature.consent,
                is_drawn=bool(signature.drawn),
                witness=signature.witness,
                signed_at=signature.signed_at,
                stands=signature.replaced_at is None,
            )
            for signature, version in answers
        ],
        reports=[
            OwnReport(number, report.state, report.sentence, report.reported_at) for report, number in reports
        ],
    )


def _record(session: Session, person: Participant, workshop: Workshop) -> list[OwnEvent]:
    found = session.exec(
        select(Event)
        .where(Event.alliance_id == workshop.alliance_id, col(Event.what).in_(ABOUT_A_PARTICIPANT))
        .order_by(col(Event.id))
    ).all()
    return [
        OwnEvent(event.happened_at, event.who, event.what, dict(event.details))
        for event in found
        if event.details.get("number") == person.number and event.details.get("workshop") == workshop.code
    ]


# Events that say by its number which participant they are about.
ABOUT_A_PARTICIPANT = (
    "participant removed",
    "participant on another phone",
    "paper sheet typed",
    "paper sheet typed again",
    "paper sheet taken back",
)


def _versions_with(session: Session, alliance_id: int, names: Iterable[str]) -> list[int]:
    """Return the versions of the agenda in whose frozen text one of these names stands as whole words."""
    # As JSON writes them, in which the text is kept.
    written = [re.escape(json.dumps(name, ensure_ascii=False)[1:-1]) for name in sorted(names)]
    if not written:
        return []
    any_of_them = re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)")
    found = session.exec(
        select(Agenda.version, Agenda.content)
        .where(Agenda.alliance_id == alliance_id)
        .order_by(col(Agenda.version))
    ).all()
    return [version for version, content in found if any_of_them.search(content)]
