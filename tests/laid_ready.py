"""An example that is the ground of a test, not its subject: made once in a process, and copied after that.

To make one takes a processor a second, to copy the file it stands in a millisecond.
"""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import make_url
from sqlmodel import SQLModel

from models.storage import database as databases

T = TypeVar("T")
_kept: dict[tuple[Callable[..., Any], str], tuple[bytes, Any]] = {}


def laid_ready(load: Callable[..., T], *asked: Any, **named: Any) -> T:
    """Return what `load(*asked, **named)` returns, and have what it makes in this test's empty SQLite database."""
    file = Path(make_url(databases.database_url()).database or "")
    _refuse_what_is_not_empty()
    key = (load, repr((asked, sorted(named.items()))))
    if key not in _kept:
        made = load(*asked, **named)
        # Who closes the last connection brings into the file what was written beside it.
        databases.dispose()
        assert not file.with_name(f"{file.name}-wal").exists()
        _kept[key] = (file.read_bytes(), made)
    else:
        databases.dispose()
        file.write_bytes(_kept[key][0])
    return deepcopy(_kept[key][1])


def _refuse_what_is_not_empty() -> None:
    """Raise `AssertionError` where a test has written already: that would be lost under the copy."""
    assert databases.is_sqlite()
    with databases.engine().connect() as connection:
        full = [
            table
            for table in SQLModel.metadata.tables
            if connection.exec_driver_sql(f'SELECT 1 FROM "{table}" LIMIT 1').first() is not None
        ]
    assert full == [], f"not empty: {full}"
