"""The command line, as a script uses it."""

import io
import json
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx import Document
from sqlmodel import select
from typer.testing import CliRunner

import manage
from models.basics.errors import NotFound
from models.basics.words import Erased, Step
from models.installation.installation import passphrase_fits, read_passphrase_hash
from models.storage.database import engine, reading
from models.storage.forgetting import mark_erased
from models.storage.writing import write
from models.tables import Agenda
from models.workshop.programme import ALLIANCE, STARTFOTO
from models.workshop.workshop import workshop_with
from tests.laid_ready import laid_ready
from tests.serving import ROOT, Server
from tests.serving import manage as _in_a_process

runner = CliRunner()


def _run(*arguments: str) -> str:
    done = runner.invoke(manage.app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def _example(step: Step) -> dict:
    return json.loads(_run("example", "--step", step).splitlines()[-1])


def _typed(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line as whoever types it does, imports included."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("step", ["collect", *(step.name for step in STARTFOTO.steps)])
def test_the_example_has_a_startfoto_too(step: str, sqlite: str) -> None:
    found = json.loads(_run("example", "--block", "startfoto", "--step", step).splitlines()[-1])

    assert found["alliance"]
    with reading() as session:
        workshop = workshop_with(session, found["code"])
    is_led = step != "collect"
    assert (workshop.block == "startfoto", workshop.step == step) == (is_led, is_led)
    has_round = step not in ("collect", "welcome")
    assert (found["round"] is not None, bool(found["items"])) == (has_round, has_round)


def test_the_report_of_a_startfoto_is_written_by_the_code_of_its_meeting_or_the_number_of_the_alliance(
    sqlite: str, tmp_path: Path
) -> None:
    made = json.loads(_run("example", "--block", "startfoto", "--step", "picture").splitlines()[-1])
    by_code, by_number = tmp_path / "code.docx", tmp_path / "number.docx"

    _run("startfoto", made["code"].lower(), "--out", str(by_code))
    _run("startfoto", str(made["alliance"]), "--out", str(by_number))

    assert by_code.read_bytes() == by_number.read_bytes()
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(by_code)).paragraphs)
    assert "Wat mensen antwoordden" in text
    assert "214 mensen gaven antwoord" in text


def test_a_code_that_no_meeting_has_is_refused_for_a_startfoto_too(sqlite: str, tmp_path: Path) -> None:
    refused = _in_a_process("startfoto", "QQQQQ", "--out", str(tmp_path / "a.docx"))

    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr


def test_a_step_of_another_block_is_refused_with_those_that_there_are(sqlite: str) -> None:
    refused = runner.invoke(manage.app, ["example", "--block", "startfoto", "--step", "vote"])

    assert refused.exit_code == 2
    assert "collect|welcome|statements|picture|conclusions|end" in refused.output


@pytest.mark.parametrize("step", [step.name for step in ALLIANCE.steps])
def test_the_example_prints_one_json_object_on_its_last_line(step: Step, sqlite: str) -> None:
    found = _example(step)

    assert list(found) == ["code", "workshop", "url", "round", "items", "partners", "projector", "alliance"]
    assert found["url"] == f"http://localhost:8501/j/{found['code']}"
    assert len(found["partners"]) >= 8
    assert all(partner["link"].startswith("http://localhost:8501/s/") for partner in found["partners"])
    assert "/projector/" in found["projector"]
    has_round = step not in (Step.WELCOME, Step.DRAFT)
    assert (found["round"] is not None, bool(found["items"])) == (has_round, has_round)


