"""Make a key of six words in a process of its own, behind everything else that the machine does.

Argon2id fills and gives back 64 MiB: within the server all its threads wait for that, and votes took three to eight
times as long. `python -m models.mediation.words_apart` answers until nobody has asked for a while, and is gone then,
with what it had in memory. Both ends are this program, on one machine; words go through a pipe alone.
"""

import os
import select
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

ROOT = Path(__file__).resolve().parents[2]
KEY_BYTES = 32
# Somebody who mistyped tries again within this.
IDLE_SECONDS = 20
# Passes, lanes, KiB of memory, and how many bytes the salt and the words are.
_ASKED = struct.Struct(">5I")
# OpenSSL has as many threads as one derivation has lanes, for all together: a second one would be refused meanwhile.
_one_at_a_time = threading.Lock()
# With the number of the process that began it: a copy of this process (fork) begins its own.
_answering: tuple[int, subprocess.Popen[bytes]] | None = None


class WordsNotTried(RuntimeError):
    """The other process ended without a key, twice: it was killed, or the machine has no room."""


def key_of(words: bytes, salt: bytes, *, passes: int, lanes: int, memory: int) -> bytes:
    """Return the 32 bytes that Argon2id (RFC 9106) makes of words with a salt; `memory` in KiB.

    Raises `WordsNotTried`.
    """
    asked = _ASKED.pack(passes, lanes, memory, len(salt), len(words)) + salt + words
    with _one_at_a_time:
        # The one that waits may just have left, or have been killed: a new one is asked once more.
        for _again in range(2):
            try:
                key = _ask(asked)
            except BrokenPipeError:
                key = b""
            if len(key) == KEY_BYTES:
                return key
            _leave()
    raise WordsNotTried


def _ask(asked: bytes) -> bytes:
    global _answering
    if _answering is None or _answering[0] != os.getpid():
        begun = subprocess.Popen(
            [sys.executable, "-m", "models.mediation.words_apart"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        _answering = (os.getpid(), begun)
    writer, reader = _answering[1].stdin, _answering[1].stdout
    assert writer is not None and reader is not None
    writer.write(asked)
    return reader.read(KEY_BYTES) or b""


def _leave() -> None:
    global _answering
    if _answering is not None and _answering[0] == os.getpid():
        with _answering[1] as left:
            left.kill()
    _answering = None


def main() -> None:
    """Answer what comes in, until nobody asks any more."""
    with suppress(AttributeError, OSError):
        # Linux: only what others leave. Elsewhere it goes as everything does.
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    while select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
        head = _read(_ASKED.size)
        if len(head) < _ASKED.size:
            return
        passes, lanes, memory, salt_bytes, word_bytes = _ASKED.unpack(head)
        salt, words = _read(salt_bytes), _read(word_bytes)
        os.write(sys.stdout.fileno(), _derived(bytes(words), bytes(salt), passes, lanes, memory))
        words[:] = bytes(len(words))


def _derived(words: bytes, salt: bytes, passes: int, lanes: int, memory: int) -> bytes:
    return Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory).derive(
        words
    )


def _read(count: int) -> bytearray:
    found = bytearray()
    while len(found) < count and (part := os.read(sys.stdin.fileno(), count - len(found))):
        found += part
    return found


if __name__ == "__main__":
    main()
