"""A complete example: the invented municipality Merenveld, in the step one asks for.

Everything goes through the real actions, as people would do it, so that an example is never in a state
that a real workshop cannot reach. Loading it again makes a second, independent one.
"""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models.agreeing.agreement import record_agreement, show_agreements
from models.agreeing.ownership import accept_ownership, take_on
from models.alliance.alliance import PartnerInput
from models.alliance.groups import read_groups
from models.alliance.partner import read_partners
from models.basics.clock import today
from models.basics.keys import new_token
from models.basics.words import (
    BuildingBlock,
    CallOutcome,
    FollowUp,
    PartnerKind,
    ProposalKind,
    RuleKind,
    Step,
)
from models.drafting.proposal import (
    end_drafting,
    hide_proposal,
    send_proposal,
    show_proposals,
    support_proposal,
    type_for_table,
)
from models.drafting.wording import reword_principle, set_review, word_principle
from models.example.alliance import ExampleLoaded, loaded, make_alliance
from models.example.ballots import ballots_come_in
from models.example.merenveld import (
    AGREEMENT_FROM_PROPOSAL,
    AGREEMENT_PROPOSALS,
    AGREEMENTS,
    ANSWERS_WHILE_SIGNING,
    CALL,
    CALLED,
    CALLED_DAYS_AGO,
    CONSENT,
    CONTACTS,
    GROUPS,
    GUEST_NAMES,
    GUESTS,
    HEADS_COUNTED,
    HIDDEN_BECAUSE,
    HIDDEN_PROPOSAL,
    LATE_PROPOSAL,
    LEVEL_OF_REWORDED,
    MEETING_WAS_DAYS_AGO,
    METHOD_OF_REWORDED,
    PARTNERS,
    PRINCIPLES,
    PROGRESS,
    PROPOSALS,
    RESIDENTS,
    SIGNATURES,
    TABLE,
    TABLE_PROPOSAL,
    TIME_ZONE,
    VENUE,
    ZOE,
    ExampleBallots,
)
from models.joining.joining import join, join_as_partner
from models.progress.calls import keep_contact, note_call
from models.progress.progress import report_progress
from models.signing.agenda import answer_agenda, freeze_agenda
from models.signing.content import WordsOfMethods
from models.signing.files import AgendaDocument, BuiltFile, publish
from models.signing.words_kept import complete_control_words
from models.storage.database import reading
from models.storage.writing import write
from models.tables import Agreement, AgreementCall, AgreementOwner, Progress
from models.voting.after_reveal import choose_follow_up, hide_reason, show_reasons
from models.voting.asked import about_principles
from models.voting.ballot import ParticipantBallot
from models.voting.closing import close_round
from models.voting.decision import Rule
from models.voting.methods import USUAL
from models.voting.round import open_round, reveal_round
from models.voting.round_views import read_round
from models.voting.terms import Terms
from models.workshop.participant import leave, raise_hand, record_first_step
from models.workshop.programme import ALLIANCE
from models.workshop.workshop import change_workshop, count_heads, end_workshop, take_room_to

BuildFiles = Callable[[AgendaDocument], list[BuiltFile]]

LATECOMER = 59
LEAVES_EARLY = 41
STAYS_AWAY_EVERY = 17
REVIEW_AFTER = timedelta(days=365)
MEETS_AGAIN_AFTER = timedelta(days=90)


@dataclass
class _Room:
    """What the example remembers while it is made. `people` are participants by place, partners first."""

    who: str
    words: WordsOfMethods
    alliance_id: int
    workshop_id: int
    code: str
    today: date
    groups: dict[str, int]
    partners: dict[str, int]
    people: list[int] = field(default_factory=list)
    members: dict[str | None, list[int]] = field(default_factory=dict)
    proposals: list[int] = field(default_factory=list)
    principles: list[int] = field(default_factory=list)
    agreements: list[int] = field(default_factory=list)
    round_id: int | None = None
    agenda_id: int = 0
    build: BuildFiles = lambda _document: []


