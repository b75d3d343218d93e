"""What every answer of ours carries, and what no request may do. Pure ASGI, so that streams pass untouched."""

import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.basics.codes import join_code
from models.basics.errors import NotFound
from phone.serving.cookies import only_ours
from phone.serving.errors import (
    BodyTooLarge,
    OtherSite,
    TooManyTries,
    check_brake,
    is_anybody_braked,
    on_http_error,
    problem_page,
    was_right,
)

LEAD = "/lead"
# A path that tells whether there is a room with this code.
ROOM = re.compile(r"/[pj]/([^/]+)")
# Our pages upload nothing, and Streamlit keeps in memory what anybody sends; its counts are for nobody either.
CLOSED = (LEAD + "/_stcore/upload_file", LEAD + "/_stcore/metrics")
READING = {"GET", "HEAD", "OPTIONS"}
FORM_LIMIT = 64 * 1024
# A drawn signature, every sign of it as three.
SIGNATURE_LIMIT = 384 * 1024
# A partner's own page, and a mediation, where a text may have 20,000 letters of any script.
LONGER_FORMS = ("/s/", "/m/")
# Somebody offers a whole file there: a document, to ask whether it is genuine, a logo, a note, or a table of findings.
DOCUMENT_LIMIT = 20 * 1024 * 1024
DOCUMENT_PATHS = re.compile(
    r"/check|/files/[^/]+/logo\.png|/files/startfoto/note|/files/startfoto/[^/]+/findings\.csv"
)
FILE_FORM = b"multipart/form-data"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
OWN_POLICY = POLICY.format(ancestors="'none'")
FRAMED_POLICY = POLICY.format(ancestors="'self'")
HEADERS = {
    "Content-Security-Policy": OWN_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


def is_lead(scope: Scope) -> bool:
    """Return whether Streamlit answers this path."""
    path = scope["path"]
    return bool(path == LEAD or path.startswith(LEAD + "/"))


def is_from_us(headers: Mapping[bytes, bytes]) -> bool:
    """Return whether a post or a WebSocket comes from a page of ours, or from a client that is no browser."""
    if headers.get(b"sec-fetch-site") == b"cross-site":
        return False
    origin = headers.get(b"origin")
    if origin is None:
        return True
    host = headers.get(b"host", b"").decode("latin-1")
    places = {_place(host), _place(urlsplit(os.environ.get("HANDSLAG_URL", "")).netloc)}
    try:
        asked = urlsplit(origin.decode("latin-1")).netloc
    except ValueError:
        return False
    return _place(asked) in places - {""}


def _place(netloc: str) -> str:
    """Host and port in lower case, without a port that goes without saying. The scheme is not compared."""
    return netloc.lower().removesuffix(":443").removesuffix(":80")


class Guard:
    """Refuses posts and WebSockets of other sites and bodies that are too large; gives our own pages their headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._websocket(only_ours(scope), receive, send)
        elif scope["type"] == "http":
            await self._http(only_ours(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_from_us(dict(scope["headers"])) and not _has_a_hole(scope):
            await self.app(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": "another site"})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if _has_a_hole(scope):
            answer = await on_http_error(Request(scope), HTTPException(400))
            await answer(scope, receive, _with_headers(send))
            return
        if scope["path"].startswith(CLOSED):
            await problem_page(Request(scope), NotFound("file"))(scope, receive, _with_headers(send))
            return
        if not is_lead(scope):
            send = _with_headers(send)
            if (code := _code_in(scope["path"])) is not None:
                try:
                    check_brake(Request(scope), code)
                except TooManyTries as error:
                    await problem_page(Request(scope), error)(scope, receive, send)
                    return
                send = _noting_a_right(code, scope, send)
        if scope["method"] in READING:
            await self.app(scope, receive, send)
            return
        if not is_from_us(headers):
            await problem_page(Request(scope), OtherSite())(scope, receive, send)
            return
        if is_lead(scope):
            await self.app(scope, receive, send)
            return
        limit = _most(scope["path"], headers)
        announced = headers.get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > limit:
            await problem_page(Request(scope), BodyTooLarge())(scope, receive, send)
            return
        await self.app(scope, _limited(receive, limit), send)


def _has_a_hole(scope: Scope) -> bool:
    """Return whether an address holds what no text may hold, and no database can."""
    return "\0" in scope["path"] or b"%00" in scope.get("query_string", b"")


def _code_in(path: str) -> str | None:
    """Return the join code in a path of a room, while any address is braked; else nobody needs to know."""
    found = ROOM.match(path) if is_anybody_braked() else None
    return join_code(found[1]) if found else None


def _noting_a_right(code: str, scope: Scope, send: Send) -> Send:
    """An answer to a code that exists is noted: other people's wrong ones never keep it waiting."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] not in (404, 429):
            was_right(Request(scope), code)
        await send(message)

    return sending


def _most(path: str, headers: Mapping[bytes, bytes]) -> int:
    """Return how many bytes a post may have."""
    if DOCUMENT_PATHS.fullmatch(path) and headers.get(b"content-type", b"").lower().startswith(FILE_FORM):
        return DOCUMENT_LIMIT
    return SIGNATURE_LIMIT if path.startswith(LONGER_FORMS) else FORM_LIMIT


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message["headers"] = list(message.get("headers", ()))
            present = {name.lower() for name, _ in headers}
            headers += [header for header in RAW_HEADERS if header[0] not in present]
        await send(message)

    return sending


def _limited(receive: Receive, limit: int) -> Receive:
    """A body without an announced length is counted while it arrives."""
    arrived = 0

    async def receiving() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > limit:
            raise BodyTooLarge
        return message

    return receiving
