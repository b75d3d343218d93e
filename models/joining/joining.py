"""Joining: by phone, by personal code, as a partner; and whose phone it is that asks for a page."""

from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import and_, bindparam
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.codes import join_code
from models.basics.errors import DoorShut, NotFound, NotYours, PersonalCodeNeeded, WorkshopOver
from models.basics.keys import token_hash
from models.basics.text import NAME_LIMIT, one_line, shortened
from models.basics.words import Door, Source, WorkshopState
from models.encounters.come_again import person_with_code
from models.encounters.rounds import seat_latecomer
from models.joining.phone_links import ask, is_at_stake, link, speak_through, speaks_through, take_over
from models.storage.changes import counts_changed, page_changed
from models.tables import (
    Alliance,
    Bubble,
    Participant,
    Partner,
    Phone,
    PhoneAsking,
    PhoneParticipant,
    Workshop,
)
from models.workshop.electorate import place_latecomer
from models.workshop.participant import check_groups, new_participant, next_participant
from models.workshop.people import count_people
from models.workshop.presence import is_here, was_removed
from models.workshop.workshop import workshop_with


@dataclass(frozen=True)
class Joined:
    """Who came in; `is_new` where nobody knew of them before.

    `is_waiting` says that this phone first asks the phone that speaks for them, or the facilitator.
    """

    participant_id: int
    number: int
    is_admitted: bool
    is_waiting: bool = False
    # The same form sent again is the same participant, only not new any more.
    is_new: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class PhoneView:
    """Whose phone this is, in which room. `participant` is None before joining, `phone_id` for a phone not known.

    `asks_for` is for whom this phone asks to speak; `is_asked` whether another one asks so for somebody on this phone.
    """

    workshop: Workshop
    alliance: Alliance
    participant: Participant | None
    is_admitted: bool
    people: int
    partner: Partner | None
    phone_id: int | None
    asks_for: int | None = None
    is_asked: bool = False

    def of_nobody(self) -> "PhoneView":
        """Return the same room as a phone sees it that is nobody's: nothing of a person stands in it."""
        return PhoneView(
            workshop=self.workshop,
            alliance=self.alliance,
            participant=None,
            is_admitted=False,
            people=self.people,
            partner=None,
            phone_id=None,
        )


def join(
    session: Session,
    *,
    code: str,
    phone_token: str,
    name: str | None = None,
    group_id: int | None = None,
    bubbles: list[int] | None = None,
    personal_code: str | None = None,
    has_come_back: bool = True,
) -> Joined:
    """Make a phone a participant. Done again by the same phone it is the same participant, with the newer answers.

    With a personal code the phone speaks for that participant from now on, and no other does; where they chose
    something already it has to ask first. In a series of evenings the code of an earlier one is theirs too.
    `has_come_back` is False for a phone that has not shown yet that it keeps its cookie: it counts from `arrive`
    on. Raises `NotFound`, `WorkshopOver`, `DoorShut`, `PersonalCodeNeeded`, `PersonalCodeUnknown`, `InvalidValue`
    for a group of another alliance, `TextTooLong`.
    """
    workshop = workshop_with(session, code)
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    check_groups(session, workshop, [group_id, *(bubbles or [])])
    given_name = one_line(name, field="name", limit=NAME_LIMIT, is_required=False) or None
    phone, is_new_phone = _phone(session, workshop, phone_token)
    participant = None
    if personal_code:
        own = None if is_new_phone else _own(session, phone)
        participant = person_with_code(session, workshop, personal_code, own=own)
    elif not is_new_phone:
        participant = _own(session, phone)
    is_return = participant is not None and participant.joined_at is not None
    is_new = participant is None
    if participant is None:
        if workshop.needs_personal_code:
            raise PersonalCodeNeeded
        if workshop.door == Door.SHUT:
            raise DoorShut
        participant = next_participant(session, workshop, Source.PHONE)
    if personal_code and is_return:
        # Coming back on another phone is not the moment to change what one said at the first.
        if speaks_through(session, phone, participant):
            speak_through(session, phone, participant)
        elif is_at_stake(session, participant):
            ask(session, phone, participant)
            return Joined(participant.id, participant.number, is_admitted=False, is_waiting=True)
        else:
            take_over(session, phone, participant)
        return welcome(session, workshop, participant)
    # The group that was printed with a code stands where none was chosen; who comes again has a name too.
    participant.name = given_name or (participant.name if personal_code else None)
    if group_id is not None or not personal_code:
        participant.group_id = group_id
    wanted = [bubble for bubble in bubbles or [] if bubble != group_id]
    if is_new_phone and is_new:
        # As most people come in: there is nothing of them yet to look for.
        joined = welcome(session, workshop, participant) if has_come_back else _expected(session, participant)
        _add_bubbles(session, participant, wanted)
        link(session, phone, participant)
        return replace(joined, is_new=True)
    session.flush()
    _set_bubbles(session, participant, wanted)
    if personal_code:
        # Whoever came with this code before did not come back.
        take_over(session, phone, participant)
    else:
        speak_through(session, phone, participant)
    joined = welcome(session, workshop, participant) if has_come_back else _expected(session, participant)
    return replace(joined, is_new=is_new)


