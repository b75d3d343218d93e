"""Participants: who may take part, what each does in the room, and the codes by which they come back."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from models.basics import codes
from models.basics.clock import now
from models.basics.errors import InvalidValue, NotAdmitted, PersonalCodeUnknown
from models.basics.keys import new_personal_code
from models.basics.words import Source
from models.storage.chain import record
from models.storage.changes import counts_changed, page_changed
from models.storage.finding import existing
from models.tables import Contact, ContactWish, Group, Participant, Workshop
from models.workshop.comings import somebody_came_or_went
from models.workshop.electorate import place_latecomer
from models.workshop.presence import is_here
from models.workshop.workshop import read_workshop

CODES_AT_ONCE = 1_000


def admitted(session: Session, participant_id: int) -> Participant:
    """Return a participant who may take part now. Raises `NotFound`, `NotAdmitted`."""
    found = existing(session, Participant, participant_id)
    if not is_here(found):
        raise NotAdmitted
    return found


def leave(session: Session, *, participant_id: int) -> None:
    """Note that a participant left: not present any more, what was said and voted stands."""
    participant = existing(session, Participant, participant_id)
    participant.left_at = participant.left_at or now()
    participant.hand_raised_at = None
    session.add(participant)
    somebody_came_or_went(session, participant)
    counts_changed(session, participant.workshop_id)


def note_left(session: Session, *, who: str, participant_id: int) -> None:
    """Note for somebody that they went home: as if they had said so on a phone. They may come back."""
    leave(session, participant_id=participant_id)


def note_back(session: Session, *, who: str, participant_id: int) -> None:
    """Undo `note_left`. Raises `NotAdmitted` when the facilitator removed this participant."""
    come_back(session, participant_id=participant_id)


def come_back(session: Session, *, participant_id: int) -> None:
    """Undo `leave`. Raises `NotAdmitted` when the facilitator removed this participant."""
    participant = existing(session, Participant, participant_id)
    if participant.admitted_at is None:
        raise NotAdmitted
    participant.left_at = None
    session.add(participant)
    session.flush()
    place_latecomer(session, participant)
    somebody_came_or_went(session, participant)
    counts_changed(session, participant.workshop_id)


def change_group(session: Session, *, participant_id: int, group_id: int | None) -> None:
    """Let a vote count for another group, from the next round on. Raises `NotAdmitted`, `InvalidValue`."""
    participant = admitted(session, participant_id)
    check_groups(session, read_workshop(session, participant.workshop_id), [group_id])
    participant.group_id = group_id
    session.add(participant)
    page_changed(session, participant.workshop_id)


def raise_hand(session: Session, *, participant_id: int, on: bool) -> None:
    """Raise a hand to the facilitator, or lower it."""
    participant = admitted(session, participant_id)
    participant.hand_raised_at = (participant.hand_raised_at or now()) if on else None
    session.add(participant)
    page_changed(session, participant.workshop_id)


def record_first_step(session: Session, *, participant_id: int) -> None:
    """Count that a participant wrote a first step. The text stays on the phone."""
    participant = admitted(session, participant_id)
    if not participant.has_first_step:
        participant.has_first_step = True
        session.add(participant)
        page_changed(session, participant.workshop_id)


def admit(session: Session, *, who: str, participant_ids: list[int]) -> None:
    """Let in who waits at the door."""
    for participant_id in participant_ids:
        participant = existing(session, Participant, participant_id)
        participant.admitted_at = participant.admitted_at or now()
        participant.left_at = None
        session.add(participant)
        session.flush()
        place_latecomer(session, participant)
        somebody_came_or_went(session, participant)
        page_changed(session, participant.workshop_id)


def remove(session: Session, *, who: str, participant_id: int) -> None:
    """Remove a participant from the room: shown a waiting page, not present. May be admitted again.

    Whom they would like to speak again is forgotten, with how they wanted to be reached.
    """
    participant = existing(session, Participant, participant_id)
    participant.admitted_at = None
    participant.hand_raised_at = None
    participant.left_at = now()
    session.add(participant)
    for row in [
        *session.exec(select(ContactWish).where(ContactWish.wisher_id == participant_id)).all(),
        *session.exec(select(Contact).where(Contact.participant_id == participant_id)).all(),
    ]:
        session.delete(row)
    somebody_came_or_went(session, participant)
    workshop = read_workshop(session, participant.workshop_id)
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what="participant removed",
        number=participant.number,
        workshop=workshop.code,
    )
    page_changed(session, participant.workshop_id, content=True)


def lower_hand(session: Session, *, who: str, participant_id: int) -> None:
    """Lower a participant's hand, once heard."""
    participant = existing(session, Participant, participant_id)
    participant.hand_raised_at = None
    session.add(participant)
    page_changed(session, participant.workshop_id)


