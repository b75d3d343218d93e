"""The key that seals documents, and its certificate: this installation's own, or the organisation's.

Without a setting both are made at the first start, beside the server key, and lie in no copy of the database. Who has
them lost makes new ones by starting again: what was sealed before is still known by its bytes.
"""

import fcntl
import os
from base64 import b64decode
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509.oid import NameOID, ObjectIdentifier

from models.basics.clock import now
from models.basics.errors import SealNotUsable
from models.basics.keys import data_folder

NAME = "Handslag"
YEARS = 10
# RFC 9336: signing of documents.
_DOCUMENTS = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_NOT_BEFORE = timedelta(hours=1)

SealingKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class SealKey:
    """A key with its certificate, and with those that stand between it and who vouches for it."""

    key: SealingKey
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...] = ()


def seal_file() -> Path:
    """Return where key and certificate lie when `HANDSLAG_SEAL` names no PKCS#12 file."""
    return data_folder() / "seal.pem"


def seal_key() -> SealKey:
    """Return the key that seals. Raises `SealNotUsable` where the organisation's file cannot be read or used."""
    return _seal_key(
        os.environ.get("HANDSLAG_SEAL", ""), os.environ.get("HANDSLAG_SEAL_PASSPHRASE", ""), str(seal_file())
    )


@lru_cache
def _seal_key(organisation: str, passphrase: str, own: str) -> SealKey:
    return _of_organisation(Path(organisation), passphrase) if organisation else _own(Path(own))


def _of_organisation(file: Path, passphrase: str) -> SealKey:
    try:
        found = load_pkcs12(file.read_bytes(), passphrase.encode() or None)
    except (OSError, ValueError):
        raise SealNotUsable(str(file)) from None
    if not isinstance(found.key, SealingKey) or found.cert is None:
        raise SealNotUsable(str(file))
    return SealKey(
        found.key, found.cert.certificate, tuple(each.certificate for each in found.additional_certs)
    )


def _own(file: Path) -> SealKey:
    """Return what lies in the file, made now where there is nothing. Whoever comes at the same moment waits."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        if kept := stream.read().strip():
            return _read(kept, file)
        made = _made()
        stream.write(
            made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + made.certificate.public_bytes(Encoding.PEM)
        )
        stream.flush()
        os.fsync(stream.fileno())
    return made


def _read(kept: bytes, file: Path) -> SealKey:
    try:
        key = load_pem_private_key(kept, None)
        certificate = x509.load_pem_x509_certificate(kept)
    except ValueError:
        raise SealNotUsable(str(file)) from None
    if not isinstance(key, SealingKey):
        raise SealNotUsable(str(file))
    return SealKey(key, certificate)


def _made() -> SealKey:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    moment = now() - _NOT_BEFORE
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment)
        .not_valid_after(moment.replace(year=moment.year + YEARS, day=min(moment.day, 28)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENTS]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    return SealKey(key, certificate)


def is_our_certificate(certificate: str) -> bool:
    """Return whether a certificate (DER in base64) is that of the key with which this installation seals."""
    try:
        own = seal_key().certificate
    except (SealNotUsable, OSError):
        return False
    return own.public_bytes(Encoding.DER) == b64decode(certificate)
