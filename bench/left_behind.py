"""What stays in the memory of the server's process a minute after everybody in a mediation has locked: `/proc/PID/mem`.

Only root reads that: the server is not dumpable. Each sentence of the example, and everybody's six words, are searched
in everything that the process has mapped, first while all have their pages open: else it would find nothing anyway.
"""

import http.cookiejar
import json
import re
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.serving import Server, running

SECONDS = 60.0
BANDS = ("notes", "a", "b", "all")
NOT_READ = {"[vvar]", "[vvar_vclock]", "[vdso]", "[vsyscall]"}


@dataclass(frozen=True)
class Left:
    """How many sentences there were, were found while open, and are found afterwards, in how many places; and words."""

    sentences: int
    open: int
    after: int
    places: int
    words: int
    words_after: int


def measure(folder: Path) -> Left:
    """Return what is found after everybody read everything and locked."""
    with running(folder / "left", is_ready_made=False) as server:
        printed = server.manage("example", "--block", "mediation", "--step", "aftercare")
        made = json.loads(printed.splitlines()[-1])
        browsers = [
            _opened(server, f"/m/{link.rsplit('/', 1)[1]}", made["words"][name])
            for name, link in made["links"].items()
        ]
        texts, words = list(made["texts"]), list(made["words"].values())
        before = _found(server, texts)
        for browser, path in browsers:
            browser.open(f"{server.url}{path}/lock", data=b"").close()
        time.sleep(SECONDS)
        after, words_after = _found(server, texts), _found(server, words)
    return Left(
        sentences=len(texts),
        open=sum(map(bool, before.values())),
        after=sum(map(bool, after.values())),
        places=sum(after.values()),
        words=len(words),
        words_after=sum(map(bool, words_after.values())),
    )


def _opened(server: Server, path: str, words: str) -> tuple[urllib.request.OpenerDirector, str]:
    """Open a page as a browser does, and look at all of it, as somebody would."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    form = urllib.parse.urlencode({"words": words}).encode()
    with browser.open(f"{server.url}{path}/open", data=form) as answer:
        place = re.search(rb'data-place="([^"]+)"', answer.read())
    for band in BANDS:
        browser.open(f"{server.url}{path}?band={band}").read()
    if place is not None:
        typed = urllib.parse.urlencode({"place": place[1].decode(), "text": "Nog iets."}).encode()
        browser.open(f"{server.url}{path}/draft", data=typed).read()
    return browser, path


def _found(server: Server, said: list[str]) -> dict[str, int]:
    """Return in how many places each stands, as Python or the network would write it."""
    assert server.process is not None
    found = dict.fromkeys(said, 0)
    with (
        open(f"/proc/{server.process.pid}/maps", encoding="ascii") as maps,
        open(f"/proc/{server.process.pid}/mem", "rb", 0) as memory,
    ):
        for line in maps:
            place, rights, *rest = line.split()
            if "r" not in rights or (rest and rest[-1] in NOT_READ):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            try:
                memory.seek(start)
                held = memory.read(end - start)
            except (OSError, ValueError):
                continue
            for one in said:
                found[one] += sum(held.count(way) for way in _ways(one))
    return found


def _ways(said: str) -> set[bytes]:
    ways = {said.encode(), said.encode("utf-16-le")}
    if all(ord(sign) < 256 for sign in said):
        ways.add(said.encode("latin-1"))
    return ways
