"""A data folder that version dfbf6f4 left goes on under today's program: same key, links, votes and files."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlmodel import col, select

from models.alliance.partner import partner_token, read_partners
from models.basics.words import Step
from models.signing.agenda import read_agenda
from models.storage import database as databases
from models.storage.chain import chain_is_whole
from models.storage.database import migrate, reading
from models.storage.writing import write
from models.tables import Participant
from models.voting.closing import close_round
from models.voting.round import reveal_round
from models.voting.round_views import read_round
from models.workshop.programme import ALLIANCE
from models.workshop.workshop import find_workshop, projector_token
from tests.builders import LEADER
from tests.earlier.installation import CHOICE, LEFT, GivenOut, given_out, put_back
from tests.phone.conftest import JSON
from tests.phone.room_client import HTML, Client
from tests.postgresql import Cluster
from tests.serving import ROOT, Server

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

PROGRAM = (
    "app.py",
    "manage.py",
    "pyproject.toml",
    "models",
    "pages",
    "phone",
    "exports",
    "migrations",
    "locale",
    ".streamlit",
)


@dataclass(frozen=True)
class Left:
    """The installation under today's program. `before` is what the database itself said before that was started."""

    kind: str
    server: Server
    given: dict[Step, GivenOut]
    before: dict[str, list[dict[str, Any]]]

    @property
    def data(self) -> Path:
        return self.server.folder / "data"


