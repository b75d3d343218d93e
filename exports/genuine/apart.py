"""Runs the reader of offered files in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from exports.genuine.reader import Problem, Reading, Seal

ROOT = Path(__file__).resolve().parents[2]
# The process ends itself after two seconds of its own; a busy machine may make it wait for its turn.
LONGEST_WAIT = 10
_COMMAND = (sys.executable, "-E", "-s", "-m", "exports.genuine.reader")


def read_apart(offered: IO[bytes]) -> Reading:
    """Return what stands in an offered file, which must be a real one and stand at its beginning.

    A process of its own reads it, without our keys in its environment, and is ended when it takes too much.
    """
    try:
        done = subprocess.run(
            _COMMAND,
            stdin=offered,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"LC_ALL": "C.UTF-8"},
            timeout=LONGEST_WAIT,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return Reading(problem=Problem.TOO_LARGE)
    return _reading(json.loads(done.stdout))


def _reading(told: dict[str, Any]) -> Reading:
    seal = told.pop("seal")
    texts = [(place, text, is_hidden) for place, text, is_hidden in told.pop("texts")]
    return Reading(**told, texts=texts, seal=Seal(**seal) if seal is not None else None)