def load_example(
    step: str, *, words: WordsOfMethods, build: BuildFiles | None = None, who: str = "Voorbeeld"
) -> ExampleLoaded:
    """Make the example municipality and lead its room to `step`, through all steps before it; return where to find it.

    `words` are what its agenda is frozen with. `build` makes the files of the agenda when signing closes (steps agenda
    and progress); without it there are none. `who` stands in the events as the facilitator. Raises `InvalidValue` for
    an unknown step.
    """
    number = ALLIANCE.number(step)
    was_ago = MEETING_WAS_DAYS_AGO if step == Step.PROGRESS else 0
    room = _prepare(who, words, today(TIME_ZONE) - timedelta(days=was_ago))
    if build is not None:
        room.build = build
    for reached in ALLIANCE.steps:
        if ALLIANCE.number(reached.name) <= number:
            WHAT_HAPPENS[reached.name](room)
    return loaded(room.alliance_id, room.workshop_id, room.round_id)


def _prepare(who: str, words: WordsOfMethods, day: date) -> _Room:
    created = make_alliance(
        who,
        day,
        partners=[
            PartnerInput(
                kind=partner.kind,
                name=partner.name,
                representative=partner.representative,
                role=partner.role,
                group=partner.group,
            )
            for partner in PARTNERS
        ],
        done=[BuildingBlock.BASELINE],
    )
    with reading() as session:
        groups = {group.name: group.id for group in read_groups(session, created.alliance_id)}
        partners = {partner.name: partner.id for partner in read_partners(session, created.alliance_id)}
    return _Room(
        who=who,
        words=words,
        alliance_id=created.alliance_id,
        workshop_id=created.workshop_id,
        code=created.code,
        today=day,
        groups=groups,
        partners=partners,
    )


def _welcome(room: _Room) -> None:
    write(take_room_to, who=room.who, workshop_id=room.workshop_id, step=Step.WELCOME)
    write(_partners_come_in, room=room)
    write(_guests_come_in, room=room, seats=_guest_seats()[:-1])
    write(count_heads, who=room.who, workshop_id=room.workshop_id, heads=HEADS_COUNTED)


def _guest_seats() -> list[tuple[str | None, str | None]]:
    """Return group and name of each guest. The last one comes late."""
    groups = [group for group, count in GUESTS for _ in range(count)]
    # The latecomer is a resident, so that every group is as large as it will be when the first round opens.
    groups.append(groups.pop(0))
    return [(group, GUEST_NAMES.get(place)) for place, group in enumerate(groups)]


def _partners_come_in(session: Session, *, room: _Room) -> None:
    for partner in PARTNERS:
        joined = join_as_partner(
            session, partner_id=room.partners[partner.name], code=room.code, phone_token=new_token()
        )
        _seat(room, partner.group, joined.participant_id)


def _guests_come_in(session: Session, *, room: _Room, seats: list[tuple[str | None, str | None]]) -> None:
    for group, name in seats:
        place = len(room.people)
        # Some also belong elsewhere: a resident who has a shop, a churchgoer who works for the town.
        elsewhere = GROUPS[place % len(GROUPS)] if place % 6 == 0 else group
        joined = join(
            session,
            code=room.code,
            phone_token=new_token(),
            name=name,
            group_id=room.groups[group] if group else None,
            bubbles=[room.groups[elsewhere]] if elsewhere and elsewhere != group else [],
        )
        _seat(room, group, joined.participant_id)


def _seat(room: _Room, group: str | None, participant_id: int) -> None:
    room.people.append(participant_id)
    room.members.setdefault(group, []).append(participant_id)


def _draft(room: _Room) -> None:
    write(take_room_to, who=room.who, workshop_id=room.workshop_id, step=Step.DRAFT)
    write(_proposals_come_in, room=room)
    write(
        type_for_table,
        who=room.who,
        workshop_id=room.workshop_id,
        kind=ProposalKind.PRINCIPLE,
        table_name=TABLE,
        texts=[TABLE_PROPOSAL],
    )
    shown = [sent for sent, proposal in zip(room.proposals, PROPOSALS, strict=True) if proposal.is_shown]
    write(show_proposals, who=room.who, workshop_id=room.workshop_id, proposal_ids=shown)
    write(_support_comes_in, room=room)
    write(hide_proposal, who=room.who, proposal_id=room.proposals[HIDDEN_PROPOSAL], reason=HIDDEN_BECAUSE)
    write(raise_hand, participant_id=room.members[RESIDENTS][6], on=True)


