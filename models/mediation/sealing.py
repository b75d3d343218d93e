"""What a mediation is sealed with, and nothing else: pairs, audiences' keys and texts. Decision 25 says why so.

A person has an X25519 pair (RFC 7748). Its private half is sealed under Argon2id (RFC 9106) of six words; an audience's
random key is sealed to a public half; a text is sealed under an audience's key. Everything is sealed with
ChaCha20-Poly1305 (RFC 8439), and bound to its place: what is copied elsewhere does not open.
"""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.mediation import words_apart
from models.signing.control_words import WORDS, word_list

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
# 64 MiB and three passes over four lanes: the second choice of RFC 9106, and what the sign-in takes too.
MEMORY_KIBIBYTES = 64 * 1024
PASSES = 3
LANES = 4
# A key that seals once needs no nonce of its own.
_ONCE = bytes(NONCE_BYTES)
# The length of a text tells less when it is rounded up.
BLOCK = 256
_END = b"\x80"
# As many tries as for six words: 66 bits.
NUMBER_DIGITS = 20


@dataclass(frozen=True)
class Pair:
    """A pair of keys, of which only the public half and the sealed private one may be stored."""

    public: bytes
    private: bytes = field(repr=False)


@dataclass(frozen=True)
class SealedPrivate:
    """A private half as it is stored: `sealed` opens with the words and this salt."""

    salt: bytes
    sealed: bytes


@dataclass(frozen=True)
class Whose:
    """Whose private half it is: the `pair`-th of this person in the mediation with this name."""

    uid: str
    person_id: int
    pair: int


class DoesNotOpen(Exception):
    """The words, the key or the place are not those that this was sealed with."""


def new_words(language: str) -> str:
    """Return six random words of the list of control words, 66 bits, with spaces between them."""
    words = word_list(language)
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def typed_words(typed: str) -> str:
    """Return words as they are hashed: NFKC, small letters, one space between them, however they were typed."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def new_pair() -> Pair:
    """Return a random X25519 pair."""
    private = X25519PrivateKey.generate()
    return Pair(private.public_key().public_bytes_raw(), private.private_bytes_raw())


def public_of(private: bytes) -> bytes:
    """Return the public half that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def spoken_number(public: bytes, whose: Whose) -> str:
    """Return the number by which two people hear from each other whether they have the same public half: 20 digits.

    It is no secret. Whoever puts another key in its place has another number, unless they try 2^66 of them.
    """
    digest = hashlib.sha256(_place("number", whose.uid, whose.person_id, whose.pair) + public).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10**NUMBER_DIGITS:0{NUMBER_DIGITS}d}"
    return " ".join(digits[start : start + 4] for start in range(0, NUMBER_DIGITS, 4))


def new_key() -> bytes:
    """Return a random key of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def seal_private(private: bytes, words: str, whose: Whose) -> SealedPrivate:
    """Seal a private half under words. Slow on purpose: never inside an action. Raises `Busy`."""
    salt = secrets.token_bytes(SALT_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    place = _place("private", whose.uid, whose.person_id, whose.pair)
    with _key_of(words, salt) as key:
        return SealedPrivate(salt, nonce + ChaCha20Poly1305(key).encrypt(nonce, private, place))


def open_private(stored: SealedPrivate, words: str, whose: Whose) -> bytes:
    """Return a private half. Raises `DoesNotOpen` and `Busy`.

    Slow on purpose, as long for wrong words as for right ones.
    """
    with _key_of(words, stored.salt) as key:
        return _opened(key, stored.sealed, _place("private", whose.uid, whose.person_id, whose.pair))


def seal_key(key: bytes, public: bytes, *, uid: str, audience_id: int, person_id: int) -> bytes:
    """Seal an audience's key to a person's public half; nobody has to be there for it."""
    ephemeral = X25519PrivateKey.generate()
    mine = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    once = _key_between(shared, mine, public)
    return mine + ChaCha20Poly1305(once).encrypt(_ONCE, key, _place("key", uid, audience_id, person_id))


def open_key(sealed: bytes, private: bytes, *, uid: str, audience_id: int, person_id: int) -> bytes:
    """Return an audience's key. Raises `DoesNotOpen`."""
    own = X25519PrivateKey.from_private_bytes(private)
    theirs = sealed[:KEY_BYTES]
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError:
        raise DoesNotOpen from None
    once = _key_between(shared, theirs, own.public_key().public_bytes_raw())
    try:
        return ChaCha20Poly1305(once).decrypt(
            _ONCE, sealed[KEY_BYTES:], _place("key", uid, audience_id, person_id)
        )
    except InvalidTag:
        raise DoesNotOpen from None


def seal_text(text: bytes, key: bytes, *, uid: str, item: str, version: int, audience_id: int) -> bytes:
    """Seal a text for an audience, bound to its mediation, item, version and audience."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    filled = text + _END + bytes(-(len(text) + 1) % BLOCK)
    return nonce + ChaCha20Poly1305(key).encrypt(
        nonce, filled, _place("text", uid, item, version, audience_id)
    )


def open_text(sealed: bytes, key: bytes, *, uid: str, item: str, version: int, audience_id: int) -> bytes:
    """Return a text. Raises `DoesNotOpen`, also for a row that was copied from elsewhere."""
    filled = _opened(key, sealed, _place("text", uid, item, version, audience_id))
    return filled.rstrip(b"\0").removesuffix(_END)


def _opened(key: bytes | bytearray, sealed: bytes, place: bytes) -> bytes:
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except InvalidTag:
        raise DoesNotOpen from None


@contextmanager
def _key_of(words: str, salt: bytes) -> Iterator[bytearray]:
    """Yield the key that words make, and overwrite it. Raises `Busy`."""
    typed = typed_words(words).encode()
    key = words_apart.key_of(typed, salt, passes=PASSES, lanes=LANES, memory=MEMORY_KIBIBYTES)
    try:
        yield key
    finally:
        key[:] = bytes(len(key))


def _key_between(shared: bytes, ephemeral: bytes, public: bytes) -> bytes:
    info = b"Handslag mediation 1" + ephemeral + public
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(shared)


def _place(*parts: str | int) -> bytes:
    return json.dumps(["Handslag mediation 1", *parts]).encode()
