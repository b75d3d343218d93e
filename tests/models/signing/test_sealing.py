"""Sealed copies follow the close: once made they never change, and whatever falls in between is made good."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from models.basics import clock
from models.basics.errors import OfficeFailed, OfficeMissing
from models.basics.words import Copy
from models.signing import files, sealing
from models.signing.agenda import answer_agenda, read_agenda
from models.signing.files import AgendaDocument, BuiltFile, agenda_file, check_document, publish
from models.signing.sealing import Unsealed, complete_seals, unsealed_editions
from models.storage.chain import chain_is_whole
from models.storage.database import reading
from models.storage.writing import write
from models.tables import AgendaFile, Event
from models.upkeep import keep_promises, seal_editions
from tests.builders import LEADER, Room, make_agenda, make_agreement, make_workshop, rows_of
from tests.serving import ROOT

pytestmark = pytest.mark.usefixtures("sqlite")


def build(document: AgendaDocument) -> list[BuiltFile]:
    given = sum(1 for each in document.signatures if each.answer)
    return [BuiltFile(copy, "docx", f"{copy} {document.label}: {given}".encode()) for copy in Copy]


def seal(given: Sequence[Unsealed]) -> list[bytes]:
    return [b"sealed " + each.content for each in given]


@pytest.fixture
def room() -> Room:
    made = make_workshop(people=3, partners=["Selam", "Buren"])
    make_agreement(made, owner="Selam", what="Wij eten samen.")
    return made


@pytest.fixture
def closed(room: Room) -> int:
    agenda = make_agenda(room)
    publish(agenda, who=LEADER, build=build)
    return agenda


def kept(agenda: int, copy_for: Copy = Copy.PARTNERS, edition: int | None = None) -> bytes | None:
    with reading() as session:
        found = agenda_file(session, agenda, copy_for, "pdf", edition)
    return found.content if found else None


def test_each_copy_of_a_closed_edition_is_sealed_and_known_by_its_bytes(room: Room, closed: int) -> None:
    assert kept(closed) is None

    complete_seals(seal)

    assert [kept(closed, copy_for) for copy_for in Copy] == [b"sealed partners 1: 0", b"sealed public 1: 0"]
    with reading() as session:
        found = check_document(session, sha256_of_bytes=hashlib.sha256(b"sealed public 1: 0").hexdigest())
        view = read_agenda(session, room.workshop_id)
        assert chain_is_whole(session, room.alliance_id)
    assert found is not None and (found.format, found.copy_for) == ("pdf", "public")
    assert view is not None and (view.editions, view.sealed) == ([1], [1])
    assert "edition sealed" in [row["what"] for row in rows_of(Event)]


def test_while_signing_is_open_nothing_is_sealed(room: Room) -> None:
    make_agenda(room)

    assert complete_seals(seal) == 0
    assert rows_of(AgendaFile) == []


def test_what_is_sealed_stays_as_it_is(closed: int) -> None:
    complete_seals(seal)
    before = rows_of(AgendaFile)

    complete_seals(lambda given: [b"another" for _ in given])

    assert rows_of(AgendaFile) == before


def test_who_seals_at_the_same_moment_keeps_one_seal(closed: int) -> None:
    with ThreadPoolExecutor(3) as threads:
        list(
            threads.map(
                lambda mark: complete_seals(lambda given: [mark + each.content for each in given]),
                [b"1", b"2", b"3"],
            )
        )

    pdfs = [bytes(row["content"]) for row in rows_of(AgendaFile) if row["format"] == "pdf"]
    assert len(pdfs) == 2
    assert len({content[:1] for content in pdfs}) == 1


@pytest.mark.parametrize("error", [OfficeMissing, OfficeFailed, OSError, RuntimeError])
def test_what_goes_wrong_leaves_nothing_and_is_made_later(closed: int, error: type[Exception]) -> None:
    def falls(_given: Sequence[Unsealed]) -> list[bytes]:
        raise error

    with pytest.raises(error):
        complete_seals(falls)
    assert kept(closed) is None

    seal_editions(seal)

    assert kept(closed) == b"sealed partners 1: 0"


def test_where_the_program_is_missing_upkeep_goes_on(closed: int) -> None:
    def missing(_given: Sequence[Unsealed]) -> list[bytes]:
        raise OfficeMissing

    seal_editions(missing)

    assert kept(closed) is None


def test_a_later_answer_makes_an_edition_that_is_sealed_too(room: Room, closed: int) -> None:
    complete_seals(seal)
    write(answer_agenda, agenda_id=closed, partner_id=room.partners["Buren"], answer="signed", name="Ümit")

    keep_promises(build)
    with reading() as session:
        assert unsealed_editions(session) == [(closed, 2)]
    complete_seals(seal)

    assert kept(closed) == b"sealed partners 1.2: 1"
    assert kept(closed, edition=1) == b"sealed partners 1: 0"


def test_an_answer_that_came_while_an_edition_was_being_sealed_is_not_forgotten(
    room: Room, closed: int
) -> None:
    def answered_meanwhile(given: Sequence[Unsealed]) -> list[bytes]:
        write(
            answer_agenda, agenda_id=closed, partner_id=room.partners["Buren"], answer="signed", name="Ümit"
        )
        return seal(given)

    complete_seals(answered_meanwhile)
    keep_promises(build)

    with reading() as session:
        found = agenda_file(session, closed, Copy.PARTNERS)
    assert found is not None and found.content == b"partners 1.2: 1"


def test_ten_years_later_with_a_lost_key_a_sealed_copy_is_known_by_its_hash(
    closed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete_seals(seal)
    then = clock.now()
    for module in (clock, files, sealing):
        monkeypatch.setattr(module, "now", lambda: then + timedelta(days=3653))
    monkeypatch.setenv("HANDSLAG_KEY", "another key, since the first one was lost")

    with reading() as session:
        found = check_document(session, sha256_of_bytes=hashlib.sha256(b"sealed partners 1: 0").hexdigest())

    assert found is not None and (found.version, found.edition) == (1, 1)


_FALLS = """
import os, resource, signal, sys
from models.basics.errors import NoRoomLeft
from models.basics.words import Copy
from models.signing.files import BuiltFile, publish
from models.signing.sealing import complete_seals