def _proposals_come_in(session: Session, *, room: _Room) -> None:
    for proposal in PROPOSALS:
        sent = send_proposal(
            session,
            participant_id=room.members[proposal.group][proposal.member],
            kind=ProposalKind.PRINCIPLE,
            text=proposal.text,
            request_id=new_token(),
        )
        room.proposals.append(sent.id)


def _support_comes_in(session: Session, *, room: _Room) -> None:
    for place, proposal in enumerate(PROPOSALS):
        for supporter in range(proposal.supporters):
            # 7 has no divisor in common with 59: everybody comes by once before anybody comes by twice.
            person = room.people[(place * 5 + supporter * 7) % LATECOMER]
            support_proposal(session, participant_id=person, proposal_id=room.proposals[place], on=True)


def _vote(room: _Room) -> None:
    write(_word_principles, room=room)
    write(take_room_to, who=room.who, workshop_id=room.workshop_id, step=Step.VOTE)
    write(
        send_proposal,
        participant_id=room.members[RESIDENTS][2],
        kind=ProposalKind.PRINCIPLE,
        text=LATE_PROPOSAL,
        request_id=new_token(),
    )
    write(end_drafting, who=room.who, workshop_id=room.workshop_id)
    _first_round(room)
    write(leave, participant_id=room.people[LEAVES_EARLY])
    write(_guests_come_in, room=room, seats=_guest_seats()[-1:])
    _second_round(room)
    _open(room, room.principles[3:], Rule(RuleKind.WITHOUT_OBJECTION, share=80, quorum=50))
    _cast(room, [principle.ballots for principle in PRINCIPLES[3:]], turned_up=lambda place: place % 3 != 2)


def _word_principles(session: Session, *, room: _Room) -> None:
    for principle in PRINCIPLES:
        worded = word_principle(
            session,
            who=room.who,
            workshop_id=room.workshop_id,
            text=principle.text,
            proposal_ids=[room.proposals[source] for source in principle.sources],
        )
        room.principles.append(worded.principle_id)


def _first_round(room: _Room) -> None:
    _open(room, room.principles[:3], Rule(RuleKind.NO_OPEN_OBJECTIONS))
    _cast(room, [principle.ballots for principle in PRINCIPLES[:3]])
    _close_and_reveal(room)
    third = _items(room)[2]
    write(choose_follow_up, who=room.who, item_id=third, follow_up=FollowUp.REWORD)


def _second_round(room: _Room) -> None:
    third = PRINCIPLES[2]
    write(reword_principle, who=room.who, principle_id=room.principles[2], text=third.reworded, why=third.why)
    rule = Rule(RuleKind.LEVEL, level=LEVEL_OF_REWORDED)
    _open(room, room.principles[2:3], rule, method=METHOD_OF_REWORDED)
    _cast(room, [third.ballots_on_reworded], chosen=_by_gradients)
    _close_and_reveal(room)


def _open(room: _Room, principle_ids: list[int], rule: Rule, *, method: str = USUAL.name) -> None:
    opened = write(
        open_round,
        who=room.who,
        workshop_id=room.workshop_id,
        about=about_principles(principle_ids),
        terms=Terms(method, rule),
    )
    room.round_id = opened.round_id


def _round_of(room: _Room) -> int:
    assert room.round_id is not None, "this step comes after a round was opened"
    return room.round_id


def _items(room: _Room) -> list[int]:
    with reading() as session:
        return [item.id for item in read_round(session, _round_of(room)).items]


def _is_here(room: _Room, place: int) -> bool:
    """Return whether the person at this place votes: not who left, nor the few who stay away."""
    has_left = place == LEAVES_EARLY and len(room.people) > LATECOMER
    return not has_left and place % STAYS_AWAY_EVERY != STAYS_AWAY_EVERY - 1


def _by_consent(place: int, choices: ExampleBallots) -> str:
    if place in choices.objections:
        return "objection"
    return "concern" if place in choices.concerns else "agree"


def _by_gradients(place: int, choices: ExampleBallots) -> str:
    if place in choices.objections:
        return "8"
    return "6" if place in choices.concerns else "112113124"[place % 9]