def test_the_example_uses_the_public_address(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDSLAG_URL", "https://merenveld.example/")

    found = _example(Step.WELCOME)

    assert found["url"] == f"https://merenveld.example/j/{found['code']}"


def test_the_example_works_on_either_database(database: str) -> None:
    found = _example(Step.AGREE)

    rounds = json.loads(_run("results", found["code"], "--json"))

    assert len(rounds) >= 1


def test_the_results_of_every_round_are_printed_for_scripts_and_for_people(sqlite: str) -> None:
    code = laid_ready(_example, Step.AGREE)["code"]

    rounds = json.loads(_run("results", code, "--json"))
    lines = _run("results", code).splitlines()

    assert len(rounds) == sum(not line.startswith(" ") for line in lines)


def test_a_meeting_without_a_round_says_so(sqlite: str) -> None:
    code = _example(Step.WELCOME)["code"]

    assert json.loads(_run("results", code, "--json")) == []
    assert _run("results", code) == "Nothing has been voted on yet.\n"


@pytest.mark.parametrize(("step", "is_final"), [(Step.SIGN, False), (Step.AGENDA, True)])
def test_the_agenda_is_written_as_a_word_file(
    step: Step, is_final: bool, sqlite: str, tmp_path: Path
) -> None:
    code = laid_ready(_example, step)["code"]
    out = tmp_path / "agenda.docx"

    printed = _run("agenda", code, "--out", str(out))

    assert len(Document(io.BytesIO(out.read_bytes())).paragraphs) > 20
    assert ("still open" in printed) is not is_final


def test_the_final_agenda_is_the_same_bytes_every_time(sqlite: str, tmp_path: Path) -> None:
    code = laid_ready(_example, Step.AGENDA)["code"]
    files = [tmp_path / "first.docx", tmp_path / "second.docx"]

    for file in files:
        _run("agenda", code, "--out", str(file))

    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_plan_of_approach_is_written_as_a_word_file_the_same_each_time(
    sqlite: str, tmp_path: Path
) -> None:
    printed = json.loads(_run("example", "--block", "startfoto").splitlines()[-1])
    alliance, code = str(printed["alliance"]), printed["code"]
    files = [tmp_path / name for name in ("first.docx", "again.docx", "with-map.docx")]

    for file, asked, more in zip(files, (alliance, code, alliance), ([], [], ["--with-map"]), strict=True):
        assert _run("plan", asked, "--out", str(file), *more) == f"{file}\n"

    first, again, with_map = (file.read_bytes() for file in files)
    assert first == again != with_map
    refused = runner.invoke(manage.app, ["plan", "99", "--out", str(tmp_path / "none.docx")])
    assert isinstance(refused.exception, NotFound)


def test_without_a_frozen_agenda_the_command_line_says_what_to_do(sqlite: str, tmp_path: Path) -> None:
    code = laid_ready(_example, Step.AGREE)["code"]

    done = _in_a_process("agenda", code, "--out", str(tmp_path / "agenda.docx"))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no agenda yet. Freeze one on the page Sign first.\n"


def test_an_unknown_code_is_told_in_a_sentence(sqlite: str) -> None:
    done = _in_a_process("results", "NOPE9", "--json")

    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_the_command_line_speaks_dutch_where_the_machine_does(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")

    assert "Kopieer de SQLite-database" in _in_a_process("--help").stdout


def test_the_command_line_makes_its_tables_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")

    assert _typed("migrate").returncode == 0
    assert _in_a_process("results", "NOPE9").returncode == 1


def test_a_new_passphrase_replaces_the_old_one(sqlite: str) -> None:
    first = _run("password").split()[-1]

    second = _run("password").split()[-1]

    with reading() as session:
        stored = read_passphrase_hash(session)
    assert stored is not None and stored.startswith("$argon2")
    assert (passphrase_fits(stored, first), passphrase_fits(stored, second)) == (False, True)


def test_a_passphrase_from_the_environment_is_changed_there(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_PASSPHRASE", "molen brug haven klok")

    done = _in_a_process("password")

    assert done.returncode == 1
    assert "HANDSLAG_PASSPHRASE sets the passphrase: at least 12 characters." in done.stderr


def test_a_server_with_a_passphrase_that_can_be_guessed_does_not_start_and_says_why(tmp_path: Path) -> None:
    server = Server(tmp_path, passphrase="welkom", is_ready_made=True)

    with pytest.raises(RuntimeError) as refused:
        server.start()

    assert "Handslag start niet: HANDSLAG_PASSPHRASE is te raden. Kies minstens 12 tekens" in str(
        refused.value
    )
    assert "Traceback" not in str(refused.value)


def test_a_backup_is_whole_and_private(sqlite: str, tmp_path: Path) -> None:
    code = _example(Step.VOTE)["code"]
    copy = tmp_path / "copy.db"

    _run("backup", str(copy))

    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT code FROM workshop").fetchall() == [(code,)]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]


def test_a_backup_made_while_somebody_writes_is_one_moment(sqlite: str, tmp_path: Path) -> None:
    path = Path(sqlite.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE tally (number INTEGER)")
        connection.execute("CREATE TABLE total (number INTEGER)")
        connection.execute("INSERT INTO total VALUES (0)")
    is_enough = threading.Event()
    has_begun = threading.Event()

    def write_pairs() -> None:
        writer = sqlite3.connect(path, timeout=10)
        for number in range(100_000):
            if is_enough.is_set():
                break
            with writer:
                writer.execute("INSERT INTO tally VALUES (?)", (number,))
                writer.execute("UPDATE total SET number = number + 1")
            if number == 20:
                has_begun.set()
        writer.close()

    writing = threading.Thread(target=write_pairs)
    writing.start()
    try:
        assert has_begun.wait(30)
        for place in range(3):
            _run("backup", str(tmp_path / f"copy-{place}.db"))
    finally:
        is_enough.set()
        writing.join()

    for place in range(3):
        with sqlite3.connect(tmp_path / f"copy-{place}.db") as copied:
            rows, total = copied.execute("SELECT count(*), (SELECT number FROM total) FROM tally").fetchone()
        assert rows == total > 0


def test_a_backup_never_overwrites(sqlite: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("precious")

    done = _in_a_process("backup", str(kept))

    assert (done.returncode, kept.read_text()) == (1, "precious")
    assert "already" in done.stderr


def test_a_backup_to_a_folder_that_is_not_there_is_told_in_a_sentence(sqlite: str, tmp_path: Path) -> None:
    done = _in_a_process("backup", str(tmp_path / "nowhere" / "copy.db"))

    assert done.returncode == 1
    assert "nowhere" in done.stderr and "Traceback" not in done.stderr


def test_postgresql_is_copied_with_its_own_tool(postgresql: str, tmp_path: Path) -> None:
    done = _in_a_process("backup", str(tmp_path / "copy.db"))

    assert (done.returncode, "pg_dump" in done.stderr) == (1, True)


def test_what_was_erased_is_overwritten_on_request_and_what_is_left_is_told(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.storage.overwriting.TRIES", 2)
    write(mark_erased, what=Erased.NOTES)
    with reading() as looking:
        looking.exec(select(Agenda)).all()
        write(mark_erased, what=Erased.NOTES)
        held_up = runner.invoke(manage.app, ["erased"])

    told = _run("erased")

    assert (held_up.exit_code, "still stands in the files of the database" in held_up.stdout) == (1, True)
    assert told.strip() == "Everything that was erased is overwritten, in the database and in its journal."


@pytest.mark.both_databases
def test_on_postgresql_it_says_what_else_keeps_it(postgresql: str) -> None:
    write(mark_erased, what=Erased.BALLOTS)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SELECT pg_create_physical_replication_slot('behind', true)")
        held_up = runner.invoke(manage.app, ["erased"])
        connection.exec_driver_sql("SELECT pg_drop_replication_slot('behind')")

    told = _run("erased")

    assert held_up.exit_code == 1
    assert (
        "A replication slot holds it" in held_up.stdout
        and "Replicas follow this database: 1" in held_up.stdout
    )
    assert told.strip() == "Everything that was erased is overwritten, in the database and in its journal."


def test_a_genuine_file_is_told_with_its_control_words(sqlite: str, tmp_path: Path) -> None:
    code = laid_ready(_example, Step.AGENDA)["code"]
    file = tmp_path / "agenda.docx"
    _run("agenda", code, "--out", str(file))
    with reading() as session:
        words = session.exec(select(Agenda.control_words)).one().split()
    assert len(words) == 6

    told = _run("check", str(file)).splitlines()

    assert told[:4] == [
        "Yes, this file is genuine.",
        "It is the agenda of Alliantie Samen Merenveld, version 1.",
        "It is the copy for the partners, with their signatures.",
        "Not one character was changed.",
    ]
    assert told[-2:] == [
        "What happened before it stands here as it stood then.",
        f"Control words: {' · '.join(words)}",
    ]


def test_a_changed_file_is_told_in_a_sentence(sqlite: str, tmp_path: Path) -> None:
    code = laid_ready(_example, Step.AGENDA)["code"]
    file = tmp_path / "agenda.docx"
    _run("agenda", code, "--out", str(file))
    original = file.read_bytes()
    with ZipFile(io.BytesIO(original)) as found, ZipFile(file, "w") as changed:
        for name in found.namelist():
            content = found.read(name)
            changed.writestr(name, content.replace(b"buren", b"boren"))

    done = _in_a_process("check", str(file))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("This file was changed.")
    assert "The text is different, below “" in done.stderr


@pytest.mark.parametrize(
    ("format", "begins"), [("xlsx", b"PK"), ("ics", b"BEGIN:VCALENDAR"), ("json", b'{"address"')]
)
def test_the_agenda_is_written_in_other_kinds_of_files(
    sqlite: str, tmp_path: Path, format: str, begins: bytes
) -> None:
    code = laid_ready(_example, Step.AGENDA)["code"]
    file = tmp_path / f"agenda.{format}"

    _run("agenda", code, "--format", format, "--out", str(file))

    assert file.read_bytes().startswith(begins)


def test_without_libreoffice_a_pdf_is_refused_in_a_sentence(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDSLAG_OFFICE", "none")
    code = laid_ready(_example, Step.AGENDA)["code"]

    done = _in_a_process("agenda", code, "--format", "pdf", "--out", str(tmp_path / "agenda.pdf"))

    assert (done.returncode, done.stderr.split(",")[0]) == (1, "There is no LibreOffice on the server")
    assert not (tmp_path / "agenda.pdf").exists()


def test_results_print_how_each_group_answered_the_statements(sqlite: str) -> None:
    code = json.loads(_run("example", "--block", "startfoto", "--step", "picture").splitlines()[-1])["code"]

    (told,) = json.loads(_run("results", code, "--json"))

    assert (told["voted"], len(told["items"])) == (214, 12)
    assert (told["open_until"] is not None, told["may_be_twice"], told["is_shared_outside"]) == (
        True,
        True,
        False,
    )
    for item in told["items"]:
        assert item["theme"] and item["decision"] == "answered"
        assert sum(item["numbers"]["counts"].values()) == 214
        assert [row["name"] for row in item["rows"]] == [
            "Bewoners",
            "Gemeenschappen",
            "Organisaties",
            "Gemeente",
            None,
        ]
    assert [item["is_reversed"] for item in told["items"]].count(True) == 3
    assert "Strongly agree: " in _run("results", code)


def test_the_command_line_says_how_long_a_file_takes_and_nothing_where_it_is_there_soon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said, is_told = list[str](), threading.Event()

    def hear(sentence: str, **_how: object) -> None:
        said.append(sentence)
        is_told.set()

    monkeypatch.setattr(manage.typer, "echo", hear)
    with manage.telling_when_it_takes_long(after=3600):
        pass
    assert said == []

    with manage.telling_when_it_takes_long(after=0, every=3600):
        assert is_told.wait(60)

    assert len(said) == 1 and "0 " in said[0]
