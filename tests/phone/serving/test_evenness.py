"""A process that is ready for a crowd: sockets, short turns, and no long pauses."""

import asyncio
import gc
import platform
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from phone.serving import evenness
from phone.serving.evenness import NEVER, TURN_SECONDS, prepare_process, tidy_up_in_quiet_moments
from tests.serving import ROOT


@pytest.fixture
def as_it_was() -> Iterator[None]:
    """Give the test's own process back what it had."""
    limits, thresholds = resource.getrlimit(resource.RLIMIT_NOFILE), gc.get_threshold()
    interval = sys.getswitchinterval()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    sys.setswitchinterval(interval)
    resource.setrlimit(resource.RLIMIT_NOFILE, limits)


@pytest.mark.usefixtures("as_it_was")
def test_as_many_sockets_as_the_system_allows() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, most), most))

    prepare_process()

    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, most)


@pytest.mark.usefixtures("as_it_was")
def test_threads_take_short_turns_and_no_collection_looks_at_everything_by_itself() -> None:
    prepare_process()

    assert sys.getswitchinterval() == pytest.approx(TURN_SECONDS)
    assert gc.get_threshold()[2] == NEVER
    assert gc.get_freeze_count() > 0


# Each thread stays, and has taken memory: glibc would give each a heap of its own.
HEAPS_OF_TWENTY_THREADS = """
import ctypes, sys, threading
from phone.serving.evenness import share_memory_between_threads
share_memory_between_threads()
ready, may_end = threading.Barrier(21), threading.Event()
def take():
    taken = [bytes(1_000) for _ in range(100)]
    ready.wait()
    may_end.wait()
for _ in range(20):
    threading.Thread(target=take).start()
ready.wait()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
library.malloc_info(0, ctypes.c_void_p(library.fopen(sys.argv[1].encode(), b"w")))
library.fflush(None)
may_end.set()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries share memory by themselves")
def test_threads_share_the_memory_that_one_of_them_freed(tmp_path: Path) -> None:
    told = tmp_path / "heaps.xml"

    subprocess.run([sys.executable, "-c", HEAPS_OF_TWENTY_THREADS, str(told)], cwd=ROOT, check=True)

    assert 1 <= told.read_text(encoding="ascii").count("<heap ") <= evenness.ARENAS


@pytest.mark.parametrize(
    ("quiet_seconds", "longest_wait", "is_tidied"),
    [(60.0, 1_800, True), (0.0, 1_800, False), (0.0, 0, True)],
    ids=["nobody posts", "somebody posts", "somebody posts for half an hour"],
)
def test_it_is_tidied_when_nobody_posts_or_after_long(
    monkeypatch: pytest.MonkeyPatch, quiet_seconds: float, longest_wait: int, is_tidied: bool
) -> None:
    tidied: list[bool] = []
    monkeypatch.setattr(evenness, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(evenness, "LONGEST_WAIT_SECONDS", longest_wait)
    monkeypatch.setattr(evenness, "seconds_since_a_post", lambda: quiet_seconds)
    monkeypatch.setattr(evenness.gc, "collect", lambda: tidied.append(True))

    async def a_moment() -> None:
        tidying = asyncio.create_task(tidy_up_in_quiet_moments())
        await asyncio.sleep(0.1)
        tidying.cancel()

    asyncio.run(a_moment())

    assert bool(tidied) is is_tidied
