"""What all tests may ask for: an empty database of either kind, the running app, a browser."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from models.storage import database as databases
from models.storage.overwriting import let_overwrite
from tests.examples import Examples
from tests.kept_engine import keep_engines
from tests.postgresql import MIGRATED, Cluster, cluster
from tests.scanned_once import scan_once
from tests.serving import BROWSER_ARGUMENTS, SERVER_KEY, Server, chromium, running
from tests.storage import folder_on_disk, temporary_root, work_in_memory
from tests.waiting import PATIENCE

# How long one example takes says nothing on a machine that does two tests at a time.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# Where the longest files of tests lie, longest first; without a name, in no folder. What comes last are many short
# ones: then no worker is left alone with a long one.
LONGEST_FIRST = (
    *("browser", "faults", "phone", "deploy", "", "earlier"),
    *("models/storage", "models/signing", "models/mediation", "exports", "pages"),
)
TESTS = Path(__file__).parent


@pytest.fixture(autouse=True)
def overwriting_goes_on() -> Iterator[None]:
    """Who ends a server within this process stops overwriting there: it goes on for the next test."""
    yield
    let_overwrite()


def pytest_configure(config: pytest.Config) -> None:
    """Keep every test away from the data of whoever runs them, module-wide fixtures included."""
    # Half of the time in which five thousand tests are collected went into looking for garbage. Who only hands
    # tests out to workers collects none.
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        gc.disable()
    for name in [name for name in os.environ if name.startswith("HANDSLAG_")]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    work_in_memory()
    os.environ["HANDSLAG_DATA"] = tempfile.mkdtemp(prefix="handslag-tests-", dir=temporary_root())
    os.environ["HANDSLAG_KEY"] = SERVER_KEY
    keep_engines()
    scan_once()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what tells its mark itself, and begin with what takes longest: no worker is left alone with it."""
    for item in items:
        _mark(item)
    items.sort(key=_place_in_the_run)


def pytest_collection_finish() -> None:
    """What stands now stays to the end of the run: it is looked through no more."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _place_in_the_run(item: pytest.Item) -> int:
    *folders, _file = item.path.relative_to(TESTS).parts
    of_item = {"/".join(folders[:depth]) for depth in (1, 2)}
    places = [place for place, folder in enumerate(LONGEST_FIRST) if folder in of_item]
    return places[0] if places else len(LONGEST_FIRST)


def _mark(item: pytest.Item) -> None:
    if "browser" in getattr(item, "fixturenames", ()):
        item.add_marker("browser")
    if "server" in getattr(item, "fixturenames", ()):
        item.add_marker("slow")
    if item.path.parent.name == "faults":
        item.add_marker("faults")
    asked = getattr(item, "callspec", None)
    if asked is not None and asked.params.get("database") == "postgresql":
        item.add_marker("twin" if item.get_closest_marker("both_databases") is None else "both_databases")


def pytest_unconfigure(config: pytest.Config) -> None:
    databases.dispose()
    shutil.rmtree(os.environ["HANDSLAG_DATA"], ignore_errors=True)


@pytest.fixture(scope="session")
def on_disk() -> Iterator[Path]:
    """A folder on the disk, not in memory: for tests of what survives."""
    with folder_on_disk() as folder:
        yield folder


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row. Copied, never opened."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{path}")
        databases.migrate()
        with databases.engine().connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        databases.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Cluster]:
    """One PostgreSQL for all tests of this process, with a migrated database to copy."""
    with cluster() as started:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", started.create(MIGRATED))
            databases.migrate()
            databases.dispose()
        yield started


@pytest.fixture
def sqlite(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty, migrated SQLite database, named by `DATABASE_URL`."""
    path = tmp_path / "handslag.db"
    shutil.copyfile(migrated_file, path)
    url = f"sqlite:///{path}"
    monkeypatch.setenv("DATABASE_URL", url)
    yield url
    databases.dispose()


@pytest.fixture
def postgresql(postgresql_cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty, migrated PostgreSQL database, by a `DATABASE_URL` that no other test has: pages are kept by it."""
    url = f"{postgresql_cluster.empty()}?application_name={uuid4().hex}"
    monkeypatch.setenv("DATABASE_URL", url)
    # Nobody votes beside a test.
    monkeypatch.setattr("models.storage.journal.PAUSE_SECONDS", 0)
    yield url
    databases.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """An empty, migrated database, named by `DATABASE_URL`; each test runs once on either kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Examples:
    """The example's rooms at each step, to start a server with: `with examples.showing(folder, "vote") as …`."""
    folder = tmp_path_factory.getbasetemp()
    # The folders of all workers of a run stand beside each other.
    return Examples((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "examples")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The real app, with an empty database of its own."""
    with running(tmp_path / "server") as started:
        yield started


# No wider than a module: Playwright keeps a loop running in this thread, in which asyncio.run() is refused.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Open a context per person: `browser.new_context()`."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        open_context = started.new_context

        def patient(**options: Any) -> BrowserContext:
            context = open_context(**options)
            context.set_default_timeout(PATIENCE)
            return context

        started.new_context = patient  # type: ignore[method-assign]
        yield started
        started.close()
