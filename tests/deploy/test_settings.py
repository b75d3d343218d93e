"""What deploy/ gives to whom: packages by their hashes, settings to who needs them, no passphrase to a journal."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.serving import ROOT

DEPLOY = ROOT / "deploy"
UNITS = ("handslag.service", "handslag-backup.service")
GREET = "from phone.serving.start import greet; greet('molen brug haven klok')"


def _locked() -> dict[str, list[tuple[Version, str]]]:
    """Return for each package of the lock its versions with all that belongs to it; several where systems differ."""
    found: dict[str, list[tuple[Version, str]]] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text(encoding="utf-8")):
        requirement = Requirement(entry.split(" \\")[0].strip())
        [pinned] = requirement.specifier
        assert pinned.operator == "=="
        found.setdefault(requirement.name.lower(), []).append((Version(pinned.version), entry))
    return found


def test_the_lock_fits_the_requirements_and_has_a_hash_for_every_package() -> None:
    locked = _locked()
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]

    assert wanted
    for requirement in wanted:
        # What the lock names with an underscore is the same package.
        versions = locked[requirement.name.lower().replace("_", "-")]
        assert all(version in requirement.specifier for version, _ in versions), f"make lock: {requirement}"
    for versions in locked.values():
        assert all("--hash=sha256:" in entry for _, entry in versions)
        assert not any("://" in entry for _, entry in versions)


def test_caddy_is_told_neither_the_passphrase_nor_the_database() -> None:
    told = (DEPLOY / "caddy.env").read_text(encoding="utf-8")
    guide = (DEPLOY / "README.md").read_text(encoding="utf-8")

    names = {line.partition("=")[0].lstrip("#") for line in told.splitlines() if "=" in line}
    assert names == {"HANDSLAG_SITE", "HANDSLAG_TLS"}
    assert "EnvironmentFile=/etc/caddy/handslag.env" in guide
    assert "HANDSLAG_PASSPHRASE" in (DEPLOY / "handslag.env").read_text(encoding="utf-8")


def test_copies_lie_apart_from_the_key_and_whoever_makes_them_cannot_read_it() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "handslag-backup.service")
    service = unit["Service"]

    assert "/var/lib/handslag-copies/" in service["ExecStart"]
    assert service["InaccessiblePaths"] == "-/var/lib/handslag/server.key -/var/lib/handslag/seal.pem"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd at hand")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_finds_little_that_a_unit_could_do_without(unit: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", DEPLOY / unit],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert "MemoryMax=" in (DEPLOY / unit).read_text(encoding="utf-8")


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_first_passphrase_is_not_left_in_a_journal(tmp_path: Path, is_kept: bool) -> None:
    journal = tmp_path / "journal"
    with journal.open("wb") as stream:
        kept = os.fstat(stream.fileno())
        name = f"{kept.st_dev}:{kept.st_ino}" if is_kept else "8:12345"
        environment = {**os.environ, "JOURNAL_STREAM": name, "HANDSLAG_DATA": str(tmp_path)}
        subprocess.run([sys.executable, "-c", GREET], cwd=ROOT, env=environment, stderr=stream, check=True)

    told = journal.read_text(encoding="utf-8")
    assert ("molen brug haven klok" in told) != is_kept
    assert ("manage.py password" in told) == is_kept