def make_personal_codes(
    session: Session, *, who: str, workshop_id: int, count: int, group_id: int | None = None
) -> list[str]:
    """Make `count` participants who come in by personal code, and return the codes. They count once they joined."""
    if not 1 <= count <= CODES_AT_ONCE:
        raise InvalidValue("count", count)
    workshop = read_workshop(session, workshop_id)
    check_groups(session, workshop, [group_id])
    codes = []
    for _ in range(count):
        participant = new_participant(session, workshop, Source.PHONE)
        participant.group_id = group_id
        session.add(participant)
        codes.append(participant.personal_code)
    page_changed(session, workshop_id)
    return codes


def check_groups(session: Session, workshop: Workshop, group_ids: list[int | None]) -> None:
    """Raise `InvalidValue` when one of the groups belongs to another alliance. None stands for no group."""
    wanted = {group_id for group_id in group_ids if group_id is not None}
    if not wanted:
        return
    known = set(session.exec(_GROUPS, params={"alliance": workshop.alliance_id}).all())
    if not wanted <= known:
        raise InvalidValue("group", sorted(wanted - known))


_LOCK = select(Workshop.id).where(col(Workshop.id) == bindparam("workshop")).with_for_update(key_share=True)
_HIGHEST_NUMBER = select(func.max(Participant.number)).where(
    col(Participant.workshop_id) == bindparam("workshop")
)
_GROUPS = select(Group.id).where(col(Group.alliance_id) == bindparam("alliance"))
_BY_CODE = select(Participant).where(
    col(Participant.workshop_id) == bindparam("workshop"), col(Participant.personal_code) == bindparam("code")
)


def participant_by_code(session: Session, workshop: Workshop, typed: str) -> Participant:
    """Return the participant with this code, however it was typed. Raises `PersonalCodeUnknown`."""
    wanted = codes.personal_code(typed)
    found = session.exec(_BY_CODE, params={"workshop": workshop.id, "code": wanted}).first()
    if found is None:
        raise PersonalCodeUnknown
    return found


def participant_on_paper(session: Session, workshop: Workshop, typed: str) -> Participant:
    """Return whose badge or sheet it is: by code, or by number where that person never used a phone.

    Raises `PersonalCodeUnknown`.
    """
    number = codes.whole_number(typed)
    if number is None:
        return participant_by_code(session, workshop, typed)
    found = session.exec(
        select(Participant).where(Participant.workshop_id == workshop.id, Participant.number == number)
    ).first()
    # A number is no secret: it opens nobody's voice who votes by phone.
    if found is None or (found.joined_at is not None and found.source != Source.PAPER):
        return participant_by_code(session, workshop, typed)
    return found


def new_participant(session: Session, workshop: Workshop, source: Source) -> Participant:
    """Return one more participant, with the next number and a personal code. They have not joined yet."""
    participant = next_participant(session, workshop, source)
    session.flush()
    return participant


def next_participant(session: Session, workshop: Workshop, source: Source) -> Participant:
    """Return the same before it is in the database: who has more to say of it says so in one go."""
    # Numbers are given one by one: the workshop's row is the lock (PostgreSQL; SQLite has one writer anyway).
    session.exec(_LOCK, params={"workshop": workshop.id}).one()
    highest = session.exec(_HIGHEST_NUMBER, params={"workshop": workshop.id}).one()
    code = new_personal_code()
    while session.exec(_BY_CODE, params={"workshop": workshop.id, "code": code}).first():
        code = new_personal_code()
    participant = Participant(
        workshop_id=workshop.id, number=(highest or 0) + 1, source=source, personal_code=code
    )
    session.add(participant)
    return participant
