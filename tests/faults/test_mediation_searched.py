"""A sentence for each audience is planted in a server that really runs, and searched in everything it leaves behind."""

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2 as httpx
import psycopg
import pytest

from exports.sentences.methods import words_to_freeze
from models.signing.agenda import freeze_agenda
from models.storage import database as databases
from models.storage.chain import list_events
from models.storage.database import reading
from models.storage.writing import write
from tests.builders import LEADER, Room, make_agreement
from tests.examples import Examples
from tests.postgresql import MIGRATED, Cluster
from tests.serving import SERVER_KEY, Server, running

MEDIATOR, RINUS, MARIEKE = "mr. Anneke Hoekstra", "Rinus Jansen", "Marieke de Wit"
# The other one of Rinus' group.
HALIMA = "Halima Çelik"
# By who reads it. Each is one that nobody else would write.
PLANTED = {
    "notes": "Vraag Quirijn naar het hek bij de moestuin",
    "party A": "Zaterdag lag er weer grind in onze moestuin",
    "party B": "De opzichter heeft dat grind zelf besteld",
    "to party A": "Mag ik het grind donderdag hardop noemen",
    "draft": "En dan nog iets over de kippen van Wubbo",
    "all": "Samen een ochtend het grind wegscheppen",
    "agreement": "Wie iets laat storten, belt eerst aan",
    "group's answer": "Alleen als dat grind voor zondag weg is",
    "group asked": "Gevraagd bij de koffie in het tuinhuis van Wubbo",
    "person": "Wubbo Quanjer-Ypma",
}
# What was typed and refused, by the answer that it got.
REFUSED = {
    status: f"Geweigerde zin over het tuinhek, nummer {status}"
    for status in (400, 403, 404, 409, 413, 415, 422, 500)
}
JSON = {"accept": "application/json"}
OVER_THE_LIMIT, OVER_THE_BODY = 20_001, 70_000


@dataclass
class Place:
    """A running server with the example's mediations, and where its database keeps everything."""

    server: Server
    made: dict[str, Any]
    # Folders in which everything is read, and what else is searched, by its name.
    folders: list[Path]
    broken: Callable[[bool], None]
    settled: Callable[[], dict[str, bytes]]
    answers: dict[str, bytes] = field(default_factory=dict)

    def token(self, name: str) -> str:
        return str(self.made["links"][name]).rsplit("/", 1)[1]


@pytest.fixture
def on_sqlite(examples: Examples, tmp_path: Path) -> Iterator[Place]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    folder = tmp_path / "server"
    with examples.showing(folder, "agreements", block="mediation", TMPDIR=str(temporary)) as (server, made):
        file = folder / "data" / "handslag.db"

        def broken(is_so: bool) -> None:
            names = ("mediation_key", "gone") if is_so else ("gone", "mediation_key")
            with sqlite3.connect(file, timeout=30) as connection:
                connection.execute("PRAGMA legacy_alter_table = ON")
                connection.execute("ALTER TABLE {} RENAME TO {}".format(*names))
            connection.close()

        def settled() -> dict[str, bytes]:
            copy = tmp_path / "copy.db"
            server.manage("backup", str(copy))
            return {"backup": copy.read_bytes()}

        yield Place(server, made, [folder, temporary], broken, settled)


