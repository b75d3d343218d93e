"""A process that has imported the app and done nothing else: each test's server, and `manage.py`, is forked from it.

A start of the app takes a processor three seconds, and two thirds of that are imports. This process opens no
database, no socket and no thread of its own, and reads no setting: a server that is forked from it gets its own
environment, folder, output and process group before it reads the first one. It is started by the first test of a
worker that needs a server, and ends with the worker, and with it what it forked. Where the start itself is looked at
(`tests/deploy`, and in `tests/faults` each start after an end), servers are started as an installation starts them.
"""

import ctypes
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

PR_SET_PDEATHSIG = 1
MANAGE_SECONDS = 120
ROOT = Path(__file__).resolve().parent.parent


class Forked:
    """A server's process, with what tests ask of one that was started with `subprocess`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._end = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """Return how the process ended, or None while it runs."""
        return self._ended_within(0)

    def wait(self, timeout: float) -> int:
        """Return how the process ended. Raises `subprocess.TimeoutExpired`."""
        ended = self._ended_within(timeout)
        if ended is None:
            raise subprocess.TimeoutExpired("a server", timeout)
        return ended

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._end, number)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    def _ended_within(self, seconds: float) -> int | None:
        if self.returncode is None and select.select([self._end], [], [], seconds)[0]:
            self.returncode = _ask({"ended": self.pid})
            os.close(self._end)
        return self.returncode


def fork_server(
    arguments: list[str], *, folder: Path, environment: Mapping[str, str], output: Path
) -> Forked:
    """Start `streamlit` with these arguments in `folder`, under this environment alone, and return its process."""
    return _fork("streamlit", arguments, folder, environment, output, output)


def run_manage(
    arguments: list[str], *, folder: Path, environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Run `manage.py` of `folder` with these arguments, under this environment alone, to its end."""
    with tempfile.TemporaryDirectory() as place:
        printed, complained = Path(place, "stdout"), Path(place, "stderr")
        ended = _fork("manage.py", arguments, folder, environment, printed, complained).wait(MANAGE_SECONDS)
        told = [file.read_text(encoding="utf-8") for file in (printed, complained)]
    return subprocess.CompletedProcess(["manage.py", *arguments], ended, *told)


def _fork(
    program: str,
    arguments: list[str],
    folder: Path,
    environment: Mapping[str, str],
    output: Path,
    errors: Path,
) -> Forked:
    asked: dict[str, Any] = {"program": program, "arguments": arguments, "environment": dict(environment)}
    return Forked(_ask(asked | {"folder": str(folder), "output": str(output), "errors": str(errors)}))


@cache
def _parent() -> "subprocess.Popen[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HANDSLAG_")}
    clean.pop("DATABASE_URL", None)
    # The one library that would start threads when it is imported.
    clean["OPENBLAS_NUM_THREADS"] = "1"
    return subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=ROOT,
        env=clean,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def can_fork() -> bool:
    """Return whether this system can watch a process that is no child of the one that asks."""
    return hasattr(os, "pidfd_open")


def _ask(question: dict[str, Any]) -> int:
    parent = _parent()
    assert parent.stdin is not None and parent.stdout is not None
    parent.stdin.write(json.dumps(question) + "\n")
    parent.stdin.flush()
    answer = parent.stdout.readline()
    if not answer:
        raise RuntimeError("the process that servers are forked from has ended")
    return int(answer)


def _serve() -> None:
    """Import the app, then fork whenever a line asks for it."""
    _import_the_app()
    for line in sys.stdin:
        asked = json.loads(line)
        if "ended" in asked:
            _, status = os.waitpid(asked["ended"], 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork()
            if answer == 0:
                _become(**asked)
        print(answer, flush=True)


def _import_the_app() -> None:
    """Import what a server imports at its start, and at the first sight of each page; read what is the same for all."""
    # Not app.py and manage.py themselves: they act on what they are told.
    for needed in ("typer", "streamlit.web.cli", "streamlit.web.server.starlette.starlette_server"):
        importlib.import_module(needed)
    from streamlit.components.v2 import manifest_scanner

    for room in ("models", "exports", "phone", "pages.parts"):
        for module in pkgutil.walk_packages([str(ROOT / room.replace(".", "/"))], f"{room}."):
            importlib.import_module(module.name)

    from exports.charts import prepare_charts
    from phone.serving.rendering import prepare_pages
    from tests.scanned_once import scan_once

    prepare_pages()
    prepare_charts()
    scan_once()
    manifest_scanner.scan_component_manifests()
    # What stands here now is looked through by no server: to write beside it would copy it.
    gc.freeze()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


def _become(
    *,
    program: str,
    arguments: list[str],
    folder: str,
    environment: dict[str, str],
    output: str,
    errors: str,
) -> NoReturn:
    ended = 1
    try:
        os.setsid()
        # When the process that forked it is gone, nobody can end it any more.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        _lead(0, os.devnull, os.O_RDONLY)
        _lead(1, output, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        _lead(2, errors, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        sys.path[0] = folder
        sys.argv = [program, *arguments]
        if program == "streamlit":
            from streamlit.web.cli import main

            main(prog_name=program)
        else:
            runpy.run_path(program, run_name="__main__")
        ended = 0
    except SystemExit as asked:
        # As the interpreter does: a sentence is printed.
        if asked.code is not None and not isinstance(asked.code, int):
            print(asked.code, file=sys.stderr)
        ended = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended)


def _lead(number: int, file: str, how: int) -> None:
    """Let a descriptor of this process lead to a file."""
    opened = os.open(file, how, 0o644)
    os.dup2(opened, number)
    os.close(opened)


if __name__ == "__main__":
    _serve()
