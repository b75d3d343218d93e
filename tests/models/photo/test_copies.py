"""A copy of the database made while statements are open for weeks tells nobody's answers, and closes all the same."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from models.basics.clock import today
from models.server_key import look_before_writing
from models.storage import database as databases
from models.storage.database import back_up, reading
from models.storage.writing import write
from models.tables import Ballot, RoundSecret
from models.voting.ballot import voter_keys
from models.voting.closing import close_round
from models.voting.round_views import read_round
from tests.builders import LEADER
from tests.builders.photo import Photo, answer, answers_of, come, make_photo
from tests.postgresql import EMPTY, Cluster


def _open_for_weeks() -> Photo:
    photo = make_photo(until=today("Europe/Amsterdam") + timedelta(days=42))
    answer(photo, come(photo, {"Bewoners": 7, "Gemeente": 6}), "agree")
    return photo


def _secret() -> bytes:
    with reading() as session:
        return session.exec(select(RoundSecret.sealed)).one()


def _answers_to_nobody(photo: Photo) -> None:
    """What follows in a restored copy: no answer is anybody's, nobody answers any more, and it closes."""
    with reading() as session:
        asked = read_round(session, photo.vote.round_id)
    assert asked.is_key_lost
    told = look_before_writing()
    assert not told.has_changed and not told.rounds

    write(close_round, who=LEADER, round_id=photo.vote.round_id)

    found = answers_of(photo)
    assert found.people == 13
    assert [one.total.people for one in found.statements if one.total is not None] == [13] * 3
    assert all(one.rows == [] for one in found.statements), "nobody can tell any more which group said what"


def test_a_copy_holds_no_secret_and_closes_without_it(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = _open_for_weeks()
    sealed = _secret()
    with reading() as session:
        keys = set(voter_keys("anonymous", sealed, photo.room.people).values())
        assert keys == set(session.exec(select(Ballot.voter_key)).all()), "there is something to tell"
    copy = tmp_path / "copy.db"

    back_up(copy)

    assert sealed in Path(sqlite.removeprefix("sqlite:///")).read_bytes() + _log(sqlite)
    assert sealed not in copy.read_bytes()
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT sealed FROM round_secret").fetchall() == [(b"",)]
    databases.dispose()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy}")
    _answers_to_nobody(photo)


def _log(sqlite: str) -> bytes:
    log = Path(sqlite.removeprefix("sqlite:///") + "-wal")
    return log.read_bytes() if log.exists() else b""


def test_the_live_round_goes_on_after_a_copy(sqlite: str, tmp_path: Path) -> None:
    photo = _open_for_weeks()

    back_up(tmp_path / "copy.db")
    answer(photo, photo.room.people[:1], "disagree")
    write(close_round, who=LEADER, round_id=photo.vote.round_id)

    first = answers_of(photo).statements[0]
    assert first.total is not None and first.total.counts["disagree"] == 1
    assert len(first.rows) == 2


def test_a_dump_as_the_guide_writes_it_holds_no_secret_and_closes_without_it(
    postgresql: str, postgresql_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = _open_for_weeks()
    sealed = _secret()
    assert sealed.hex().encode() in postgresql_cluster.dumped(EMPTY), "there is something to tell"

    dump = postgresql_cluster.dumped(EMPTY, "--exclude-table-data=round_secret")

    assert sealed.hex().encode() not in dump
    restored = postgresql_cluster.restored(dump, "restored_photo")
    databases.dispose()
    try:
        monkeypatch.setenv("DATABASE_URL", restored)
        _answers_to_nobody(photo)
    finally:
        databases.dispose()
        postgresql_cluster.drop("restored_photo")
