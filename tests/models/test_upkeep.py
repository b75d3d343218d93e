"""What time itself brings, kept without anybody's tap."""

import asyncio
from collections.abc import Sequence

import pytest

from exports.agenda.build import build_files
from models import upkeep
from models.basics.words import Step
from models.signing.agenda import answer_agenda, read_agenda
from models.signing.files import AgendaDocument, BuiltFile, publish
from models.storage.database import reading
from models.storage.writing import write
from models.upkeep import keep_promises, keep_promises_by_themselves
from tests.builders import LEADER, make_adopted, make_agenda, make_workshop

pytestmark = pytest.mark.both_databases


def build(_document: AgendaDocument) -> Sequence[BuiltFile]:
    return []


def test_keeping_promises_twice_is_harmless(database: str) -> None:
    keep_promises(build)
    keep_promises(build)


def test_a_failure_is_logged_and_tried_again(
    sqlite: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[int] = []

    def fails_at_first(_build: object) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("the disk is full")

    monkeypatch.setattr(upkeep, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(upkeep, "keep_promises", fails_at_first)

    async def a_while() -> None:
        task = asyncio.create_task(keep_promises_by_themselves(build, lambda _files: []))
        while len(tries) < 3:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(asyncio.wait_for(a_while(), 20))

    assert "upkeep failed" in caplog.text


def test_an_answer_after_the_close_gets_its_edition_although_the_server_fell_in_between(
    database: str,
) -> None:
    room = make_workshop(people=5, partners=["School"], step=Step.SIGN)
    make_adopted(room)
    agenda = make_agenda(room)
    publish(agenda, who=LEADER, build=build_files)
    write(
        answer_agenda,
        agenda_id=agenda,
        partner_id=room.partners["School"],
        answer="signed",
        name="Agnieszka",
        consent="I sign.",
    )

    keep_promises(build_files)
    keep_promises(build_files)

    with reading() as session:
        newest = read_agenda(session, room.workshop_id)
    assert newest is not None and newest.editions == [1, 2]
