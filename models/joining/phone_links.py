"""Who speaks through which phone, and which phone has to ask first.

A personal code is short, and printed: others see it. So it is not enough to read or change what somebody chose. A phone
that comes with the code of somebody who speaks already takes over silently where nothing was chosen yet; else it asks.
"""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.words import Source
from models.storage.changes import page_changed
from models.tables import Ballot, Participant, Phone, PhoneAsking, PhoneParticipant, RoundItem, Seat
from models.voting.ballot import findable_keys

# More than one person can carry; the oldest makes room.
ASKINGS_LIMIT = 3


def link(session: Session, phone: Phone, participant: Participant) -> None:
    """Make `participant` the own one of a phone that nobody speaks through."""
    own = participant.id
    session.add(PhoneParticipant(phone_id=phone.id, participant_id=own, is_own=True, host_id=own))


def speaks_through(session: Session, phone: Phone, participant: Participant) -> bool:
    """Return whether this phone speaks for `participant`, or did before somebody else came in on it."""
    return session.get(PhoneParticipant, (phone.id, participant.id)) is not None


def speak_through(session: Session, phone: Phone, participant: Participant) -> None:
    """Make `participant` the phone's own one; who had it before keeps the connection.

    Who has a phone of their own votes on that one: they are no voice on somebody else's any more.
    """
    participant.source = Source.PHONE
    for elsewhere in session.exec(
        select(PhoneParticipant).where(
            PhoneParticipant.participant_id == participant.id,
            PhoneParticipant.phone_id != phone.id,
            col(PhoneParticipant.is_own).is_(False),
            PhoneParticipant.host_id != participant.id,
        )
    ).all():
        session.delete(elsewhere)
    is_known = False
    for found in session.exec(select(PhoneParticipant).where(PhoneParticipant.phone_id == phone.id)).all():
        found.is_own = found.participant_id == participant.id
        if found.is_own:
            found.host_id, is_known = participant.id, True
        session.add(found)
    if not is_known:
        link(session, phone, participant)
    _stop_asking(session, phone)


def is_at_stake(session: Session, participant: Participant) -> bool:
    """Return whether who speaks for `participant` could read or change a choice, or sign for a partner.

    Who sat at a table may have chosen whom to speak again. Whether they did must not show: so all of them are asked.
    """
    if participant.partner_id is not None:
        return True
    voices = select(PhoneParticipant.participant_id).where(PhoneParticipant.host_id == participant.id)
    people = {participant.id, *session.exec(voices).all()}
    keys = findable_keys(session, participant.workshop_id, people)
    # Named rounds that are closed too: the page of one's own data reads from them.
    cast = (
        select(Ballot.choice)
        .join(RoundItem, col(RoundItem.id) == Ballot.round_item_id)
        .where(
            col(RoundItem.round_id).in_(list(keys)),
            col(Ballot.voter_key).in_(sorted({key for of in keys.values() for key in of.values()})),
        )
        .limit(1)
    )
    sat = select(Seat.chair).where(col(Seat.participant_id).in_(people), Seat.chair > 0).limit(1)
    return session.exec(cast).first() is not None or session.exec(sat).first() is not None


def take_over(
    session: Session, phone: Phone, participant: Participant, *, host_id: int | None = None
) -> None:
    """Make `phone` the only one that speaks for `participant`: as its own, or as a voice with `host_id`.

    The voices that came with them come along to a phone of their own.
    """
    mine = session.exec(select(PhoneParticipant).where(PhoneParticipant.host_id == participant.id)).all()
    others = session.exec(
        select(PhoneParticipant).where(PhoneParticipant.participant_id == participant.id)
    ).all()
    here = set(
        session.exec(
            select(PhoneParticipant.participant_id).where(PhoneParticipant.phone_id == phone.id)
        ).all()
    )
    leaving = {
        (one.phone_id, one.participant_id): one for one in [*mine, *others] if one.phone_id != phone.id
    }
    for found in leaving.values():
        session.delete(found)
    session.flush()
    if host_id is not None:
        speak_as_voice(session, phone, participant, host_id=host_id)
        return
    for person in _voices(leaving.values(), participant) - here:
        session.add(
            PhoneParticipant(phone_id=phone.id, participant_id=person, is_own=False, host_id=participant.id)
        )
    session.flush()
    speak_through(session, phone, participant)


def speak_as_voice(
    session: Session, phone: Phone, participant: Participant, *, host_id: int, request_id: str | None = None
) -> None:
    """Let `participant` speak through a phone as a voice with `host_id`, whose phone it is now."""
    found = session.get(PhoneParticipant, (phone.id, participant.id))
    if found is None:
        found = PhoneParticipant(
            phone_id=phone.id, participant_id=participant.id, is_own=False, request_id=request_id
        )
    found.host_id = host_id
    session.add(found)
    asking = session.get(PhoneAsking, (phone.id, participant.id))
    if asking is not None:
        session.delete(asking)


def link_as_asked(session: Session, asking: PhoneAsking) -> None:
    """Let a phone that asked speak for that participant too, beside the phones that do so already."""
    phone = session.get_one(Phone, asking.phone_id)
    participant = session.get_one(Participant, asking.participant_id)
    if asking.host_id is None:
        speak_through(session, phone, participant)
    else:
        speak_as_voice(session, phone, participant, host_id=asking.host_id)


def _voices(links: Iterable[PhoneParticipant], host: Participant) -> set[int]:
    return {one.participant_id for one in links if one.host_id == host.id and one.participant_id != host.id}


def ask(session: Session, phone: Phone, participant: Participant, *, host_id: int | None = None) -> None:
    """Note that `phone` asks to speak for `participant`: as its own, or as a voice with `host_id`."""
    if host_id is None:
        _stop_asking(session, phone, but=participant)
    waiting = session.exec(
        select(PhoneAsking)
        .where(PhoneAsking.participant_id == participant.id)
        .order_by(col(PhoneAsking.asked_at), col(PhoneAsking.phone_id))
    ).all()
    known = next((one for one in waiting if one.phone_id == phone.id), None)
    if known is not None:
        known.host_id = host_id
        session.add(known)
        return
    for oldest in waiting[: max(0, len(waiting) + 1 - ASKINGS_LIMIT)]:
        session.delete(oldest)
    session.add(
        PhoneAsking(phone_id=phone.id, participant_id=participant.id, host_id=host_id, asked_at=now())
    )
    # Their other phone shows it.
    page_changed(session, participant.workshop_id, content=True)


def _stop_asking(session: Session, phone: Phone, *, but: Participant | None = None) -> None:
    for other in session.exec(
        select(PhoneAsking).where(PhoneAsking.phone_id == phone.id, col(PhoneAsking.host_id).is_(None))
    ).all():
        if but is None or other.participant_id != but.id:
            session.delete(other)
