"""This installation: the facilitators' passphrase, and who is signed in."""

import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.basics.clock import now
from models.basics.errors import PassphraseTooShort, SignInEnded
from models.basics.keys import CODE_LETTERS, token_hash
from models.basics.text import NAME_LIMIT, one_line
from models.storage.database import reading
from models.storage.finding import existing
from models.storage.writing import write
from models.tables import Installation, SignIn, Workshop

SIGN_IN_HOURS = 12
# Wrong ones are slowed down per address; what is shorter can be guessed all the same, from many addresses.
SHORTEST_PASSPHRASE = 12
_hasher = PasswordHasher()
_memory_key = secrets.token_bytes(32)
_remembered: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class StandingSignIn:
    """A sign-in that stands: whose, since when and until when (UTC)."""

    id: int
    name: str
    since: datetime
    ends_at: datetime


@dataclass(frozen=True)
class SignedIn:
    """A facilitator whose sign-in stands. `workshop_id` is the workshop last chosen."""

    id: int
    name: str
    workshop_id: int | None


def new_passphrase() -> str:
    """Return a random passphrase of four groups of four letters and digits (72 bits), easy to type over."""
    groups = ["".join(secrets.choice(CODE_LETTERS.lower()) for _ in range(4)) for _ in range(4)]
    return "-".join(groups)


def hash_passphrase(passphrase: str) -> str:
    """Return the argon2 hash of a passphrase. Slow on purpose: never inside an action."""
    return _hasher.hash(passphrase)


def passphrase_fits(passphrase_hash: str, passphrase: str) -> bool:
    """Return whether a passphrase belongs to its argon2 hash. Slow on purpose: never inside an action."""
    try:
        _hasher.verify(passphrase_hash, passphrase)
    except (VerificationError, InvalidHashError):
        return False
    remember_passphrase(passphrase_hash, passphrase)
    return True


def remember_passphrase(passphrase_hash: str, passphrase: str) -> None:
    """Let `is_remembered` know, as long as this process runs, which passphrase belongs to this hash.

    Only in memory, and as a keyed digest whose key is random at each start: a copy of the database has the slow hash.
    """
    global _remembered
    _remembered = (passphrase_hash, _digest(passphrase))


def is_remembered(passphrase_hash: str, passphrase: str) -> bool | None:
    """Return at once whether a passphrase fits this hash; None where this process cannot know that without the work."""
    known = _remembered
    if known is None or known[0] != passphrase_hash:
        return None
    return hmac.compare_digest(known[1], _digest(passphrase))


def _digest(passphrase: str) -> bytes:
    return hmac.digest(_memory_key, passphrase.encode("utf-8", "surrogatepass"), "sha256")


def read_passphrase_hash(session: Session) -> str | None:
    """Return the stored hash, or None before the first start."""
    found = session.get(Installation, 1)
    return found.passphrase_hash if found else None


def renew_passphrase(session: Session, *, passphrase_hash: str, signs_everybody_out: bool = False) -> None:
    """Store another passphrase. Whoever is signed in stays so until the sign-in ends, or is signed out with it."""
    if signs_everybody_out:
        session.connection().execute(delete(SignIn))
    found = session.get(Installation, 1)
    if found is None:
        session.add(Installation(id=1, passphrase_hash=passphrase_hash, created_at=now()))
    else:
        found.passphrase_hash = passphrase_hash
        session.add(found)


def configured_passphrase() -> str | None:
    """Return what `HANDSLAG_PASSPHRASE` says, or None. Raises `PassphraseTooShort` under 12 characters."""
    configured = os.environ.get("HANDSLAG_PASSPHRASE", "").strip()
    if configured and len(configured) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(SHORTEST_PASSPHRASE)
    return configured or None


def prepare_installation() -> str | None:
    """Make the installation's row at the first start; return the passphrase to print, or None when one was set before.

    `HANDSLAG_PASSPHRASE` sets the passphrase, at every start; it is then not returned. Raises `PassphraseTooShort`.
    """
    configured = configured_passphrase()
    with reading() as session:
        stored = read_passphrase_hash(session)
    if configured:
        if stored is None or not passphrase_fits(stored, configured):
            stored = hash_passphrase(configured)
            write(renew_passphrase, passphrase_hash=stored)
            remember_passphrase(stored, configured)
        return None
    if stored is not None:
        return None
    fresh = new_passphrase()
    made = hash_passphrase(fresh)
    write(renew_passphrase, passphrase_hash=made)
    remember_passphrase(made, fresh)
    return fresh


def sign_in(session: Session, *, name: str, token: str) -> None:
    """Let a facilitator in for 12 hours. The passphrase was checked before. Raises `TextMissing`, `TextTooLong`."""
    moment = now()
    for ended in session.exec(select(SignIn).where(SignIn.ends_at < moment)).all():
        session.delete(ended)
    session.add(
        SignIn(
            name=one_line(name, field="name", limit=NAME_LIMIT),
            token_hash=token_hash(token),
            created_at=moment,
            ends_at=moment + timedelta(hours=SIGN_IN_HOURS),
        )
    )


def signed_in(session: Session, token: str | None) -> SignedIn | None:
    """Return the facilitator behind a cookie's token, or None when the sign-in does not stand (any more)."""
    if not token:
        return None
    found = session.exec(
        select(SignIn).where(SignIn.token_hash == token_hash(token), SignIn.ends_at > now())
    ).first()
    if found is None:
        return None
    return SignedIn(found.id, found.name, found.workshop_id)


def sign_out(session: Session, *, token: str) -> None:
    """End a sign-in, in every window that uses it."""
    found = session.exec(select(SignIn).where(SignIn.token_hash == token_hash(token))).first()
    if found is not None:
        session.delete(found)


def list_sign_ins(session: Session) -> list[StandingSignIn]:
    """Return every sign-in that stands, the newest first."""
    return [
        StandingSignIn(found.id, found.name, found.created_at, found.ends_at)
        for found in session.exec(
            select(SignIn).where(SignIn.ends_at > now()).order_by(col(SignIn.created_at).desc())
        ).all()
    ]


def end_sign_in(session: Session, *, who: str, sign_in_id: int) -> None:
    """End somebody's sign-in, in every window that uses it. `who` is asked of every facilitator's action.

    All facilitators share one passphrase, so each may end each. Done twice it is done once.
    """
    found = session.get(SignIn, sign_in_id)
    if found is not None:
        session.delete(found)


def remember_workshop(session: Session, *, who: str, sign_in_id: int, workshop_id: int) -> None:
    """Keep which workshop a facilitator chose last. `who` is asked of every facilitator's action."""
    found = session.get(SignIn, sign_in_id)
    if found is None:
        raise SignInEnded
    existing(session, Workshop, workshop_id)
    found.workshop_id = workshop_id
    session.add(found)