def arrive(session: Session, *, code: str, phone_token: str) -> None:
    """Count who joined on this phone, now that it has come back with its cookie. Harmless when repeated."""
    found = session.exec(
        _PHONE, params={"code": join_code(code), "token_hash": token_hash(phone_token)}
    ).first()
    if found is None or found[2] is None or found[2].joined_at is not None:
        return
    if found[0].state != WorkshopState.OVER:
        welcome(session, found[0], found[2])


def _expected(session: Session, participant: Participant) -> Joined:
    session.add(participant)
    session.flush()
    return Joined(participant.id, participant.number, is_admitted=False)


def join_as_partner(
    session: Session, *, partner_id: int, code: str, phone_token: str, has_come_back: bool = True
) -> Joined:
    """Make a partner a participant with one tap, the same one on every phone. Raises like `join`."""
    workshop = workshop_with(session, code)
    partner = session.get(Partner, partner_id)
    if partner is None or partner.alliance_id != workshop.alliance_id:
        raise NotFound("workshop")
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    phone, _ = _phone(session, workshop, phone_token)
    participant = session.exec(
        select(Participant).where(
            Participant.workshop_id == workshop.id, Participant.partner_id == partner_id
        )
    ).first()
    if participant is None:
        participant = _own(session, phone)
        if participant is None or participant.partner_id is not None:
            participant = new_participant(session, workshop, Source.PHONE)
            participant.name = partner.representative or shortened(partner.name, NAME_LIMIT)
            participant.group_id = partner.group_id
        participant.partner_id = partner_id
    # Who holds a personal link was invited: the door asks nothing more, unless the facilitator sent one away.
    if not was_removed(participant):
        participant.admitted_at = participant.admitted_at or now()
    speak_through(session, phone, participant)
    if not has_come_back and participant.joined_at is None:
        return _expected(session, participant)
    return welcome(session, workshop, participant)


# Written once: a room asks for its pages all at once, and composing a question costs as much as asking it.
_ASKS_FOR = (
    select(PhoneAsking.participant_id)
    .where(PhoneAsking.phone_id == Phone.id, col(PhoneAsking.host_id).is_(None))
    .limit(1)
    .correlate(Phone)
    .scalar_subquery()
)
_Spoken = aliased(PhoneParticipant)
_IS_ASKED = (
    select(PhoneAsking.phone_id)
    .join(_Spoken, col(_Spoken.participant_id) == PhoneAsking.participant_id)
    .where(_Spoken.phone_id == Phone.id, _Spoken.host_id == Participant.id)
    .correlate(Phone, Participant)
    .exists()
)
_PHONE: Any = (
    sa.select(Workshop, Alliance, Participant, col(Phone.id), _ASKS_FOR, _IS_ASKED)
    .join(Alliance, col(Alliance.id) == Workshop.alliance_id)
    .join(
        Phone,
        and_(col(Phone.workshop_id) == Workshop.id, col(Phone.token_hash) == bindparam("token_hash")),
        isouter=True,
    )
    .join(
        PhoneParticipant,
        and_(col(PhoneParticipant.phone_id) == Phone.id, col(PhoneParticipant.is_own).is_(True)),
        isouter=True,
    )
    .join(Participant, col(Participant.id) == PhoneParticipant.participant_id, isouter=True)
    .where(col(Workshop.code) == bindparam("code"))
)


