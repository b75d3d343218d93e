"""A process that is ready for a crowd: sockets, short turns, and no long pauses."""

import asyncio
import gc
import resource
import sys
from collections.abc import Iterator

import pytest

from phone import evenness
from phone.evenness import NEVER, TURN_SECONDS, prepare_process, tidy_up_in_quiet_moments


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
