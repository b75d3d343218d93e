"""A database of any age comes up to date at the start, with everything that is in it."""

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from exports.sentences.methods import words_to_freeze
from models.agreeing.agreement import show_agreements
from models.agreeing.ownership import offer_help, take_on
from models.basics.errors import NewerDatabase
from models.basics.words import RuleKind, Step
from models.example.alliance import ExampleLoaded
from models.example.workshop import load_example
from models.storage.chain import chain_is_whole
from models.storage.database import ROOT, back_up, dispose, engine, is_sqlite, migrate, reading
from models.storage.writing import write
from models.tables import Baseline, Round, RoundItem, Statement, Workshop
from models.voting.round_views import read_round
from tests.builders import (
    LEADER,
    cast,
    close,
    make_agreement,
    make_alliance,
    make_round,
    make_statements,
    make_workshop,
    rows_of,
)
from tests.builders.agreeing import names_waiting
from tests.laid_ready import laid_ready

pytestmark = pytest.mark.both_databases


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    return settings


def _revisions() -> list[str]:
    scripts = ScriptDirectory.from_config(_settings())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def _revision() -> str | None:
    with engine().connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


Rows = list[dict[str, Any]]


def _contents() -> dict[str, Rows]:
    """Return every row of every table, in an order that does not depend on how it is stored."""
    found = MetaData()
    found.reflect(engine())
    with engine().connect() as connection:
        return {
            table.name: sorted((dict(row._mapping) for row in connection.execute(select(table))), key=repr)
            for table in found.sorted_tables
        }


def _columns() -> dict[str, set[str]]:
    found = MetaData()
    found.reflect(engine())
    return {table.name: {column.name for column in table.columns} for table in found.sorted_tables}


def _only(contents: dict[str, Rows], columns: dict[str, set[str]]) -> dict[str, Rows]:
    """Return what of these rows an older version has a place for."""
    return {
        name: [{key: value for key, value in row.items() if key in columns[name]} for row in rows]
        for name, rows in contents.items()
        if name in columns
    }


