"""Whom people would like to speak again. Two who chose each other get each other's contact once the evening is over.

Whom somebody chose is theirs alone: nothing that anybody else can see, or get as a file, depends on a wish that is not
returned. So saving one tells nobody that something changed, and nothing counts them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import InvalidValue, NotAdmitted, NotSeated, TooManyContactWishes, WorkshopOver
from models.basics.text import LINE_LIMIT, one_line
from models.basics.words import BuildingBlock, WorkshopState
from models.encounters.evening import read_evening
from models.storage.finding import existing
from models.tables import Contact, ContactWish, Participant, Seat, Workshop
from models.workshop.presence import was_removed

MOST_WISHES = 3
_PLACE = re.compile(r"(\d{1,4})-(\d{1,4})", re.ASCII)


@dataclass(frozen=True)
class Place:
    """A chair at a table where one sat: so people are known to each other here, and not by name."""

    round: int
    table: int
    chair: int

    @property
    def key(self) -> str:
        """What a form says for it: of one's own tables, which round and which chair."""
        return f"{self.round}-{self.chair}"


@dataclass(frozen=True)
class Chair:
    """A chair at a table where one sat. `is_fixed`: chosen when the evening was over, which stays.

    `again_in` is the later round in which one sat with the same person, and where they can be chosen.
    """

    place: Place
    is_own: bool
    is_chosen: bool = False
    is_fixed: bool = False
    again_in: int | None = None


@dataclass(frozen=True)
class TableSatAt:
    """A table where one sat, with its chairs by number."""

    round: int
    table: int
    chairs: tuple[Chair, ...]

    @property
    def around(self) -> tuple[Chair, ...]:
        """The chairs as they stand around the table, from one's own on."""
        own = next(number for number, chair in enumerate(self.chairs) if chair.is_own)
        return self.chairs[own:] + self.chairs[:own]


@dataclass(frozen=True)
class OwnWishes:
    """What somebody may choose from, newest table first, and what they chose. `contact` is empty without one."""

    tables: tuple[TableSatAt, ...]
    contact: str


@dataclass(frozen=True)
class Match:
    """Somebody whom one chose, and who chose back: where they sat, and how they can be reached, or empty."""

    place: Place
    contact: str


def wish_contacts(
    session: Session, *, participant_id: int, places: Sequence[str], contact: str | None
) -> None:
    """Store whom somebody would like to speak again, in place of what they chose before; nobody is as good a choice.

    `places` are keys of chairs at their own tables. The contact is kept only beside a wish. Who left may still choose,
    until the evening is over. Raises `NotAdmitted`, `WorkshopOver`, `NotSeated`, `InvalidValue`,
    `TooManyContactWishes`, `TextTooLong`.
    """
    person = existing(session, Participant, participant_id)
    workshop = existing(session, Workshop, person.workshop_id, lock=True)
    if person.joined_at is None or person.admitted_at is None or was_removed(person):
        raise NotAdmitted
    if workshop.block != BuildingBlock.ENCOUNTERS:
        raise InvalidValue("block", workshop.block)
    if workshop.state == WorkshopState.OVER:
        raise WorkshopOver
    reached_by = one_line(contact, field="contact", limit=LINE_LIMIT, is_required=False)
    sat_with = {place.key: other for place, other in _sat_with(session, person)}
    if not sat_with:
        raise NotSeated
    chosen: set[int] = set()
    for key in places:
        if not _PLACE.fullmatch(key) or sat_with.get(key) in (None, participant_id):
            raise InvalidValue("again", key[:LINE_LIMIT])
        chosen.add(sat_with[key])
    standing = {
        wish.wished_id: wish
        for wish in session.exec(select(ContactWish).where(ContactWish.wisher_id == participant_id)).all()
    }
    chosen |= {other for other, wish in standing.items() if wish.revealed_at is not None}
    if len(chosen) > MOST_WISHES:
        raise TooManyContactWishes
    for other in set(standing) - chosen:
        session.delete(standing[other])
    moment = now()
    for other in chosen - set(standing):
        session.add(
            ContactWish(wisher_id=participant_id, wished_id=other, workshop_id=workshop.id, sent_at=moment)
        )
    kept = session.get(Contact, participant_id)
    if not chosen or not reached_by:
        if kept is not None:
            session.delete(kept)
    elif kept is None:
        session.add(
            Contact(participant_id=participant_id, workshop_id=workshop.id, text=reached_by, sent_at=moment)
        )
    elif kept.text != reached_by:
        kept.text, kept.sent_at = reached_by, moment
        session.add(kept)


