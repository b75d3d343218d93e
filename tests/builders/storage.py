"""What stands in the tables, and actions that come at the same moment."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel, select

from models.storage.database import back_up, engine, reading
from models.storage.writing import post, start_writer, stop_writer
from tests.postgresql import dumped


def rows_of(table: type[SQLModel]) -> list[dict[str, Any]]:
    """Return every row of a table as plain values."""
    with reading() as session:
        return [row.model_dump() for row in session.exec(select(table)).all()]


def post_all(calls: Sequence[tuple[Any, dict[str, Any]]]) -> list[Any]:
    """Post all actions at the same moment through a running writer; return results and errors in order."""

    async def together() -> list[Any]:
        return await asyncio.gather(
            *(post(action, **given) for action, given in calls), return_exceptions=True
        )

    start_writer()
    try:
        return asyncio.run(together())
    finally:
        stop_writer()


def bytes_on_disk(database: str) -> bytes:
    """Return what stands on the disk: every file of the database, and its journal.

    PostgreSQL looks first at what is in its tables, as it does by itself when they have grown: it keeps values of them.
    """
    if database.startswith("sqlite"):
        path = Path(database.removeprefix("sqlite:///"))
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
        folder = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
        number = connection.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
        connection.exec_driver_sql("CHECKPOINT")
    folders = (folder / "base" / str(number), folder / "pg_wal")
    return b"".join(file.read_bytes() for place in folders for file in place.iterdir() if file.is_file())


def copy_made_now(database: str, folder: Path) -> bytes:
    """Return a copy of the database that is made now, as an operator makes it."""
    if database.startswith("sqlite"):
        copy = folder / "copy.db"
        copy.unlink(missing_ok=True)
        back_up(copy)
        return copy.read_bytes()
    return dumped(database.partition("?")[0])