@pytest.fixture
def empty(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database file that does not exist yet."""
    path = tmp_path / "new" / "handslag.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    return path


def test_a_new_database_is_for_its_owner_only(empty: Path) -> None:
    migrate()

    assert empty.parent.stat().st_mode & 0o777 == 0o700
    assert empty.stat().st_mode & 0o777 == 0o600


def test_migrations_follow_each_other_in_one_line() -> None:
    assert len(ScriptDirectory.from_config(_settings()).get_heads()) == 1
    assert _revisions()


def test_the_migrations_make_what_the_tables_say(database: str) -> None:
    with engine().connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)

    assert differences == []


def test_constraints_and_checks_are_there_too(database: str) -> None:
    inspector = inspect(engine())

    for table in SQLModel.metadata.sorted_tables:
        wanted = {str(one.name) for one in table.constraints if type(one).__name__ == "CheckConstraint"}
        assert {str(one["name"]) for one in inspector.get_check_constraints(table.name)} == wanted
    indexes = {
        index["name"]: index for table in ("round", "signature") for index in inspector.get_indexes(table)
    }
    assert indexes["one_open_round"]["unique"]
    assert indexes["one_standing_answer"]["unique"]


@pytest.mark.slow
def test_what_an_older_version_has_a_place_for_survives_every_migration_down_and_up(database: str) -> None:
    example = load_example(Step.PROGRESS, words=words_to_freeze())
    load_example(Step.VOTE, words=words_to_freeze())
    before = _contents()
    assert sum(len(rows) for name, rows in before.items() if name != "alembic_version") > 1000

    for revision in reversed(_revisions()):
        command.downgrade(_settings(), revision)
    oldest = _columns()
    command.upgrade(_settings(), "head")

    assert _only(_contents(), oldest) == _only(before, oldest)
    with reading() as session:
        assert chain_is_whole(session, example.alliance_id)


def test_names_that_the_room_has_read_already_stay_after_the_migration_that_lets_them_wait(
    database: str,
) -> None:
    room = make_workshop(people=2, partners=["Selam"], step=Step.AGREE)
    made = make_agreement(room)
    write(show_agreements, who=LEADER, agreement_ids=[made])
    write(take_on, participant_id=room.people[0], agreement_id=made, name="Fatima Yıldız")
    write(offer_help, participant_id=room.people[1], agreement_id=made, name="Zoë")
    with reading() as session:
        assert len(names_waiting(session, room.alliance_id)) == 2

    command.downgrade(_settings(), "0009")
    command.upgrade(_settings(), "head")

    with reading() as session:
        assert names_waiting(session, room.alliance_id) == []


def test_every_meeting_until_now_is_one_of_an_alliance_and_stays_in_its_step(database: str) -> None:
    room = make_workshop(step=Step.AGREE)
    command.downgrade(_settings(), "0012")
    assert "block" not in _columns()["workshop"]

    command.upgrade(_settings(), "head")

    with reading() as session:
        found = session.get_one(Workshop, room.workshop_id)
        assert (found.block, found.step) == ("alliance", "agree")


def test_the_database_knows_the_blocks_and_leaves_their_steps_to_the_programme(database: str) -> None:
    make_workshop()

    with engine().begin() as connection:
        connection.execute(text("UPDATE workshop SET step = 'statements'"))
    with pytest.raises(IntegrityError), engine().begin() as connection:
        connection.execute(text("UPDATE workshop SET block = 'karaoke'"))


def test_a_version_without_blocks_has_its_meetings_of_other_blocks_begin_anew(database: str) -> None:
    room = make_workshop(step=Step.AGREE)
    with engine().begin() as connection:
        connection.execute(text("UPDATE workshop SET block = 'startfoto', step = 'statements'"))

    command.downgrade(_settings(), "0012")

    with engine().connect() as connection:
        steps = connection.execute(text("SELECT id, step FROM workshop")).all()
    assert [tuple(row) for row in steps] == [(room.workshop_id, "welcome")]


def test_each_question_keeps_the_words_that_were_asked_and_newer_rounds_have_no_place_in_older_tables(
    database: str,
) -> None:
    room = make_workshop(people=6, step=Step.DRAFT)
    old = make_round(room, items=2)
    cast(old, room.people[0], "objection", reason="Te vaag.")
    close(old)
    about = make_statements(room, ["Ik voel mij hier thuis.", "مرحبا"])
    new = make_round(room, about=about, method="statement", rule=RuleKind.DECIDES_NOTHING)
    cast(new, room.people[0], "neutral")
    items = rows_of(RoundItem)

    command.downgrade(_settings(), "0012")
    command.upgrade(_settings(), "head")

    assert rows_of(RoundItem) == [row for row in items if row["round_id"] == old.round_id]
    assert [row["text"] for row in rows_of(RoundItem)] == ["Principle 1.", "Principle 2."]
    assert [row["id"] for row in rows_of(Round)] == [old.round_id]
    assert rows_of(Statement) == []


def test_statements_of_before_stand_to_be_asked_and_their_startfoto_has_no_meeting_yet(database: str) -> None:
    room = make_workshop()
    make_statements(room, ["Ik voel mij hier thuis.", "مرحبا 🙂"])
    before = [(row["id"], row["text"]) for row in rows_of(Statement)]

    command.downgrade(_settings(), "0022")
    assert {"workshop_id", "open_until", "left_out_at"}.isdisjoint(
        _columns()["baseline"] | _columns()["statement"]
    )
    command.upgrade(_settings(), "head")

    assert [(row["id"], row["text"]) for row in rows_of(Statement)] == before
    assert [row["left_out_at"] for row in rows_of(Statement)] == [None, None]
    (baseline,) = rows_of(Baseline)
    assert (baseline["workshop_id"], baseline["open_until"], baseline["is_shared_outside"]) == (
        None,
        None,
        False,
    )


def test_migrating_twice_changes_nothing(database: str) -> None:
    make_alliance()
    before = _contents()

    migrate()

    assert _contents() == before
    assert _revision() == _revisions()[-1]


def test_the_first_start_makes_the_folder_and_the_file(empty: Path) -> None:
    migrate()

    assert empty.exists()
    assert _revision() == _revisions()[-1]
    assert not list(empty.parent.glob("*before*"))


def test_the_file_is_copied_before_an_older_database_is_changed(sqlite: str, tmp_path: Path) -> None:
    make_alliance()
    command.downgrade(_settings(), "0001")

    migrate()

    (copy,) = tmp_path.glob("handslag.before-*.db")
    assert _revision() == _revisions()[-1]
    with sqlite3.connect(copy) as copied:
        assert copied.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert copied.execute("SELECT count(*) FROM alliance").fetchall() == [(1,)]


def test_a_database_of_a_newer_version_is_refused_and_not_touched(database: str, tmp_path: Path) -> None:
    make_alliance()
    with engine().connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9001'"))
        connection.commit()
    before = _contents()

    with pytest.raises(NewerDatabase) as refused:
        migrate()

    assert refused.value.found == "9001"
    assert _contents() == before
    assert not list(tmp_path.glob("*before*"))


def test_not_a_byte_of_a_copy_that_a_newer_version_made_is_changed(sqlite: str, tmp_path: Path) -> None:
    make_alliance()
    with engine().connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9001'"))
        connection.commit()
    # As a copy lies there: in one file, whose head a first connection of ours would change.
    back_up(tmp_path / "copy.db")
    dispose()
    (tmp_path / "copy.db").rename(tmp_path / "handslag.db")
    for left in ("handslag.db-wal", "handslag.db-shm"):
        (tmp_path / left).unlink(missing_ok=True)
    before = (tmp_path / "handslag.db").read_bytes()

    with pytest.raises(NewerDatabase):
        migrate()

    assert (tmp_path / "handslag.db").read_bytes() == before


def _lay_in_the_oldest_tables() -> tuple[ExampleLoaded, dict[str, set[str]], dict[str, Rows]]:
    """Lay the example while it votes in the tables of the first version; return it, their columns and their rows."""
    example = load_example(Step.VOTE, words=words_to_freeze())
    command.downgrade(_settings(), "0001")
    return example, _columns(), _contents()


KILLED_IN_THE_MIDDLE = """
import os, signal, sys
from sqlalchemy import event
from models.storage import database

@event.listens_for(database.engine(), "after_cursor_execute")
def pull_the_plug(_connection, _cursor, statement, parameters, *_rest):
    if sys.argv[1] in f"{statement} {parameters}":
        os.kill(os.getpid(), signal.SIGKILL)

database.migrate()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "at",
    [
        pytest.param("version_num='0002'", id="after the first migration"),
        pytest.param("INSERT INTO round_secret", id="while the secrets of rounds are moved"),
        pytest.param("UPDATE phone_participant SET host_id", id="between two changes of one migration"),
        pytest.param("version_num='NEWEST'", id="before the last word"),
    ],
)
def test_a_migration_that_was_killed_changes_nothing_and_is_done_by_the_next_start(
    database: str, tmp_path: Path, at: str
) -> None:
    lay = _lay_in_the_oldest_tables
    example, columns, before = laid_ready(lay) if is_sqlite() else lay()
    dispose()

    killed = subprocess.run(
        [sys.executable, "-c", KILLED_IN_THE_MIDDLE, at.replace("NEWEST", _revisions()[-1])],
        cwd=ROOT,
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    assert (_columns(), _contents()) == (columns, before)
    migrate()
    assert _revision() == _revisions()[-1]
    older = {name: kept for name, kept in columns.items() if name != "alembic_version"}
    # Where a secret stands is what one of the migrations changes.
    older["round"] -= {"secret"}
    # And which blocks an alliance chose became rows of its plan.
    older["alliance"] -= {"blocks"}
    assert _only(_contents(), older) == _only(before, older)
    with reading() as session:
        assert chain_is_whole(session, example.alliance_id)
        assert read_round(session, example.round_id or 0).phase == "open"
        assert not read_round(session, example.round_id or 0).is_key_lost
    for copy in tmp_path.glob("handslag.before-*.db"):
        with sqlite3.connect(copy) as copied:
            assert copied.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]