def own_wishes(session: Session, participant_id: int) -> OwnWishes:
    """Return the tables at which somebody sat, and whom of them they chose."""
    person = existing(session, Participant, participant_id)
    wishes = {
        wish.wished_id: wish
        for wish in session.exec(select(ContactWish).where(ContactWish.wisher_id == participant_id)).all()
    }
    contact = session.get(Contact, participant_id)
    seen_in: dict[int, int] = {}
    tables: dict[tuple[int, int], list[Chair]] = {}
    for place, other in _sat_with(session, person):
        is_own = other == participant_id
        later = None if is_own else seen_in.setdefault(other, place.round)
        wish = wishes.get(other)
        tables.setdefault((place.round, place.table), []).append(
            Chair(
                place,
                is_own=is_own,
                is_chosen=wish is not None,
                is_fixed=wish is not None and wish.revealed_at is not None,
                again_in=later if later != place.round else None,
            )
        )
    return OwnWishes(
        tuple(TableSatAt(number, table, tuple(chairs)) for (number, table), chairs in tables.items()),
        contact.text if contact else "",
    )


def mutual_pairs(session: Session, workshop_id: int) -> set[tuple[int, int]]:
    """Return who chose each other, as participants, the lower id first; nobody before the evening is over.

    A wish that is not returned must show nowhere, so what is drawn of an evening is drawn from these pairs alone. While
    people can still choose there are none: from a count that moves with one's own choice one could read another's.
    """
    chosen = set(
        session.exec(
            select(ContactWish.wisher_id, ContactWish.wished_id).where(
                ContactWish.workshop_id == workshop_id, col(ContactWish.revealed_at).is_not(None)
            )
        ).all()
    )
    return {(one, other) for one, other in chosen if one < other and (other, one) in chosen}


def matches_of(session: Session, participant_id: int) -> list[Match]:
    """Return who chose somebody and was chosen by them, newest table first, once the evening is over."""
    person = existing(session, Participant, participant_id)
    pairs = mutual_pairs(session, person.workshop_id)
    others = {one + other - participant_id for one, other in pairs if participant_id in (one, other)}
    if not others:
        return []
    contacts = {
        contact.participant_id: contact.text
        for contact in session.exec(select(Contact).where(col(Contact.participant_id).in_(others))).all()
    }
    return [
        Match(place, contacts.get(other, ""))
        for other, place in places_of_others(session, person).items()
        if other in others
    ]


def places_of_others(session: Session, person: Participant) -> dict[int, Place]:
    """Return where each other sat with whom somebody sat last at a table, newest table first."""
    places: dict[int, Place] = {}
    for place, other in _sat_with(session, person):
        if other != person.id:
            places.setdefault(other, place)
    return places


def _sat_with(session: Session, person: Participant) -> list[tuple[Place, int]]:
    """Return everybody at the tables where somebody sat, themselves too: newest round first, then by chair."""
    begun = read_evening(session, person.workshop_id).round_now
    own = dict(
        session.exec(
            select(Seat.round, Seat.table_number).where(
                Seat.participant_id == person.id, Seat.workshop_id == person.workshop_id, Seat.round <= begun
            )
        ).all()
    )
    found = session.exec(
        select(Seat)
        .where(Seat.workshop_id == person.workshop_id, col(Seat.round).in_(own))
        .order_by(col(Seat.round).desc(), col(Seat.chair))
    ).all()
    return [
        (Place(seat.round, seat.table_number, seat.chair), seat.participant_id)
        for seat in found
        if own[seat.round] == seat.table_number
    ]
