"""Alembic's entry: migrations run on this process's own engine, see `models.storage.database.migrate`."""

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import models.tables  # noqa: F401 - fills the metadata
from models.storage.database import engine
from models.tables.columns import UtcDateTime


def plain_types(kind: str, value: Any, _autogenerate: Any) -> str | Literal[False]:
    """Write our own column types as plain ones, so that an old migration does not depend on today's code."""
    if kind != "type":
        return False
    if isinstance(value, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(value, AutoString):
        return f"sa.String(length={value.length})" if value.length else "sa.String()"
    return False


with engine().connect() as connection:
    # SQLite changes a table by making it again; other tables refer to it all the while.
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        render_item=plain_types,
        # All or nothing: whoever is killed in the middle leaves the tables of before, and at the next start the copy of
        # them is not replaced by one of half the way. SQLite can do it too; Alembic does not expect that by itself.
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite and (astray := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
            raise RuntimeError(f"rows that refer to nothing: {astray}")
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys = ON")
