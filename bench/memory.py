"""How much memory the server holds while a crowd is there."""

import threading
from contextlib import suppress
from pathlib import Path

from tests.serving import Server

LOOK_SECONDS = 0.25


class Memory:
    """Looks at the resident memory of a server and of what it begins, four times a second, as long as it runs."""

    def __init__(self, server: Server) -> None:
        assert server.process is not None
        self._process = server.process.pid
        self._most = 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def most(self) -> float:
        """Return the most that was resident since this was asked last, in MB."""
        found, self._most = max(self._most, self._resident()), 0.0
        return found

    def _look(self) -> None:
        wait = threading.Event()
        while not wait.wait(LOOK_SECONDS):
            try:
                self._most = max(self._most, self._resident())
            except (OSError, StopIteration):
                return  # the server has ended

    def _resident(self) -> float:
        return _resident(self._process) + sum(
            _of_one_that_may_have_ended(child) for child in _begun_by(self._process)
        )


def _begun_by(process: int) -> list[int]:
    found = []
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        # A thread may end while we look.
        with suppress(OSError):
            found += [int(child) for child in thread.read_text(encoding="ascii").split()]
    return found


def _of_one_that_may_have_ended(process: int) -> float:
    try:
        return _resident(process)
    except (OSError, StopIteration):
        return 0.0


def _resident(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kilobytes) * 1024 / 1_000_000
