"""What was opened is overwritten in this process's memory once it is freed, as far as Python and the C library let us.

Keys are bytearrays that are wiped. Everything else Python copies as it likes, and frees without wiping: so the C
library is told to overwrite what is freed as long as somebody has something open, and what Python keeps of small pieces
is overwritten by asking for it. What is not of Linux and glibc is left as it is.
"""

import ctypes
import gc
import sys
import time

# mallopt(3), and any byte but nought.
M_PERTURB, PERTURBED = -6, 0x5A
# Python keeps pieces up to 512 bytes for itself, in sizes of 16 bytes apart; glibc keeps seven of each size up to 1,032
# for each thread, and does not overwrite these. A `bytes` takes 33 beside what it holds.
STEP, BYTES_HEAD = 16, 33
SMALLEST, LARGEST_OF_PYTHON, LARGEST_OF_A_THREAD = 48, 512, 1_040
PIECES_OF_PYTHON, PIECES_OF_A_THREAD = 5_000, 8
PAUSE_SECONDS = 0.001


def overwrite_what_is_freed(is_on: bool) -> None:
    """Have the C library overwrite what is freed from now on, or no longer: it costs who else is served a little."""
    _call("mallopt", M_PERTURB, PERTURBED if is_on else 0)


def overwrite_in_this_thread() -> None:
    """Overwrite the pieces that the C library keeps for this thread alone; in some microseconds.

    With bytearrays: what a `bytes` of zeros asks for (calloc) comes from elsewhere.
    """
    for size in range(LARGEST_OF_PYTHON + STEP, LARGEST_OF_A_THREAD + STEP, STEP):
        pieces = [bytearray(size) for _ in range(PIECES_OF_A_THREAD)]
        del pieces


def give_back() -> None:
    """Overwrite the small pieces that Python keeps, and give the rest of what is free back to the system.

    Others are let through in between, and old objects are not looked through: votes would wait for that.
    """
    gc.collect(1)
    for size in range(SMALLEST, LARGEST_OF_PYTHON + STEP, STEP):
        pieces = [bytes(size - BYTES_HEAD) for _ in range(PIECES_OF_PYTHON)]
        del pieces
        time.sleep(PAUSE_SECONDS)
    _call("malloc_trim", 0)


def _call(name: str, *given: int) -> None:
    """Call a function of the C library where there is one of that name."""
    function = getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
    if function is not None:
        function(*given)