@pytest.fixture
def on_postgresql(postgresql_cluster: Cluster, tmp_path: Path) -> Iterator[Place]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    folder, name = tmp_path / "server", "searched"
    url = postgresql_cluster.create(name, template=MIGRATED)
    plain = url.replace("+psycopg", "")

    def told(statement: str) -> None:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)

    # Everything that it is asked, with every value, comes into its log.
    told(f"ALTER DATABASE {name} SET log_statement = 'all'")
    told(f"ALTER DATABASE {name} SET log_parameter_max_length_on_error = -1")
    try:
        with running(folder, DATABASE_URL=url, HANDSLAG_KEY=SERVER_KEY, TMPDIR=str(temporary)) as server:
            printed = server.manage("example", "--block", "mediation", "--step", "agreements")

            def broken(is_so: bool) -> None:
                names = ("mediation_key", "gone") if is_so else ("gone", "mediation_key")
                told("ALTER TABLE {} RENAME TO {}".format(*names))

            def settled() -> dict[str, bytes]:
                told("CHECKPOINT")
                log = (postgresql_cluster.folder.parent / "log").read_bytes()
                # The search finds what is there: the line with which somebody asks stands in its log.
                assert b"INSERT INTO mediation_item" in log
                return {
                    "pg_dump": postgresql_cluster.dumped(name, "--exclude-table-data=round_secret"),
                    "PostgreSQL's log": log,
                }

            yield Place(server, json.loads(printed.splitlines()[-1]), [folder, temporary], broken, settled)
    finally:
        databases.dispose()
        postgresql_cluster.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.both_databases)])
def place(request: pytest.FixtureRequest) -> Place:
    """The same on either database."""
    found: Place = request.getfixturevalue(f"on_{request.param}")
    if request.param == "postgresql":
        data: Cluster = request.getfixturevalue("postgresql_cluster")
        found.folders.append(data.folder)
    return found


