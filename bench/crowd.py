"""Many phones as a crowd: a lean client over plain sockets, so that the load generator costs less than the server.

Each phone keeps one connection for its requests and one for its event stream, as a browser does.
"""

import asyncio
import json
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

HEADERS = "Host: {host}\r\nAccept: {accept}\r\nCookie: {cookie}\r\n"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Phone:
    """One phone of the crowd, in the workshop with `code` on the server at `port` of the loopback address."""

    port: int
    code: str
    cookies: dict[str, str] = field(default_factory=dict)
    news: dict[str, Any] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    _listening: asyncio.Task[None] | None = None

    async def join(self, group: str = "") -> None:
        """Become a participant. Raises `RuntimeError` with what the server said instead."""
        answer = await self.post(f"/j/{self.code}", group=group)
        if answer.status != 200:
            raise RuntimeError(f"joining: {answer.status} {answer.body[:200]!r}")

    async def get(self, path: str, accept: str = "text/html") -> Answer:
        request = f"GET {path} HTTP/1.1\r\n{self._headers(accept)}\r\n".encode()
        try:
            return await self._ask(request)
        except (ConnectionResetError, asyncio.IncompleteReadError):
            # The server closed an idle connection in this very moment: a browser asks again, too.
            self._streams = None
            return await self._ask(request)

    async def post(self, path: str, **fields: str) -> Answer:
        body = urllib.parse.urlencode(fields).encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self._headers('application/json')}"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await self._ask(head.encode() + body)

    async def listen(self, hear: Callable[["Phone", dict[str, Any]], None]) -> None:
        """Open the event stream and call `hear` with every message, until `hang_up`. Returns once it is open."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        path = f"/p/{self.code}/live"
        writer.write(f"GET {path} HTTP/1.1\r\n{self._headers('text/event-stream')}\r\n".encode())
        await writer.drain()
        status = await reader.readline()
        if b" 200 " not in status:
            raise RuntimeError(f"listening: {status!r}")
        self._listening = asyncio.create_task(self._hear(reader, writer, hear))

    async def hang_up(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._streams is not None:
            self._streams[1].close()

    async def _hear(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        hear: Callable[["Phone", dict[str, Any]], None],
    ) -> None:
        try:
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    self.news = json.loads(line[6:])
                    hear(self, self.news)
        finally:
            writer.close()

    def _headers(self, accept: str) -> str:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return HEADERS.format(host=f"127.0.0.1:{self.port}", accept=accept, cookie=cookie)

    async def _ask(self, request: bytes) -> Answer:
        # The server closes a connection that was idle for a few seconds.
        if self._streams is None or self._streams[0].at_eof():
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie = value.split(";")[0].partition("=")
                self.cookies[cookie[0]] = cookie[2]
            headers[name.lower()] = value
        if headers.get("transfer-encoding") == "chunked":
            body = await _chunks(reader)
        else:
            body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Answer(int(head[0].split(" ")[1]), headers, body)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).strip(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)
