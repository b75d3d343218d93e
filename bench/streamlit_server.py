"""The comparison page, served by itself."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.answering import answering
from tests.serving import free_port


@contextmanager
def streamlit_page(folder: Path) -> Iterator[str]:
    """Yield the address of the comparison page; its votes go into `votes.db` in `folder`."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name("streamlit_vote.py"))]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command += ["--browser.gatherUsageStats", "false", "--browser.serverAddress", "localhost"]
    environment = os.environ | {"STREAMLIT_VOTES": str(folder / "votes.db")}
    address, log = f"http://127.0.0.1:{port}", folder / "streamlit.log"
    with answering(command, f"{address}/_stcore/health", log=log, folder=folder, environment=environment):
        yield address
