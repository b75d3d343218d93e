"""Nobody reads along in the memory of the server: on Linux it writes no core, and no other process may look into it.

Python cannot overwrite a passphrase, a key or a name once they stand in its memory. What can be had is that nobody gets
at that memory. A process of the same user could read it in /proc, or attach to it with a debugger, and a crash could
write it to disk; a process that is not dumpable refuses both (prctl(2), PR_SET_DUMPABLE). The administrator still can.
"""

import ctypes
import os
import sys

# linux/prctl.h
PR_SET_DUMPABLE = 4
# For whoever looks for a fault with a debugger, and for tests that count open sockets as a plain user.
SETTING = "HANDSLAG_DUMPABLE"


def close_memory() -> bool:
    """Let no other process read this one's memory or settings, and let a crash write none. Return whether that is so.

    Not so on other systems than Linux, where a sandbox does not know the call, and where `HANDSLAG_DUMPABLE` is 1.
    """
    if not sys.platform.startswith("linux") or os.environ.get(SETTING) == "1":
        return False
    prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)
    return prctl is not None and prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0
