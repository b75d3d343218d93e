"""The public address: where phones reach this server. QR codes, personal links and documents use only it."""

import ipaddress
import os
import socket
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session

from models.basics.clock import now
from models.basics.errors import InvalidValue
from models.basics.keys import keyed
from models.storage.finding import existing
from models.tables import Installation

KEY_LENGTH = 10
LOCAL_NAMES = ("localhost", "localhost.localdomain")
# An address of a documentation range: nothing is sent, the system only tells which interface it would use.
_ELSEWHERE = ("192.0.2.1", 9)


def _tidy(address: str) -> str:
    """Return scheme, host and port of an address. Raises `InvalidValue`."""
    given = address.strip().rstrip("/")
    if any(character.isspace() for character in given):
        raise InvalidValue("address", address)
    try:
        parts = urlsplit(given if "://" in given else f"http://{given}")
        port = parts.port
    except ValueError:
        raise InvalidValue("address", address) from None
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
        or parts.username
    ):
        raise InvalidValue("address", address)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def configured_address() -> str | None:
    """Return `HANDSLAG_URL` without a slash at the end, or None. Raises `InvalidValue` when it is no address."""
    configured = os.environ.get("HANDSLAG_URL")
    return _tidy(configured) if configured else None


def is_fixed() -> bool:
    """Return whether `HANDSLAG_URL` sets the address, so that nobody has to choose."""
    return configured_address() is not None


def public_address(session: Session) -> str | None:
    """Return the address that phones use: `HANDSLAG_URL`, else the chosen one, else None."""
    configured = configured_address()
    if configured:
        return configured
    found = session.get(Installation, 1)
    return found.address if found else None


def reaches_phones(address: str | None) -> bool:
    """Return whether a phone can use `address` at all: `localhost` leads each phone to itself."""
    host = urlsplit(address or "").hostname or ""
    if not host or host in LOCAL_NAMES or host.endswith(".localhost"):
        return False
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return True
    return not (number.is_loopback or number.is_unspecified)


def is_lasting(address: str | None) -> bool:
    """Return whether links to `address` still work when this machine has gone home.

    A number (an IP address), `localhost` and names of a local network do not last.
    """
    host = urlsplit(address or "").hostname or ""
    if (
        not host
        or host in LOCAL_NAMES
        or host.endswith((".local", ".lan", ".home.arpa", ".internal", ".test"))
    ):
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host
    return False


def machine_addresses(port: int) -> list[str]:
    """Return the addresses by which phones on the same network may reach this machine, likeliest first."""
    numbers: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(_ELSEWHERE)
        numbers.append(probe.getsockname()[0])
    with suppress(OSError):
        numbers += [
            str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        ]
    usable = [number for number in numbers if not ipaddress.ip_address(number).is_loopback]
    return [f"http://{number}:{port}" for number in dict.fromkeys(usable)]


def choose_address(session: Session, *, who: str, address: str) -> None:
    """Store the address that phones use. Raises `InvalidValue` for what is no address."""
    found = existing(session, Installation, 1)
    found.address = _tidy(address)
    session.add(found)


def address_key(address: str) -> str:
    """Return the short unguessable key that a phone brings along to prove that it reached `address`."""
    return keyed("address", address).hex()[:KEY_LENGTH]


def record_reached(session: Session, *, key: str, address: str) -> str | None:
    """Note that a phone reached us by `address` (scheme and host of its request) and return it, tidied.

    Returns None when `key` does not belong to that address: then it was not our QR code that was scanned.
    """
    found = session.get(Installation, 1)
    reached = _tidy(address)
    if found is None or address_key(reached) != key:
        return None
    found.reached_address, found.reached_at = reached, now()
    session.add(found)
    return reached


def read_reached(session: Session) -> tuple[str, datetime] | None:
    """Return by which address a phone last reached us, and when (UTC)."""
    found = session.get(Installation, 1)
    if found is None or found.reached_address is None or found.reached_at is None:
        return None
    return found.reached_address, found.reached_at


def join_url(address: str, code: str, personal_code: str | None = None) -> str:
    """Return the link by which people join; with a personal code it is that person's."""
    return f"{address}/j/{code}" + (f"/{personal_code}" if personal_code else "")


def partner_url(address: str, token: str) -> str:
    """Return the link of a partner's own page."""
    return f"{address}/s/{token}"


def mediation_url(address: str, token: str) -> str:
    """Return the address by which somebody comes to a mediation; with the code that is said aloud, it opens."""
    return f"{address}/m/{token}"


def interview_url(address: str, token: str) -> str:
    """Return the link with which an interview is typed on a phone."""
    return f"{address}/i/{token}"


def speaker_url(address: str, token: str) -> str:
    """Return the link by which who was interviewed chooses what is shared."""
    return f"{address}/c/{token}"


def public_copy_url(address: str, token: str) -> str:
    """Return where the public copy of an agenda is read."""
    return f"{address}/d/{token}"


def table_host_url(address: str, token: str) -> str:
    """Return the link by which table hosts come in."""
    return f"{address}/table/{token}"


def projector_url(address: str, token: str) -> str:
    """Return the link of a meeting's projector, which shows and changes nothing."""
    return f"{address}/projector/{token}"


def check_url(address: str, code: str) -> str:
    """Return where a document is checked, with the code of its text filled in."""
    return f"{address}/check?code={code}"


def reach_url(address: str) -> str:
    """Return where a phone proves that it reaches `address`."""
    return f"{address}/here/{address_key(address)}"


def short_address(address: str) -> str:
    """Return an address as one types it: host and port."""
    return urlsplit(address).netloc
