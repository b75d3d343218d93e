"""Databases as versions with other tables left them: each holds that version's own example at every step.

`python -m tests.earlier.kept` makes today's, `python -m tests.earlier.kept COMMIT` that of an earlier version.
"""

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from models.workshop.programme import ALLIANCE
from tests.serving import ROOT, SERVER_KEY

FOLDER = Path(__file__).resolve().parent
ENDING = ".sql.xz"
# A dump is text: what stands before a letter tells more of it than where it stands.
SMALLEST = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0}


def versions() -> list[str]:
    """Return the migrations of which a database is kept, oldest first."""
    return sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob(f"*{ENDING}"))


def restore(version: str, file: Path) -> None:
    """Write the database of `version` to `file`, in the tables that it had then."""
    with closing(sqlite3.connect(file)) as database:
        database.executescript(lzma.decompress((FOLDER / f"{version}{ENDING}").read_bytes()).decode())


def keep(source: Path) -> Path:
    """Let the code in `source` make its example at every step, and keep the database. Returns the file."""
    with tempfile.TemporaryDirectory(prefix="handslag-earlier-") as folder:
        made = Path(folder) / "handslag.db"
        variables = {name: value for name, value in os.environ.items() if not name.startswith("HANDSLAG_")}
        variables |= {
            "DATABASE_URL": f"sqlite:///{made}",
            "HANDSLAG_DATA": folder,
            "HANDSLAG_KEY": SERVER_KEY,
        }
        for step in ALLIANCE.steps:
            command = [sys.executable, "manage.py", "example", "--step", step.name]
            subprocess.run(command, cwd=source, env=variables, check=True, stdout=subprocess.DEVNULL)
        with closing(sqlite3.connect(made)) as database:
            (version,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
            dump = "\n".join(database.iterdump())
    kept = FOLDER / f"{version}{ENDING}"
    kept.write_bytes(lzma.compress(dump.encode(), filters=[SMALLEST]))
    return kept


def keep_earlier(commit: str) -> Path:
    """Keep the database of the version at `commit`, made with that version's own code."""
    with tempfile.TemporaryDirectory(prefix="handslag-earlier-") as folder:
        source = Path(folder) / "source"
        subprocess.run(["git", "worktree", "add", "--detach", source, commit], cwd=ROOT, check=True)
        try:
            return keep(source)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", source], cwd=ROOT, check=True)


if __name__ == "__main__":
    file = keep_earlier(sys.argv[1]) if len(sys.argv) > 1 else keep(ROOT)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")