@pytest.mark.slow
def test_nothing_that_was_said_stands_anywhere_that_the_server_writes(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {name: _opened(place, name) for name in (MEDIATOR, RINUS, HALIMA, MARIEKE)}
    spoken = _plant(place, people)
    _provoke(place, people[RINUS])
    for name, client in people.items():
        client.post(f"/m/{place.token(name)}/lock")
        client.close()
    _ask_around(place)
    _export(place, tmp_path / "exports", monkeypatch)
    place.answers |= place.settled()
    words = [*place.made["words"].values(), *spoken]

    found = _found(place, [*PLANTED.values(), *REFUSED.values(), *place.made["texts"], *words])

    # What stands nowhere could also be a search that finds nothing: names that stand in clear it does find.
    control = _found(place, ["mediation_item", "no such table: mediation_key", 'relation "mediation_key"'])
    assert {"mediation_item"} < set(control)
    assert any(
        where.endswith("server.log")
        for where in control.get("no such table: mediation_key", [])
        + (control.get('relation "mediation_key"', []))
    )
    assert found == {}


def _opened(place: Place, name: str) -> httpx.Client:
    client = httpx.Client(base_url=place.server.url, follow_redirects=True, timeout=60)
    answer = client.post(f"/m/{place.token(name)}/open", data={"words": place.made["words"][name]})
    assert answer.status_code == 200
    return client


def _plant(place: Place, people: dict[str, httpx.Client]) -> list[str]:
    """Say each sentence to its audience, and see it there; return link and code of an invitation made by the way."""
    paths = {name: f"/m/{place.token(name)}" for name in people}

    def says(name: str, act: str, **form: str) -> str:
        answer = people[name].post(f"{paths[name]}/{act}", data=form)
        assert answer.status_code == 200, (act, answer.status_code)
        return answer.text

    def reads(name: str, band: str = "") -> str:
        return people[name].get(paths[name], params={"band": band} if band else {}).text

    page = reads(MEDIATOR)
    # The example's mediator was typing to party A.
    held = re.search(r'data-place="([^"]+)"', page)
    assert held is not None
    says(MEDIATOR, "draft", place=held[1], text="")
    page = reads(MEDIATOR, "a")
    party = re.search(r'name="party_id" value="(\d+)"', page)
    assert party is not None
    says(MEDIATOR, "text", kind="note", text=PLANTED["notes"])
    says(MEDIATOR, "text", kind="message", party_id=party[1], text=PLANTED["to party A"])
    says(MEDIATOR, "text", kind="agreement", text=PLANTED["agreement"], look_again="42")
    invited = says(MEDIATOR, "person", party_id=party[1], person=PLANTED["person"])
    says(RINUS, "text", kind="story", text=PLANTED["party A"])
    says(RINUS, "text", kind="option", text=PLANTED["all"])
    says(MARIEKE, "text", kind="story", text=PLANTED["party B"])
    field_of = re.search(r'data-place="([^"]+)"', reads(RINUS))
    assert field_of is not None
    says(RINUS, "draft", place=field_of[1], text=PLANTED["draft"])
    own = {name: reads(name) for name in (RINUS, HALIMA, MARIEKE)}
    agreement = re.findall(r'href="[^"]*[?]group=(\w+)', own[RINUS])[-1]
    about = {"group": agreement, "version": "1"}
    says(RINUS, "ask-group", **about, days="7")
    says(HALIMA, "say", group=agreement, answer="asks", line=PLANTED["group's answer"])
    says(RINUS, "end-round", **about)
    answered = {name: people[name].get(paths[name], params={"group": agreement}).text for name in people}
    says(RINUS, "otherwise", **about, how=PLANTED["group asked"])
    asked = {name: people[name].get(paths[name], params={"group": agreement}).text for name in people}
    read = {name: own[name] + answered[name] + asked[name] for name in own}
    read |= {f"{MEDIATOR} {band}": reads(MEDIATOR, band) for band in ("notes", "a", "b", "all")}
    # To the mediator the group's page is the own one.
    read[f"{MEDIATOR} notes"] += answered[MEDIATOR] + asked[MEDIATOR]

    wanted = {
        "notes": {f"{MEDIATOR} notes"},
        "party A": {RINUS, HALIMA, f"{MEDIATOR} a"},
        "party B": {MARIEKE, f"{MEDIATOR} b"},
        "to party A": {RINUS, HALIMA, f"{MEDIATOR} a"},
        "draft": {RINUS},
        "group's answer": {RINUS, HALIMA},
        "group asked": {RINUS, HALIMA},
        "all": set(read),
        "agreement": set(read),
    }
    for audience, readers in wanted.items():
        assert {name for name, text in read.items() if PLANTED[audience] in text} == readers, audience
    shown = re.findall(r'class="(?:link-text|six)">([^<]+)<', invited)
    assert len(shown) == 2 and PLANTED["person"] in read[f"{MEDIATOR} notes"]
    return [shown[0].rsplit("/", 1)[1], shown[1], shown[1].replace("-", "")]


def _provoke(place: Place, client: httpx.Client) -> None:
    """Have a text refused in every way, and keep what was answered to who did not type it or asked for JSON."""
    path = f"/m/{place.token(RINUS)}"
    standing = re.search(r"change=(\w+)", client.get(path).text)
    assert standing is not None

    def refused(
        status: int, *, to: str = f"{path}/text", sender: httpx.Client = client, **given: Any
    ) -> None:
        # After an error the server hangs up: each is asked on a line of its own.
        answer = sender.post(to, **given | {"headers": given.get("headers", JSON) | {"connection": "close"}})
        assert answer.status_code == status, (to, answer.status_code, answer.text[:300])
        place.answers[f"answer {status} {len(place.answers)}"] = answer.content

    def story(status: int, **more: str) -> dict[str, Any]:
        return {"kind": "story", "text": REFUSED[status], **more}

    with httpx.Client(base_url=place.server.url, timeout=60) as stranger:
        refused(403, sender=stranger, data=story(403))
        refused(403, data=story(403), headers={"origin": "https://elders.example"})
        refused(400, to=f"/m/%00{place.token(RINUS)}/text", sender=stranger, data=story(400))
        refused(404, to=f"{path}/verdwenen", data=story(404))
        refused(404, to=f"/verdwenen/{quote(REFUSED[404])[:40]}", sender=stranger, data=story(404))
    refused(409, data=story(409, item=standing[1], version="7"))
    refused(413, data=story(413, text=(REFUSED[413] + " ") * (OVER_THE_LIMIT // len(REFUSED[413]))))
    with suppress(httpx.TransportError):
        # The server may hang up before so much was sent.
        refused(413, data=story(413, text=(REFUSED[413] + " ") * (OVER_THE_BODY // len(REFUSED[413]))))
    refused(415, files={"text": ("a.txt", REFUSED[415].encode())})
    refused(422, data={"kind": "note", "text": REFUSED[422]})
    place.broken(True)
    refused(500, data=story(500))
    refused(500, data=story(500), headers={})
    place.broken(False)


def _ask_around(place: Place) -> None:
    """Keep what everybody else is told: the room's phones, the projector, a facilitator."""
    code = place.made["code"]
    cookie = place.server.sign_in("Iris")
    projector = place.made["projector"].rsplit("/", 1)[1]
    paths = [
        f"/p/{code}/state",
        f"/p/{code}/bar",
        f"/p/{code}/mine.json",
        f"/p/{code}",
        "/healthz",
        "/privacy",
    ]
    paths += [f"/projector/{projector}", "/agenda.schema.json", f"/files/{code}/badges.docx"]
    paths += [f"/files/{code}/agenda.json", f"/files/plan/{place.made['alliance']}/plan.docx"]
    paths += [f"/m/{place.token(name)}" for name in (MEDIATOR, RINUS, MARIEKE)]
    with httpx.Client(base_url=place.server.url, follow_redirects=True, timeout=60) as client:
        for headers in ({}, JSON, {"cookie": cookie}):
            for path in paths:
                place.answers[f"GET {path} {headers}"] = client.get(path, headers=headers).content


def _export(place: Place, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write every file that the command line writes of this alliance, and keep what it prints."""
    folder.mkdir()
    server, code, alliance = place.server, place.made["code"], place.made["alliance"]
    url = server.variables().get("DATABASE_URL") or f"sqlite:///{server.folder / 'data' / 'handslag.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("HANDSLAG_DATA", str(server.folder / "data"))
    databases.dispose()
    make_agreement(Room(alliance, place.made["workshop"], code, {}, {}))
    write(freeze_agenda, who=LEADER, workshop_id=place.made["workshop"], words=words_to_freeze())
    with reading() as session:
        told = [(event.what, event.details) for event in list_events(session, alliance)]
    databases.dispose()
    place.answers["events"] = repr(told).encode()
    assert "mediation begun" in repr(told)
    for copy in ("partners", "public"):
        for kind in ("docx", "xlsx", "ics", "json"):
            server.manage(
                "agenda", code, "--out", str(folder / f"{copy}.{kind}"), "--copy", copy, "--format", kind
            )
    server.manage("plan", str(alliance), "--out", str(folder / "plan.docx"), "--with-map")
    place.answers["results"] = server.manage("results", code, "--json").encode()
    place.folders.append(folder)


def _found(place: Place, sentences: list[str]) -> dict[str, list[str]]:
    """Return where each sentence stands, in whatever way a program may have written it."""
    read = dict(place.answers)
    for folder in place.folders:
        for path in folder.rglob("*"):
            # A database that runs may take a file of its own away meanwhile: nothing stands there any more.
            with suppress(FileNotFoundError, IsADirectoryError):
                read[str(path)] = path.read_bytes()
    for name, held in list(read.items()):
        if held[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(held)) as parts:
                read |= {f"{name} {part}": parts.read(part) for part in parts.namelist()}
    found: dict[str, list[str]] = {}
    for said in sentences:
        for written in _ways(said):
            for name, held in read.items():
                if written in held:
                    found.setdefault(said, []).append(name)
    return found


def _ways(said: str) -> set[bytes]:
    plain = said.encode()
    return {
        plain,
        said.encode("utf-16-le"),
        json.dumps(said)[1:-1].encode(),
        quote(said).encode(),
        quote(said).replace("%20", "+").encode(),
        plain.hex().encode(),
    }
