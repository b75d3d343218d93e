"""What time itself brings, kept without anybody's tap."""

import asyncio
from collections.abc import Sequence

import pytest

from models import upkeep
from models.agenda import AgendaDocument, BuiltFile
from models.upkeep import keep_promises, keep_promises_by_themselves


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
        task = asyncio.create_task(keep_promises_by_themselves(build))
        while len(tries) < 3:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(asyncio.wait_for(a_while(), 20))

    assert "upkeep failed" in caplog.text
