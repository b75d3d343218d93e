"""Which tables of a round go with another since who leads brought together who was left."""

from sqlmodel import Session, col, select

from models.tables import TableOfRound


def joined_tables(session: Session, workshop_id: int, number: int) -> dict[int, int]:
    """Return the tables of a round that go with another one, each with that other."""
    return {
        table: into
        for table, into in session.exec(
            select(TableOfRound.table_number, TableOfRound.joined_to).where(
                TableOfRound.workshop_id == workshop_id,
                TableOfRound.round == number,
                col(TableOfRound.joined_to).is_not(None),
            )
        ).all()
        if into is not None
    }


def tables_with(joined: dict[int, int], table: int) -> list[int]:
    """Return a table, and those that go with it."""
    return [table, *(place for place, into in joined.items() if into == table)]
