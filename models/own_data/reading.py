"""Everything that is stored about a participant, read from the database. `places` says where each column is told."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from models.basics.words import BuildingBlock, Phase, Secrecy
from models.drafting.proposal import SHOWN, state_of
from models.encounters.answers import own_numbers
from models.encounters.contacts import mutual_pairs, places_of_others
from models.encounters.evening import read_evening
from models.own_data.shape import (
    OwnAgreement,
    OwnAnswer,
    OwnAsk,
    OwnContact,
    OwnContactWish,
    OwnData,
    OwnEvent,
    OwnIdea,
    OwnMeeting,
    OwnMixingChoice,
    OwnNumbers,
    OwnOffer,
    OwnPaper,
    OwnPartner,
    OwnPerson,
    OwnPhone,
    OwnReport,
    OwnRound,
    OwnSeat,
    OwnSeries,
    OwnVote,
    SentProposal,
    SupportedProposal,
)
from models.storage.finding import existing
from models.tables import (
    Agenda,
    Agreement,
    AgreementSupporter,
    Alliance,
    Ballot,
    Bubble,
    Contact,
    ContactWish,
    DeclinedHosting,
    Event,
    Group,
    Idea,
    IdeaSupport,
    MediationRequest,
    MixingAnswer,
    MixingChoice,
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
    Seat,
    SeatWish,
    Series,
    SeriesPerson,
    Signature,
    Support,
    TableOfRound,
    Workshop,
)
from models.voting.asked import kind_of
from models.voting.ballot import findable_keys
from models.voting.round import NAMES_KEPT_DAYS
from models.workshop.presence import is_here
from models.workshop.workshop import read_workshop


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
    is_evening = workshop.block == BuildingBlock.ENCOUNTERS
    offers = _offers(session, participant_id)
    seats, declines_hosting = _seats(session, person)
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
        seats=seats,
        declines_hosting=declines_hosting,
        seat_wishes=_seat_wishes(session, participant_id),
        contact_wishes=_contact_wishes(session, person) if is_evening else [],
        contact=_contact(session, participant_id) if is_evening else None,
        series=_series(session, participant_id) if is_evening else None,
        numbers=_numbers(session, person) if is_evening else None,
        mixing_choice=_mixing_choice(session, person) if is_evening else None,
        ideas=_ideas(session, participant_id),
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
        supports=_supports(session, person) + (_supported_ideas(session, person) if is_evening else []),
        rounds=rounds,
        offers=offers,
        partner=partner,
        record=_record(session, person, workshop),
        asks_for_mediation=_ask(session, participant_id),
        name_stands_in_versions=_versions_with(session, workshop.alliance_id, names - {""}),
    )


def _ask(session: Session, participant_id: int) -> OwnAsk | None:
    asked = session.exec(
        select(MediationRequest).where(MediationRequest.participant_id == participant_id)
    ).first()
    return OwnAsk(asked.line, asked.asked_at) if asked else None


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


def _seats(session: Session, person: Participant) -> tuple[list[OwnSeat], bool]:
    """Return the seats of rounds that have begun, and whether this person would rather not mind the turns.

    Of seats that are only planned nobody is told yet. Who has none was not asked to mind the turns.
    """
    begun = read_evening(session, person.workshop_id).round_now
    found = session.exec(
        select(Seat, TableOfRound.host_id, DeclinedHosting.participant_id)
        .join(
            TableOfRound,
            and_(
                col(TableOfRound.workshop_id) == Seat.workshop_id,
                col(TableOfRound.round) == Seat.round,
                col(TableOfRound.table_number) == Seat.table_number,
            ),
            isouter=True,
        )
        .join(DeclinedHosting, col(DeclinedHosting.participant_id) == Seat.participant_id, isouter=True)
        .where(Seat.participant_id == person.id, Seat.round <= begun)
        .order_by(col(Seat.round))
    ).all()
    seats = [OwnSeat(seat.round, seat.table_number, seat.chair, host == person.id) for seat, host, _ in found]
    return seats, any(declined is not None for _, _, declined in found)


def _contact_wishes(session: Session, person: Participant) -> list[OwnContactWish]:
    wishes = {
        wish.wished_id: wish
        for wish in session.exec(select(ContactWish).where(ContactWish.wisher_id == person.id)).all()
    }
    pairs = mutual_pairs(session, person.workshop_id) if wishes else set()
    return [
        OwnContactWish(
            round=place.round,
            table=place.table,
            chair=place.chair,
            sent_at=wishes[other].sent_at,
            is_mutual=(min(person.id, other), max(person.id, other)) in pairs,
        )
        for other, place in places_of_others(session, person).items()
        if other in wishes
    ]


def _contact(session: Session, participant_id: int) -> OwnContact | None:
    contact = session.get(Contact, participant_id)
    return OwnContact(contact.text, contact.sent_at) if contact else None


def _seat_wishes(session: Session, participant_id: int) -> list[str]:
    return list(
        session.exec(
            select(SeatWish.strength)
            .where(or_(col(SeatWish.one_id) == participant_id, col(SeatWish.other_id) == participant_id))
            .order_by(col(SeatWish.id))
        ).all()
    )


def _series(session: Session, participant_id: int) -> OwnSeries | None:
    mine = session.get(SeriesPerson, participant_id)
    if mine is None:
        return None
    evenings = session.exec(
        select(Workshop)
        .join(SeriesPerson, col(SeriesPerson.workshop_id) == Workshop.id)
        .where(
            SeriesPerson.series_id == mine.series_id,
            SeriesPerson.person == mine.person,
            SeriesPerson.participant_id != participant_id,
        )
        .order_by(col(Workshop.held_on), col(Workshop.id))
    ).all()
    theme = session.get_one(Series, mine.series_id).theme
    return OwnSeries(theme, [evening.held_on for evening in evenings])


def _numbers(session: Session, person: Participant) -> OwnNumbers | None:
    found = own_numbers(session, person.workshop_id, person.id)
    return OwnNumbers(found.before, found.after, found.skips_before, found.skips_after) if found else None


def _mixing_choice(session: Session, person: Participant) -> OwnMixingChoice | None:
    choice = session.get(MixingChoice, person.id)
    if choice is None:
        return None
    answer = session.get(MixingAnswer, choice.answer_id) if choice.answer_id is not None else None
    return OwnMixingChoice(
        read_evening(session, person.workshop_id).question, answer.text if answer else None
    )


def _ideas(session: Session, participant_id: int) -> list[OwnIdea]:
    return [
        OwnIdea(
            idea.table_number, idea.text, idea.first_step, idea.taker, idea.sent_at, idea.shown_at is not None
        )
        for idea in session.exec(
            select(Idea).where(Idea.participant_id == participant_id).order_by(col(Idea.id))
        ).all()
    ]


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


def _may_read(person: Participant) -> bool:
    """Return whether somebody reads what the room does: not who was sent away, or waits at the door."""
    return person.admitted_at is not None


def _supports(session: Session, person: Participant) -> list[SupportedProposal]:
    found = session.exec(
        select(Proposal)
        .join(Support, col(Support.proposal_id) == Proposal.id)
        .where(Support.participant_id == person.id)
        .order_by(col(Proposal.id))
    ).all()
    may_read = _may_read(person)
    return [
        SupportedProposal(proposal.kind, proposal.text if may_read and state_of(proposal) == SHOWN else None)
        for proposal in found
    ]


def _supported_ideas(session: Session, person: Participant) -> list[SupportedProposal]:
    found = session.exec(
        select(Idea)
        .join(IdeaSupport, col(IdeaSupport.idea_id) == Idea.id)
        .where(IdeaSupport.participant_id == person.id)
        .order_by(col(Idea.id))
    ).all()
    may_read = _may_read(person)
    return [
        SupportedProposal("idea", idea.text if may_read and idea.shown_at is not None else None)
        for idea in found
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
    votes = _votes(session, keys, set(named_reasons(session, person)))
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


def named_reasons(session: Session, person: Participant) -> dict[int, Reason]:
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
