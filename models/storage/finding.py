"""One row by its id, or a refusal that names what is missing."""

from typing import TypeVar

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, select

from models.basics.errors import NotFound

Row = TypeVar("Row", bound=SQLModel)


def existing(session: Session, table: type[Row], identifier: int | None, *, lock: bool = False) -> Row:
    """Return the row with this id, with `lock` locked until the end of the transaction (PostgreSQL).

    Raises `NotFound`, named after the table.
    """
    if lock:
        key = inspect(table).primary_key[0]
        found = session.exec(select(table).where(key == identifier).with_for_update()).first()
    else:
        found = session.get(table, identifier) if identifier is not None else None
    if found is None:
        raise NotFound(str(table.__tablename__).replace("_", " "))
    return found
