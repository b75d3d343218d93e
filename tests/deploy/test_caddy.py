"""The very Caddyfile of deploy/, on the loopback address, with a certificate of its own, and the real app."""

import json
import os
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from models.basics.words import Step
from tests.serving import ROOT, Server, free_port

# A server and a Caddy of their own.
pytestmark = pytest.mark.slow

# How long a machine takes to start the app says nothing.
PATIENCE = 60


@dataclass
class Hosted:
    """A server as a visitor of a hosted one sees it."""

    server: Server
    port: int

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.url, verify=False, timeout=PATIENCE)

    def example(self, step: Step) -> dict:
        return json.loads(self.server.manage("example", "--step", step).splitlines()[-1])


@pytest.fixture(scope="module")
def hosted(on_disk: Path) -> Iterator[Hosted]:
    assert shutil.which("caddy"), "Caddy is missing; type: setup/system.sh"
    folder, port = on_disk / "hosted", free_port()
    environment = {"HANDSLAG_URL": f"https://localhost:{port}", "TRUSTED_PROXIES": "127.0.0.1"}
    server = Server(folder / "server", environment=environment)
    server.start()
    # Only what a test must change: no administration port, no port 80, nothing outside its own folder.
    test_settings = "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n"
    caddyfile = folder / "Caddyfile"
    caddyfile.write_text(f"{test_settings}import {ROOT / 'deploy' / 'Caddyfile'}\n")
    variables = {
        **os.environ,
        "HANDSLAG_SITE": f"localhost:{port}",
        "HANDSLAG_TLS": "internal",
        "HANDSLAG_UPSTREAM": f"127.0.0.1:{server.port}",
        "XDG_DATA_HOME": str(folder / "caddy"),
        "XDG_CONFIG_HOME": str(folder / "caddy"),
    }
    log = folder / "caddy.log"
    with log.open("wb") as stream:
        caddy = subprocess.Popen(
            ["caddy", "run", "--config", str(caddyfile), "--adapter", "caddyfile"],
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_it_answers(f"https://localhost:{port}/healthz", log)
        yield Hosted(server, port)
    finally:
        caddy.terminate()
        caddy.wait(PATIENCE)
        server.kill()


def _wait_until_it_answers(address: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if httpx2.get(address, verify=False).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError(log.read_text(errors="replace"))


def _join(client: httpx2.Client, code: str) -> None:
    answer = client.post(f"/j/{code}", data={"name": "", "group": ""})
    assert answer.status_code == 303, answer.text


def test_cookies_are_for_https_only(hosted: Hosted) -> None:
    code = hosted.example(Step.WELCOME)["code"]

    with hosted.client() as client:
        answer = client.post(f"/j/{code}", data={"name": "", "group": ""})

    cookies = answer.headers.get_list("set-cookie")
    assert any(cookie.startswith("__Host-handslag_") for cookie in cookies)
    assert all("secure" in cookie.lower() for cookie in cookies if cookie.startswith("__Host-handslag_"))
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_links_carry_the_public_address(hosted: Hosted) -> None:
    found = hosted.example(Step.WELCOME)

    assert found["url"] == f"{hosted.url}/j/{found['code']}"
    with hosted.client() as client:
        assert client.get(urlsplit(found["partners"][0]["link"]).path).status_code == 200


def test_another_site_may_not_post(hosted: Hosted) -> None:
    code = hosted.example(Step.WELCOME)["code"]

    with hosted.client() as client:
        own = client.post(f"/j/{code}", data={"group": ""}, headers={"Origin": hosted.url})
        other = client.post(f"/j/{code}", data={"group": ""}, headers={"Origin": "https://elders.example"})

    assert (own.status_code, other.status_code) == (303, 403)


def test_pages_are_compressed(hosted: Hosted) -> None:
    code = hosted.example(Step.WELCOME)["code"]

    with hosted.client() as client:
        answer = client.get(f"/j/{code}", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"


def _come_in(client: httpx2.Client, code: str) -> None:
    """Join, and come back with the cookie: then one counts."""
    _join(client, code)
    client.get(f"/p/{code}")


def test_the_live_stream_is_not_held_back(hosted: Hosted) -> None:
    code = hosted.example(Step.WELCOME)["code"]
    arrived: list[float] = []

    with hosted.client() as listener, hosted.client() as newcomer:
        _join(listener, code)
        headers = {"Accept": "text/event-stream", "Accept-Encoding": "gzip, zstd"}
        with listener.stream("GET", f"/p/{code}/live", headers=headers) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            assert "content-encoding" not in stream.headers
            lines = stream.iter_lines()
            assert next(line for line in lines if line)
            # What has been under way since the start is read first, so that only the newcomer can be next.
            asking = threading.Timer(1.5, _come_in, args=(newcomer, code))
            began = time.monotonic()
            asking.start()
            for line in lines:
                if line.startswith("data:"):
                    arrived.append(time.monotonic() - began)
                    if arrived[-1] > 1.5:
                        break
            asking.join()

    # Counts reach phones at most once a second; a stream that is held back waits for the heartbeat, 15 s.
    assert 1.5 < arrived[-1] < 8


def test_streamlit_gets_its_websocket_from_its_own_site_only(hosted: Hosted) -> None:
    unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    address = f"wss://localhost:{hosted.port}/lead/_stcore/stream"
    with hosted.client() as browser:
        browser.post("/sign-in", data={"name": "Ada", "passphrase": hosted.server.passphrase})
        signed_in = {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}

    with connect(
        address,
        ssl=unchecked,
        origin=Origin(hosted.url),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=signed_in,
    ) as socket:
        assert socket.response is not None
        assert socket.response.status_code == 101
    with (
        pytest.raises(Exception, match="403"),
        connect(
            address, ssl=unchecked, origin=Origin("https://elders.example"), additional_headers=signed_in
        ),
    ):
        pass


def test_a_facilitator_signs_in_over_https(hosted: Hosted, browser: Browser) -> None:
    with browser.new_context(ignore_https_errors=True) as context:
        page = context.new_page()
        page.goto(f"{hosted.url}/sign-in")
        page.locator("input[name=name]").fill("Ada")
        page.locator("input[name=passphrase]").fill(hosted.server.passphrase)
        page.locator("input[name=passphrase]").press("Enter")

        page.wait_for_url("**/lead**")
        page.locator("[data-testid=stMain] h1").first.wait_for(timeout=PATIENCE * 1000)


def test_phones_wait_while_the_app_restarts(hosted: Hosted) -> None:
    code = hosted.example(Step.WELCOME)["code"]

    with hosted.client() as client:
        _join(client, code)
        hosted.server.stop()
        # The waiting is looked at: a start from nothing takes a busy machine longer than Caddy waits.
        hosted.server.is_ready_made = True
        starting = threading.Thread(target=hosted.server.start)
        starting.start()
        answer = client.get(f"/p/{code}")
        starting.join()

    assert answer.status_code == 200
