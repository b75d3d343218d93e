"""Questions for a path that a whole room takes at once: composed once, then handed to the driver as they are.

SQLAlchemy's way from a composed question to the driver costs ten times what SQLite needs to answer it. The transaction
is the session's own; only that way is left out. Many rows go in one piece: at each row by itself Python may hand over
its turn, and wait for it again, which at the close of a large room took longer than the work. About a single vote one
asks without lists: to take them apart took half of the time.
"""

import re
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from json import dumps, loads
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
FEW_ROWS = 3

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
def _in_json(element: one_of_list, compiler: Any, *, is_about_one: bool = False, **_: Any) -> str:
    column = compiler.process(element.column)
    if is_about_one:
        return f"{column} = :{element.name}"
    return f"{column} IN (SELECT value FROM json_each(:{element.name}))"


@compiles(one_of_list, "postgresql")
def _any_of(element: one_of_list, compiler: Any, **_: Any) -> str:
    return f"{compiler.process(element.column)} = ANY(%({element.name})s)"


class Question:
    """A question of which only the values differ. Rows come back with the columns' names.

    `in_one_piece` is for an answer of many rows that are texts, whole numbers and yes or no.
    """

    def __init__(self, question: Any, *, in_one_piece: bool = False) -> None:
        self._question = question
        self._in_one_piece = in_one_piece
        self._names = [str(column.key) for column in question.selected_columns]
        self._row = _row_of(self._names)
        self._known: dict[str, _Composed] = {}

    def ask(self, connection: Connection, **values: Any) -> list[Any]:
        """Return the rows. A list is a value of `one_of_list`."""
        name = connection.dialect.name
        if name not in self._known:
            self._known[name] = self._composed(_DIALECTS[name])
        known = self._known[name]
        sizes = [len(value) for value in values.values() if isinstance(value, list)]
        is_about_one = name == "sqlite" and set(sizes) == {1}
        text = known.about_one if is_about_one else known.text
        cursor = connection.connection.cursor()
        with known_errors(text):
            cursor.execute(text, _values(name, values, is_about_one=is_about_one))
            rows = cursor.fetchall()
        cursor.close()
        if known.is_in_one_piece and not is_about_one:
            rows = loads(rows[0][0])
        if known.readers:
            rows = [_read(row, known.readers) for row in rows]
        return [self._row._make(row) for row in rows]

    def _composed(self, dialect: Dialect) -> "_Composed":
        readers = []
        for place, column in enumerate(self._question.selected_columns):
            read = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if read is not None:
                readers.append((place, read))
        text = str(self._question.compile(dialect=dialect))
        about_one = str(self._question.compile(dialect=dialect, compile_kwargs={"is_about_one": True}))
        is_in_one_piece = self._in_one_piece and dialect.name == "sqlite"
        if is_in_one_piece:
            text = f"SELECT json_group_array(json_array({', '.join(self._names)})) FROM ({text})"
        return _Composed(text, about_one, is_in_one_piece, readers)


@dataclass(frozen=True)
class _Composed:
    """A question for one kind of database; `about_one` where each list has one value, `readers` per place in a row."""

    text: str
    about_one: str
    is_in_one_piece: bool
    readers: list[tuple[int, Read]]


class Change:
    """A statement that stores rows, of which only the values differ. `make` gets the dialect's own `insert`."""

    def __init__(self, make: Callable[[Any], Any], columns: Sequence[str]) -> None:
        self._make = make
        self._columns = list(columns)
        self._known: dict[str, str] = {}
        self._in_one_piece: str | None = None

    def store(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store rows; each has a value for every column."""
        name = connection.dialect.name
        if name not in self._known:
            made = self._make(sqlite.insert if name == "sqlite" else postgresql.insert)
            self._known[name] = str(made.compile(dialect=_DIALECTS[name], column_keys=self._columns))
        text = self._known[name]
        cursor = connection.connection.cursor()
        with known_errors(text):
            if name == "sqlite" and len(rows) > FEW_ROWS:
                cursor.execute(self._for_many(text), {"rows": dumps(rows)})
            else:
                cursor.executemany(text, rows)
        cursor.close()

    def _for_many(self, text: str) -> str:
        if self._in_one_piece is None:
            values = ", ".join(f"json_extract(value, '$.{column}')" for column in self._columns)
            rows = f"SELECT {values} FROM json_each(:rows) WHERE true"
            self._in_one_piece = re.sub(r"VALUES \([^)]*\)", rows, text, count=1)
        return self._in_one_piece


class known_errors:
    """Around what the driver does for `text`: raise a full disk or a deadlock as the layers do, for the writer."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: Any, error: BaseException | None, _traceback: Any) -> None:
        if isinstance(error, (sqlite3.OperationalError, psycopg.OperationalError)):
            raise OperationalError(self._text, None, error) from error


def _row_of(names: list[str]) -> Any:
    return namedtuple("Row", names)


def _values(dialect: str, values: dict[str, Any], *, is_about_one: bool) -> dict[str, Any]:
    if dialect != "sqlite":
        return values
    if is_about_one:
        return {name: value[0] if isinstance(value, list) else value for name, value in values.items()}
    return {name: dumps(value) if isinstance(value, list) else value for name, value in values.items()}


def _read(row: Sequence[Any], readers: Sequence[tuple[int, Read]]) -> list[Any]:
    read = list(row)
    for place, reader in readers:
        read[place] = reader(read[place])
    return read
