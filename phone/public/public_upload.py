"""An offered document on its way in: only its fingerprint is made, no byte of it is kept."""

import dataclasses
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from models.basics.errors import InvalidValue
from phone.serving.request import field, form_of

CODE_BYTES = 200
# Our form has two. Hundreds of thousands of empty ones would keep the server from everybody else for seconds.
MOST_PARTS = 10


@dataclass(frozen=True)
class Offered:
    """What was asked: the SHA-256 of the file in hexadecimal (None without a file), and the code as typed."""

    sha256: str | None
    code: str


@dataclass
class _Part:
    name: str = ""
    is_file: bool = False
    size: int = 0
    text: bytearray = dataclasses.field(default_factory=bytearray)
    fingerprint: Any = dataclasses.field(default_factory=sha256)


class _Reader:
    """Takes the parts of a form as they come: `file` goes through the hash, `code` is read."""

    def __init__(self, boundary: bytes) -> None:
        self.sha256: str | None = None
        self.code = ""
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
        self._header, self._value = b"", b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._part.is_file:
            self._part.size += end - start
            self._part.fingerprint.update(data[start:end])
        elif len(self._part.text) < CODE_BYTES:
            self._part.text += data[start:end]

    def _end(self) -> None:
        if self._part.is_file and self._part.name == "file" and self._part.size:
            self.sha256 = self._part.fingerprint.hexdigest()
        elif not self._part.is_file and self._part.name == "code":
            self.code = self._part.text[:CODE_BYTES].decode("utf-8", "replace")


async def offered(request: Request) -> Offered:
    """Return what a posted form asks. Raises `InvalidValue` when the body is not the form it says it is."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data":
        return Offered(None, (field(await form_of(request), "code") or "")[:CODE_BYTES])
    try:
        reader = _Reader(options.get(b"boundary", b""))
        async for chunk in request.stream():
            reader.read(chunk)
        reader.finish()
    except FormParserError:
        raise InvalidValue("file") from None
    return Offered(reader.sha256, reader.code)
