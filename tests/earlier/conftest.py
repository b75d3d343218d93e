"""Databases of earlier versions, brought to today's tables as a start does it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import select

from models.basics.words import Step
from models.storage import database as databases
from models.storage.database import reading
from models.tables import Workshop
from tests.earlier.kept import restore, versions


@dataclass(frozen=True)
class Place:
    """One of the examples of an earlier version, which stands at a step of its own."""

    alliance_id: int
    workshop_id: int
    code: str


@dataclass(frozen=True)
class Earlier:
    """A database of an earlier version in today's tables, and what SQLite itself read in it before."""

    version: str
    places: dict[Step, Place]
    kept_before: dict[int, bytes]


@pytest.fixture(scope="session")
def brought_up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, Path]]:
    """The file of a version in its own tables, and the same in today's; made once. Copied, never opened."""
    folder = tmp_path_factory.mktemp("earlier")

    def made(version: str) -> tuple[Path, Path]:
        before, after = folder / version / "before.db", folder / version / "handslag.db"
        if not after.exists():
            before.parent.mkdir()
            restore(version, before)
            shutil.copyfile(before, after)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("DATABASE_URL", f"sqlite:///{after}")
                databases.migrate()
                with databases.engine().connect() as connection:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                databases.dispose()
        return before, after

    return made


@pytest.fixture(params=versions())
def earlier(
    request: pytest.FixtureRequest,
    brought_up_to_date: Callable[[str], tuple[Path, Path]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Earlier]:
    """An earlier version's examples at every step, in today's tables, named by `DATABASE_URL`."""
    before, after = brought_up_to_date(request.param)
    path = tmp_path / "handslag.db"
    shutil.copyfile(after, path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    with closing(sqlite3.connect(before)) as database:
        kept = dict(database.execute("SELECT id, content FROM agenda_file").fetchall())
    with reading() as session:
        places = {
            Step(found.step): Place(found.alliance_id, found.id, found.code)
            for found in session.exec(select(Workshop)).all()
        }
    yield Earlier(request.param, places, kept)
    databases.dispose()