def _cast(
    room: _Room,
    ballots: list[ExampleBallots],
    *,
    turned_up: Callable[[int], bool] = lambda place: True,
    chosen: Callable[[int, ExampleBallots], str] = _by_consent,
) -> None:
    posts = [
        ParticipantBallot(
            participant_id=room.people[place],
            round_id=_round_of(room),
            item_id=item_id,
            choice=chosen(place, choices),
            reason=choices.objections.get(place) or choices.concerns.get(place),
            may_name=False,
            request_id=new_token(),
            sequence=1,
        )
        for item_id, choices in zip(_items(room), ballots, strict=True)
        for place in range(len(room.people))
        if _is_here(room, place) and turned_up(place)
    ]
    write(ballots_come_in, ballots=posts)


def _close_and_reveal(room: _Room) -> None:
    write(close_round, who=room.who, round_id=room.round_id)
    write(reveal_round, who=room.who, round_id=room.round_id)
    write(show_reasons, who=room.who, round_id=room.round_id, reason_ids=None)


def _agree(room: _Room) -> None:
    rest = [principle.ballots for principle in PRINCIPLES[3:]]
    _cast(room, rest, turned_up=lambda place: place % 3 == 2)
    _close_and_reveal(room)
    with reading() as session:
        shown = read_round(session, _round_of(room))
    last = shown.items[-1]
    write(hide_reason, who=room.who, reason_id=sorted(reason.id for reason in last.reasons)[0])
    write(choose_follow_up, who=room.who, item_id=last.id, follow_up=FollowUp.MINORITY_REPORT)
    for principle_id in room.principles[:-1]:
        write(set_review, who=room.who, principle_id=principle_id, review_on=room.today + REVIEW_AFTER)
    write(take_room_to, who=room.who, workshop_id=room.workshop_id, step=Step.AGREE)
    write(_agreements_are_made, room=room)


def _agreements_are_made(session: Session, *, room: _Room) -> None:
    proposals = [
        send_proposal(
            session,
            participant_id=room.members[proposal.group][proposal.member],
            kind=ProposalKind.AGREEMENT,
            text=proposal.text,
            request_id=new_token(),
        ).id
        for proposal in AGREEMENT_PROPOSALS
    ]
    show_proposals(session, who=room.who, workshop_id=room.workshop_id, proposal_ids=proposals[:1])
    for place, agreement in enumerate(AGREEMENTS):
        is_taken_on = agreement.owner == ZOE
        agreement_id = record_agreement(
            session,
            who=room.who,
            workshop_id=room.workshop_id,
            what=agreement.what,
            first_step=agreement.first_step,
            due_on=room.today + timedelta(days=agreement.due_in) if agreement.due_in else None,
            measure=agreement.measure,
            owner_id=None if agreement.owner is None or is_taken_on else room.partners[agreement.owner],
            principle_ids=[room.principles[number - 1] for number in agreement.principles],
            depends_on=[room.agreements[number - 1] for number in agreement.depends_on],
            supporter_ids=[room.partners[name] for name in agreement.supporters],
            proposal_id=proposals[0] if place == AGREEMENT_FROM_PROPOSAL else None,
        )
        room.agreements.append(agreement_id)
        show_agreements(session, who=room.who, agreement_ids=[agreement_id])
        if is_taken_on:
            zoe = room.people[[partner.name for partner in PARTNERS].index(ZOE)]
            take_on(session, participant_id=zoe, agreement_id=agreement_id, name=ZOE)
        elif agreement.owner is not None and agreement.is_accepted:
            accept_ownership(session, partner_id=room.partners[agreement.owner], agreement_id=agreement_id)


def _sign(room: _Room) -> None:
    write(
        change_workshop,
        who=room.who,
        workshop_id=room.workshop_id,
        venue=VENUE,
        held_on=room.today,
        next_meeting_on=room.today + MEETS_AGAIN_AFTER,
        needs_personal_code=False,
    )
    write(take_room_to, who=room.who, workshop_id=room.workshop_id, step=Step.SIGN)
    frozen = write(freeze_agenda, who=room.who, workshop_id=room.workshop_id, words=room.words)
    room.agenda_id = frozen.agenda_id
    complete_control_words(room.agenda_id)
    for place in range(ANSWERS_WHILE_SIGNING):
        _answer(room, place)


