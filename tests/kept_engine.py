"""One engine for each kind of database, kept over the tests: what SQLAlchemy learned of a statement is kept with it.

Every test has a database of its own. With an engine of its own as well, each would compose every statement anew, which
took a third of the time of all tests.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url

from models.storage import database as databases

_kept: dict[str, Engine] = {}
_make = databases._make_engine


def keep_engines() -> None:
    """Let this process make one engine for each kind of database, which connects to whichever is named now."""
    databases._make_engine = _engine_of


def _engine_of(url: str) -> Engine:
    kind = make_url(url).get_backend_name()
    for known in [known for known in databases._engines if make_url(known).get_backend_name() == kind]:
        del databases._engines[known]
    if kind not in _kept:
        _kept[kind] = _make(url)
        event.listen(_kept[kind], "do_connect", _connect_to_the_one_named)
    # Connections to the database before.
    _kept[kind].dispose()
    if kind == "sqlite" and (file := make_url(url).database):
        databases._make_private(Path(file))
    return _kept[kind]


def _connect_to_the_one_named(dialect: Any, _record: Any, args: list[Any], named: dict[str, Any]) -> None:
    found, options = dialect.create_connect_args(make_url(databases.database_url()))
    args[:] = found
    named.update(options)
