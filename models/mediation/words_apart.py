"""Make a key of six words in a process of its own, behind everything else that the machine does.

Argon2id fills and gives back 64 MiB: within the server all its threads wait for that, and votes took three to eight
times as long. `python -m models.mediation.words_apart` answers until nobody has asked for a while, or until who asks
is gone, and takes along what it had in memory. Words go through a pipe alone, to a process that is closed to others;
it has no setting, no file and no connection of the server's.
"""

import os
import select
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from models.basics.closed_memory import SETTING, close_memory
from models.basics.errors import Busy

ROOT = Path(__file__).resolve().parents[2]
KEY_BYTES = 32
# What runs behind everything else gets no turn at all on a machine that never rests: after this another one is asked,
# which yields less. That one gets this long.
BEHIND_ALL, BEHIND = "behind-all", "behind"
PATIENCE_SECONDS = {BEHIND_ALL: 5.0, BEHIND: 30.0}
# Somebody who mistyped tries again within this. The one that yields less answers who waits already, and is gone.
IDLE_SECONDS = {BEHIND_ALL: 20, BEHIND: 1}
NICE = 10
# OpenSSL frees a copy of the words without wiping it. The C library (glibc) overwrites what is freed, and keeps no
# pieces for a thread: those it would not overwrite.
OVERWRITES_WHAT_IT_FREES = {"GLIBC_TUNABLES": "glibc.malloc.perturb=90:glibc.malloc.tcache_count=0"}
# Passes, lanes, KiB of memory, and how many bytes the salt and the words are.
_ASKED = struct.Struct(">5I")
_READY = b"\1"


class _Answering:
    """The process that answers, seen from the one that asks."""

    def __init__(self, how: str) -> None:
        environment = {"LC_ALL": "C.UTF-8", **OVERWRITES_WHAT_IT_FREES}
        if SETTING in os.environ:
            environment[SETTING] = os.environ[SETTING]
        self.process = subprocess.Popen(
            [sys.executable, "-E", "-s", "-m", "models.mediation.words_apart", str(IDLE_SECONDS[how])],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        # From here, so that its imports hold up nobody either.
        _stand_behind(self.process.pid, how)
        assert self.process.stdin is not None and self.process.stdout is not None
        self._to, self._from = self.process.stdin.fileno(), self.process.stdout.fileno()
        self.is_ready = False
        # It leaves by itself: then it is no process any more, rather than one that nobody asked how it ended.
        threading.Thread(target=self.process.wait, name="words tried apart", daemon=True).start()

    def key_of(self, asked: bytearray, deadline: float) -> bytearray:
        """Return the key, or less of it where the process ended or the time is over."""
        if not self.is_ready:
            self.is_ready = bytes(self._read(len(_READY), deadline)) == _READY
        if not self.is_ready:
            return bytearray()
        with suppress(BrokenPipeError), memoryview(asked) as rest:
            sent = 0
            while sent < len(asked):
                sent += os.write(self._to, rest[sent:])
        return self._read(KEY_BYTES, deadline)

    def end(self) -> None:
        """End it at once, with whatever it was doing."""
        self.process.kill()
        self.process.wait()
        self.let_go()

    def let_go(self) -> None:
        """Close what leads there."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def _read(self, count: int, deadline: float) -> bytearray:
        found, coming = bytearray(), select.poll()
        coming.register(self._from, select.POLLIN)
        while len(found) < count:
            if not coming.poll(max(0.0, deadline - time.monotonic()) * 1000):
                break
            part = os.read(self._from, count - len(found))
            if not part:
                break
            found += part
        return found


class _Asking:
    """Who asks, one after the other: OpenSSL has as many threads as one derivation has lanes, for all together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.answering: _Answering | None = None

    def key_of(self, asked: bytearray) -> bytearray:
        with self._lock:
            # The one that waits may just have left or have been killed: a new one is asked. Twice in vain, and the
            # machine has no turn for it, or no room.
            for how, seconds in PATIENCE_SECONDS.items():
                key = bytearray()
                try:
                    with suppress(OSError):
                        key = self._answer(how, asked, time.monotonic() + seconds)
                finally:
                    # Whatever broke off in between would leave its answer for who asks next.
                    if len(key) < KEY_BYTES:
                        self.leave()
                if len(key) == KEY_BYTES:
                    return key
        raise Busy

    def _answer(self, how: str, asked: bytearray, deadline: float) -> bytearray:
        if self.answering is None:
            self.answering = _Answering(how)
        return self.answering.key_of(asked, deadline)

    def leave(self) -> None:
        left, self.answering = self.answering, None
        if left is not None:
            left.end()

    def forget(self) -> None:
        """In a copy of this process (fork): who answers belongs to the one it was copied from, as does the lock."""
        left, self.answering = self.answering, None
        self._lock = threading.Lock()
        if left is not None:
            left.let_go()


_asking = _Asking()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_asking.forget)


def key_of(words: bytes, salt: bytes, *, passes: int, lanes: int, memory: int) -> bytearray:
    """Return the 32 bytes that Argon2id (RFC 9106) makes of words with a salt; `memory` in KiB.

    Whoever is done with them overwrites them. Raises `Busy`.
    """
    asked = bytearray(_ASKED.pack(passes, lanes, memory, len(salt), len(words))) + salt + words
    try:
        return _asking.key_of(asked)
    finally:
        asked[:] = bytes(len(asked))


def main(idle_seconds: float) -> None:
    """Answer what comes in, until nobody has asked for so long."""
    close_memory()
    # Who asks may be gone before the answer.
    with suppress(BrokenPipeError, KeyboardInterrupt):
        os.write(sys.stdout.fileno(), _READY)
        while _answer_one(idle_seconds):
            pass


def _stand_behind(process: int, how: str) -> None:
    """Let others go before a process that was just begun: all of them, where the system knows that (Linux)."""
    with suppress(AttributeError, OSError):
        if how == BEHIND_ALL:
            os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0))
            return
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, process, os.getpriority(os.PRIO_PROCESS, 0) + NICE)


def _answer_one(idle_seconds: float) -> bool:
    """Answer one who asks. Return whether somebody may ask again."""
    if not select.select([sys.stdin], [], [], idle_seconds)[0]:
        return False
    head = _read(_ASKED.size)
    if len(head) < _ASKED.size:
        return False
    passes, lanes, memory, salt_bytes, word_bytes = _ASKED.unpack(head)
    salt, words, key = _read(salt_bytes), _read(word_bytes), bytearray(KEY_BYTES)
    # Who asked may have been killed in the middle of it.
    if len(words) < word_bytes:
        return False
    derived = Argon2id(salt=bytes(salt), length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory)
    # Of a bytearray it takes no copy that could not be overwritten; its types know of bytes alone.
    derived.derive_into(words, key)  # type: ignore[arg-type]
    words[:] = bytes(len(words))
    try:
        os.write(sys.stdout.fileno(), key)
    finally:
        key[:] = bytes(KEY_BYTES)
    return True


def _read(count: int) -> bytearray:
    """Return so many bytes of what comes in, fewer where it ends, without a copy of them anywhere else."""
    found = bytearray(count)
    with memoryview(found) as whole:
        have = 0
        while have < count and (part := os.readv(sys.stdin.fileno(), [whole[have:]])):
            have += part
    return found[:have] if have < count else found


if __name__ == "__main__":
    main(float(sys.argv[1]))
