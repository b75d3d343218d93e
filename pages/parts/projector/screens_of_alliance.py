"""The screens of an alliance's meeting: each reads what it shows, and hands its template plain values."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlmodel import Session

from exports.charts import RoundBefore, told_rounds
from exports.sentences import told_partner
from models.agreeing.coherence import Coherence, Gap
from models.agreeing.views import AgreementView, list_agreements, read_coherence
from models.alliance.alliance import read_alliance
from models.alliance.partner import read_partners
from models.baseline.behind import behind_improvements
from models.basics import clock
from models.basics.clock import day_of
from models.basics.words import (
    Answer,
    PartnerKind,
    Phase,
    PrincipleStatus,
    ProgressState,
    ProposalKind,
    ReasonState,
    Step,
)
from models.drafting.views import count_waiting, numbers_of_points, proposals_for_facilitator, shown_proposals
from models.drafting.wording import worded_principles
from models.installation.address import public_copy_url
from models.progress.following import Followed, read_followed
from models.signing.agenda import AgendaView, read_agenda
from models.tables import Workshop
from models.voting.principles import list_principles
from models.voting.round_views import ItemView, RoundView, last_round, rounds_of_alliance
from models.workshop.people import first_steps, people_here
from pages.parts.projector.agreement import ShownAgreement
from pages.parts.projector.agreements import agree_screen
from pages.parts.projector.closed import before_voting_screen, cancelled_screen, closed_screen
from pages.parts.projector.control_words import NO_WORDS, ControlWords
from pages.parts.projector.end import end_screen
from pages.parts.projector.evidence import evidence_screen
from pages.parts.projector.outcome import Outcome, ShownReason
from pages.parts.projector.progress import OwnWord, one_agreement_screen, progress_screen
from pages.parts.projector.reveal import revealed_screen
from pages.parts.projector.screen import Room, Screen
from pages.parts.projector.signatures import PartnerSignature, before_signing_screen, sign_screen
from pages.parts.projector.step_screen import Showing, StepScreen
from pages.parts.projector.voting import Asked, Timer, voting_screen
from pages.parts.projector.wall import Proposal, Worded, draft_screen
from pages.parts.projector.welcome import welcome_screen


def welcome(now: Showing) -> Screen:
    """Return how to join, and how many have."""
    here = people_here(now.session, now.workshop.id)
    return welcome_screen(
        now.room,
        venue=now.workshop.venue,
        held_on=now.workshop.held_on,
        groups=[(group.name, group.count) for group in here.groups],
        without_group=here.without_group,
    )


def _evidence(now: Showing) -> Screen | None:
    """Return the evidence that who leads lets through; None where it is none, or its point is gone."""
    point = now.workshop.point_on_screen
    behind = behind_improvements(now.session, [point]).get(point) if point is not None else None
    return evidence_screen(now.room, behind) if behind is not None else None


def _draft(now: Showing) -> Screen:
    if (evidence := _evidence(now)) is not None:
        return evidence
    session, workshop = now.session, now.workshop
    workshop_id = workshop.id
    shown = shown_proposals(session, workshop_id, None, ProposalKind.PRINCIPLE)
    points = numbers_of_points(session, [proposal.improvement_id for proposal in shown])
    return draft_screen(
        now.room,
        proposals=[
            Proposal(
                proposal.id,
                proposal.text,
                proposal.support,
                _behind(now.room, points.get(proposal.improvement_id)),
            )
            for proposal in shown
        ],
        worded=_worded(session, workshop.alliance_id),
        waiting=count_waiting(session, workshop_id, ProposalKind.PRINCIPLE),
        new_ids=now.newcomers("proposals", [proposal.id for proposal in shown]),
    )


def _behind(room: Room, point: int | None) -> str:
    """Return of which point of the startfoto a proposal was made; the phones show on what that rests."""
    return "" if point is None else room.gettext("point {number} of the baseline").format(number=point)


def _worded(session: Session, alliance_id: int) -> list[Worded]:
    """Return the principles that stand, the one that was worded last first."""
    return [
        Worded(found.text, found.sources, is_draft=found.status == PrincipleStatus.DRAFT)
        for found in worded_principles(session, alliance_id)
    ]


def _vote(now: Showing) -> Screen:
    return _evidence(now) or vote(now)


def vote(now: Showing) -> Screen:
    """Return what is asked and how many have voted, or what came of it."""
    session, room, workshop = now.session, now.room, now.workshop
    round_now = last_round(session, workshop.id)
    if round_now is None:
        worded = _worded(session, workshop.alliance_id)
        return before_voting_screen(room, texts=[one.text for one in reversed(worded) if one.is_draft])
    if round_now.phase == Phase.OPEN:
        return voting_screen(
            room,
            _asked(round_now),
            terms=round_now.terms,
            timer=Timer(round_now.ends_at, clock.now()) if round_now.ends_at else None,
        )
    if round_now.phase == Phase.CANCELLED:
        return cancelled_screen(room)
    if round_now.phase == Phase.CLOSED:
        return closed_screen(room, texts=[item.text for item in round_now.items])
    return revealed_screen(
        room,
        [
            Outcome(
                item.text,
                item.result,
                [
                    ShownReason(reason.choice, reason.text, reason.name)
                    for reason in item.reasons
                    if reason.state == ReasonState.SHOWN
                ],
                round_now.sources or {},
                _rounds_up_to(session, workshop, round_now, item) if len(round_now.items) == 1 else [],
            )
            for item in round_now.items
            if item.result is not None
        ],
    )


def _rounds_up_to(
    session: Session, workshop: Workshop, round_now: RoundView, item: ItemView
) -> list[RoundBefore]:
    """Return the rounds about an item's principle, in all meetings, up to the one that stands on the screen.

    None about what is no principle: that has no wording that moves.
    """
    if item.principle_id is None:
        return []
    rounds = rounds_of_alliance(session, workshop.alliance_id)
    now_at = [found.id for found in rounds].index(round_now.id)
    return told_rounds(rounds[: now_at + 1], item.principle_id)


def _asked(round_now: RoundView) -> Asked:
    """Return the texts that are shown: all, or the one that the facilitator chose."""
    items = [
        item for item in round_now.items if round_now.shown_position in (None, item.position)
    ] or round_now.items
    return Asked(
        [item.text for item in items],
        round_now.shown_position,
        len(round_now.items),
        may_vote=round_now.electorate,
        before=[item.text_before for item in items],
    )


def _agree(now: Showing) -> Screen:
    if (evidence := _evidence(now)) is not None:
        return evidence
    session, room, workshop = now.session, now.room, now.workshop
    partners = read_partners(session, workshop.alliance_id)
    agreements = list_agreements(session, workshop.alliance_id, partners=partners)
    shown = [agreement for agreement in agreements if agreement.is_open and agreement.is_shown]
    coherence = read_coherence(session, workshop.alliance_id, partners=partners, agreements=agreements)
    numbers = {agreement.number for agreement in shown}
    told = {
        partner.id: told_partner(partner.name, partner.kind, partner.shown_at is not None, room.language)
        for partner in partners
    }
    made = {
        row.id for row in proposals_for_facilitator(session, workshop.id) if row.agreement_number is not None
    }
    proposed = [
        Proposal(proposal.id, proposal.text, proposal.support)
        for proposal in shown_proposals(session, workshop.id, None, ProposalKind.AGREEMENT)
        if proposal.id not in made
    ]
    return agree_screen(
        room,
        proposals=proposed,
        new_ids=now.newcomers("proposed agreements", [proposal.id for proposal in proposed]),
        agreements=[_as_shown(agreement, room.language) for agreement in shown],
        coherence=_as_far_as_shown(coherence, numbers, told),
        waiting=count_waiting(session, workshop.id, ProposalKind.AGREEMENT),
        new_numbers=now.newcomers("agreements", numbers),
    )


def _as_far_as_shown(coherence: Coherence, numbers: Collection[int], told: Mapping[int, str]) -> Coherence:
    """Return the coherence of the agreements that the facilitator shows: nothing typed comes up by itself.

    `told` is how the room reads each partner, by id.
    """

    def is_shown(gap: Gap) -> bool:
        named = (gap.agreement_number, gap.other_agreement_number)
        return all(number is None or number in numbers for number in named)

    return Coherence(
        principles=coherence.principles,
        partners=[(partner_id, told.get(partner_id, name)) for partner_id, name in coherence.partners],
        cells={
            place: [number for number in cell if number in numbers] for place, cell in coherence.cells.items()
        },
        gaps=[
            gap if gap.partner_id is None else replace(gap, partner=told.get(gap.partner_id, gap.partner))
            for gap in coherence.gaps
            if is_shown(gap)
        ],
        dependencies=[pair for pair in coherence.dependencies if set(pair) <= set(numbers)],
    )


def _sign(now: Showing) -> Screen:
    agenda, room = read_agenda(now.session, now.workshop.id), now.room
    if agenda is None:
        return before_signing_screen(room)
    signatures = [
        PartnerSignature(
            answer.partner.id,
            told_partner(
                answer.partner.name,
                answer.partner.kind,
                answer.partner.shown_at is not None,
                room.language,
            ),
            answer.answer,
            # A resident speaks for no other: what was typed beside the signature is nobody's name to the room.
            "" if answer.partner.kind == PartnerKind.RESIDENT else answer.name,
            (answer.drawn or []) if answer.partner.shown_at is not None else [],
        )
        for answer in agenda.partners
    ]
    answered = [signature.partner_id for signature in signatures if signature.answer]
    return sign_screen(
        room,
        version=agenda.version,
        principles=len(agenda.content["principles"]),
        agreements=len(agenda.content["agreements"]),
        signatures=signatures,
        control_words=_control_words(agenda),
        new_partners=now.newcomers("signatures", answered),
    )


def _control_words(agenda: AgendaView | None) -> ControlWords:
    if agenda is None:
        return NO_WORDS
    return ControlWords(agenda.control_words, agenda.content["alliance"]["language"])


def _end(now: Showing) -> Screen:
    session, workshop = now.session, now.workshop
    agenda = read_agenda(session, workshop.id)
    if agenda is None:
        principles = sum(
            principle.status == PrincipleStatus.ADOPTED
            for principle in list_principles(session, workshop.alliance_id)
        )
        agreements = list_agreements(session, workshop.alliance_id)
        owned = [agreement.owner_accepted for agreement in agreements if agreement.is_open]
    else:
        principles = len(agenda.content["principles"])
        owned = [agreement["owner_accepted"] for agreement in agenda.content["agreements"]]
    is_published = agenda is not None and agenda.closed_at is not None and bool(agenda.editions)
    return end_screen(
        now.room,
        principles=principles,
        agreements=len(owned),
        without_owner=owned.count(False),
        signatures=sum(answer.answer in (Answer.SIGNED, Answer.RESERVED) for answer in agenda.partners)
        if agenda
        else 0,
        document_url=public_copy_url(now.address, agenda.public_token)
        if agenda and is_published and agenda.public_token
        else None,
        first_steps=first_steps(session, workshop.id),
        next_meeting_on=workshop.next_meeting_on,
        control_words=_control_words(agenda),
    )


def _progress(now: Showing) -> Screen:
    """Return the one agreement that who leads lets through, else all that the room has seen."""
    language, alone = now.room.language, now.workshop.agreement_on_screen
    time_zone = read_alliance(now.session, now.workshop.alliance_id).time_zone
    followed = [
        agreement
        for agreement in read_followed(now.session, now.workshop.alliance_id, clock.today(time_zone))
        if agreement.is_shown or agreement.number == alone
    ]
    chosen = next((agreement for agreement in followed if agreement.number == alone), None)
    if chosen is None:
        return progress_screen(now.room, [_as_followed(agreement, language) for agreement in followed])
    # What who leads noted of a call is not for the room: it reads how far it is, and only the owner's own words.
    word = chosen.last_word
    is_for_all = word is not None and bool(word.sentence) and not word.is_noted
    return one_agreement_screen(
        now.room,
        _as_followed(chosen, language),
        OwnWord(word.sentence, day_of(word.said_at, time_zone)) if word and is_for_all else None,
        total=len(followed),
    )


def _as_followed(agreement: Followed, language: str) -> ShownAgreement:
    carrier = agreement.carrier
    return ShownAgreement(
        agreement.number,
        agreement.what,
        told_partner(carrier.name, carrier.kind, carrier.is_shown, language) if carrier else None,
        carrier is not None and carrier.is_accepted,
        agreement.due_on,
        agreement.standing.state,
        is_heard=agreement.last_word is not None,
    )


def _as_shown(agreement: AgreementView, language: str) -> ShownAgreement:
    owner = agreement.owner
    return ShownAgreement(
        agreement.number,
        agreement.what,
        told_partner(owner.name, owner.kind, owner.is_shown, language) if owner else None,
        agreement.owner_accepted,
        agreement.due_on,
        agreement.progress.state if agreement.progress else ProgressState.TO_DO,
    )


STEPS: dict[str, StepScreen] = {
    Step.WELCOME: welcome,
    Step.DRAFT: _draft,
    Step.VOTE: _vote,
    Step.AGREE: _agree,
    Step.SIGN: _sign,
    Step.AGENDA: _end,
    Step.PROGRESS: _progress,
}
