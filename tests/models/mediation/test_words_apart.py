"""Six words are tried in a process of its own: what becomes of it, and of who asks, when either ends or has to wait."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from models.basics.errors import Busy
from models.mediation import words_apart
from tests.serving import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at it in /proc")

WORDS, SALT = "kachel rivier boterham één brug molen".encode(), b"s" * 16
MEMORY = 64
PATIENCE = 60
# A process that asks once, tells who answers, and waits.
ASKS_AND_WAITS = """
import sys, time
from models.mediation import words_apart
words_apart.key_of(b"woorden", b"s" * 16, passes=1, lanes=4, memory=64)
print(words_apart._asking.answering.process.pid, flush=True)
sys.stdin.read()
"""

# Root gives up its rights (prctl(2), capset(2)), also those that what it starts would have: as any other user is.
LOOKS_INTO = """
import ctypes, os
from models.mediation import words_apart
if os.getuid() == 0:
    PR_CAPBSET_DROP, library = 24, ctypes.CDLL(None)
    for right in range(64):
        library.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)
    assert library.capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()) == 0
words_apart.key_of(b"woorden", b"s" * 16, passes=1, lanes=4, memory=64)
try:
    open(f"/proc/{words_apart._asking.answering.process.pid}/environ", "rb").read()
except PermissionError:
    print("refused")
else:
    print("read")
"""


@pytest.fixture(autouse=True)
def nobody_answers_yet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin with nobody who answers, and leave nobody who was stopped; how slow the machine is changes nothing."""
    words_apart._asking.leave()
    for how in words_apart.PATIENCE_SECONDS:
        monkeypatch.setitem(words_apart.PATIENCE_SECONDS, how, PATIENCE)
        monkeypatch.setitem(words_apart.IDLE_SECONDS, how, PATIENCE)
    yield
    words_apart._asking.leave()


def key(words: bytes = WORDS) -> bytes:
    return bytes(words_apart.key_of(words, SALT, passes=1, lanes=4, memory=MEMORY))


def expected(words: bytes = WORDS) -> bytes:
    return Argon2id(salt=SALT, length=32, iterations=1, lanes=4, memory_cost=MEMORY).derive(words)


def answering() -> words_apart._Answering:
    found = words_apart._asking.answering
    assert found is not None
    return found


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def told(process: int, of: str) -> str:
    """Return a line of what the system tells of a process."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(line.split(":", 1)[1].strip() for line in lines if line.startswith(f"{of}:"))


def is_there(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def test_many_who_try_at_once_each_get_the_key_of_their_own_words() -> None:
    def of(number: int) -> bytes:
        return key(f"woord {number}".encode())

    with ThreadPoolExecutor(12) as together:
        found = list(together.map(of, range(12)))

    assert found == [expected(f"woord {number}".encode()) for number in range(12)]
    assert len(set(found)) == 12


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_who_answers_was_killed_and_another_one_does(how: signal.Signals) -> None:
    assert key() == expected()
    first = answering().process
    first.send_signal(how)
    first.wait()

    assert key(b"drie") == expected(b"drie")
    assert answering().process.pid != first.pid


def test_killed_in_the_very_middle_of_it_the_same_words_are_tried_again() -> None:
    key()
    first = answering().process
    # It has the words, and does not come to them.
    first.send_signal(signal.SIGSTOP)
    with ThreadPoolExecutor(1) as people:
        asked = people.submit(key, b"vier")
        until(lambda: words_apart._asking._lock.locked())
        first.kill()

        assert asked.result() == expected(b"vier")


def test_on_a_machine_that_never_rests_another_one_is_asked_that_yields_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key()
    behind_all = answering().process
    assert os.sched_getscheduler(behind_all.pid) == os.SCHED_IDLE
    behind_all.send_signal(signal.SIGSTOP)
    monkeypatch.setitem(words_apart.PATIENCE_SECONDS, words_apart.BEHIND_ALL, 0.2)

    assert key() == expected()
    behind = answering().process.pid
    assert (os.sched_getscheduler(behind), os.getpriority(os.PRIO_PROCESS, behind)) == (
        os.SCHED_OTHER,
        min(19, os.getpriority(os.PRIO_PROCESS, 0) + words_apart.NICE),
    )
    assert not is_there(behind_all.pid)


def test_who_asks_in_vain_is_told_that_it_is_busy_and_the_next_one_gets_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as nowhere:
        nowhere.setattr(sys, "executable", "/nowhere/python")
        with pytest.raises(Busy):
            key()
    with monkeypatch.context() as at_once:
        at_once.setattr(words_apart, "PATIENCE_SECONDS", dict.fromkeys(words_apart.PATIENCE_SECONDS, 0.0))
        with pytest.raises(Busy):
            key()

    assert key() == expected()


def test_what_breaks_off_leaves_its_key_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asked next would be given the key of another's words."""
    key()

    def broken(*_given: object) -> bytearray:
        raise KeyboardInterrupt

    with monkeypatch.context() as breaks, pytest.raises(KeyboardInterrupt):
        breaks.setattr(words_apart._Answering, "_read", broken)
        key(b"van een ander")

    assert key() == expected()


