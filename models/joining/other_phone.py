"""Another phone that comes with the personal code of somebody who speaks already: it asks where something was chosen.

The phone that speaks for them says yes or no, or who leads lets it in. Both sides read the same number, so that nobody
says yes to a stranger's phone.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.basics.errors import NotAdmitted, NotFound
from models.basics.keys import token_hash
from models.joining.joining import welcome
from models.joining.phone_links import link_as_asked, take_over
from models.storage.chain import record
from models.storage.changes import page_changed
from models.tables import Participant, Phone, PhoneAsking, PhoneParticipant
from models.voting.phone_ballot import PhonePlace
from models.workshop.workshop import find_workshop, read_workshop

MARKS = 90


@dataclass(frozen=True)
class OtherPhone:
    """A phone that asks to speak for somebody. `mark` is the number that it shows itself."""

    phone_id: int
    mark: int
    participant_id: int
    number: int
    name: str | None
    asked_at: datetime


def mark_of(phone: Phone) -> int:
    """Return the number of two digits by which people tell a phone that asks from another one."""
    return int(phone.token_hash[:8], 16) % MARKS + 10


def phones_asking(session: Session, workshop_id: int, *, heard_by: int | None = None) -> list[OtherPhone]:
    """Return the phones that ask, who waits longest first.

    With `heard_by`, a phone's id: those that ask for somebody for whom that phone speaks now.
    """
    wanted = (
        select(PhoneAsking, Phone, Participant)
        .join(Phone, col(Phone.id) == PhoneAsking.phone_id)
        .join(Participant, col(Participant.id) == PhoneAsking.participant_id)
        .where(Participant.workshop_id == workshop_id)
        .order_by(col(PhoneAsking.asked_at), col(PhoneAsking.phone_id))
    )
    if heard_by is not None:
        wanted = wanted.where(col(PhoneAsking.participant_id).in_(_spoken_for(session, heard_by)))
    return [
        OtherPhone(phone.id, mark_of(phone), person.id, person.number, person.name, asking.asked_at)
        for asking, phone, person in session.exec(wanted).all()
    ]


def asking_place(session: Session, code: str, phone_token: str | None) -> PhonePlace | None:
    """Return where a phone is that only asks to speak for somebody: in no room yet."""
    phone = _phone(session, code, phone_token) if phone_token else None
    if phone is None:
        return None
    asking = session.exec(select(PhoneAsking).where(PhoneAsking.phone_id == phone.id)).first()
    return PhonePlace(phone.workshop_id, asking.participant_id, is_here=False) if asking else None


def own_mark(session: Session, phone_id: int) -> int:
    """Return the number that a phone which asks shows."""
    return mark_of(session.get_one(Phone, phone_id))


def answer_phone(
    session: Session, *, code: str, phone_token: str, phone_id: int, participant_id: int, yes: bool
) -> None:
    """Let the phone that speaks for somebody say whether another one may too. Harmless when repeated.

    Raises `NotAdmitted` for every other phone.
    """
    phone = _phone(session, code, phone_token)
    if phone is None or participant_id not in _spoken_for(session, phone.id):
        raise NotAdmitted
    asking = session.get(PhoneAsking, (phone_id, participant_id))
    if asking is None:
        return
    participant = session.get_one(Participant, participant_id)
    if yes:
        link_as_asked(session, asking)
        welcome(session, read_workshop(session, participant.workshop_id), participant)
    else:
        session.delete(asking)
    page_changed(session, participant.workshop_id, content=True)


def let_phone_in(session: Session, *, who: str, phone_id: int, participant_id: int) -> None:
    """Let a phone that asks speak for somebody from now on. No other phone does any more. Raises `NotFound`."""
    asking = session.get(PhoneAsking, (phone_id, participant_id))
    participant = session.get(Participant, participant_id)
    if asking is None or participant is None:
        raise NotFound("phone")
    phone = session.get_one(Phone, phone_id)
    take_over(session, phone, participant, host_id=asking.host_id)
    workshop = read_workshop(session, participant.workshop_id)
    welcome(session, workshop, participant)
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what="participant on another phone",
        number=participant.number,
        workshop=workshop.code,
    )
    page_changed(session, participant.workshop_id, content=True)


def stop_asking(session: Session, *, code: str, phone_token: str) -> None:
    """Let a phone ask no longer: it is whose it was before, or nobody's. Harmless when repeated."""
    phone = _phone(session, code, phone_token)
    if phone is None:
        return
    for asking in session.exec(select(PhoneAsking).where(PhoneAsking.phone_id == phone.id)).all():
        session.delete(asking)
    page_changed(session, phone.workshop_id)


def _phone(session: Session, code: str, phone_token: str) -> Phone | None:
    workshop = find_workshop(session, code)
    found = session.exec(select(Phone).where(Phone.token_hash == token_hash(phone_token))).first()
    return found if found is not None and workshop is not None and found.workshop_id == workshop.id else None


def _spoken_for(session: Session, phone_id: int) -> set[int]:
    """Return for whom a phone speaks now: its own participant and the voices with them."""
    links = session.exec(select(PhoneParticipant).where(PhoneParticipant.phone_id == phone_id)).all()
    own = next((one.participant_id for one in links if one.is_own), None)
    return {one.participant_id for one in links if own is not None and one.host_id == own}
