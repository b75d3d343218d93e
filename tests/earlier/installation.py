"""An installation as an earlier version left it: database, server key, and what people had in their hands.

`python -m tests.earlier.installation COMMIT` makes one with that version's own code, on SQLite and on PostgreSQL:
its example at every step, and a phone that came in and voted. Only the HTTP contract and the command line are used.
"""

import json
import lzma
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from models.basics.words import Step
from models.workshop.programme import ALLIANCE
from tests.postgresql import Cluster, cluster
from tests.serving import ROOT, Server

FOLDER = Path(__file__).resolve().parent
COMMIT = "dfbf6f4"
LEFT = FOLDER / COMMIT
PHONE = "Bożena Łuczak 🌿"
CHOICE = "concern"
REASON = "Dan moet er wel een tolk zijn: مترجم."


@dataclass(frozen=True)
class GivenOut:
    """What people had of one example: addresses without their host, and the cookie of a phone that came in."""

    step: str
    code: str
    projector: str
    partners: list[str]
    cookie: str
    number: int
    round: int | None
    items: list[int]


def _post(server: Server, path: str, form: dict[str, str | int], *, cookie: str = "") -> Request:
    """Return a post to a server as a plain client sends it that wants JSON."""
    headers = {"Accept": "application/json"} | ({"Cookie": cookie} if cookie else {})
    return Request(server.url + path, urlencode(form).encode(), headers)


def _given_out(server: Server, step: Step, printed: dict[str, object]) -> GivenOut:
    """Let a phone come in and vote, and note what it and the others have in their hands."""
    code, partners = str(printed["code"]), [_path(row["link"]) for row in printed["partners"]]  # type: ignore[attr-defined]
    cookie, number = "", 0
    if step is not Step.PROGRESS:
        with urlopen(_post(server, f"/j/{code}", {"name": PHONE})) as answer:
            (morsel,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
            cookie, number = f"{morsel.key}={morsel.value}", json.load(answer)["number"]
    round_id, items = printed["round"], list(printed["items"])  # type: ignore[call-overload]
    if step is Step.VOTE:
        for item in items:
            form = {"round": str(round_id), "item": item, "choice": CHOICE, "reason": REASON}
            with urlopen(_post(server, f"/p/{code}/ballots", form, cookie=cookie)) as answer:
                assert json.load(answer)["choice"] == CHOICE
    return GivenOut(
        step=step,
        code=code,
        projector=_path(printed["projector"]),
        partners=partners,
        cookie=cookie,
        number=number,
        round=round_id if isinstance(round_id, int) else None,
        items=items,
    )


def _path(link: object) -> str:
    return urlsplit(str(link)).path


def _make(source: Path, folder: Path, database: str) -> list[GivenOut]:
    """Let the code in `source` make its examples in `folder`/data, with a key of its own."""
    server = Server(folder, source=source, environment={"DATABASE_URL": database} if database else {})
    printed = {
        step: json.loads(server.manage("example", "--step", step).splitlines()[-1])
        for step in Step
        if ALLIANCE.has(step)
    }
    server.start()
    try:
        return [_given_out(server, step, found) for step, found in printed.items()]
    finally:
        server.stop()


def keep(source: Path, to: Path) -> None:
    """Make the installation with the code in `source`, on either database, and keep it in `to`."""
    to.mkdir(exist_ok=True)
    for kind in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="handslag-earlier-") as name, cluster() as postgresql:
            folder = Path(name)
            given = _make(source, folder, "" if kind == "sqlite" else postgresql.create("left"))
            left = to / kind
            left.mkdir(exist_ok=True)
            (left / "server.key").write_bytes((folder / "data" / "server.key").read_bytes())
            told = json.dumps([asdict(one) for one in given], ensure_ascii=False, indent=1)
            (left / "given_out.json").write_text(told + "\n", encoding="utf-8")
            if kind == "sqlite":
                _pack(left / "handslag.db.xz", _bytes_of(folder / "data" / "handslag.db"))
            else:
                _pack(left / "handslag.sql.xz", postgresql.dumped("left"))


def _bytes_of(file: Path) -> bytes:
    """Return a database file with what a stopped server left in the log beside it."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return file.read_bytes()


def _pack(file: Path, content: bytes) -> None:
    file.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


def given_out(kind: str) -> dict[Step, GivenOut]:
    """Return what people had of each example of the installation that was kept, by its step."""
    rows = json.loads((LEFT / kind / "given_out.json").read_text(encoding="utf-8"))
    return {Step(row["step"]): GivenOut(**row) for row in rows}


def put_back(kind: str, data: Path, postgresql: Cluster | None = None, *, name: str = "") -> str:
    """Make `data` the folder that the version left. Returns its `DATABASE_URL`: empty on SQLite, as it was.

    `name` is that of the database on PostgreSQL.
    """
    data.mkdir(parents=True)
    (data / "server.key").write_bytes((LEFT / kind / "server.key").read_bytes())
    (data / "server.key").chmod(0o600)
    if postgresql is None:
        (data / "handslag.db").write_bytes(lzma.decompress((LEFT / kind / "handslag.db.xz").read_bytes()))
        return ""
    return postgresql.restored(lzma.decompress((LEFT / kind / "handslag.sql.xz").read_bytes()), name)


if __name__ == "__main__":
    commit = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="handslag-earlier-") as folder:
        source = Path(folder) / "source"
        subprocess.run(["git", "worktree", "add", "--detach", source, commit], cwd=ROOT, check=True)
        try:
            keep(source, FOLDER / commit)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", source], cwd=ROOT, check=True)