def test_who_asked_is_killed_and_who_answers_ends_too() -> None:
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKS_AND_WAITS], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert asking.stdout is not None
    answers = int(asking.stdout.readline())
    assert is_there(answers)

    asking.kill()
    asking.communicate()

    until(lambda: not is_there(answers) or told(answers, "State").startswith("Z"))


def test_nobody_asks_any_more_and_it_is_no_process_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for how in words_apart.IDLE_SECONDS:
        monkeypatch.setitem(words_apart.IDLE_SECONDS, how, 1)
    key()
    gone = answering().process

    until(lambda: not is_there(gone.pid))
    assert key() == expected()


def test_it_has_nothing_of_the_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDSLAG_KEY", "een sleutel die niemand anders krijgt")
    with (tmp_path / "handslag.db").open("w") as database:
        os.set_inheritable(database.fileno(), True)
        key()
    process = answering().process.pid

    held = {int(one.name): os.readlink(one) for one in Path(f"/proc/{process}/fd").iterdir()}
    assert set(held) == {0, 1, 2}
    assert held[0].startswith("pipe:") and held[1].startswith("pipe:")
    assert b"HANDSLAG" not in Path(f"/proc/{process}/environ").read_bytes()


@pytest.mark.parametrize(("dumpable", "outcome"), [("", "refused"), ("1", "read")])
def test_no_other_process_of_the_same_user_may_look_into_it(dumpable: str, outcome: str) -> None:
    """Where somebody looks for a fault (`HANDSLAG_DUMPABLE`) it may: else it would be refused for another reason."""
    looked = subprocess.run(
        [sys.executable, "-c", LOOKS_INTO],
        cwd=ROOT,
        env={**os.environ, "HANDSLAG_DUMPABLE": dumpable},
        capture_output=True,
        text=True,
        check=True,
    )

    assert looked.stdout.strip() == outcome


def test_a_copy_of_the_process_asks_one_of_its_own_also_while_it_is_being_asked() -> None:
    key()
    first = answering().process

    def of_the_copy(act: Callable[[], bytes]) -> bytes:
        reading, writing = os.pipe()
        copy = os.fork()
        if copy == 0:
            try:
                os.write(writing, act())
            finally:
                os._exit(0)
        os.close(writing)
        with open(reading, "rb") as stream:
            found = stream.read()
        os.waitpid(copy, 0)
        return found

    first.send_signal(signal.SIGSTOP)
    with ThreadPoolExecutor(1) as people:
        waiting = people.submit(key, b"vijf")
        until(lambda: words_apart._asking._lock.locked())
        found = of_the_copy(lambda: key(b"zes"))
        first.send_signal(signal.SIGCONT)

        assert found == expected(b"zes")
        assert waiting.result() == expected(b"vijf")
    assert answering().process.pid == first.pid


def test_words_and_keys_stand_in_its_memory_no_longer_once_it_answered() -> None:
    key()
    said = b"onvindbaar" + os.urandom(4).hex().encode()
    made = key(said)
    process = answering().process.pid

    # The search finds what must be there. It has answered a moment before it overwrites what it answered.
    assert b"models.mediation.words_apart" in _memory_of(process)
    until(lambda: [one for one in (said, made) if one in _memory_of(process)] == [])


def _memory_of(process: int) -> bytes:
    found = []
    with (
        open(f"/proc/{process}/maps", encoding="ascii") as maps,
        open(f"/proc/{process}/mem", "rb", 0) as memory,
    ):
        for line in maps:
            place, rights, *rest = line.split()
            if not rights.startswith("rw") or (rest and rest[-1] in ("[vvar]", "[vsyscall]")):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            memory.seek(start)
            found.append(memory.read(end - start))
    return b"".join(found)
