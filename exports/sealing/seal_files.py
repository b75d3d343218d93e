"""Makes the sealed copies of an edition, apart from the process that counts votes."""

import json
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path

from exports.agenda.file_names import file_name
from exports.sealing.office import converted
from models.basics.errors import OfficeFailed
from models.installation.seal_key import seal_key
from models.signing.sealing import Unsealed

ROOT = Path(__file__).resolve().parents[2]
LONGEST_WAIT = 60


def seal_files(files: Sequence[Unsealed]) -> list[bytes]:
    """Return a sealed PDF of each Word file. Raises `OfficeMissing`, `OfficeFailed` and `SealNotUsable`."""
    # Before the long work: what cannot be sealed need not be made.
    seal_key()
    asked = [
        {
            "pdf": b64encode(pdf).decode(),
            "word": b64encode(file.content).decode(),
            "name": file_name(file),
            "text_sha256": file.text_sha256,
        }
        for pdf, file in zip(converted([file.content for file in files], "pdf"), files, strict=True)
    ]
    nice = shutil.which("nice")
    try:
        done = subprocess.run(
            [*([nice, "-n", "15"] if nice else []), sys.executable, "-m", "exports.sealing.seal"],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            timeout=LONGEST_WAIT,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise OfficeFailed from None
    return [b64decode(each) for each in json.loads(done.stdout)]
