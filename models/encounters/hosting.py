"""Who minds the turns at each table: by lot with the plan, and by lot again where somebody would rather not.

A host moves the question card of the own table; who leads moves that of every table, and what comes last counts.
"""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.basics.errors import ChangedMeanwhile, InvalidValue, NotAdmitted, NotHost
from models.encounters.evening import evening_of, read_cards
from models.encounters.joined import joined_tables, tables_with
from models.encounters.seating.hosts import draw_hosts, next_host
from models.storage.changes import page_changed
from models.storage.finding import existing
from models.tables import DeclinedHosting, Encounter, Participant, Seat, TableOfRound
from models.workshop.presence import HERE, is_here


def draw_coming_hosts(session: Session, workshop_id: int, *, after: int, tables: int) -> None:
    """Draw who minds the turns at every table of the rounds after round `after`, in place of what was drawn before."""
    for drawn in session.exec(
        select(TableOfRound).where(TableOfRound.workshop_id == workshop_id, TableOfRound.round > after)
    ).all():
        session.delete(drawn)
    session.flush()
    seated: dict[int, list[list[int]]] = {}
    for seat in session.exec(
        select(Seat)
        .where(Seat.workshop_id == workshop_id, Seat.round > after)
        .order_by(col(Seat.round), col(Seat.participant_id))
    ).all():
        seated.setdefault(seat.round, [[] for _ in range(tables)])[seat.table_number - 1].append(
            seat.participant_id
        )
    groups = dict(
        session.exec(
            select(Participant.id, Participant.group_id).where(Participant.workshop_id == workshop_id)
        ).all()
    )
    drawn_now = draw_hosts(
        list(seated.values()),
        groups,
        hosted=_hosted(session, workshop_id, up_to=after),
        declined=_declined(session, workshop_id),
        seed=f"{workshop_id} {after}",
    )
    for number, hosts in zip(seated, drawn_now, strict=True):
        session.add_all(
            TableOfRound(workshop_id=workshop_id, round=number, table_number=place, host_id=host)
            for place, host in enumerate(hosts, start=1)
        )
    session.flush()


def settle_hosts(session: Session, evening: Encounter) -> bool:
    """Give every table of the round that goes on a host where it has none who is there; return whether one changed."""
    number = evening.round_now
    if number == 0:
        return False
    here: dict[int, list[int]] = {}
    joined = joined_tables(session, evening.workshop_id, number)
    for place, person in session.exec(
        select(Seat.table_number, Seat.participant_id)
        .join(Participant, col(Participant.id) == Seat.participant_id)
        .where(Seat.workshop_id == evening.workshop_id, Seat.round == number, HERE)
        .order_by(col(Seat.participant_id))
    ).all():
        here.setdefault(joined.get(place, place), []).append(person)
    tables = {
        place: table
        for place, table in _tables_of(session, evening.workshop_id, number).items()
        if place not in joined
    }
    declined = _declined(session, evening.workshop_id)
    hosted: Counter[int] | None = None
    has_changed = False
    for place in sorted({*tables, *here}):
        table = tables.get(place)
        people = here.get(place, [])
        if table is not None and table.host_id in people:
            continue
        if hosted is None:
            hosted = _hosted(session, evening.workshop_id, up_to=number - 1)
        host = next_host(
            people,
            hosted=hosted,
            declined=declined,
            seed=f"{evening.workshop_id} {number} {place} {len(declined)}",
        )
        if table is None:
            # A latecomer opened it.
            table = TableOfRound(workshop_id=evening.workshop_id, round=number, table_number=place)
        elif table.host_id == host:
            continue
        table.host_id = host
        session.add(table)
        has_changed = True
    session.flush()
    return has_changed


def decline_hosting(session: Session, *, participant_id: int, number: int) -> None:
    """Pass the turns of a round on: the next is drawn by lot, and the lot falls on this person no more this evening.

    Harmless when repeated, and where the round is over. Raises `NotAdmitted`, and `NotHost` where it is another's turn.
    """
    person, evening = _own(session, participant_id)
    if session.get(DeclinedHosting, participant_id) is not None or number < evening.round_now:
        return
    table = _own_table(session, evening, participant_id, number)
    if table is None or table.host_id != participant_id:
        raise NotHost
    session.add(DeclinedHosting(participant_id=participant_id))
    session.flush()
    _pass_on(session, evening, participant_id)
    page_changed(session, person.workshop_id, content=True)


