"""A start looks for its server key before it writes anything, and says what a lost or another key means."""

import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

import manage
from exports.sentences.server_key import another_key_told
from models.basics import keys
from models.basics.errors import NewerDatabase, ServerKeyMissing
from models.basics.words import Step
from models.server_key import SAME_KEY, another_key, look_before_writing
from models.storage.database import dispose, engine, migrate, reading
from phone.serving.start import look_before_anything_is_written
from tests.builders import make_alliance, make_workshop
from tests.earlier.kept import restore, versions
from tests.serving import PASSPHRASE, SERVER_KEY, Server

ANOTHER_KEY = "another key of another machine, long enough"
COMMANDS = [
    ["example", "--step", "welcome"],
    ["agenda", "ABCDE", "--out", "agenda.docx"],
    ["results", "ABCDE"],
    ["password"],
    ["migrate"],
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder without a key, in it the database file of the test, and no key in the environment."""
    monkeypatch.delenv("HANDSLAG_KEY")
    monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path))
    keys._key_for.cache_clear()
    return tmp_path


def files_in(folder: Path) -> list[str]:
    """Return what lies in a folder. What SQLite keeps beside a file for its readers holds nothing, and is left out."""
    assert all(not path.stat().st_size for path in folder.glob("*-wal"))
    return sorted(path.name for path in folder.iterdir() if path.suffix not in (".db-wal", ".db-shm"))


@pytest.mark.both_databases
def test_beside_a_database_that_was_used_no_new_key_is_made(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_KEY", SERVER_KEY)
    make_alliance(partners=["Selam"])
    monkeypatch.delenv("HANDSLAG_KEY")

    with pytest.raises(ServerKeyMissing) as refused:
        look_before_writing()

    assert refused.value.file == str(folder / "server.key")
    assert not (folder / "server.key").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=[command[0] for command in COMMANDS])
def test_no_command_goes_on_without_the_key(
    sqlite: str, folder: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_KEY", SERVER_KEY)
    make_alliance(partners=["Selam"])
    monkeypatch.delenv("HANDSLAG_KEY")
    dispose()
    before = (folder / "handslag.db").read_bytes()

    done = CliRunner().invoke(manage.app, command)

    assert isinstance(done.exception, ServerKeyMissing)
    assert (folder / "handslag.db").read_bytes() == before
    assert files_in(folder) == ["handslag.db"]


@pytest.mark.parametrize("command", COMMANDS, ids=[command[0] for command in COMMANDS])
def test_no_command_writes_into_a_database_of_a_newer_version(
    sqlite: str, folder: Path, command: list[str]
) -> None:
    with engine().connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9001'")
        connection.commit()
    dispose()
    before = (folder / "handslag.db").read_bytes()

    done = CliRunner().invoke(manage.app, command)

    assert isinstance(done.exception, NewerDatabase)
    assert (folder / "handslag.db").read_bytes() == before
    assert files_in(folder) == ["handslag.db"]


@pytest.mark.parametrize("kind", ["no database", "no tables", "nothing in it", "only a passphrase"])
def test_a_first_start_makes_its_key(
    sqlite: str, folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "only a passphrase":
        CliRunner().invoke(manage.app, ["password"], catch_exceptions=False)
    elif kind != "nothing in it":
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'first' / 'handslag.db'}")
    if kind == "no tables":
        (folder / "first").mkdir()
        (folder / "first" / "handslag.db").touch()

    assert look_before_writing() == SAME_KEY

    assert not (folder / "server.key").exists()
    migrate()
    assert keys.server_key() == (folder / "server.key").read_bytes()


def test_an_empty_key_file_is_no_key(sqlite: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "server.key").write_bytes(b"\n")
    assert not keys.has_server_key()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDSLAG_KEY", SERVER_KEY)
        make_alliance()
    with pytest.raises(ServerKeyMissing):
        look_before_writing()

    assert (folder / "server.key").read_bytes() == b"\n"


def test_those_who_make_the_first_key_at_the_same_moment_make_one(folder: Path) -> None:
    made: list[bytes] = []
    together = threading.Barrier(8)

    def start() -> None:
        together.wait()
        made.append(keys._key_for.__wrapped__("", ""))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(made) == {(folder / "server.key").read_bytes()}
    assert len(made) == 8 and len(made[0]) == 64
    assert stat.S_IMODE((folder / "server.key").stat().st_mode) == 0o600


def test_a_key_that_may_only_be_read_is_read(folder: Path) -> None:
    (folder / "server.key").write_bytes(b"a key that the system gives, long enough\n")
    (folder / "server.key").chmod(0o400)

    assert keys.server_key() == b"a key that the system gives, long enough"


def test_where_the_key_is_lost_a_command_makes_a_new_one_and_says_what_that_means(
    sqlite: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_KEY", SERVER_KEY)
    make_alliance(partners=["Selam"])
    monkeypatch.delenv("HANDSLAG_KEY")

    first = CliRunner().invoke(manage.app, ["new-key"])
    again = CliRunner().invoke(manage.app, ["new-key"])

    kept = (folder / "server.key").read_bytes()
    assert first.exit_code == 0 and len(kept) == 64
    assert kept.decode() not in first.output
    assert str(folder / "server.key") in first.stdout
    assert "Links that were given out still open." in first.stderr
    assert isinstance(again.exception, manage.Refused)
    assert (folder / "server.key").read_bytes() == kept


def test_a_new_key_is_not_made_where_the_environment_gives_one(sqlite: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(manage.app, ["new-key"])

    assert isinstance(done.exception, manage.Refused)
    assert not list(tmp_path.glob("*.key"))


@pytest.mark.parametrize("version", versions())
def test_another_key_is_told_before_an_earlier_versions_tables_are_changed(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "handslag.db"
    restore(version, file)
    before = file.read_bytes()
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        (open_round,) = database.execute(
            "SELECT alliance.name, code, number FROM round JOIN workshop ON workshop.id = workshop_id"
            " JOIN alliance ON alliance.id = alliance_id WHERE closed_at IS NULL"
        ).fetchall()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")

    same = look_before_writing()
    monkeypatch.setenv("HANDSLAG_KEY", ANOTHER_KEY)
    changed = look_before_writing()

    assert same == SAME_KEY
    assert (changed.has_changed, changed.rounds) == (True, [open_round])
    assert file.read_bytes() == before
    assert files_in(tmp_path) == ["handslag.db"]
    told = another_key_told(changed, "nl")
    assert told[0] == "Deze start heeft een andere serversleutel dan eerst. Wat dat betekent:"
    assert any(open_round[1] in line for line in told)
    assert another_key_told(same, "nl") == []


@pytest.mark.both_databases
def test_every_command_says_what_another_key_means_and_then_does_its_work(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_workshop(people=2, partners=["Selam"], step=Step.VOTE)
    monkeypatch.setenv("HANDSLAG_KEY", ANOTHER_KEY)

    done = CliRunner().invoke(manage.app, ["results", room.code])

    assert done.exit_code == 0, done.output
    assert done.stderr.startswith("This start has another server key than before.")
    assert "another server key" not in done.stdout
    with reading() as session:
        assert another_key(session).has_changed


def test_a_key_that_cannot_be_read_is_named(
    sqlite: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_KEY", SERVER_KEY)
    make_alliance()
    monkeypatch.delenv("HANDSLAG_KEY")
    # Root may read every file, but no folder as one.
    (folder / "server.key").mkdir()

    with pytest.raises(SystemExit) as refused:
        look_before_anything_is_written()

    assert str(refused.value.code).startswith(f"{folder / 'server.key'}: ")


@pytest.mark.slow
def test_the_app_does_not_start_without_its_key_and_says_what_to_do(tmp_path: Path) -> None:
    server = Server(tmp_path, is_ready_made=True)
    server.manage("example", "--step", "welcome")
    key = server.folder / "data" / "server.key"
    kept, before = key.read_bytes(), (server.folder / "data" / "handslag.db").read_bytes()
    key.unlink()

    with pytest.raises(RuntimeError):
        server.start()

    assert server.process is not None and server.process.returncode == 1
    told = server.log.read_text()
    assert f"er staat geen serversleutel in {key}" in told and "manage.py new-key" in told
    assert "Traceback" not in told and "staat klaar" not in told
    assert not key.exists()
    assert (server.folder / "data" / "handslag.db").read_bytes() == before
    key.write_bytes(kept)
    server.start()
    server.kill()
    assert "andere serversleutel" not in server.log.read_text()


@pytest.mark.slow
def test_the_app_says_what_another_key_means_before_it_is_ready(tmp_path: Path) -> None:
    server = Server(tmp_path, is_ready_made=True)
    server.manage("example", "--step", "vote")
    (server.folder / "data" / "server.key").write_bytes(ANOTHER_KEY.encode())

    server.start()
    server.kill()

    told = server.log.read_text()
    assert told.count("Deze start heeft een andere serversleutel dan eerst.") == 1
    assert told.index("andere serversleutel") < told.index("staat klaar")
    assert "ronde 3" in told and PASSPHRASE not in told


@pytest.mark.slow
def test_the_app_does_not_start_on_a_database_of_a_newer_version_and_says_why(tmp_path: Path) -> None:
    server = Server(tmp_path, is_ready_made=True)
    server.manage("migrate")
    file = server.folder / "data" / "handslag.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9001'")
        database.commit()
        database.execute("PRAGMA journal_mode = DELETE")
    before = file.read_bytes()

    with pytest.raises(RuntimeError):
        server.start()

    told = server.log.read_text()
    assert "een nieuwere versie heeft deze database gemaakt (9001)" in told
    assert "Traceback" not in told
    assert file.read_bytes() == before
