"""A file as somebody offers it, to be judged."""

from hashlib import sha256
from pathlib import Path

from exports.genuine.verdict import Judged, judge


def judged_file(content: bytes, folder: Path) -> Judged:
    """Return what is said of a file with this content."""
    file = folder / "offered"
    file.write_bytes(content)
    with file.open("rb") as offered:
        return judge(offered, sha256(content).hexdigest())
