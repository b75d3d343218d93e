"""Somebody without a phone, who votes on another person's phone: a voice of their own, counted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.basics.errors import (
    DoorShut,
    NotAdmitted,
    NotYours,
    PersonalCodeNeeded,
    TooManyVoices,
    WorkshopOver,
)
from models.basics.keys import token_hash
from models.basics.text import NAME_LIMIT, one_line, request_name
from models.basics.words import Door, Source, WorkshopState
from models.encounters.come_again import person_with_code
from models.joining.joining import welcome
from models.joining.phone_links import ask, is_at_stake, speak_as_voice, speaks_through, take_over
from models.tables import Participant, Phone, PhoneParticipant, Workshop
from models.workshop.participant import check_groups, new_participant
from models.workshop.presence import is_here
from models.workshop.workshop import workshop_with

# A table's worth: more than that is a queue, and paper is faster.
VOICES_LIMIT = 8


@dataclass(frozen=True)
class VoiceAdded:
    """Who was added. `is_waiting` says that the phone that speaks for them, or the facilitator, is asked first."""

    participant_id: int
    number: int
    is_admitted: bool
    is_waiting: bool = False


@dataclass(frozen=True)
class Voice:
    """One of those who speak through a phone. `is_here` is whether they may vote now, `has_left` whether they went."""

    participant_id: int
    number: int
    name: str | None
    group_id: int | None
    personal_code: str
    joined_at: datetime
    is_own: bool
    is_here: bool
    has_left: bool


def add_voice(
    session: Session,
    *,
    code: str,
    phone_token: str,
    name: str | None = None,
    group_id: int | None = None,
    personal_code: str | None = None,
    request_id: str | None = None,
) -> VoiceAdded:
    """Let somebody else vote through this phone, as a participant with a number and a personal code of their own.

    With a personal code, from a badge or a sheet, it is the participant who has that code. The same `request_id` from
    the same phone again adds nobody. The door counts as for everybody else.

    Raises `NotFound`, `WorkshopOver`, `NotAdmitted` for a phone that takes no part, `TooManyVoices`, `DoorShut`,
    `PersonalCodeNeeded`, `PersonalCodeUnknown`, `InvalidValue`, `TextTooLong`.
    """
    workshop = workshop_with(session, code)
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    request_id = request_name(request_id)
    check_groups(session, workshop, [group_id])
    given_name = one_line(name, field="name", limit=NAME_LIMIT, is_required=False) or None
    phone, host = _phone_in_use(session, workshop, phone_token)
    links = session.exec(
        select(PhoneParticipant).where(
            PhoneParticipant.phone_id == phone.id, PhoneParticipant.host_id == host.id
        )
    ).all()
    sent_before = next((link for link in links if request_id and link.request_id == request_id), None)
    if sent_before is not None:
        found = session.get_one(Participant, sent_before.participant_id)
        return VoiceAdded(found.id, found.number, is_here(found))
    participant = (
        person_with_code(session, workshop, personal_code, source=Source.SHARED) if personal_code else None
    )
    is_known = participant is not None and any(link.participant_id == participant.id for link in links)
    if not is_known and len(links) > VOICES_LIMIT:
        raise TooManyVoices(VOICES_LIMIT)
    host_id = host.id
    if participant is not None and participant.joined_at is not None and not is_known:
        if not speaks_through(session, phone, participant) and is_at_stake(session, participant):
            ask(session, phone, participant, host_id=host_id)
            return VoiceAdded(participant.id, participant.number, is_admitted=False, is_waiting=True)
        take_over(session, phone, participant, host_id=host_id)
        is_known = True
    if participant is None:
        if workshop.needs_personal_code:
            raise PersonalCodeNeeded
        if workshop.door == Door.SHUT:
            raise DoorShut
        participant = new_participant(session, workshop, Source.SHARED)
    if participant.joined_at is None:
        participant.name = given_name or participant.name
        participant.group_id = group_id if group_id is not None else participant.group_id
    if participant.joined_at is None or participant.source == Source.PAPER:
        participant.source = Source.SHARED
    if not is_known:
        session.flush()
        speak_as_voice(session, phone, participant, host_id=host_id, request_id=request_id)
    joined = welcome(session, workshop, participant)
    return VoiceAdded(joined.participant_id, joined.number, joined.is_admitted)


# Written once: a room asks for its pages all at once, and composing a question costs as much as asking it.
_Own = aliased(PhoneParticipant)
_VOICES = (
    select(PhoneParticipant.phone_id, PhoneParticipant.is_own, Participant)
    .join(Participant, col(Participant.id) == PhoneParticipant.participant_id)
    # Who had the phone before, and their voices, are no business of who has it now.
    .join(
        _Own,
        and_(
            col(_Own.phone_id) == PhoneParticipant.phone_id,
            col(_Own.is_own).is_(True),
            col(_Own.participant_id) == PhoneParticipant.host_id,
        ),
    )
    .where(col(PhoneParticipant.phone_id).in_(bindparam("phones", expanding=True)))
    .order_by(col(PhoneParticipant.is_own).desc(), col(Participant.number))
)


def voices_of(session: Session, phone_id: int | None) -> list[Voice]:
    """Return who speaks through a phone: its own participant first, then the others by number."""
    return voices_of_each(session, [phone_id])[phone_id] if phone_id is not None else []


def voices_of_each(session: Session, phone_ids: Sequence[int]) -> dict[int, list[Voice]]:
    """Return the same for many phones, by phone."""
    voices: dict[int, list[Voice]] = {phone_id: [] for phone_id in phone_ids}
    for phone_id, is_own, person in session.exec(_VOICES, params={"phones": list(phone_ids)}).all():
        if person.joined_at is not None:
            voices[phone_id].append(_voice(person, is_own, person.joined_at))
    return voices


def _voice(person: Participant, is_own: bool, joined_at: datetime) -> Voice:
    return Voice(
        participant_id=person.id,
        number=person.number,
        name=person.name,
        group_id=person.group_id,
        personal_code=person.personal_code,
        joined_at=joined_at,
        is_own=is_own,
        is_here=is_here(person),
        has_left=person.left_at is not None and person.admitted_at is not None,
    )


def voice_on_phone(session: Session, *, phone_id: int | None, number: int) -> Voice:
    """Return the voice with this number on a phone. Raises `NotYours` for everybody else's, known or not."""
    for voice in voices_of(session, phone_id):
        if voice.number == number:
            return voice
    raise NotYours


def _phone_in_use(session: Session, workshop: Workshop, phone_token: str) -> tuple[Phone, Participant]:
    """Return the phone of somebody who takes part now, and who that is. Raises `NotAdmitted`."""
    found = session.exec(
        select(Phone, Participant)
        .join(PhoneParticipant, col(PhoneParticipant.phone_id) == Phone.id)
        .join(Participant, col(Participant.id) == PhoneParticipant.participant_id)
        .where(
            Phone.token_hash == token_hash(phone_token),
            Phone.workshop_id == workshop.id,
            col(PhoneParticipant.is_own).is_(True),
        )
    ).first()
    if found is None or not is_here(found[1]):
        raise NotAdmitted
    return found[0], found[1]