def read_phone(
    session: Session, code: str, phone_token: str | None, *, people: dict[int, int] | None = None
) -> PhoneView | None:
    """Return whose phone this is in the workshop with `code`, or None for an unknown code.

    Who reads many phones at the same moment gives the same `people` each time, so that they are counted once.
    """
    known = {"code": join_code(code), "token_hash": token_hash(phone_token) if phone_token else ""}
    found = session.exec(_PHONE, params=known).first()
    if found is None:
        return None
    workshop, alliance, participant, phone_id, asks_for, is_asked = found
    partner = session.get(Partner, participant.partner_id) if participant and participant.partner_id else None
    workshop_id = workshop.id
    counts = people if people is not None else {}
    if workshop_id not in counts:
        counts[workshop_id] = count_people(session, workshop_id)
    return PhoneView(
        workshop=workshop,
        alliance=alliance,
        participant=participant,
        is_admitted=participant is not None and is_here(participant),
        people=counts[workshop_id],
        partner=partner,
        phone_id=phone_id,
        asks_for=asks_for,
        is_asked=is_asked,
    )


# Written once: a room joins all at once, and composing a question costs as much as asking it.
_BY_TOKEN = select(Phone).where(col(Phone.token_hash) == bindparam("token_hash"))
_OWN = (
    select(Participant)
    .join(PhoneParticipant, col(PhoneParticipant.participant_id) == Participant.id)
    .where(col(PhoneParticipant.phone_id) == bindparam("phone"), col(PhoneParticipant.is_own).is_(True))
)


def _phone(session: Session, workshop: Workshop, phone_token: str) -> tuple[Phone, bool]:
    """Return the phone with this token, and whether it is new: then nobody speaks through it yet."""
    hashed = token_hash(phone_token)
    found = session.exec(_BY_TOKEN, params={"token_hash": hashed}).first()
    if found is not None and found.workshop_id != workshop.id:
        raise NotYours
    if found is not None:
        return found, False
    made = Phone(workshop_id=workshop.id, token_hash=hashed, created_at=now())
    session.add(made)
    session.flush()
    return made, True


def knows_phone(session: Session, phone_token: str) -> bool:
    """Return whether a phone has joined with this token."""
    return session.exec(_BY_TOKEN, params={"token_hash": token_hash(phone_token)}).first() is not None


def _own(session: Session, phone: Phone) -> Participant | None:
    return session.exec(_OWN, params={"phone": phone.id}).first()


def _set_bubbles(session: Session, participant: Participant, group_ids: list[int]) -> None:
    for bubble in session.exec(select(Bubble).where(Bubble.participant_id == participant.id)).all():
        session.delete(bubble)
    session.flush()
    _add_bubbles(session, participant, group_ids)


def _add_bubbles(session: Session, participant: Participant, group_ids: list[int]) -> None:
    for group_id in dict.fromkeys(group_ids):
        session.add(Bubble(participant_id=participant.id, group_id=group_id))


def welcome(session: Session, workshop: Workshop, participant: Participant) -> Joined:
    """Let a participant in, as far as the door allows; in an open round they vote from now on."""
    moment = now()
    is_new = participant.joined_at is None
    participant.joined_at = participant.joined_at or moment
    was_sent_away = was_removed(participant)
    if participant.admitted_at is None and workshop.door == Door.OPEN and not was_sent_away:
        participant.admitted_at = moment
    if participant.admitted_at is not None or not was_sent_away:
        participant.left_at = None
    session.add(participant)
    session.flush()
    place_latecomer(session, participant)
    seat_latecomer(session, workshop, participant)
    if participant.admitted_at is None and is_new:
        page_changed(session, workshop.id)
    counts_changed(session, workshop.id)
    return Joined(participant.id, participant.number, participant.admitted_at is not None)
