"""One real server for each file of faults, on a database that the test reads and leads from its own process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.storage import database as databases
from tests.serving import SERVER_KEY, Server, running


@pytest.fixture(scope="module")
def server(on_disk: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The real app; `write`, `reading` and the builders of this process work on its database."""
    folder = on_disk / request.node.path.stem / "server"
    with (
        running(folder, HANDSLAG_KEY=SERVER_KEY) as started,
        pytest.MonkeyPatch.context() as patch,
    ):
        # What is looked at is the start after an end: that is an installation's.
        started.is_ready_made = False
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'data' / 'handslag.db'}")
        databases.dispose()
        yield started
        databases.dispose()
