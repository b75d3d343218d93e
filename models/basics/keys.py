"""Links, codes and the server key.

A personal link's token is the first 26 base32 characters of HMAC-SHA-256(server key, kind, id, serial). The database
keeps the serial and the token's SHA-256: a facilitator can see a link again, raising the serial withdraws it, and old
links still open after a restore without the key.
"""

import base64
import fcntl
import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN_LENGTH = 26
PHONE_SEAL_LENGTH = 10
JOIN_CODE_LENGTH = 5
PERSONAL_CODE_LENGTH = 8
NONCE_BYTES = 12
# How everything began that was sealed with Fernet (until 2026-11-26). By chance a nonce does once in 10^14 times.
EARLIER_SEAL = b"gAAAAA"
# Without 0 O 1 I L 5 S 2 Z 8 B U V: nobody has to ask which one it is.
CODE_LETTERS = "ACDEFGHJKMNPQRTWXY34679"


def data_folder() -> Path:
    """Return the folder for the database file and the server key: `HANDSLAG_DATA`, else `data` beside app.py."""
    chosen = os.environ.get("HANDSLAG_DATA")
    return Path(chosen) if chosen else Path(__file__).resolve().parents[2] / "data"


def key_file() -> Path:
    """Return where the server key lies when `HANDSLAG_KEY` does not give it."""
    return data_folder() / "server.key"


def has_server_key() -> bool:
    """Return whether there is a server key, without making one. A file without a letter in it is none."""
    return bool(os.environ.get("HANDSLAG_KEY") or _kept_key())


def _kept_key() -> bytes:
    try:
        return key_file().read_bytes().strip()
    except FileNotFoundError:
        return b""


@lru_cache
def _key_for(configured: str, _folder: str) -> bytes:
    if configured:
        return configured.encode()
    if kept := _kept_key():
        return kept
    path = key_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Whoever comes at the same moment waits, and reads what the first has written.
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        if kept := stream.read().strip():
            return kept
        fresh = secrets.token_hex(32).encode()
        stream.seek(0)
        stream.truncate()
        stream.write(fresh)
        stream.flush()
        os.fsync(stream.fileno())
    return fresh


def server_key() -> bytes:
    """Return the secret of this server: `HANDSLAG_KEY`, else `server.key` (mode 600), made at first use.

    A start asks `models.server_key` first: beside a database that was made with a key no other one is made.
    """
    return _key_for(os.environ.get("HANDSLAG_KEY", ""), os.environ.get("HANDSLAG_DATA", ""))


def keyed(*parts: str) -> bytes:
    """Return HMAC-SHA-256 of `parts` under the server key, 32 bytes."""
    return hmac.digest(server_key(), "\x1f".join(parts).encode(), "sha256")


@lru_cache(maxsize=1)
def _sealer(_server_key: bytes) -> AESGCM:
    return AESGCM(keyed("seal"))


def seal(secret: bytes) -> bytes:
    """Return `secret` encrypted with the server key: 12 random bytes, then AES-256-GCM (NIST SP 800-38D)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _sealer(server_key()).encrypt(nonce, secret, None)


def unseal(sealed: bytes) -> bytes:
    """Return what `seal` encrypted. Raises `cryptography.exceptions.InvalidTag` under another key.

    A round may have been open while an earlier version made place for this one: its secret opens too.
    """
    if sealed.startswith(EARLIER_SEAL):
        try:
            return Fernet(base64.urlsafe_b64encode(keyed("seal"))).decrypt(sealed)
        except InvalidToken:
            raise InvalidTag from None
    return _sealer(server_key()).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)


def new_token() -> str:
    """Return a random token of 26 base32 characters (130 bits)."""
    return base64.b32encode(secrets.token_bytes(17)).decode().lower()[:TOKEN_LENGTH]


def new_phone_token() -> str:
    """Return a token for a phone's cookie, which `is_phone_token` knows as one of ours."""
    token = new_token()
    return token + _phone_seal(token)


def is_phone_token(token: str) -> bool:
    """Return whether this server made `token` for a phone's cookie. Nobody can choose one, and give it to others."""
    body, sealed = token[:TOKEN_LENGTH], token[TOKEN_LENGTH:]
    return hmac.compare_digest(sealed.encode(), _phone_seal(body).encode())


def _phone_seal(token: str) -> str:
    return base64.b32encode(keyed("phone", token)).decode().lower()[:PHONE_SEAL_LENGTH]


def token_hash(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal, as the database keeps it."""
    return hashlib.sha256(token.encode()).hexdigest()


def personal_token(kind: str, identifier: int, serial: int) -> str:
    """Return the token of the `serial`-th link to the thing of `kind` with `identifier`."""
    return base64.b32encode(keyed(kind, str(identifier), str(serial))).decode().lower()[:TOKEN_LENGTH]


def _code(length: int) -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def new_join_code() -> str:
    """Return a random join code of 5 letters and digits without look-alikes."""
    return _code(JOIN_CODE_LENGTH)


def new_personal_code() -> str:
    """Return a random personal code of 8 letters and digits without look-alikes."""
    return _code(PERSONAL_CODE_LENGTH)
