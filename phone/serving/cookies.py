"""The cookies, each with one name and one way to set it."""

from collections.abc import Mapping
from functools import lru_cache

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Scope

from models.basics.codes import join_code
from models.who_may_see import COOKIES, Role
from phone.serving.request import is_secure, is_secure_scope

LANGUAGE = "language"
LEAD, TABLE_HOST, PROJECTOR = COOKIES[Role.FACILITATOR], COOKIES[Role.TABLE_HOST], COOKIES[Role.PROJECTOR]
# By which a phone that types interviews is told from another one.
FIELD = "handslag_field"
# A mediation's cookies begin so, each with the start of its link's hash behind it.
MEDIATION = "handslag_m_"
HOST_ONLY = "__Host-"
DAY = 24 * 60 * 60


@lru_cache
def phone_cookie(code: str) -> str:
    """Return the name of the participant's cookie in the workshop with this code."""
    return "handslag_" + join_code(code).lower()


def only_ours(scope: Scope) -> Scope:
    """Return what comes in over https without the cookies that another host of the same domain can have set.

    Ours have the prefix `__Host-` there, which a browser takes from this host alone. From here on names are plain.
    """
    if not is_secure_scope(scope) or not any(name == b"cookie" for name, _ in scope["headers"]):
        return scope
    headers = [
        (name, _by_plain_names(value) if name == b"cookie" else value) for name, value in scope["headers"]
    ]
    return {**scope, "headers": headers}


def _by_plain_names(header: bytes) -> bytes:
    kept = []
    for part in header.split(b";"):
        name, is_pair, value = part.strip().partition(b"=")
        plain = name.removeprefix(HOST_ONLY.encode())
        if _is_ours(name):
            continue
        kept.append((plain if _is_ours(plain) else name) + is_pair + value)
    return b"; ".join(kept)


def _is_ours(name: bytes) -> bool:
    return name == LANGUAGE.encode() or name.startswith(b"handslag_")


def phone_token(request: Request, code: str) -> str | None:
    """Return this phone's token in the workshop with this code."""
    return request.cookies.get(phone_cookie(code))


def phone_tokens(request: Request) -> list[tuple[str, str]]:
    """Return the code and the token of each workshop of which this browser carries a participant's cookie."""
    prefix = phone_cookie("")
    return [
        (name.removeprefix(prefix), token)
        for name, token in request.cookies.items()
        if name.startswith(prefix) and name not in (LEAD, PROJECTOR, FIELD) and not name.startswith(MEDIATION)
    ]


def lead_token(request: Request) -> str | None:
    """Return the facilitator's sign-in token. Only the database knows whether it still stands."""
    return request.cookies.get(LEAD)


def tokens(connection: HTTPConnection) -> Mapping[Role, str | None]:
    """Return what shows as whom this browser may come. Only the database knows what of it still stands."""
    return {role: connection.cookies.get(name) for role, name in COOKIES.items()}


def remember(response: Response, request: Request, name: str, value: str, *, days: float) -> None:
    """Set a cookie that scripts cannot read and that other sites' forms do not carry."""
    response.set_cookie(
        _name_sent(request, name),
        value,
        max_age=int(days * DAY),
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )


def open_session(response: Response, request: Request, name: str, value: str) -> None:
    """Set a cookie that goes with the browser's window, and that no link and no form of another site carries."""
    response.set_cookie(
        _name_sent(request, name),
        value,
        path="/",
        httponly=True,
        samesite="strict",
        secure=is_secure(request),
    )


def forget(response: Response, request: Request, name: str) -> None:
    """Delete a cookie that `remember` set."""
    response.delete_cookie(
        _name_sent(request, name), path="/", httponly=True, samesite="lax", secure=is_secure(request)
    )


def _name_sent(request: Request, name: str) -> str:
    return HOST_ONLY + name if is_secure(request) else name
