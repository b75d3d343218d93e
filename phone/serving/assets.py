"""Immutable files at `/assets/{hash}/{name}`: the hash is of their bytes, so a browser asks once and never again."""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from rjsmin import jsmin
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports.accent import DEFAULT_ACCENT, accent_css, is_colour
from exports.follower import FOLLOWER
from models.basics.errors import NotFound

FOLDER = Path(__file__).resolve().parent.parent / "assets"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
STYLE, SCRIPT = "phone.css", "phone.js"
# Style sheets that come with the phones' own one in front, for pages that count their requests.
WITH_THE_PHONES = {"again", "interview", "mediation", "startfoto", "tables"}
# Scripts that come in one file with the phones' own, as a page that follows the room has only that one.
WITH_THE_PHONES_SCRIPT = {"tables.js"}
COMMENT = re.compile(rb"/\*.*?\*/\n?", re.DOTALL)
# Asks zlib for the head and the end of a gzip file.
_AS_GZIP = 16
# How much zlib remembers before it ends a block: more is not always smaller.
_BLOCK_SIZES = range(5, 10)
# The system takes no longer ones.
LONGEST_NAME = 100


@dataclass(frozen=True)
class Asset:
    content: bytes
    compressed: bytes
    kind: str
    hash: str


def asset_url(name: str) -> str:
    """Return the address of a file in `phone/assets/`. Raises NotFound."""
    return f"/assets/{_read(name).hash}/{name}"


def asset_bytes(name: str) -> bytes:
    """Return what a file in `phone/assets/` holds, for a route that serves it at a place of its own."""
    return _read(name).content


def style_url(accent: str | None, page: str = "") -> str:
    """Return the address of the phones' style sheet, in the alliance's own colours where it chose one.

    `page` names one whose own style comes along in it.
    """
    if accent is None or not is_colour(accent) or accent.upper() == DEFAULT_ACCENT:
        return asset_url(f"{page}.css" if page else STYLE)
    return asset_url(f"{page or 'accent'}-{accent[1:].lower()}.css")


async def assets(request: Request) -> Response:
    """GET /assets/{hash}/{name}. A page of yesterday asks with an old hash, and gets the file of today, uncached."""
    asset = _read(request.path_params["name"])
    is_current = asset.hash == request.path_params["hash"]
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if is_current else "no-store",
        "Vary": "Accept-Encoding",
        # A file by itself loads nothing; what a page may load its own policy says. Short, on each first load.
        "Content-Security-Policy": "default-src 'none'",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.compressed, media_type=asset.kind, headers=headers)
    return Response(asset.content, media_type=asset.kind, headers=headers)


@lru_cache(maxsize=200)
def _read(name: str) -> Asset:
    if len(name) > LONGEST_NAME:
        raise NotFound("file")
    sheet = re.fullmatch(r"([a-z]+)(?:-([0-9a-f]{6}))?\.css", name)
    page, accent = (sheet[1], sheet[2]) if sheet else ("", None)
    if page in WITH_THE_PHONES or (page == "accent" and accent):
        # The whole style sheet with the colours behind it: one request less than two sheets.
        content = (FOLDER / STYLE).read_bytes()
        content += (FOLDER / f"{page}.css").read_bytes() if page in WITH_THE_PHONES else b""
        content += accent_css("#" + accent).encode() if accent else b""
    else:
        path = FOLDER / name
        if path.parent != FOLDER or path.suffix not in KINDS or not path.is_file():
            raise NotFound("file")
        content = path.read_bytes()
        if path.suffix == ".js":
            if name == SCRIPT or name in WITH_THE_PHONES_SCRIPT:
                # In one file with what it follows the room by: one request less.
                own = content if name != SCRIPT else b""
                content = (FOLDER / SCRIPT).read_bytes() + FOLLOWER.encode() + own
            content = bytes(jsmin(content, keep_bang_comments=True))
    if name.endswith(".css"):
        content = COMMENT.sub(b"", content).replace(b"}\n", b"}")
    return Asset(
        content=content,
        compressed=_compressed(content),
        kind=KINDS[Path(name).suffix],
        hash=sha256(content).hexdigest()[:12],
    )


def _compressed(content: bytes) -> bytes:
    """Return a gzip file: the smallest that deflate makes with more or with fewer blocks."""
    made = []
    for memory in _BLOCK_SIZES:
        deflate = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + _AS_GZIP, memory)
        made.append(deflate.compress(content) + deflate.flush())
    return min(made, key=len)


routes = [Route("/assets/{hash}/{name}", assets)]
