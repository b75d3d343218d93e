"""A table at which one or two are left goes with another, when who leads says so. No seat changes for that."""

from sqlmodel import Session, col, select

from models.basics.errors import ChangedMeanwhile
from models.basics.words import WishStrength
from models.encounters.evening import evening_of
from models.encounters.hosting import settle_hosts
from models.encounters.joined import joined_tables
from models.encounters.views import TableView
from models.storage.chain import record
from models.storage.changes import page_changed
from models.tables import Participant, Seat, SeatWish, TableOfRound
from models.workshop.presence import HERE

FEW = 2


def table_to_join(session: Session, workshop_id: int, few: TableView, tables: list[TableView]) -> int | None:
    """Return with which table one of few people best goes: that of the fewest, no must-wish broken; or None."""
    if not 1 <= few.here <= FEW:
        return None
    apart: set[frozenset[int]] = {
        frozenset((wish.one_id, wish.other_id))
        for wish in session.exec(
            select(SeatWish).where(
                SeatWish.workshop_id == workshop_id, SeatWish.strength == WishStrength.MUST_NOT
            )
        ).all()
    }

    def breaks(table: TableView) -> bool:
        return any(
            frozenset((one.participant_id, other.participant_id)) in apart
            for one in few.people
            for other in table.people
            if not one.has_left and not other.has_left
        )

    possible = [table for table in tables if table.number != few.number and table.here and not breaks(table)]
    return min(possible, key=lambda table: (table.here, table.number)).number if possible else None


def join_tables(session: Session, *, who: str, workshop_id: int, number: int, table: int, into: int) -> None:
    """Bring who is left at a table of the round that goes on to another one. Said twice, it is done once.

    Raises `ChangedMeanwhile` where another round began, more than two sit there, or the other table went elsewhere.
    """
    workshop, evening = evening_of(session, workshop_id)
    if number != evening.round_now or number == 0 or table == into:
        raise ChangedMeanwhile
    joined = joined_tables(session, workshop_id, number)
    if joined.get(table) == into:
        return
    here = [
        joined.get(place, place)
        for place in session.exec(
            select(Seat.table_number)
            .join(Participant, col(Participant.id) == Seat.participant_id)
            .where(Seat.workshop_id == workshop_id, Seat.round == number, HERE)
        ).all()
    ]
    if table in joined or into in joined or into not in here or not 1 <= here.count(table) <= FEW:
        raise ChangedMeanwhile
    for place in (table, *(place for place, other in joined.items() if other == table)):
        goes = session.get(TableOfRound, (workshop_id, number, place)) or TableOfRound(
            workshop_id=workshop_id, round=number, table_number=place
        )
        goes.joined_to, goes.host_id, goes.card = into, None, None
        session.add(goes)
    session.flush()
    settle_hosts(session, evening)
    record(
        session,
        alliance_id=workshop.alliance_id,
        who=who,
        what="tables joined",
        workshop=workshop.code,
        number=table,
        into=into,
    )
    page_changed(session, workshop_id, content=True)
