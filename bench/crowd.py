"""Many phones as a crowd: a lean client on bare sockets, so that the load generator costs less than the server.

Each phone keeps one connection for its requests and one for its event stream, as a browser does. A large crowd comes
from several loopback addresses, since one address has some 28,000 ports.
"""

import asyncio
import json
import random
import resource
import socket
import time
import urllib.parse
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

PHONES_PER_ADDRESS = 5_000
JOINING_AT_ONCE = 100
WANTED_FILES = 65_536
SPARE_FILES = 1_000
# ip(7); Python 3.11 has no name for it.
IP_BIND_ADDRESS_NO_PORT = 24
PATIENCE = 120
JOIN_TRIES = 30


@dataclass(frozen=True)
class Outcome:
    """Of one vote: when it went and when its answer was read, and whether the answer names it as stored."""

    sent_at: float
    read_at: float
    is_stored: bool


@dataclass
class Answer:
    """What came back. `sent_at` is in seconds of `time.perf_counter`, just before the request, or its connection."""

    status: int
    head: bytes
    body: bytes
    sent_at: float

    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class _Line(asyncio.Protocol):
    """A connection that carries one question at a time."""

    def __init__(self) -> None:
        self.is_open = False
        self._received = b""
        self._waiting: asyncio.Future[tuple[bytes, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are of no class of asyncio's.
        self._transport = cast(asyncio.Transport, transport)
        self.is_open = True

    def ask(self, request: bytes) -> asyncio.Future[tuple[bytes, bytes]]:
        assert self._transport is not None
        self._received = b""
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._waiting

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or self._waiting is None or self._waiting.done():
            return
        if len(body) >= _length(head):
            self._waiting.set_result((head, body))

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionResetError("closed before the answer"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _length(head: bytes) -> int:
    """The answers of our server carry their length; a missing one is an empty body (303)."""
    start = head.lower().find(b"content-length: ")
    return int(head[start + 16 :].split(b"\r\n", 1)[0]) if start >= 0 else 0


class _Stream(asyncio.Protocol):
    """A connection that only listens."""

    def __init__(self, request: bytes, hear: Callable[[bytes], None]) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._request = request
        self._hear = hear
        self._rest = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._rest += data
        if not self.opened.done():
            head, found, rest = self._rest.partition(b"\r\n\r\n")
            if not found:
                return
            self._rest = rest
            if b" 200 " not in head[:20]:
                self.opened.set_exception(RuntimeError(f"listening: {head[:200]!r}"))
                return
            self.opened.set_result(None)
        *messages, self._rest = self._rest.split(b"\n\n")
        for message in messages:
            if b"event: change" in message:
                self._hear(message[message.index(b"data: ") + 6 :])

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionResetError("the stream was closed"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


@dataclass(eq=False)
class Phone:
    """One phone of the crowd, in the workshop with `code` on the server at `port` of the loopback address."""

    port: int
    code: str
    address: str = "127.0.0.1"
    keeps_line: bool = True
    cookies: dict[str, str] = field(default_factory=dict)
    heard: bytes = b""
    _line: _Line | None = None
    _stream: _Stream | None = None

    async def join(self, group: str = "") -> None:
        """Become a participant, if need be after strangers behind the same address have been told to wait.

        Raises `RuntimeError` with what the server said instead.
        """
        answer = await self.come_in(group)
        for _turn in range(JOIN_TRIES):
            if answer.status != 429:
                break
            # As a person does who reads that it takes a second.
            await asyncio.sleep(1)
            answer = await self.come_in(group)
        if answer.status != 200:
            raise RuntimeError(f"joining: {answer.status} {answer.body[:200]!r}")

    async def come_in(self, group: str = "") -> Answer:
        """Ask to become a participant, and keep the cookie. Return what the server said."""
        answer = await self.post(f"/j/{self.code}", group=group)
        for line in answer.head.split(b"\r\n"):
            name, _, value = line.decode("latin-1").partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, token = value.split(";")[0].partition("=")
                self.cookies[cookie] = token
        return answer

    @property
    def news(self) -> dict[str, Any]:
        """What this phone was told last, read when it is asked for: most of it nobody asks for."""
        found: dict[str, Any] = json.loads(self.heard)
        return found

    async def get(self, path: str, accept: str = "text/html") -> Answer:
        return await self._ask(f"GET {path} HTTP/1.1\r\n{self._headers(accept)}\r\n".encode())

    async def post(self, path: str, **fields: str) -> Answer:
        body = urllib.parse.urlencode(fields)
        return await self._ask(
            (
                f"POST {path} HTTP/1.1\r\n{self._headers('application/json')}"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
            ).encode()
        )

    async def vote(self, round_id: int, item: int, choice: str) -> Outcome:
        """Vote as the phone's script does: with a request id and a sequence."""
        began = time.perf_counter()
        try:
            answer = await self.cast(round_id, item, choice)
        except OSError:
            return Outcome(began, time.perf_counter(), False)
        if not self.keeps_line and self._line is not None:
            self._line.close()
        stored = answer.json()
        is_stored = answer.status == 200 and (stored["item"], stored["choice"]) == (item, choice)
        return Outcome(answer.sent_at, time.perf_counter(), is_stored)

    async def cast(self, round_id: int, item: int, choice: str) -> Answer:
        """Post a first vote, with a request id and a sequence; return what the server said."""
        return await self.post(
            f"/p/{self.code}/ballots",
            round=str(round_id),
            item=str(item),
            choice=choice,
            request_id=random.randbytes(12).hex(),
            sequence="1",
        )

    async def listen(self, hear: Callable[["Phone"], None] | None = None) -> None:
        """Open the event stream: `heard` is the newest, and `hear` is called at each. Returns once it is open."""

        def heard(data: bytes) -> None:
            self.heard = data
            if hear is not None:
                hear(self)

        request = f"GET /p/{self.code}/live HTTP/1.1\r\n{self._headers('text/event-stream')}\r\n".encode()
        _, self._stream = await asyncio.get_running_loop().create_connection(
            lambda: _Stream(request, heard), sock=await self._connect()
        )
        await self._stream.opened

    def hang_up(self) -> None:
        for open_line in (self._stream, self._line):
            if open_line is not None:
                open_line.close()

    def _headers(self, accept: str) -> str:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        # Every phone asks for compressed pages: compressing them is part of what they cost.
        asked = f"Accept: {accept}\r\nAccept-Encoding: gzip\r\nCookie: {cookie}\r\n"
        return f"Host: 127.0.0.1:{self.port}\r\n{asked}"

    async def _ask(self, request: bytes) -> Answer:
        sent_at = time.perf_counter()
        try:
            head, body = await (await self._open_line()).ask(request)
        except ConnectionResetError:
            # The server closed an idle connection in this very moment: a browser asks again, too.
            self._line = None
            head, body = await (await self._open_line()).ask(request)
        return Answer(int(head[9:12]), head, body, sent_at)

    async def _open_line(self) -> _Line:
        # The server closes a connection that was idle for a few seconds.
        if self._line is None or not self._line.is_open:
            loop = asyncio.get_running_loop()
            _, self._line = await loop.create_connection(_Line, sock=await self._connect())
        return self._line

    async def _connect(self) -> socket.socket:
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        made.setblocking(False)
        # The port is chosen when it connects: to find a free one beforehand takes long among thousands.
        made.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        made.bind((self.address, 0))
        await asyncio.get_running_loop().sock_connect(made, ("127.0.0.1", self.port))
        return made


def allow_many_files() -> None:
    """Raise how many sockets this process, and a server that it starts, may hold, as far as the system lets it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for limit in ((WANTED_FILES, max(WANTED_FILES, hard)), (hard, hard)):
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, limit)
            return


def make_crowd(port: int, code: str, count: int) -> list[Phone]:
    """Return phones that have not joined yet.

    Where the system allows too few sockets for two per phone, phones close the one that they voted by. The server would
    do so after five quiet seconds.
    """
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    keeps_line = 2 * count + SPARE_FILES < allowed
    return [
        Phone(port, code, f"127.0.0.{1 + place // PHONES_PER_ADDRESS}", keeps_line) for place in range(count)
    ]


async def come_in(
    phones: Sequence[Phone], groups: Sequence[str], hear: Callable[[Phone], None] | None = None
) -> None:
    """Let every phone join, some at a time, spread over the groups, and open its stream. Returns when all heard."""
    for start in range(0, len(phones), JOINING_AT_ONCE):
        some = phones[start : start + JOINING_AT_ONCE]
        chosen = [groups[(start + place) % len(groups)] for place in range(len(some))]
        await asyncio.gather(*(phone.join(group) for phone, group in zip(some, chosen, strict=True)))
        await asyncio.gather(*(phone.listen(hear) for phone in some))
    await until(lambda: all(phone.heard for phone in phones))


async def until(is_so: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until something is so. Raises `TimeoutError`."""
    async with asyncio.timeout(patience):
        while not is_so():
            await asyncio.sleep(0.005)


def percentile(found: Sequence[float], share: int) -> float:
    """Return the percentile by nearest rank. Raises `ValueError` when nothing was found."""
    if not found:
        raise ValueError("there is nothing to take a percentile of")
    ordered = sorted(found)
    return ordered[-(-share * len(ordered) // 100) - 1]


def p95(found: Sequence[float]) -> float:
    """Return the 95th percentile by nearest rank (Hyndman and Fan, 1996, definition 1)."""
    return percentile(found, 95)
