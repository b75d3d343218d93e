"""An offered document on its way in. It stays in memory, in a file without a name that is gone with its last reader."""

import asyncio
import dataclasses
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from models.basics.errors import Busy, InvalidValue
from phone.serving.request import field, form_of

CODE_BYTES = 200
NAME_BYTES = 1_000
# What all that is offered at one moment may take together, and how long one may take to arrive.
MOST_MEMORY = 100 * 1024 * 1024
LONGEST_ARRIVAL = 120
# Our form has two. Hundreds of thousands of empty ones would keep the server from everybody else for seconds.
MOST_PARTS = 10


@dataclass(frozen=True)
class Offered:
    """What was asked: the SHA-256 of the file in hexadecimal (None without a file), and the code as typed.

    `file` is the document itself, at its beginning; `name` is what it is called where it comes from.
    """

    sha256: str | None
    code: str
    file: IO[bytes] | None = None
    name: str = ""


@dataclass
class _Part:
    name: str = ""
    file_name: str = ""
    is_file: bool = False
    size: int = 0
    text: bytearray = dataclasses.field(default_factory=bytearray)
    fingerprint: Any = dataclasses.field(default_factory=sha256)
    file: IO[bytes] | None = None


class _Reader:
    """Takes the parts of a form as they come: `file` is hashed and laid aside, `code` is read."""

    def __init__(self, boundary: bytes, room: "_Room") -> None:
        self._room = room
        self.sha256: str | None = None
        self.file: IO[bytes] | None = None
        self.code = self.name = ""
        self._part = _Part()
        self._parts = 0
        self._header, self._value = b"", b""
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_part_data": self._data,
                "on_part_end": self._end,
            },
        )

    def read(self, chunk: bytes) -> None:
        self._parser.write(chunk)

    def finish(self) -> None:
        self._parser.finalize()
        if self.file is not None:
            self.file.seek(0)

    def close(self) -> None:
        """Let go of what was laid aside."""
        for file in (self.file, self._part.file):
            if file is not None:
                file.close()

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise InvalidValue("file")
        self._part = _Part()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            _disposition, options = parse_options_header(self._value)
            self._part.name = options.get(b"name", b"").decode("utf-8", "replace")
            self._part.is_file = b"filename" in options
            self._part.file_name = options.get(b"filename", b"")[:NAME_BYTES].decode("utf-8", "replace")
        self._header, self._value = b"", b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._part.is_file:
            self._part.size += end - start
            self._part.fingerprint.update(data[start:end])
            if self._part.name == "file":
                if self._part.file is None:
                    self._part.file = os.fdopen(os.memfd_create("offered"), "w+b")
                self._room.take(end - start)
                self._part.file.write(data[start:end])
        elif len(self._part.text) < CODE_BYTES:
            self._part.text += data[start:end]

    def _end(self) -> None:
        if self._part.is_file and self._part.name == "file" and self._part.size:
            if self.file is not None:
                self.file.close()
            self.sha256 = self._part.fingerprint.hexdigest()
            self.file, self._part.file = self._part.file, None
            self.name = self._part.file_name
        elif not self._part.is_file and self._part.name == "code":
            self.code = self._part.text[:CODE_BYTES].decode("utf-8", "replace")


class _Room:
    """The memory that one request takes of what there is for all; given back at its end."""

    _taken = 0

    def __init__(self) -> None:
        self._own = 0

    def __enter__(self) -> "_Room":
        return self

    def __exit__(self, *_error: object) -> None:
        _Room._taken -= self._own

    def take(self, size: int) -> None:
        """Raises `Busy` when others have taken it. All requests are read in one thread: no lock."""
        if _Room._taken + size > MOST_MEMORY:
            raise Busy
        _Room._taken += size
        self._own += size


@asynccontextmanager
async def offered(request: Request) -> AsyncIterator[Offered]:
    """Yield what a posted form asks; the document is gone at the end.

    Raises `InvalidValue` when the body is not the form it says it is or takes too long to arrive, and `Busy` when too
    much is offered at once.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data":
        yield Offered(None, (field(await form_of(request), "code") or "")[:CODE_BYTES])
        return
    with _Room() as room:
        try:
            reader = _Reader(options.get(b"boundary", b""), room)
        except FormParserError:
            raise InvalidValue("file") from None
        try:
            await _read(request, reader)
            yield Offered(reader.sha256, reader.code, reader.file, reader.name)
        finally:
            reader.close()


async def _read(request: Request, reader: _Reader) -> None:
    try:
        async with asyncio.timeout(LONGEST_ARRIVAL):
            async for chunk in request.stream():
                reader.read(chunk)
        reader.finish()
    except (FormParserError, TimeoutError):
        raise InvalidValue("file") from None
