"""The key that seals: made once, or the organisation's own."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from models.basics.clock import now
from models.basics.errors import SealNotUsable
from models.installation import seal_key as seals
from models.installation.seal_key import SealKey, seal_file, seal_key


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDSLAG_DATA", str(tmp_path / "data"))
    return tmp_path


def test_the_first_start_makes_a_key_that_only_we_can_read_and_every_later_one_finds_it() -> None:
    made = seal_key()
    seals._seal_key.cache_clear()

    found = seal_key()

    assert found.certificate == made.certificate
    assert stat.S_IMODE(seal_file().stat().st_mode) == 0o600
    assert found.certificate.public_key() == found.key.public_key()
    assert found.certificate.not_valid_after_utc - now() > timedelta(days=3650)


def test_two_starts_at_once_make_one_key() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _number: seals._own(seal_file()).certificate, range(4)))

    assert len({certificate.serial_number for certificate in found}) == 1


@pytest.mark.parametrize("passphrase", ["", "molen brug haven"])
def test_the_organisations_own_certificate_seals(
    data: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = seals._made()
    file = data / "gemeente.p12"
    encryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    file.write_bytes(
        serialize_key_and_certificates(b"seal", theirs.key, theirs.certificate, None, encryption)
    )
    monkeypatch.setenv("HANDSLAG_SEAL", str(file))
    monkeypatch.setenv("HANDSLAG_SEAL_PASSPHRASE", passphrase)

    assert seal_key() == SealKey(seal_key().key, theirs.certificate)
    assert not seal_file().exists()


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_that_cannot_be_used_is_named(
    data: Path, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = data / "gemeente.p12"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("HANDSLAG_SEAL", str(file))

    with pytest.raises(SealNotUsable, match=r"gemeente\.p12"):
        seal_key()


def test_a_broken_key_of_our_own_is_named_too() -> None:
    seal_key()
    seals._seal_key.cache_clear()
    seal_file().write_bytes(b"half a key")

    with pytest.raises(SealNotUsable, match=r"seal\.pem"):
        seal_key()


def test_a_key_that_can_sign_nothing_we_verify_is_refused(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rsa.RSAPrivateKey in seals.SealingKey.__args__
