"""Transactions that write, one after another on a connection that the writer keeps.

What SQLAlchemy does around a transaction (a connection from the pool, a session, its beginning and end) took longer
than the questions and changes of a vote. So a group of votes begins and commits at the driver, and a session is made
when something in the group asks for it. The kept connection remembers its statements and the pages that it read.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from models.storage.database import BEGIN_WRITING, WRITING_CACHE_KILOBYTES, engine, is_sqlite
from models.storage.prepared import known_errors


class Transaction:
    """One transaction, at the driver through `connection` and as a `session`: both see and change the same.

    `info` keeps what is to be done once it has committed.
    """

    def __init__(self, connection: Connection, session: Session | None = None) -> None:
        self.connection = connection
        self._session = session
        self.info: dict[Any, Any] = {} if session is None else session.info

    @classmethod
    def of(cls, session: Session) -> "Transaction":
        """Return the transaction in which a session stands."""
        return cls(session.connection(), session)

    @property
    def session(self) -> Session:
        """The session of this transaction, made when it is first asked for."""
        if self._session is None:
            self._session = Session(self.connection, expire_on_commit=False)
            self._session.info = self.info
        return self._session

    def flush(self) -> None:
        """Send what a session holds back to the database, so that the driver sees it."""
        if self._session is not None:
            self._session.flush()

    def begin(self) -> None:
        """Take SQLite's write lock; PostgreSQL begins at the first question. Raises `OperationalError`."""
        if self.connection.dialect.name == "sqlite":
            with known_errors("BEGIN"):
                self.connection.connection.cursor().execute(BEGIN_WRITING)

    def commit(self) -> None:
        """Make everything durable. Raises `OperationalError`."""
        if self._session is not None:
            self._session.commit()
            self._session.close()
        # Also where a session has nothing to commit: the driver may have.
        with known_errors("COMMIT"):
            self.connection.connection.commit()

    def abandon(self) -> None:
        """Let go of what a session holds, whatever state it is in."""
        if self._session is not None:
            with suppress(Exception):
                self._session.close()


class KeptConnection:
    """A connection for one thread, opened when it is first needed and again after a fault."""

    def __init__(self) -> None:
        self._connection: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Yield a transaction that has begun. Who gets it commits it; a fault undoes it."""
        transaction = Transaction(self._open())
        try:
            transaction.begin()
            yield transaction
        except BaseException:
            # Whether it is still good nobody knows: it may be the connection itself that was lost.
            self._give_up(transaction)
            raise

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Connection:
        if self._connection is not None and self._connection.engine is not engine():
            self.close()
        if self._connection is None:
            self._connection = engine().connect()
            if is_sqlite():
                cache = f"PRAGMA cache_size = -{WRITING_CACHE_KILOBYTES}"
                self._connection.connection.cursor().execute(cache)
        return self._connection

    def _give_up(self, transaction: Transaction) -> None:
        transaction.abandon()
        with suppress(Exception):
            transaction.connection.invalidate()
        self.close()
