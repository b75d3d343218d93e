"""A page that many phones have in common: drawn and compressed once, with gaps for what is one phone's own.

It is drawn for nobody: wherever something of one person would stand, a gap is drawn. So nothing of a person can be in
what is kept, and each phone gets its own in the gaps.
"""

import re
import secrets
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from models.tables import Participant

# Random for each start, so that nobody can type a gap into a proposal.
_MARK = f"gap-{secrets.token_hex(12)}-"
_GAP = re.compile(_MARK + r"(\w+);")
# RFC 1952: a gzip file without a name or a time, made on an unknown system; RFC 1951: how a stored block of nothing
# ends, with which what was flushed ends too.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_NOTHING_STORED = b"\x00\x00\xff\xff"
_MOST_STORED = 0xFFFF


def gap(name: str) -> Markup:
    """Return what stands in a drawn page where `fill` puts the phone's own `name`."""
    return Markup(f"{_MARK}{name};")


# What each phone has of its own, as a page in common is drawn with it.
GAPS = {
    name: gap(name)
    for name in ("now", "request_id", "people_here", "personal_code", "name", "name_value", "number")
}
# Those that are as long on most phones: what is compressed looks back across them. Names are of any length.
_MOSTLY_AS_LONG = frozenset(GAPS) - {"name"}
# How far deflate looks back, and a byte that stands in no text of ours, so that nobody looks back at a gap itself.
_WINDOW, _NO_TEXT = 32 * 1024, b"\xff"


# In bytes: most names are as long as each other in steps of these.
_STEP = 16


def value_attribute(text: str) -> Markup:
    """Return `value="…"` for a field, with so many spaces behind it that it is as long on most phones.

    A page has such a field for each agreement: what is compressed would begin anew behind each of them.
    """
    attribute = Markup('value="{}"').format(text)
    return attribute + Markup(" ") * (-len(attribute.encode()) % _STEP)


@dataclass(frozen=True)
class Anybody:
    """A participant as a page in common shows one: gaps, and what many people are alike in."""

    group_id: int | None
    is_named: bool
    has_hand_raised: bool
    has_first_step: bool

    @property
    def name(self) -> Markup | None:
        return GAPS["name"] if self.is_named else None

    @property
    def number(self) -> Markup:
        return GAPS["number"]

    @property
    def personal_code(self) -> Markup:
        return GAPS["personal_code"]

    @property
    def hand_raised_at(self) -> bool | None:
        return self.has_hand_raised or None


def anybody_like(person: Participant) -> Anybody:
    """Return anybody whose page is the same as this person's but for the gaps."""
    return Anybody(
        group_id=person.group_id,
        is_named=bool(person.name),
        has_hand_raised=person.hand_raised_at is not None,
        has_first_step=person.has_first_step,
    )


class CommonPage:
    """A drawn page with its gaps. Texts and gaps take turns, beginning and ending with a text."""

    def __init__(self, page: str) -> None:
        parts = _GAP.split(page)
        self._gaps = parts[1::2]
        self._texts = [text.encode() for text in parts[::2]]
        self._compressed: dict[tuple[int | None, ...], list[bytes]] = {}

    def fill(self, own: Mapping[str, str]) -> bytes:
        """Return the page with what is the phone's own in the gaps; `own` is markup. KeyError when one is missing."""
        return b"".join(_in_turn(self._texts, self._own(own)))

    def fill_compressed(self, own: Mapping[str, str]) -> bytes:
        """Return the same as a gzip file: compressed are only the texts, once; the gaps stand in it as they are."""
        filled = self._own(own)
        lengths = tuple(
            len(value) if name in _MOSTLY_AS_LONG else None
            for name, value in zip(self._gaps, filled, strict=True)
        )
        if lengths not in self._compressed:
            self._compressed[lengths] = _compressed(self._texts, lengths)
        plain = b"".join(_in_turn(self._texts, filled))
        return b"".join(
            (
                _GZIP_HEAD,
                *_in_turn(self._compressed[lengths], [_stored(value) for value in filled]),
                struct.pack("<II", zlib.crc32(plain), len(plain)),
            )
        )

    def _own(self, own: Mapping[str, str]) -> list[bytes]:
        return [own[name].encode() for name in self._gaps]


def _in_turn(texts: list[bytes], values: list[bytes]) -> list[bytes]:
    parts = [b""] * (len(texts) + len(values))
    parts[::2], parts[1::2] = texts, values
    return parts


def _compressed(texts: list[bytes], lengths: Sequence[int | None]) -> list[bytes]:
    """Each text as deflated blocks; before a gap they end where a stored block has begun, and the last one is the end.

    It looks back at the texts before it as far as the gaps between them are of a known length; None is not.
    """
    parts, before = [], b""
    for place, (text, length) in enumerate(zip(texts, (*lengths, None), strict=True)):
        deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before[-_WINDOW:])
        is_last = place == len(lengths)
        part = deflate.compress(text) + deflate.flush(zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH)
        assert is_last or part.endswith(_NOTHING_STORED)
        parts.append(part if is_last else part.removesuffix(_NOTHING_STORED))
        before = b"" if length is None else before + text + _NO_TEXT * length
    return parts


def _stored(value: bytes) -> bytes:
    """A short value as a stored block of RFC 1951 goes on: its length, the length's complement, the bytes."""
    assert len(value) <= _MOST_STORED
    return struct.pack("<HH", len(value), len(value) ^ _MOST_STORED) + value
