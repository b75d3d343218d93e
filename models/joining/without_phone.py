"""Somebody without a phone, whom who leads brings in: on a card or badge, or with nothing but a number."""

from dataclasses import dataclass

from sqlmodel import Session

from models.basics.clock import now
from models.basics.errors import PersonalCodeUnknown, WorkshopOver
from models.basics.text import NAME_LIMIT, one_line
from models.basics.words import Source, WorkshopState
from models.encounters.come_again import person_with_code
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import Participant, Workshop
from models.workshop.comings import somebody_came_or_went
from models.workshop.electorate import place_latecomer
from models.workshop.participant import check_groups, new_participant, participant_on_paper
from models.workshop.presence import is_here


@dataclass(frozen=True)
class BroughtIn:
    """Who came in; `number` stands on their badge."""

    participant_id: int
    number: int


def bring_in(
    session: Session, *, who: str, workshop_id: int, name: str, group_id: int | None, card: str = ""
) -> BroughtIn:
    """Let somebody without a phone take part from now on, and return who that is.

    `card` is the number or the code on a badge that was printed, or the code of an earlier evening of the series;
    empty for somebody new. Who leads stands at the door: it holds nobody back here. Harmless for who is here already.
    Raises `WorkshopOver`, `PersonalCodeUnknown`, `InvalidValue` for a group of another alliance, `TextTooLong`.
    """
    workshop = existing(session, Workshop, workshop_id)
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    check_groups(session, workshop, [group_id])
    given_name = one_line(name, field="name", limit=NAME_LIMIT, is_required=False) or None
    participant = _whose(session, workshop, card.strip())
    came_in = BroughtIn(participant.id, participant.number)
    if is_here(participant):
        return came_in
    if participant.joined_at is None:
        participant.source = Source.PAPER
        participant.name = given_name or participant.name
        participant.group_id = group_id if group_id is not None else participant.group_id
    moment = now()
    participant.joined_at = participant.joined_at or moment
    participant.admitted_at = participant.admitted_at or moment
    participant.left_at = None
    session.add(participant)
    session.flush()
    place_latecomer(session, participant)
    somebody_came_or_went(session, participant)
    page_changed(session, workshop_id)
    return came_in


def _whose(session: Session, workshop: Workshop, card: str) -> Participant:
    if not card:
        return new_participant(session, workshop, Source.PAPER)
    try:
        return participant_on_paper(session, workshop, card)
    except PersonalCodeUnknown:
        return person_with_code(session, workshop, card, source=Source.PAPER)
