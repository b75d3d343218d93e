"""Column kinds that several tables share."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both databases (SQLite keeps no zone of its own)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored moment needs a time zone, got {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def own_id() -> Any:
    """A column for a row's own number. The database gives it: a row has it from its first flush on.

    So its type says `int`: what was read has one, and a row that is used before its flush is refused by the database.
    """
    return Field(default=None, primary_key=True)


def moment(*, index: bool = False) -> Any:
    """A column for a moment that always stands."""
    return Field(sa_type=UtcDateTime, index=index)


def moment_or_none() -> Any:
    """A column for a moment that may not have come yet."""
    return Field(default=None, sa_type=UtcDateTime, nullable=True)


def one_of(column: str, words: type[StrEnum] | Iterable[str], *, name: str) -> CheckConstraint:
    """A database check that `column` holds one of `words`, or nothing."""
    listed = ", ".join("'" + str(word).replace("'", "''") + "'" for word in words)
    return CheckConstraint(f'"{column}" IN ({listed})', name=name)


def exactly_one_of(*columns: str, name: str) -> CheckConstraint:
    """A database check that one of these columns holds something, and the others nothing."""
    held = " + ".join(f'CASE WHEN "{column}" IS NULL THEN 0 ELSE 1 END' for column in columns)
    return CheckConstraint(f"{held} = 1", name=name)
