"""Who comes again: the personal code of an earlier evening of the series, and whom one sat with there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.basics import codes
from models.basics.errors import PersonalCodeUnknown
from models.basics.keys import new_token
from models.basics.words import BuildingBlock, Source
from models.encounters.forgetting import evenings_without_seats
from models.encounters.seating.bound import met_of
from models.encounters.seating.wanted import Round, Wanted
from models.storage.finding import existing
from models.tables import Encounter, Participant, Seat, Series, SeriesPerson, Workshop
from models.workshop.participant import next_participant, participant_by_code

PERSON_LENGTH = 22


@dataclass(frozen=True)
class Known:
    """How many people came again, and how many pairs of them sat at one table at an earlier evening."""

    people: int
    pairs: int


def person_with_code(
    session: Session,
    workshop: Workshop,
    typed: str,
    *,
    source: Source = Source.PHONE,
    own: Participant | None = None,
) -> Participant:
    """Return who has this code: in this meeting, or at an earlier evening of its series, however it was typed.

    Who comes again is one more participant of this evening, with a code of their own, known to be the same person; with
    either code they are that one from then on. They bring along the name and the group that they had, and nothing else.
    `own` is who joined on this phone already: they are that person, where they came by no code. Raises
    `PersonalCodeUnknown`, also for a code of an evening of which it was erased who sat where.
    """
    try:
        return participant_by_code(session, workshop, typed)
    except PersonalCodeUnknown:
        earlier = _earlier(session, workshop, typed)
        if earlier is None:
            raise
    series_id = existing(session, Encounter, workshop.id).series_id
    # Whoever comes with the same code at the same moment waits here.
    series = existing(session, Series, series_id, lock=True)
    known = session.get(SeriesPerson, earlier.id)
    if known is None:
        known = _link(session, earlier, series.id, new_token()[:PERSON_LENGTH])
    here = session.exec(
        select(Participant)
        .join(SeriesPerson, col(SeriesPerson.participant_id) == Participant.id)
        .where(SeriesPerson.workshop_id == workshop.id, SeriesPerson.person == known.person)
    ).first()
    if here is not None:
        return here
    if own is None or own.partner_id is not None or session.get(SeriesPerson, own.id) is not None:
        own = next_participant(session, workshop, source)
        own.name, own.group_id = earlier.name, earlier.group_id
        session.flush()
    _link(session, own, series.id, known.person)
    return own


def is_code_of(session: Session, participant: Participant, typed: str) -> bool:
    """Return whether a code is that of a participant, here or at another evening of the series."""
    if codes.personal_code(typed) == participant.personal_code:
        return True
    mine = session.get(SeriesPerson, participant.id)
    if mine is None:
        return False
    same = (
        select(Participant.id)
        .join(SeriesPerson, col(SeriesPerson.participant_id) == Participant.id)
        .where(
            SeriesPerson.series_id == mine.series_id,
            SeriesPerson.person == mine.person,
            Participant.personal_code == codes.personal_code(typed),
        )
    )
    return session.exec(same).first() is not None


def is_in_series(session: Session, workshop: Workshop) -> bool:
    """Return whether a meeting is an evening of a series."""
    return _series_id(session, workshop) is not None


def is_known(session: Session, participant: Participant) -> bool:
    """Return whether somebody is known from another evening of the series."""
    return session.get(SeriesPerson, participant.id) is not None


def has_earlier(session: Session, workshop: Workshop) -> bool:
    """Return whether there was an evening of the series at which people may have got a code that is valid here."""
    series_id = _series_id(session, workshop)
    if series_id is None:
        return False
    begun = (
        select(Encounter.workshop_id)
        .where(
            Encounter.series_id == series_id,
            Encounter.workshop_id != workshop.id,
            Encounter.round_now > 0,
        )
        .limit(1)
    )
    return session.exec(begun).first() is not None


def rounds_before(session: Session, evening: Encounter, people: Sequence[Participant]) -> tuple[Round, ...]:
    """Return who of these people, by their place, sat together at other evenings of the series, round by round."""
    if evening.series_id is None:
        return ()
    place = {person.id: number for number, person in enumerate(people)}
    by_person = {
        one.person: place[one.participant_id]
        for one in session.exec(
            select(SeriesPerson).where(SeriesPerson.workshop_id == evening.workshop_id)
        ).all()
        if one.participant_id in place
    }
    if not by_person:
        return ()
    tables: dict[tuple[date, int, int], dict[int, list[int]]] = {}
    for seat, who, workshop in session.exec(
        select(Seat, SeriesPerson, Workshop)
        .join(SeriesPerson, col(SeriesPerson.participant_id) == Seat.participant_id)
        .join(Encounter, col(Encounter.workshop_id) == Seat.workshop_id)
        .join(Workshop, col(Workshop.id) == Seat.workshop_id)
        .where(
            Encounter.series_id == evening.series_id,
            Encounter.workshop_id != evening.workshop_id,
            Seat.round <= Encounter.round_now,
            col(SeriesPerson.person).in_(by_person),
        )
        .order_by(col(Seat.participant_id))
    ).all():
        sitting = tables.setdefault((workshop.held_on, workshop.id, seat.round), {})
        sitting.setdefault(seat.table_number, []).append(by_person[who.person])
    return tuple(
        tuple(tuple(sorted(table)) for _, table in sorted(sitting.items()))
        for _, sitting in sorted(tables.items())
    )


def known_before(session: Session, workshop_id: int, people: Sequence[Participant]) -> Known:
    """Return how many of these people came again, and how many pairs of them met at earlier evenings of the series."""
    evening = session.get(Encounter, workshop_id)
    if evening is None or evening.series_id is None:
        return Known(0, 0)
    again = set(
        session.exec(select(SeriesPerson.participant_id).where(SeriesPerson.workshop_id == workshop_id)).all()
    )
    earlier = rounds_before(session, evening, people)
    met = met_of(Wanted(len(people), 1, 0, earlier=earlier))
    return Known(sum(person.id in again for person in people), sum(one.bit_count() for one in met) // 2)


def _series_id(session: Session, workshop: Workshop) -> int | None:
    if workshop.block != BuildingBlock.ENCOUNTERS:
        return None
    evening = session.get(Encounter, workshop.id)
    return evening.series_id if evening else None


def _earlier(session: Session, workshop: Workshop, typed: str) -> Participant | None:
    """Return who has this code at another evening of the series of which it is still kept who sat where."""
    series_id = _series_id(session, workshop)
    if series_id is None:
        return None
    return session.exec(
        select(Participant)
        .join(Encounter, col(Encounter.workshop_id) == Participant.workshop_id)
        .join(Workshop, col(Workshop.id) == Participant.workshop_id)
        .where(
            Encounter.series_id == series_id,
            Encounter.workshop_id != workshop.id,
            col(Encounter.workshop_id).not_in(evenings_without_seats(session, series_id=series_id)),
            Participant.personal_code == codes.personal_code(typed),
        )
        .order_by(col(Workshop.held_on).desc(), col(Workshop.id).desc())
        .limit(1)
    ).first()


def _link(session: Session, participant: Participant, series_id: int, person: str) -> SeriesPerson:
    made = SeriesPerson(
        participant_id=participant.id, workshop_id=participant.workshop_id, series_id=series_id, person=person
    )
    session.add(made)
    session.flush()
    return made
