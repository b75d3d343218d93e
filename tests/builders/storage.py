"""What stands in the tables, and actions that come at the same moment."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlmodel import SQLModel, select

from models.storage.database import reading
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
