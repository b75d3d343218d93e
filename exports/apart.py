"""Runs what reads other people's files in a process of its own, bound in time and memory.

Such a module reads its standard input and prints one JSON object; it begins with `bound_this_process`.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
# Such a process ends itself after seconds of its own; a busy machine may make it wait for its turn.
LONGEST_WAIT = 10


def told_apart(module: str, offered: IO[bytes]) -> dict[str, Any] | None:
    """Return what `module` says of an offered file, a real one at its beginning; None when it took too much.

    A process of its own reads it, without our keys in its environment.
    """
    try:
        done = subprocess.run(
            (sys.executable, "-E", "-s", "-m", module),
            stdin=offered,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"LC_ALL": "C.UTF-8"},
            timeout=LONGEST_WAIT,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def bound_this_process(*, more_memory: int, seconds: int) -> None:
    """Bound what this process may take from here on: time, memory beyond what it has, no files, no core."""
    with open("/proc/self/statm", encoding="ascii") as stream:
        has = int(stream.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (has + more_memory, has + more_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
