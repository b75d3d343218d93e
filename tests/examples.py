"""The example's rooms, made once in a run and copied after that: to make one takes as long as to start the app."""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import manage
from models.storage import database as databases
from tests.serving import Server


class Examples:
    """Data folders with the example at a step, each with its key and what `manage.py example` printed of it.

    Whoever asks first makes it; every process of a run finds it in `folder`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def showing(
        self, folder: Path, step: str | None = None, *, block: str | None = None, **environment: str
    ) -> Iterator[tuple[Server, dict[str, Any]]]:
        """Yield a started server with nothing but the example at `step` of `block`, and what was printed of it."""
        server = Server(folder, environment=environment, is_ready_made=True)
        printed = self._put(folder / "data", step, block)
        server.start()
        try:
            yield server, printed
        finally:
            server.kill()

    def _put(self, data: Path, step: str | None, block: str | None) -> dict[str, Any]:
        asked = [
            word for name, value in (("--step", step), ("--block", block)) if value for word in (name, value)
        ]
        kept = self._kept("".join(asked).strip("-"), asked)
        shutil.copytree(kept / "data", data)
        printed: dict[str, Any] = json.loads((kept / "printed.json").read_text(encoding="utf-8"))
        return printed

    def _kept(self, name: str, asked: list[str]) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = self._folder / name
        with (self._folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                unfinished = self._folder / f"{name}.unfinished"
                _make(unfinished, asked)
                unfinished.rename(kept)
        return kept


def _make(folder: Path, asked: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDSLAG_DATA", str(folder / "data"))
        for name in ("HANDSLAG_KEY", "DATABASE_URL"):
            patch.delenv(name, raising=False)
        databases.dispose()
        done = CliRunner().invoke(manage.app, ["example", *asked], catch_exceptions=False)
        databases.dispose()
    if done.exit_code != 0:
        raise RuntimeError(done.output)
    (folder / "printed.json").write_text(done.stdout.splitlines()[-1], encoding="utf-8")