def _answer(room: _Room, place: int) -> None:
    signature = SIGNATURES[place]
    partner = next(partner for partner in PARTNERS if partner.name == signature.partner)
    write(
        answer_agenda,
        agenda_id=room.agenda_id,
        partner_id=room.partners[partner.name],
        answer=signature.answer,
        name=partner.representative,
        role="" if partner.kind is PartnerKind.RESIDENT else partner.role,
        reservation=signature.reservation,
        drawn=_strokes(place) if signature.is_drawn else None,
        consent=CONSENT,
        witness=signature.witness,
    )


def _strokes(place: int) -> str:
    """Return a scribble that looks like a name written by finger, as JSON strokes in a box of 600 × 200."""
    loops = 4 + place % 3
    name = [
        coordinate
        for point in range(81)
        for coordinate in (
            round(70 + point * 4.6 + 26 * math.sin(point * loops / 6.5)),
            round(105 + (58 - point * 0.45) * math.cos(point * loops / 6.5 + place)),
        )
    ]
    underline = [95, 168 - place * 3, 250, 160 + place * 2, 430, 166 - place * 4, 505, 150]
    return json.dumps([name, underline])


def _close_signing(room: _Room) -> None:
    for place in range(ANSWERS_WHILE_SIGNING, len(SIGNATURES)):
        _answer(room, place)
    publish(room.agenda_id, who=room.who, build=room.build)
    write(take_room_to, who=room.who, workshop_id=room.workshop_id, step=Step.AGENDA)
    write(_first_steps_come_in, room=room)


def _first_steps_come_in(session: Session, *, room: _Room) -> None:
    for place, participant_id in enumerate(room.people):
        if place % 5 in (0, 3) and place != LEAVES_EARLY:
            record_first_step(session, participant_id=participant_id)


def _follow_up(room: _Room) -> None:
    write(take_room_to, who=room.who, workshop_id=room.workshop_id, step=Step.PROGRESS)
    write(end_workshop, who=room.who, workshop_id=room.workshop_id)
    write(_owners_were_asked_then, room=room)
    for partner, contact in CONTACTS.items():
        write(keep_contact, who=room.who, partner_id=room.partners[partner], contact=contact)
    for number, report in PROGRESS.items():
        owner = AGREEMENTS[number - 1].owner or ""
        write(
            report_progress,
            partner_id=room.partners[owner],
            agreement_id=room.agreements[number - 1],
            state=report.state,
            sentence=report.sentence,
        )
    called = room.agreements[CALLED - 1]
    write(note_call, who=room.who, agreement_id=called, outcome=CallOutcome.NO_ANSWER, sentence=CALL)
    write(_words_were_heard_then, room=room)


def _owners_were_asked_then(session: Session, *, room: _Room) -> None:
    """Let owners have been asked in the meeting, and not today: time is what no action can bring."""
    ago = timedelta(days=MEETING_WAS_DAYS_AGO)
    for agreement in session.exec(select(Agreement).where(col(Agreement.id).in_(room.agreements))).all():
        agreement.created_at -= ago
        if agreement.owner_accepted_at is not None:
            agreement.owner_accepted_at -= ago
        session.add(agreement)
    asked = select(AgreementOwner).where(col(AgreementOwner.agreement_id).in_(room.agreements))
    for owner in session.exec(asked).all():
        owner.asked_at -= ago
        if owner.accepted_at is not None:
            owner.accepted_at -= ago
        session.add(owner)


def _words_were_heard_then(session: Session, *, room: _Room) -> None:
    """Let owners have told how it goes on days between the meeting and today."""
    days_ago = {room.agreements[number - 1]: report.days_ago for number, report in PROGRESS.items()}
    for word in session.exec(select(Progress).where(col(Progress.agreement_id).in_(days_ago))).all():
        word.reported_at -= timedelta(days=days_ago[word.agreement_id])
        session.add(word)
    called = select(AgreementCall).where(AgreementCall.agreement_id == room.agreements[CALLED - 1])
    for call in session.exec(called).all():
        call.noted_at -= timedelta(days=CALLED_DAYS_AGO)
        session.add(call)


WHAT_HAPPENS: dict[str, Callable[[_Room], None]] = {
    Step.WELCOME: _welcome,
    Step.DRAFT: _draft,
    Step.VOTE: _vote,
    Step.AGREE: _agree,
    Step.SIGN: _sign,
    Step.AGENDA: _close_signing,
    Step.PROGRESS: _follow_up,
}
"""What the people of the example do in each step of an alliance's meeting."""
