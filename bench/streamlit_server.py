"""The comparison page, served by itself."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import free_port

START_SECONDS = 30


@contextmanager
def streamlit_page(folder: Path) -> Iterator[str]:
    """Yield the address of the comparison page; its votes go into `votes.db` in `folder`."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name("streamlit_vote.py"))]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command += ["--browser.gatherUsageStats", "false", "--browser.serverAddress", "localhost"]
    environment = os.environ | {"STREAMLIT_VOTES": str(folder / "votes.db")}
    with (folder / "streamlit.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()
