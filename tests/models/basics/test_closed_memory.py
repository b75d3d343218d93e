"""Nobody reads along in the memory of the server, and a crash writes none of it to disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has this")

# A process with a secret, and another one of the same plain user that wants to read it.
TWO_OF_ONE_USER = """
import ctypes, os, pwd, sys
from models.basics.closed_memory import PR_SET_DUMPABLE, close_memory

def as_a_plain_user():
    if os.getuid() == 0:
        user = pwd.getpwnam("nobody")
        os.setgroups([]), os.setgid(user.pw_gid), os.setuid(user.pw_uid)
        # Changing users closed it already; a server is started as its user.
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)

reading, ready = os.pipe()
held = os.fork()
if not held:
    as_a_plain_user()
    if sys.argv[1] == "closed":
        assert close_memory()
    os.write(ready, b"1")
    os.read(os.pipe()[0], 1)
os.read(reading, 1)
stranger = os.fork()
if not stranger:
    as_a_plain_user()
    try:
        open(f"/proc/{held}/environ", "rb").read()
    except PermissionError:
        os._exit(13)
    os._exit(0)
_, status = os.waitpid(stranger, 0)
os.kill(held, 9)
os.waitpid(held, 0)
print("refused" if os.waitstatus_to_exitcode(status) == 13 else "read")
"""
# The whole app, as far as importing it goes.
APP = """
import ctypes, app
print("dumpable:", ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def _run(script: str, *arguments: str, folder: Path, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "HANDSLAG_DATA": str(folder), "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize(("state", "outcome"), [("open", "read"), ("closed", "refused")])
def test_a_process_of_the_same_user_reads_nothing_of_one_that_is_closed(
    tmp_path: Path, state: str, outcome: str
) -> None:
    assert _run(TWO_OF_ONE_USER, state, folder=tmp_path) == outcome


@pytest.mark.parametrize(("setting", "dumpable"), [("", "0"), ("1", "1")])
def test_the_server_closes_its_memory_unless_somebody_looks_for_a_fault(
    tmp_path: Path, setting: str, dumpable: str
) -> None:
    assert _run(APP, folder=tmp_path, HANDSLAG_DUMPABLE=setting) == f"dumpable: {dumpable}"
