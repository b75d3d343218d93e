"""Who is here: counts per group and source, and the list that facilitators see."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from models.basics.words import Source
from models.tables import Group, Participant, Partner, PhoneParticipant
from models.workshop.presence import AT_THE_DOOR, HERE
from models.workshop.workshop import read_workshop


@dataclass(frozen=True)
class GroupCount:
    group_id: int
    name: str
    count: int


@dataclass(frozen=True)
class People:
    """Who is here: voices in all, per group (in order, also the empty ones), and at the door."""

    total: int
    groups: list[GroupCount]
    without_group: int
    waiting: int
    by_source: dict[str, int]


@dataclass(frozen=True)
class ParticipantRow:
    id: int
    number: int
    name: str | None
    group: str | None
    source: str
    personal_code: str
    joined_at: datetime | None
    admitted_at: datetime | None
    left_at: datetime | None
    hand_raised_at: datetime | None
    partner: str | None
    has_phone: bool = False


def is_unused(person: ParticipantRow) -> bool:
    """Return whether nobody has come with this code, nor joined on a phone that has not come back with its cookie."""
    return person.joined_at is None and not person.has_phone


def with_unused_code(people: Sequence[ParticipantRow]) -> list[ParticipantRow]:
    """Return whose personal code nobody has used yet: theirs are the badges to print."""
    return [one for one in people if is_unused(one)]


def who_votes_on_paper(people: Sequence[ParticipantRow]) -> list[ParticipantRow]:
    """Return whose codes are on ballot sheets: nobody's yet, and those who voted on paper before and are here."""
    return [one for one in people if is_unused(one) or (one.source == Source.PAPER and one.left_at is None)]


# More than these on one phone is more than a household, and fewer than a phone may speak for.
MANY_ON_ONE_PHONE = 5
_ON_ONE_PHONE = (
    select(func.count())
    .select_from(PhoneParticipant)
    .join(Participant, col(Participant.id) == PhoneParticipant.participant_id)
    .where(col(Participant.workshop_id) == bindparam("workshop_id"), HERE)
    .group_by(col(PhoneParticipant.phone_id))
    .having(func.count() >= MANY_ON_ONE_PHONE)
    .order_by(func.count().desc())
)


def phones_of_many(session: Session, workshop_id: int) -> list[int]:
    """Return how many of those here speak, or spoke, through each phone that has many; the most first."""
    return list(session.exec(_ON_ONE_PHONE, params={"workshop_id": workshop_id}).all())


# Written once: a room asks for its pages all at once.
_COUNT = (
    select(func.count())
    .select_from(Participant)
    .where(
        col(Participant.workshop_id) == bindparam("workshop_id"),
        HERE,
    )
)


def count_people(session: Session, workshop_id: int) -> int:
    """Return how many voices are here."""
    return session.exec(_COUNT, params={"workshop_id": workshop_id}).one()


def people_here(session: Session, workshop_id: int) -> People:
    """Return who is here, per group and per source."""
    workshop = read_workshop(session, workshop_id)
    per_group: Counter[int | None] = Counter()
    per_source: Counter[str] = Counter()
    for group_id, source, count in session.exec(
        select(Participant.group_id, Participant.source, func.count())
        .where(Participant.workshop_id == workshop_id, HERE)
        .group_by(col(Participant.group_id), col(Participant.source))
    ).all():
        per_group[group_id] += count
        per_source[source] += count
    waiting = session.exec(
        select(func.count())
        .select_from(Participant)
        .where(
            Participant.workshop_id == workshop_id,
            AT_THE_DOOR,
        )
    ).one()
    groups = session.exec(
        select(Group).where(Group.alliance_id == workshop.alliance_id).order_by(col(Group.position))
    ).all()
    return People(
        total=per_group.total(),
        groups=[GroupCount(group.id, group.name, per_group[group.id]) for group in groups],
        without_group=per_group[None],
        waiting=waiting,
        by_source=dict(per_source),
    )


_HAS_PHONE = (
    select(PhoneParticipant.phone_id)
    .where(PhoneParticipant.participant_id == Participant.id)
    .correlate(Participant)
    .exists()
)
_ROWS = (
    select(Participant, Group.name, Partner.name, _HAS_PHONE)
    .join(Group, col(Group.id) == Participant.group_id, isouter=True)
    .join(Partner, col(Partner.id) == Participant.partner_id, isouter=True)
    .where(col(Participant.workshop_id) == bindparam("workshop_id"))
)
_IN_ORDER = _ROWS.order_by(col(Participant.number))
_RAISED = _ROWS.where(HERE, col(Participant.hand_raised_at).is_not(None)).order_by(
    col(Participant.hand_raised_at), col(Participant.id)
)


def list_participants(session: Session, workshop_id: int) -> list[ParticipantRow]:
    """Return every participant of a workshop by number, also who waits, left or has not used a code yet."""
    return _rows(session.exec(_IN_ORDER, params={"workshop_id": workshop_id}).all())


def raised_hands(session: Session, workshop_id: int) -> list[ParticipantRow]:
    """Return who is here with a hand up, who waits longest first."""
    return _rows(session.exec(_RAISED, params={"workshop_id": workshop_id}).all())


def _rows(found: Sequence[tuple[Participant, str | None, str | None, bool]]) -> list[ParticipantRow]:
    return [
        ParticipantRow(
            id=person.id,
            number=person.number,
            name=person.name,
            group=group,
            source=person.source,
            personal_code=person.personal_code,
            joined_at=person.joined_at,
            admitted_at=person.admitted_at,
            left_at=person.left_at,
            hand_raised_at=person.hand_raised_at,
            partner=partner,
            has_phone=has_phone,
        )
        for person, group, partner, has_phone in found
    ]


def first_steps(session: Session, workshop_id: int) -> int:
    """Return how many participants wrote a first step."""
    return session.exec(
        select(func.count())
        .select_from(Participant)
        .where(Participant.workshop_id == workshop_id, col(Participant.has_first_step).is_(True))
    ).one()