def test_a_copy_that_was_interrupted_is_made_anew_at_the_next_start(sqlite: str, tmp_path: Path) -> None:
    make_alliance()
    command.downgrade(_settings(), "0011")
    (tmp_path / f"handslag.before-{_revisions()[-1]}.db.unfinished").write_bytes(b"half of a copy")

    migrate()

    assert [path.name for path in tmp_path.glob("*before*")] == [f"handslag.before-{_revisions()[-1]}.db"]


def test_a_copy_can_be_made_while_people_vote(sqlite: str, tmp_path: Path) -> None:
    room = make_alliance()
    target = tmp_path / "copy.db"

    back_up(target)

    with sqlite3.connect(target) as copied:
        assert copied.execute("SELECT code FROM workshop").fetchall() == [(room.code,)]


def test_postgresql_is_copied_by_its_own_program(postgresql: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SQLite"):
        back_up(tmp_path / "copy.db")


def test_several_that_start_at_the_same_moment_wait_for_one(empty: Path) -> None:
    threads = [threading.Thread(target=migrate) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert _revision() == _revisions()[-1]


@pytest.mark.slow
def test_processes_that_start_at_the_same_moment_wait_for_one(
    postgresql_cluster: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgresql_cluster.create("started_together")  # type: ignore[attr-defined]
    monkeypatch.setenv("DATABASE_URL", url)
    program = "from models.storage.database import migrate; migrate()"

    processes = [subprocess.Popen([sys.executable, "-c", program], cwd=ROOT) for _ in range(3)]

    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert _revision() == _revisions()[-1]
    dispose()


def test_a_migration_says_what_it_is_for() -> None:
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith('"""')
        assert len(first) > 10