def show_card_at_table(session: Session, *, participant_id: int, number: int, card: int, seen: int) -> None:
    """Put another question card on the phones of the own table; `seen` is the card that the host saw there.

    The same card again changes nothing. Raises `NotAdmitted`, `NotHost`, `InvalidValue`, and `ChangedMeanwhile` where
    another card, or another round, came meanwhile.
    """
    person, evening = _own(session, participant_id)
    if number != evening.round_now:
        raise ChangedMeanwhile
    table = _own_table(session, evening, participant_id, number)
    if table is None or table.host_id != participant_id:
        raise NotHost
    cards = len(read_cards(session, person.workshop_id)[number])
    if not 1 <= card <= cards:
        raise InvalidValue("card", card)
    shown = min(table.card or evening.card_now, cards)
    if shown == card:
        return
    if shown != seen:
        raise ChangedMeanwhile
    table.card = card
    session.add(table)
    page_changed(session, person.workshop_id, content=True)


def cards_follow(session: Session, evening: Encounter) -> None:
    """Let every table of the round that goes on have the card that who leads puts on all phones."""
    for table in _tables_of(session, evening.workshop_id, evening.round_now).values():
        if table.card is not None:
            table.card = None
            session.add(table)


def _pass_on(session: Session, evening: Encounter, participant_id: int) -> None:
    """Let others mind the turns wherever it was drawn for who declined: in this round, and in those to come."""
    declined = _declined(session, evening.workshop_id)
    for table in session.exec(
        select(TableOfRound)
        .where(
            TableOfRound.workshop_id == evening.workshop_id,
            TableOfRound.host_id == participant_id,
            TableOfRound.round >= evening.round_now,
        )
        .order_by(col(TableOfRound.round))
    ).all():
        joined = joined_tables(session, evening.workshop_id, table.round)
        people = session.exec(
            select(Seat.participant_id)
            .join(Participant, col(Participant.id) == Seat.participant_id)
            .where(
                Seat.workshop_id == evening.workshop_id,
                Seat.round == table.round,
                col(Seat.table_number).in_(tables_with(joined, table.table_number)),
                HERE,
            )
        ).all()
        table.host_id = next_host(
            people,
            hosted=_hosted(session, evening.workshop_id, up_to=evening.rounds),
            declined=declined,
            seed=f"{evening.workshop_id} {table.round} {table.table_number} {len(declined)}",
        )
        session.add(table)
        session.flush()


def _own(session: Session, participant_id: int) -> tuple[Participant, Encounter]:
    person = existing(session, Participant, participant_id)
    _workshop, evening = evening_of(session, person.workshop_id)
    if not is_here(person):
        raise NotAdmitted
    return person, evening


def _own_table(session: Session, evening: Encounter, participant_id: int, number: int) -> TableOfRound | None:
    seat = session.get(Seat, (evening.workshop_id, number, participant_id))
    if seat is None or number != evening.round_now:
        return None
    place = joined_tables(session, evening.workshop_id, number).get(seat.table_number, seat.table_number)
    return session.get(TableOfRound, (evening.workshop_id, number, place))


def _tables_of(session: Session, workshop_id: int, number: int) -> dict[int, TableOfRound]:
    found: Sequence[TableOfRound] = session.exec(
        select(TableOfRound).where(TableOfRound.workshop_id == workshop_id, TableOfRound.round == number)
    ).all()
    return {table.table_number: table for table in found}


def _hosted(session: Session, workshop_id: int, *, up_to: int) -> Counter[int]:
    """Return how often the lot fell on somebody, in the rounds up to this one."""
    return Counter(
        host
        for host in session.exec(
            select(TableOfRound.host_id).where(
                TableOfRound.workshop_id == workshop_id, TableOfRound.round <= up_to
            )
        ).all()
        if host is not None
    )


def _declined(session: Session, workshop_id: int) -> set[int]:
    return set(
        session.exec(
            select(DeclinedHosting.participant_id)
            .join(Participant, col(Participant.id) == DeclinedHosting.participant_id)
            .where(Participant.workshop_id == workshop_id)
        ).all()
    )
