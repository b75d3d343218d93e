"""The seal of a PDF. Nothing else of a PDF is read."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from exports.genuine.reading import Seal
from exports.genuine.signature import intact_signature

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_REASON = re.compile(rb"Handslag ([0-9a-f]{64})")


def seal_of(content: bytes) -> Seal | None:
    """Return the seal of a PDF, None where there is none. Only what our own seal looks like counts as one.

    There is one signature, and it covers every byte but itself. So nothing else of a PDF has to be understood.
    """
    ranges = list(_ranges(content))
    if not ranges:
        return None
    first, length, second, rest = ranges[0]
    claimed = _REASON.search(content)
    seal = Seal(claimed=claimed[1].decode() if claimed else "")
    if first != 0 or second <= length or second + rest > len(content):
        return seal
    seal.sealed_part = sha256(content[: second + rest]).hexdigest()
    seal.covers_all = len(ranges) == 1 and second + rest == len(content)
    held = content[length:second]
    digest = sha256(content[:length] + content[second : second + rest]).digest()
    certificates = intact_signature(held, digest)
    seal.certificates = [b64encode(each).decode() for each in certificates]
    seal.is_intact = bool(certificates)
    return seal


def _ranges(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    for found in _BYTE_RANGE.finditer(content):
        first, length, second, rest = (int(number) for number in found.groups())
        yield first, length, second, rest
