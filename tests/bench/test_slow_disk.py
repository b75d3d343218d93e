"""A slow disk without a compiler: every fsync of SQLite waits, and nothing else changes."""

import subprocess
import sys
from pathlib import Path

from tests.serving import ROOT

SCRIPT = """
import sqlite3, sys, time
from bench.slow_disk import SlowDisk

disk = SlowDisk(20)
disk.install()
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute("CREATE TABLE vote (choice TEXT)")
before, began = disk.syncs, time.perf_counter()
for _ in range(5):
    database.execute("INSERT INTO vote VALUES ('agree')")
print(disk.syncs - before, time.perf_counter() - began)
print(*database.execute("PRAGMA integrity_check").fetchone())
database.close()
"""


def test_every_commit_waits_for_a_slower_fsync_and_the_file_is_whole(on_disk: Path) -> None:
    file = on_disk / "slow.db"

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(file)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    syncs, seconds, check = done.stdout.split()

    assert int(syncs) == 5
    assert float(seconds) >= 5 * 0.020
    assert check == "ok"
