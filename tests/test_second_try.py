"""What may be tried a second time, and that nobody overlooks it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.second_try import TITLE
from tests.serving import ROOT

MARKERS = "[pytest]\nmarkers =\n    browser: x\n    once: x\naddopts = --strict-markers\n"
# The first time something is wrong, the second time nothing.
FAILS_ONCE = """
import pytest
from playwright.sync_api import TimeoutError

tries = []

{marks}
def test_{name}():
    tries.append(1)
    if len(tries) <= {times}:
        raise {error}
"""
TIMEOUT = 'TimeoutError("Locator.click: Timeout 60000ms exceeded.\\nCall log:\\n  - waiting for the bar")'
BROWSER = "@pytest.mark.browser"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a run prints in which each test fails the first time, each for a reason of its own."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "pytest.ini").write_text(MARKERS)
    _put(folder / "browser", "a_machine_that_did_not_keep_up")
    _put(folder / "deploy", "a_server_that_is_not_there", marks="", error="ConnectionRefusedError(111)")
    _put(folder / "browser", "a_machine_that_never_keeps_up", times=9)
    _put(folder / "browser", "what_may_run_only_once", marks=f"{BROWSER}\n@pytest.mark.once")
    _put(folder / "models", "what_has_no_browser", marks="")
    _put(folder / "faults", "a_server_that_is_killed")
    _put(folder / "browser", "an_assertion", error='AssertionError("Locator expected to be visible")')
    _put(folder / "browser", "a_fault_of_the_program", error='ValueError("Timeout 60000ms exceeded.")')
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-rf",
            "-p",
            "tests.second_try",
            "--show-capture=no",
            str(folder),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip().splitlines()


def _put(folder: Path, name: str, *, marks: str = BROWSER, error: str = TIMEOUT, times: int = 1) -> None:
    folder.mkdir(exist_ok=True)
    text = FAILS_ONCE.format(name=name, marks=marks, error=error, times=times)
    (folder / f"test_{name}.py").write_text(text)


def test_what_the_machine_failed_is_tried_once_more_and_the_last_lines_name_it(printed: list[str]) -> None:
    [title] = [number for number, line in enumerate(printed) if TITLE in line]
    named = [line for line in printed[title:] if "(call): " in line]

    assert [line.split("::")[1].split(":")[0] for line in named] == [
        "test_a_machine_that_did_not_keep_up (call)",
        "test_a_machine_that_never_keeps_up (call)",
        "test_a_server_that_is_not_there (call)",
    ]
    assert "Timeout 60000ms exceeded" in named[0]
    assert printed[title + 1 : title + 4][1:] == ["    Call log:", "      - waiting for the bar"]
    assert printed[title + 4].endswith("test_a_machine_that_did_not_keep_up.py:11")
    assert printed[-1].startswith("6 failed, 2 passed, 3 rerun")


@pytest.mark.parametrize(
    "name",
    [
        "a_machine_that_never_keeps_up",
        "what_may_run_only_once",
        "what_has_no_browser",
        "a_server_that_is_killed",
        "an_assertion",
        "a_fault_of_the_program",
    ],
)
def test_everything_else_fails_and_so_does_a_second_try(printed: list[str], name: str) -> None:
    assert [line for line in printed if line.startswith("FAILED") and f"::test_{name}" in line] != []


def test_only_the_run_that_others_wait_for_tries_twice() -> None:
    makes = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert [line for line in makes.splitlines() if "second_try" in line] == [
        '\t@$(PYTEST) -p tests.second_try --max-suite-reruns 3 -m "not twin"'
    ]
    assert "test:\n\t@setup/system.sh\n" in makes
