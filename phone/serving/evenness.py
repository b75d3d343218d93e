"""What lets one process answer thousands of phones evenly: enough sockets and memory, short turns, no long pauses."""

import asyncio
import ctypes
import gc
import resource
import sys
from contextlib import suppress

from models.storage.writing import seconds_since_a_post

# Python lets a thread that computes go on for 5 ms while others wait: a vote would wait so for each of its steps.
TURN_SECONDS = 0.0005
# How many collections of middle-aged objects may pass before Python by itself looks at all of them: never.
NEVER = 1_000_000_000
# glibc gives up to eight heaps per processor to threads, and what one thread has freed another cannot use.
ARENA_MAX, ARENAS = -8, 2
LOOK_SECONDS = 15
QUIET_SECONDS = 5
LONGEST_WAIT_SECONDS = 1_800


def share_memory_between_threads() -> None:
    """Let all threads take memory from two heaps, before any of them starts; nothing where C's library is not glibc."""
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(ARENA_MAX, ARENAS)


def prepare_process() -> None:
    """Make this process ready for a crowd, once everything is imported.

    A phone holds two sockets, and systems allow 1,024 unless they are asked. To look at all objects for what may be
    thrown away stopped everything for 0.3 s with 1,000 phones: so what is there now is never looked at again, and the
    rest at a quiet moment.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    sys.setswitchinterval(TURN_SECONDS)
    young, middle_aged, _ = gc.get_threshold()
    gc.set_threshold(young, middle_aged, NEVER)
    gc.collect()
    gc.freeze()


async def tidy_up_in_quiet_moments() -> None:
    """Look at all objects when nobody has posted for some seconds, at least every half hour, until cancelled."""
    waited = 0
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        waited += LOOK_SECONDS
        if seconds_since_a_post() >= QUIET_SECONDS or waited >= LONGEST_WAIT_SECONDS:
            gc.collect()
            waited = 0
