"""Where tests keep their files: in memory, where there is such storage; on the disk, where what survives is told.

SQLite waits for the disk at every commit. In memory that takes a thousandth of the time, and nothing else differs.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
# What all tests keep at one time takes a tenth of it. A container may have no more than 64 MB.
LEAST_FREE = 2**30
# Lives through a restart, so that it is a disk also where /tmp is memory.
DISK = Path("/var/tmp")
# Pytest's own word for where its temporary folders are.
PLACE = "PYTEST_DEBUG_TEMPROOT"


def work_in_memory() -> None:
    """Let every temporary folder of the tests lie in memory, unless somebody said where, or there is too little."""
    if PLACE not in os.environ and _has_room(MEMORY):
        os.environ[PLACE] = str(MEMORY)


def temporary_root() -> Path:
    """Return the folder in which the tests make theirs."""
    return Path(os.environ.get(PLACE) or tempfile.gettempdir())


@contextmanager
def folder_on_disk() -> Iterator[Path]:
    """Yield a folder that a commit has to wait for; gone afterwards."""
    root = DISK if os.access(DISK, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="handslag-tests-", dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= LEAST_FREE