def _told(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Return every signature, kept file, event and open round as the database holds them."""
    asked = {
        "signature": "SELECT * FROM signature ORDER BY id",
        "agenda_file": "SELECT * FROM agenda_file ORDER BY id",
        "agenda": "SELECT id, content, sha256, public_token_hash FROM agenda ORDER BY id",
        "partner": "SELECT id, serial, token_hash FROM partner ORDER BY id",
        "open": "SELECT id, number FROM round WHERE closed_at IS NULL ORDER BY id",
        "event": "SELECT id, hash FROM event ORDER BY id",
    }
    return {
        name: [dict(row._mapping) for row in connection.execute(text(question))]
        for name, question in asked.items()
    }


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def left(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """The kept installation, started as `make run` starts it: the key and the database are found, not named."""
    folder = tmp_path_factory.mktemp("left")
    cluster: Cluster | None = None
    if request.param == "postgresql":
        cluster = request.getfixturevalue("postgresql_cluster")
    url = put_back(request.param, folder / "data", cluster, name="left_by_an_earlier_version")
    asked = create_engine(url or f"sqlite:///{folder / 'data' / 'handslag.db'}")
    with asked.connect() as connection:
        before = _told(connection)
    asked.dispose()
    server = Server(folder, environment={"DATABASE_URL": url} if url else {}, is_ready_made=True)
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDSLAG_DATA", str(folder / "data"))
        patch.delenv("HANDSLAG_KEY", raising=False)
        if url:
            patch.setenv("DATABASE_URL", url)
        databases.dispose()
        yield Left(request.param, server, given_out(request.param), before)
        databases.dispose()
    server.kill()


def _ask(left: Left, path: str, form: dict[str, Any] | None = None, cookie: str = "") -> tuple[int, bytes]:
    """Return status and body of an answer, which is not followed elsewhere."""
    connection, answer = Client(left.server).ask(
        path,
        form=None if form is None else urlencode(form),
        headers={**(HTML if form is None else JSON), "Cookie": cookie},
    )
    body = answer.read()
    connection.close()
    return answer.status, body


def _state(left: Left, found: GivenOut, cookie: str) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(_ask(left, f"/p/{found.code}/state", cookie=cookie)[1])
    return state


def test_the_key_is_found_where_it_was_and_only_that_of_seals_is_made(left: Left) -> None:
    key = left.data / "server.key"

    assert key.read_bytes() == (LEFT / left.kind / "server.key").read_bytes()
    assert {path.name for path in left.data.iterdir() if not path.name.startswith("handslag.")} == {
        "server.key",
        "seal.pem",
    }
    told = left.server.log.read_text()
    assert "staat klaar" in told
    assert "andere serversleutel" not in told
    if left.kind == "postgresql":
        assert {path.name for path in left.data.iterdir()} == {"server.key", "seal.pem"}


def test_the_links_that_were_given_out_open(left: Left) -> None:
    for step, found in left.given.items():
        assert {_ask(left, link)[0] for link in found.partners} == {200}, step
        # With the end of a meeting the link of its projector ended too.
        assert _ask(left, found.projector)[0] == (404 if step is Step.PROGRESS else 303), step


def test_the_links_that_would_be_shown_are_those_that_were_given_out(left: Left) -> None:
    with reading() as session:
        for step, found in left.given.items():
            workshop = find_workshop(session, found.code)
            assert workshop is not None
            partners = read_partners(session, workshop.alliance_id)
            shown = {f"/s/{partner_token(partner)}" for partner in partners}
            assert set(found.partners) <= shown, step
            if step is not Step.PROGRESS:
                assert found.projector == f"/projector/{projector_token(workshop)}", step
            assert chain_is_whole(session, workshop.alliance_id), step


def test_a_phone_that_was_in_the_room_still_is(left: Left) -> None:
    for step, found in left.given.items():
        if not found.cookie:
            continue
        assert _ask(left, f"/p/{found.code}", cookie=found.cookie)[0] == 200, step
        assert _state(left, found, found.cookie)["step"] == step
    assert _ask(left, f"/p/{left.given[Step.VOTE].code}")[0] != 200


def test_a_personal_code_is_known_still(left: Left) -> None:
    found = left.given[Step.DRAFT]
    with reading() as session:
        workshop = find_workshop(session, found.code)
        assert workshop is not None
        code = session.exec(
            select(Participant.personal_code)
            .where(Participant.workshop_id == workshop.id)
            .order_by(col(Participant.number))
        ).first()
    assert code is not None

    status, page = _ask(left, f"/j/{found.code}/{code}")
    joined, answer = _ask(left, f"/j/{found.code}", {"personal_code": code})
    unknown, _answer = _ask(left, f"/j/{found.code}", {"personal_code": "AAAAAAAA"})

    assert status == 200 and code in page.decode()
    # The phone that it came in with speaks for this person: it is asked first, as ever.
    assert (joined, json.loads(answer)["waiting"]) == (200, True)
    assert unknown == 404


def test_a_round_that_was_open_stays_open_takes_votes_and_closes(left: Left) -> None:
    found = left.given[Step.VOTE]
    assert found.round in [row["id"] for row in left.before["open"]]
    with reading() as session:
        before = read_round(session, found.round or 0)
    assert (before.phase, before.is_key_lost) == ("open", False)
    stored = _state(left, found, found.cookie)["round"]["items"]
    assert [(item["id"], item["choice"]) for item in stored] == [(item, CHOICE) for item in found.items]

    ballots = f"/p/{found.code}/ballots"
    first = {"round": found.round, "item": found.items[0], "choice": "agree"}
    changed, answer = _ask(left, ballots, first, found.cookie)
    client = Client(left.server)
    client.ask(f"/j/{found.code}", form=urlencode({"name": "Selam Tekle ☕"}), headers=JSON)
    fresh = [_ask(left, ballots, {**first, "item": item}, client.cookie_header())[0] for item in found.items]
    write(close_round, who=LEADER, round_id=found.round)
    write(reveal_round, who=LEADER, round_id=found.round)

    assert (changed, json.loads(answer)["choice"], json.loads(answer)["sequence"]) == (200, "agree", 2)
    assert fresh == [200] * len(found.items)
    with reading() as session:
        after = read_round(session, found.round or 0)
    assert (after.phase, after.voted) == ("revealed", before.voted + 1)
    for item in after.items:
        assert item.result is not None and item.result.numbers is not None
        assert sum(item.result.numbers.counts.values()) == item.result.numbers.cast > 30


def test_signatures_kept_files_and_frozen_texts_are_the_same_to_the_byte(left: Left) -> None:
    with databases.engine().connect() as connection:
        now = _told(connection)

    for name in ("signature", "agenda_file", "agenda", "partner"):
        kept = [{key: row[key] for key in was} for was, row in zip(left.before[name], now[name], strict=True)]
        assert kept == left.before[name], name
    assert now["event"][: len(left.before["event"])] == left.before["event"]
    assert len(now["agenda_file"]) == 4
    assert {row["answer"] for row in now["signature"]} == {"signed", "reserved", "declined"}


def test_files_are_given_as_they_were_kept(left: Left) -> None:
    kept = {(row["agenda_id"], row["copy_for"]): bytes(row["content"]) for row in left.before["agenda_file"]}
    for step in (Step.AGENDA, Step.PROGRESS):
        found = left.given[step]
        with reading() as session:
            workshop = find_workshop(session, found.code)
            assert workshop is not None
            agenda = read_agenda(session, workshop.id)
        assert agenda is not None and agenda.public_token is not None

        partners = _ask(left, f"{found.partners[0]}/agenda.docx")
        public = _ask(left, f"/d/{agenda.public_token}/agenda.docx")

        assert partners == (200, kept[agenda.id, "partners"])
        assert public == (200, kept[agenda.id, "public"])
        assert _ask(left, f"/d/{agenda.public_token}")[0] == 200


def test_the_command_line_finds_the_same(left: Left, tmp_path: Path) -> None:
    rounds = json.loads(left.server.manage("results", left.given[Step.AGREE].code, "--json"))
    left.server.manage("agenda", left.given[Step.AGENDA].code, "--out", str(tmp_path / "agenda.docx"))

    assert len(rounds) >= 1
    made = hashlib.sha256((tmp_path / "agenda.docx").read_bytes()).hexdigest()
    assert made in {row["sha256"] for row in left.before["agenda_file"]}


def test_a_program_without_a_word_about_its_data_uses_the_folder_beside_app_py(tmp_path: Path) -> None:
    program = tmp_path / "handslag"
    program.mkdir()
    for name in PROGRAM:
        copy: Any = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, program / name)
    put_back("sqlite", program / "data")
    key = (program / "data" / "server.key").read_bytes()
    given = given_out("sqlite")
    server = Server(tmp_path / "running", source=program, environment={"HANDSLAG_DATA": ""})

    printed = subprocess.run(
        [sys.executable, str(program / "manage.py"), "results", given[Step.AGREE].code, "--json"],
        cwd=tmp_path,
        env=server.variables(),
        capture_output=True,
        check=True,
    )
    server.start()
    try:
        connection, answer = Client(server).ask(given[Step.VOTE].partners[0])
        connection.close()
    finally:
        server.kill()

    assert json.loads(printed.stdout)
    assert answer.status == 200
    assert [path.relative_to(program) for path in program.rglob("server.key")] == [Path("data/server.key")]
    assert (program / "data" / "server.key").read_bytes() == key
    assert {path.parent for path in tmp_path.rglob("handslag*.db")} == {program / "data"}
    assert "staat klaar" in server.log.read_text() and "Wachtzin" not in server.log.read_text()


def test_of_what_a_version_left_no_file_is_large() -> None:
    assert [path for path in LEFT.rglob("*") if path.is_file() and path.stat().st_size > 300_000] == []


def test_before_its_tables_change_a_copy_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_back("sqlite", tmp_path / "data")
    monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HANDSLAG_KEY", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    before = (tmp_path / "data" / "handslag.db").read_bytes()

    migrate()
    databases.dispose()

    (copy,) = (tmp_path / "data").glob("handslag.before-*.db")
    with create_engine(f"sqlite:///{copy}").connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0012"
        assert connection.execute(text("SELECT count(*) FROM workshop")).scalar() == len(ALLIANCE.steps)
    assert copy.stat().st_size <= len(before)
