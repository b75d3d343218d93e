"""How much memory the server holds while a crowd is there."""

import threading
from pathlib import Path

from tests.serving import Server

LOOK_SECONDS = 0.25


class Memory:
    """Looks at a server's resident memory four times a second, as long as it runs."""

    def __init__(self, server: Server) -> None:
        assert server.process is not None
        self._file = Path(f"/proc/{server.process.pid}/status")
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
        lines = self._file.read_text(encoding="ascii").splitlines()
        kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS:"))
        return int(kilobytes) * 1024 / 1_000_000
