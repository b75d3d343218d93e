"""Questions for a path that a whole room takes at once: composed once, then handed to the driver as they are.

SQLAlchemy's way from a composed question to the driver costs ten times what SQLite needs to answer it. The transaction
is the session's own; only that way is left out.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from json import dumps
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ColumnElement

Read = Callable[[Any], Any]

# Both take their values by name, so that one dictionary serves both.
_DIALECTS: dict[str, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(paramstyle="named"),
    "postgresql": PGDialect_psycopg(paramstyle="pyformat"),  # type: ignore[no-untyped-call]
}


class one_of_list(ColumnElement[bool]):
    """Whether a column is one of a list that comes with the question, under `name`."""

    inherit_cache = False
    type = sa.Boolean()
    # Else SQLite would be asked whether it equals 1, and would not use the index.
    _is_implicitly_boolean = True

    def __init__(self, column: Any, name: str) -> None:
        self.column, self.name = column, name


@compiles(one_of_list, "sqlite")
def _in_json(element: one_of_list, compiler: Any, **_: Any) -> str:
    return f"{compiler.process(element.column)} IN (SELECT value FROM json_each(:{element.name}))"


@compiles(one_of_list, "postgresql")
def _any_of(element: one_of_list, compiler: Any, **_: Any) -> str:
    return f"{compiler.process(element.column)} = ANY(%({element.name})s)"


class Question:
    """A question of which only the values differ. Rows come back with the columns' names."""

    def __init__(self, question: Any) -> None:
        self._question = question
        self._row = _row_of([str(column.key) for column in question.selected_columns])
        self._known: dict[str, tuple[str, list[tuple[int, Read]]]] = {}

    def ask(self, connection: Connection, **values: Any) -> list[Any]:
        """Return the rows. A list is a value of `one_of_list`."""
        name = connection.dialect.name
        if name not in self._known:
            self._known[name] = self._composed(_DIALECTS[name])
        text, readers = self._known[name]
        cursor = connection.connection.cursor()
        with _known_errors(text):
            cursor.execute(text, _values(name, values))
            rows = cursor.fetchall()
        cursor.close()
        if readers:
            rows = [_read(row, readers) for row in rows]
        return [self._row._make(row) for row in rows]

    def _composed(self, dialect: Dialect) -> tuple[str, list[tuple[int, Read]]]:
        readers = []
        for place, column in enumerate(self._question.selected_columns):
            read = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if read is not None:
                readers.append((place, read))
        return str(self._question.compile(dialect=dialect)), readers


class Change:
    """A statement that stores rows, of which only the values differ. `make` gets the dialect's own `insert`."""

    def __init__(self, make: Callable[[Any], Any], columns: Sequence[str]) -> None:
        self._make = make
        self._columns = list(columns)
        self._known: dict[str, str] = {}

    def store(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store rows; each has a value for every column."""
        name = connection.dialect.name
        if name not in self._known:
            made = self._make(sqlite.insert if name == "sqlite" else postgresql.insert)
            self._known[name] = str(made.compile(dialect=_DIALECTS[name], column_keys=self._columns))
        cursor = connection.connection.cursor()
        with _known_errors(self._known[name]):
            cursor.executemany(self._known[name], rows)
        cursor.close()


@contextmanager
def _known_errors(text: str) -> Iterator[None]:
    """Raise what the driver says of a full disk or a deadlock as the layers do: the writer knows it."""
    try:
        yield
    except (sqlite3.OperationalError, psycopg.OperationalError) as error:
        raise OperationalError(text, None, error) from error


def _row_of(names: list[str]) -> Any:
    return namedtuple("Row", names)


def _values(dialect: str, values: dict[str, Any]) -> dict[str, Any]:
    if dialect != "sqlite":
        return values
    return {name: dumps(value) if isinstance(value, list) else value for name, value in values.items()}


def _read(row: Sequence[Any], readers: Sequence[tuple[int, Read]]) -> list[Any]:
    read = list(row)
    for place, reader in readers:
        read[place] = reader(read[place])
    return read
