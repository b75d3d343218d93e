"""Nothing that people open, and not the server itself, asks another host for anything."""

import json
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.serving import ROOM_HOST, ROOT, Server, running

OWN_HOSTS = {"127.0.0.1", "localhost", ROOM_HOST}
SHIPPED = (".css", ".js", ".html", ".svg", ".toml")
# Names of formats: nothing is fetched from them.
NAMESPACES = ("http://www.w3.org/",)
ADDRESS = re.compile(r"""https?://[^\s"'<>)\\{]+""")


def _asked(context: BrowserContext, *addresses: str) -> list[str]:
    """Open each address in a page of its own, and return every URL that any of them asked for."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    for address in addresses:
        page = context.new_page()
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.goto(address, wait_until="load")
        if "/lead" in page.url:
            page.wait_for_selector('[data-testid=stApp][data-test-script-state="notRunning"]', timeout=30_000)
        page.close()
    return asked


def test_pages_ask_only_their_own_host(server: Server, browser: Browser) -> None:
    found = json.loads(server.manage("example", "--step", "sign").splitlines()[-1])
    base = server.room_url
    partner, projector = (urlsplit(link).path for link in (found["partners"][0]["link"], found["projector"]))
    with browser.new_context() as phone, browser.new_context() as lead, browser.new_context() as wall:
        page = lead.new_page()
        page.goto(f"{base}/sign-in")
        page.locator("input[name=name]").fill("Ada")
        page.locator("input[name=passphrase]").fill(server.passphrase)
        page.locator("input[name=passphrase]").press("Enter")
        page.wait_for_url("**/lead**")

        code = found["code"]
        paths = ["/", f"/j/{code}", f"/p/{code}", partner, "/privacy", "/accessibility", "/check"]
        asked = _asked(phone, *(base + path for path in paths))
        pages = ["", "prepare", "room", "draft", "vote", "agree", "sign", "agenda", "projector"]
        asked += _asked(lead, *(f"{base}/lead/{name}?workshop={code}" for name in pages))
        asked += _asked(wall, base + projector)

    assert len(asked) > 50
    strangers = [
        url
        for url in asked
        if urlsplit(url).hostname not in OWN_HOSTS and not url.startswith(("data:", "blob:"))
    ]
    assert strangers == []


@pytest.mark.parametrize("folder", ["phone", "pages", ".streamlit"])
def test_files_that_are_shipped_name_no_other_host(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in SHIPPED]
    assert files

    found = [
        f"{path.relative_to(ROOT)}: {address}"
        for path in files
        for address in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if not address.startswith(NAMESPACES)
    ]

    assert found == []


@pytest.mark.slow
def test_the_server_itself_connects_to_nobody(tmp_path: Path) -> None:
    """Count the process's sockets from the kernel's table: every peer is this machine."""
    # Which sockets are its own a plain user sees of a process only that may be looked into.
    with running(tmp_path / "server", is_ready_made=False, HANDSLAG_DUMPABLE="1") as server:
        peers = _peers(server)

    assert peers, "the listening socket at least"
    nobody = {"0" * 8, "0" * 32}
    assert {peer for peer in peers if peer not in nobody and not _is_loopback(peer)} == set()


def _peers(server: Server) -> list[str]:
    assert server.process is not None
    inodes = set()
    for handle in Path(f"/proc/{server.process.pid}/fd").iterdir():
        try:
            target = str(handle.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    peers = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            parts = line.split()
            if parts[9] in inodes:
                peers.append(parts[2].split(":")[0])
    return peers


def _is_loopback(peer: str) -> bool:
    """Return whether an address of /proc/net (words of 32 bits in the machine's order) is this machine."""
    words = [bytes.fromhex(peer[place : place + 8]) for place in range(0, len(peer), 8)]
    address = b"".join(word[::-1] if sys.byteorder == "little" else word for word in words)
    return (
        address[-4] == 127
        if len(address) == 4 or address[10:12] == b"\xff\xff"
        else address == b"\0" * 15 + b"\1"
    )
