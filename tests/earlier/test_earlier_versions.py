"""What an earlier version left goes on in this one: pages open, votes count, signing closes, files stay the same."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from docx import Document
from sqlalchemy import create_engine, inspect
from sqlmodel import select
from starlette.testclient import TestClient
from typer.testing import CliRunner

import manage
from exports.agenda.build import build_files
from models.alliance.partner import partner_token, read_partners
from models.basics.words import Answer, Copy, Phase, Step
from models.signing.agenda import AgendaView, has_changed_since, read_agenda
from models.signing.files import publish
from models.storage.chain import chain_is_whole
from models.storage.database import ROOT, reading
from models.storage.writing import write
from models.tables import AgendaFile, Participant, Workshop
from models.voting.ballot import ParticipantBallot, cast_ballot
from models.voting.closing import close_round
from models.voting.round import reveal_round
from models.voting.round_views import RoundView, ballots_of, list_rounds
from models.workshop.programme import ALLIANCE
from models.workshop.workshop import projector_token
from tests.builders import LEADER
from tests.earlier.conftest import Earlier, Place
from tests.earlier.kept import restore, versions
from tests.pages.opened import html, opened, sign_in_as
from tests.phone.conftest import JSON
from tests.phone.partner_room import phone

AFTER_SIGNING = (Step.AGENDA, Step.PROGRESS)
PAGES = {
    Step.WELCOME: "prepare.py",
    Step.DRAFT: "draft.py",
    Step.VOTE: "vote.py",
    Step.AGREE: "agree.py",
    Step.SIGN: "sign.py",
    Step.AGENDA: "agenda.py",
    Step.PROGRESS: "agenda.py",
}
BESIDE = {Step.VOTE: ("paper.py",), Step.PROGRESS: ("events.py",)}


@pytest.fixture
def client(earlier: Earlier) -> Iterator[TestClient]:
    """A browser without cookies, while the writer runs."""
    with phone() as browser:
        yield browser


def agenda_of(place: Place) -> AgendaView:
    with reading() as session:
        found = read_agenda(session, place.workshop_id)
    assert found is not None
    return found


def partner_pages(place: Place) -> list[str]:
    with reading() as session:
        return [f"/s/{partner_token(partner)}" for partner in read_partners(session, place.alliance_id)]


def words_of(docx: bytes) -> str:
    """Return all text of a Word file, of tables too."""
    return "".join(Document(io.BytesIO(docx)).element.itertext())


def test_of_todays_tables_a_database_is_kept_too() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    newest = ScriptDirectory.from_config(settings).get_current_head()

    assert newest in versions(), "type: .venv/bin/python -m tests.earlier.kept (see tests/earlier/README.md)"


def test_the_newest_one_has_the_tables_of_today(tmp_path: Path, migrated_file: Path) -> None:
    restore(versions()[-1], tmp_path / "newest.db")

    assert tables_of(tmp_path / "newest.db") == tables_of(migrated_file), (
        "type: .venv/bin/python -m tests.earlier.kept"
    )


def tables_of(file: Path) -> dict[str, list[str]]:
    """Return columns, keys, checks and indexes of each table, in no order: SQLite makes a table anew to change it."""
    found = inspect(create_engine(f"sqlite:///{file}"))
    return {
        table: sorted(
            repr(one)
            for one in (
                *(
                    (column["name"], str(column["type"]), column["nullable"])
                    for column in found.get_columns(table)
                ),
                *((check["name"], check["sqltext"]) for check in found.get_check_constraints(table)),
                *(sorted(unique["column_names"]) for unique in found.get_unique_constraints(table)),
                *(
                    (key["referred_table"], key["constrained_columns"])
                    for key in found.get_foreign_keys(table)
                ),
                *((index["name"], index["column_names"]) for index in found.get_indexes(table)),
                sorted(found.get_pk_constraint(table)["constrained_columns"]),
            )
        )
        for table in found.get_table_names()
    }


def test_no_database_that_is_kept_is_large() -> None:
    assert [version for version in versions() if len(kept_bytes(version)) > 300_000] == []


def kept_bytes(version: str) -> bytes:
    return (Path(__file__).parent / f"{version}.sql.xz").read_bytes()


def test_every_step_is_there_and_its_record_is_whole(earlier: Earlier) -> None:
    assert set(earlier.places) == {step.name for step in ALLIANCE.steps}
    with reading() as session:
        assert all(chain_is_whole(session, place.alliance_id) for place in earlier.places.values())


@pytest.mark.slow
def test_every_page_of_who_leads_opens(earlier: Earlier, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in_as("Iris", monkeypatch)

    for step, place in earlier.places.items():
        for page in (PAGES[step], "room.py", "projector.py", *BESIDE.get(step, ())):
            app = opened(page, workshop=place.code)
            assert not app.exception, (step, page, app.exception)
            assert app.title or "<h1" in html(app) or page == "projector.py", (step, page)


def test_every_page_of_phones_and_partners_opens(earlier: Earlier, client: TestClient) -> None:
    for step, place in earlier.places.items():
        with reading() as session:
            beamer = f"/projector/{projector_token(session.get_one(Workshop, place.workshop_id))}"
        first, *_others, last = partner_pages(place)
        # Nobody joins a meeting that is over, and the link of its projector ends with it.
        is_over = step is Step.PROGRESS

        assert client.get(f"/j/{place.code}").status_code == (303 if is_over else 200), step
        assert [client.get(page).status_code for page in (first, last)] == [200, 200], step
        assert client.get(beamer).status_code == (404 if is_over else 303), step
        if not is_over:
            client.post(f"/j/{place.code}", data={"name": "Bożena Łuczak"}, headers=JSON)
            assert client.get(f"/p/{place.code}").status_code == 200, step


def test_somebody_joins_and_votes_in_a_round_that_was_open(earlier: Earlier, client: TestClient) -> None:
    place = earlier.places[Step.VOTE]
    before = next(found for found in _rounds(place) if found.phase is Phase.OPEN)

    joined = client.post(f"/j/{place.code}", data={"name": "Bożena Łuczak"}, headers=JSON)
    page = client.get(f"/p/{place.code}")
    for item in before.items:
        stored = client.post(
            f"/p/{place.code}/ballots",
            data={"round": before.id, "item": item.id, "choice": "agree"},
            headers=JSON,
        )
        assert (stored.status_code, stored.json()["choice"]) == (200, "agree")
    write(close_round, who=LEADER, round_id=before.id)
    write(reveal_round, who=LEADER, round_id=before.id)

    after = next(found for found in _rounds(place) if found.id == before.id)
    assert (joined.status_code, page.status_code) == (200, 200)
    assert after.voted == before.voted + 1
    for item in after.items:
        assert item.result is not None and item.result.numbers is not None
        assert sum(item.result.numbers.counts.values()) == item.result.numbers.cast > 30


def test_who_had_voted_in_a_round_that_was_open_changes_that_vote(earlier: Earlier) -> None:
    place = earlier.places[Step.VOTE]
    before = next(found for found in _rounds(place) if found.phase is Phase.OPEN)
    item = before.items[0].id
    with reading() as session:
        people = session.exec(
            select(Participant.id).where(Participant.workshop_id == place.workshop_id)
        ).all()
        votes = {person: ballots_of(session, before.id, person).get(item) for person in people}
    voter, vote = next((person, vote) for person, vote in votes.items() if vote is not None)

    stored = write(
        cast_ballot,
        ballot=ParticipantBallot(
            participant_id=voter, round_id=before.id, item_id=item, choice="concern", reason="Te vlug."
        ),
    )

    assert stored.choice == "concern" and stored.sequence == (vote.sequence or 0) + 1
    after = next(found for found in _rounds(place) if found.id == before.id)
    assert after.voted == before.voted


def test_what_was_frozen_is_not_called_changed_because_the_version_is_another(earlier: Earlier) -> None:
    for step in (Step.SIGN, *AFTER_SIGNING):
        with reading() as session:
            assert not has_changed_since(session, agenda_of(earlier.places[step]).id), step


def test_the_whole_frozen_text_stands_on_a_partners_page(earlier: Earlier, client: TestClient) -> None:
    place = earlier.places[Step.SIGN]
    content = agenda_of(place).content

    page = unescape(client.get(partner_pages(place)[0], headers={"accept-language": "nl"}).text)

    assert "Aangenomen in ronde" in page
    for principle in [*content["principles"], *content["not_adopted"]]:
        assert principle["text"] in page
        for vote in principle["rounds"]:
            assert all(reason["text"] in page for reason in vote["reasons"])


def test_signing_goes_on_and_closes_with_files(earlier: Earlier, client: TestClient) -> None:
    place = earlier.places[Step.SIGN]
    agenda = agenda_of(place)
    waits = next(answer.partner for answer in agenda.partners if answer.answer is None)
    page = f"/s/{partner_token(waits)}"

    signed = client.post(
        f"{page}/sign",
        data={"answer": "signed", "name": "Renée d'Hondt", "text": agenda.sha256},
        headers=JSON,
    )
    while_open = client.get(f"{page}/agenda.docx")
    publish(agenda.id, who=LEADER, build=build_files)

    assert (signed.status_code, signed.json()["answer"]) == (200, Answer.SIGNED)
    assert while_open.status_code == 200
    closed = agenda_of(place)
    assert closed.closed_at is not None and closed.sha256 == agenda.sha256
    kept = client.get(f"{page}/agenda.docx").content
    assert "Renée d'Hondt" in words_of(kept)
    for principle in agenda.content["principles"]:
        assert principle["text"] in words_of(kept)
        for reason in principle["rounds"][-1]["reasons"]:
            assert reason["text"] in words_of(kept)
    public = client.get(f"/d/{closed.public_token}/agenda.docx").content
    assert zipfile.is_zipfile(io.BytesIO(public)) and "Renée d'Hondt" not in words_of(public)


def test_files_that_were_kept_have_the_same_bytes(earlier: Earlier, client: TestClient) -> None:
    with reading() as session:
        now = session.exec(select(AgendaFile)).all()
    assert {file.id: bytes(file.content) for file in now} == earlier.kept_before
    assert len(now) == 4
    assert all(hashlib.sha256(file.content).hexdigest() == file.sha256 for file in now)

    for step in AFTER_SIGNING:
        place = earlier.places[step]
        agenda = agenda_of(place)
        given = {
            Copy.PARTNERS: client.get(f"{partner_pages(place)[0]}/agenda.docx").content,
            Copy.PUBLIC: client.get(f"/d/{agenda.public_token}/agenda.docx").content,
        }
        for copy, content in given.items():
            assert content == next(
                bytes(file.content) for file in now if (file.agenda_id, file.copy_for) == (agenda.id, copy)
            )
            check = client.post("/check", files={"file": ("agenda.docx", content)}, headers=JSON)
            assert check.status_code == 200, check.text
        assert client.get(f"/d/{agenda.public_token}").status_code == 200


def test_a_file_can_be_made_anew_from_every_frozen_text(earlier: Earlier, tmp_path: Path) -> None:
    for step in (Step.SIGN, *AFTER_SIGNING):
        for copy in Copy:
            out = tmp_path / f"{step}-{copy}.docx"
            done = CliRunner().invoke(
                manage.app, ["agenda", earlier.places[step].code, "--copy", copy, "--out", str(out)]
            )
            assert done.exit_code == 0, done.exception
            assert zipfile.is_zipfile(out)


def _rounds(place: Place) -> list[RoundView]:
    with reading() as session:
        return list_rounds(session, place.workshop_id)
