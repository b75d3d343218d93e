"""The real app in a process of its own, and a browser to look at it with."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from urllib.error import URLError

from tests.ready import Forked, can_fork, fork_server, run_manage

ROOT = Path(__file__).resolve().parent.parent
PASSPHRASE = "molen brug haven klok"
SERVER_KEY = "a key for tests only, long enough to be one"
START_SECONDS = 60
STOP_SECONDS = 15
FIRST_PORT, MOST_WORKERS, PORTS_OF_A_WORKER = 20_000, 12, 1_000
# A host that is no secure context, as a laptop's address in a room is; every other name leads nowhere.
ROOM_HOST = "zaal.test"
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {ROOM_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@cache
def _ports() -> Iterator[int]:
    """Yield ports over and over, each worker its own: below those that the kernel gives to whoever connects, so that
    nobody takes one between here and the start of the server that it is for, or while that is started anew.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = FIRST_PORT + worker % MOST_WORKERS * PORTS_OF_A_WORKER
    begin = first + os.getpid() % PORTS_OF_A_WORKER
    return cycle([*range(begin, first + PORTS_OF_A_WORKER), *range(first, begin)])


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on now."""
    for port in islice(_ports(), PORTS_OF_A_WORKER):
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


def chromium() -> str:
    """Return the path of the system's Chromium. Raises `FileNotFoundError` with what to type."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("Chromium is missing; type: setup/system.sh")


@dataclass
class Server:
    """The app with a port and a data folder of its own. Start, stop and kill it as often as wanted.

    `module` is what runs app.py: Streamlit, or something that runs Streamlit. `source` is where app.py lies.
    `is_ready_made`: it is forked from a process that has imported the app, which spares most of its start.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    passphrase: str = PASSPHRASE
    module: str = "streamlit"
    source: Path = ROOT
    is_ready_made: bool = False
    process: "subprocess.Popen[bytes] | Forked | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def room_url(self) -> str:
        """The address as a room has it: plain http, no secure context. Only the browser knows the host."""
        return f"http://{ROOM_HOST}:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def variables(self) -> dict[str, str]:
        """Return the environment of the process; under the same one `manage.py` has the same database."""
        base = {name: value for name, value in os.environ.items() if not name.startswith("HANDSLAG_")}
        base.pop("DATABASE_URL", None)
        return {
            **base,
            "PYTHONUNBUFFERED": "1",
            "HANDSLAG_DATA": str(self.folder / "data"),
            "HANDSLAG_PASSPHRASE": self.passphrase,
            # Each close would keep a core for some seconds. A test of sealed copies says otherwise.
            "HANDSLAG_OFFICE": "none",
            **self.environment,
        }

    def start(self) -> None:
        """Start the app and wait until it answers. Raises `RuntimeError` with its log when it does not."""
        self.folder.mkdir(parents=True, exist_ok=True)
        arguments = ["run", "app.py", "--server.port", str(self.port), "--server.address", "127.0.0.1"]
        if self.is_ready_made and can_fork():
            self.process = fork_server(
                arguments, folder=self.source, environment=self.variables(), output=self.log
            )
        else:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", self.module, *arguments],
                    cwd=self.source,
                    env=self.variables(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"the app did not start:\n{self.log.read_text(errors='replace')}")

    def stop(self) -> float:
        """Ask the app to stop, as a supervisor does. Returns the seconds it took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        return time.monotonic() - began

    def kill(self) -> None:
        """End the app at once, as a power cut does."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(STOP_SECONDS)

    def sign_in(self, name: str) -> str:
        """Sign a facilitator in with a plain request, and return the cookie: `name=value`."""
        form = urllib.parse.urlencode({"name": name, "passphrase": self.passphrase})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/sign-in", form, head)
        answer = connection.getresponse()
        cookie = str(answer.getheader("set-cookie", "")).split(";")[0]
        connection.close()
        if answer.status != 303 or not cookie:
            raise RuntimeError(f"not signed in: {answer.status}")
        return cookie

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` on this server's database, and return what it printed."""
        done = manage(*arguments, folder=self.source, environment=self.variables())
        if done.returncode != 0:
            raise RuntimeError(
                f"manage.py {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
            )
        return done.stdout


def manage(
    *arguments: str, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run `manage.py` in a process of its own, under this test's environment or another.

    Of a program beside this one (`folder`), it is started as whoever types it does.
    """
    under = os.environ if environment is None else environment
    if folder == ROOT and can_fork():
        return run_manage([*arguments], folder=folder, environment=under)
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=folder,
        env=under,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def running(folder: Path, *, is_ready_made: bool = True, **environment: str) -> Iterator[Server]:
    """Yield a started server that keeps its data in `folder`; it is ended afterwards, whatever happened."""
    server = Server(folder, environment=environment, is_ready_made=is_ready_made)
    server.start()
    try:
        yield server
    finally:
        server.kill()
