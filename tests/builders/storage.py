"""What stands in the tables, and actions that come at the same moment."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel, select

from models.storage.database import engine, reading
from models.storage.writing import post, start_writer, stop_writer


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
    """Return what stands on the disk: of SQLite the journal too, of PostgreSQL the files of the tables and indexes."""
    if database.startswith("sqlite"):
        path = Path(database.removeprefix("sqlite:///"))
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    with engine().connect() as connection:
        folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        files = connection.exec_driver_sql(
            "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i')"
            " AND relnamespace = 'public'::regnamespace"
        ).all()
        connection.commit()
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
    return b"".join((Path(folder) / file).read_bytes() for (file,) in files)
