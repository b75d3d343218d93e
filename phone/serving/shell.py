"""Streamlit's index page in the right language, with our title, what guards its clicks, and a security policy.

Pure ASGI.
"""

import base64
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exports.language import chosen_language
from phone.serving.guard import is_lead

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
TITLE = b"<title>Handslag</title>"
# In the page itself, and in front of Streamlit's own script: a component is fetched when it is first drawn, and on a
# slow machine the first clicks came before it.
GUARDS = [
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("steady_places.js", "focus_kept.js")
]
# Answered from the cache or compressed, the page could not be rewritten.
IN_THE_WAY = {b"if-none-match", b"if-modified-since", b"range", b"accept-encoding"}
NO_LONGER_TRUE = ("content-length", "etag", "last-modified", "accept-ranges")


@lru_cache
def policy() -> str:
    """Return the policy of Streamlit's pages; its one inline script and ours are allowed by their hashes."""
    scripts = re.findall(r"<script>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.DOTALL) + GUARDS
    hashes = " ".join(
        "'sha256-" + base64.b64encode(sha256(script.encode()).digest()).decode() + "'" for script in scripts
    )
    return (
        "default-src 'none'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'self'; "
        "manifest-src 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
        "media-src 'self' blob:; worker-src 'self' blob:; frame-src 'self'; style-src 'self' 'unsafe-inline'; "
        f"script-src 'self' blob: 'wasm-unsafe-eval' {hashes}"
    )


class PageShell:
    """Rewrites the one page that Streamlit sends for every path below its base, and nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not is_lead(scope):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "text/html" not in headers.get("accept", "") and not _may_be_page(scope["path"]):
            await self.app(scope, receive, _protected(send))
            return
        kept = [header for header in scope["headers"] if header[0] not in IN_THE_WAY]
        rewriting = _rewritten(_protected(send), _language(scope), is_head=scope["method"] == "HEAD")
        await self.app({**scope, "headers": kept}, receive, rewriting)


def _may_be_page(path: str) -> bool:
    """Return whether Streamlit answers this path with its page, whatever kind of answer is asked for."""
    return "." not in path.rpartition("/")[2] and "/_stcore/" not in path


def _protect(headers: MutableHeaders) -> None:
    headers["Content-Security-Policy"] = policy()
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"


def _protected(send: Send) -> Send:
    """Whatever a browser would show as a page carries the policy, also where nobody asked for a page."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", ())))
            if headers.get("content-type", "").startswith("text/html"):
                _protect(headers)
                message = {**message, "headers": headers.raw}
        await send(message)

    return sending


def _language(scope: Scope) -> str:
    # Not Python's own reader of cookies: a name that it does not like, such as other sites on a parent domain set,
    # ends it.
    connection = HTTPConnection(scope)
    return chosen_language(connection.cookies.get("language"), connection.headers.get("accept-language"))


def _is_index(headers: Headers) -> bool:
    return (
        headers.get("content-type", "").startswith("text/html")
        and headers.get("cache-control") == "no-cache"
        and "content-encoding" not in headers
    )


def _rewritten(send: Send, language: str, *, is_head: bool) -> Send:
    start: Message | None = None
    parts: list[bytes] = []

    async def sending(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and _is_index(Headers(raw=message["headers"])):
            start = message
            return
        if start is None or message["type"] != "http.response.body":
            await send(message)
            return
        parts.append(message.get("body", b""))
        if message.get("more_body"):
            return
        page = b"".join(parts).replace(b'<html lang="en">', f'<html lang="{language}">'.encode(), 1)
        guards = "".join(f"<script>{guard}</script>" for guard in GUARDS).encode()
        page = page.replace(b"<title>Streamlit</title>", TITLE + guards, 1)
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in NO_LONGER_TRUE:
            del headers[name]
        headers["Vary"] = "Cookie, Accept-Language"
        _protect(headers)
        if not is_head:
            headers["Content-Length"] = str(len(page))
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b"" if is_head else page})

    return sending
