"""What a request tells: who asks, from where, in which language, and in which form they want the answer."""

import os
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Scope

from exports.language import DEFAULT_LANGUAGE, chosen_language

PLAIN_FORM = "application/x-www-form-urlencoded"
SECURE = ("https", "wss")
MOST_FIELDS = 200


def language_of(request: Request, fallback: str = DEFAULT_LANGUAGE) -> str:
    """Return `nl` or `en`: what this person chose, else what the browser asks for, else `fallback`."""
    return chosen_language(request.cookies.get("language"), request.headers.get("accept-language"), fallback)


def wants_json(request: Request) -> bool:
    """Return whether the answer is for a script rather than for a person."""
    return "application/json" in request.headers.get("accept", "")


async def form_of(request: Request) -> FormData:
    """Return the fields of a posted form; an empty one where nothing was sent.

    Our forms are plain ones in UTF-8, and nobody else chooses how text is read: a codec of the sender's choice can take
    seconds. What no database holds is left out here, before anything else sees it.
    """
    body = await request.body()
    if not body:
        return FormData()
    if not request.headers.get("content-type", "").lower().startswith(PLAIN_FORM):
        raise HTTPException(415, "not a plain form")
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise HTTPException(400, "not UTF-8, or too many fields") from None
    if b"%00" in body or b"\0" in body:
        fields = [(name.replace("\0", ""), value.replace("\0", "")) for name, value in fields]
    return FormData([*fields])


def field(form: FormData, name: str) -> str | None:
    """Return a field's text, or None when the form does not carry it (or carries a file there)."""
    value = form.get(name)
    return value if isinstance(value, str) else None


def safe_back(path: str | None) -> str:
    """Return a path of our own to go back to; `/` when `path` would lead to another site."""
    if path is None or not path.startswith("/") or path.startswith("//"):
        return "/"
    if any(character in path for character in "\\\r\n\t"):
        return "/"
    return path


def client_address(scope: Scope) -> str:
    """Return the address that asks. A forwarded one counts only when a trusted proxy says so."""
    client = scope.get("client")
    peer = str(client[0]) if client else ""
    if not is_trusted_proxy(peer):
        return peer
    forwarded = Headers(scope=scope).get("x-forwarded-for", "")
    for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not is_trusted_proxy(hop):
            return hop
    return peer


def is_secure(request: Request) -> bool:
    """Return whether the browser reached us by https, also through a trusted proxy."""
    return is_secure_scope(request.scope)


def is_secure_scope(scope: Scope) -> bool:
    """Return the same of what comes in, a WebSocket too."""
    if scope.get("scheme") in SECURE:
        return True
    client = scope.get("client")
    if client is None or not is_trusted_proxy(str(client[0])):
        return False
    return Headers(scope=scope).get("x-forwarded-proto", "").split(",")[0].strip() in SECURE


def reached_address(request: Request) -> str:
    """Return the address by which the browser reached us, without a slash at the end."""
    return f"{'https' if is_secure(request) else 'http'}://{request.headers.get('host', '')}"


def is_trusted_proxy(address: str) -> bool:
    """Return whether `address` stands in TRUSTED_PROXIES (addresses or networks, separated by commas)."""
    networks = _trusted_networks(os.environ.get("TRUSTED_PROXIES", ""))
    if not networks:
        return False
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    return any(asked in network for network in networks)


@lru_cache
def _trusted_networks(listed: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part.strip(), strict=False) for part in listed.split(",") if part.strip())