def falls(*_given):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[1] == "build":
    publish(int(sys.argv[2]), who="Iris", build=falls)
elif sys.argv[1] == "seal":
    complete_seals(falls)
else:
    # How a full disk feels: no file may grow beyond what the database has already.
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    try:
        complete_seals(lambda given: [bytes(1_000_000) for _ in given])
    except NoRoomLeft:
        sys.exit(28)
"""


def killed_in(what: str, agenda: int) -> int:
    """Return how a process ended that was killed while it made files of this agenda."""
    command = [sys.executable, "-c", _FALLS, what, str(agenda)]
    return subprocess.run(command, cwd=ROOT, env=dict(os.environ), check=False).returncode


def test_a_server_that_is_killed_while_it_makes_files_makes_them_again(room: Room) -> None:
    agenda = make_agenda(room)

    assert killed_in("build", agenda) == -signal.SIGKILL
    assert rows_of(AgendaFile) == []
    publish(agenda, who=LEADER, build=build)
    closed = rows_of(AgendaFile)
    assert killed_in("seal", agenda) == -signal.SIGKILL

    assert rows_of(AgendaFile) == closed
    seal_editions(seal)
    assert kept(agenda) == b"sealed partners 1: 0"
    assert [row for row in rows_of(AgendaFile) if row["format"] == "docx"] == closed


def test_on_a_full_disk_no_half_seal_is_kept_and_with_room_again_it_is_made(closed: int) -> None:
    before = rows_of(AgendaFile)

    assert killed_in("full", closed) == errno.ENOSPC

    assert rows_of(AgendaFile) == before
    seal_editions(seal)
    assert kept(closed) == b"sealed partners 1: 0"


def test_two_closes_at_once_keep_the_bytes_of_one(room: Room) -> None:
    agenda = make_agenda(room)

    def close(mark: str) -> int:
        def marked(document: AgendaDocument) -> list[BuiltFile]:
            return [
                BuiltFile(each.copy_for, each.format, mark.encode() + each.content)
                for each in build(document)
            ]

        return publish(agenda, who=mark, build=marked)

    with ThreadPoolExecutor(3) as threads:
        editions = list(threads.map(close, ["a", "b", "c"]))

    files = rows_of(AgendaFile)
    assert editions == [1, 1, 1]
    assert len(files) == 2
    assert len({bytes(row["content"])[:1] for row in files}) == 1
