"""Codes and numbers that people type or paste: read kindly, in one place.

Codes have no look-alikes, so nothing that is left out here can turn one into another.
"""

import re
import unicodedata
from urllib.parse import unquote

LONGEST_TYPED = 300
LARGEST_NUMBER = 2**31 - 1
# The link of a room, with or without a personal code, as people copy it from the bar of their browser.
_LINK = re.compile(r"/[jp]/([^/?#\s]+)(?:/([^/?#\s]+))?|[?&]code=([^&#\s]+)", re.IGNORECASE)
_LONGEST_DIGITS = len(str(LARGEST_NUMBER))


def join_code(typed: str) -> str:
    """Return the join code in what was typed: capitals and digits; the room's where it is a link. Perhaps empty."""
    if typed.isalnum() and typed.isascii():
        return typed[:LONGEST_TYPED].upper()
    found = _LINK.search(typed[:LONGEST_TYPED])
    return _signs(found[1] or found[3] if found else typed)


def personal_code(typed: str) -> str:
    """Return the personal code in what was typed; from a badge's link the second of its two codes. Perhaps empty."""
    found = _LINK.search(typed[:LONGEST_TYPED])
    return _signs((found[2] or "") if found else typed)


def is_link(typed: str) -> bool:
    """Return whether a whole link was typed or pasted, instead of a code."""
    return _LINK.search(typed[:LONGEST_TYPED]) is not None


def whole_number(text: str | None) -> int | None:
    """Return `text` as a whole number that a database can hold, or None."""
    digits = (text or "")[:LONGEST_TYPED].strip()
    if not (digits.isascii() and digits.isdigit()) or text is None or len(text) > LONGEST_TYPED:
        return None
    digits = digits.lstrip("0") or "0"
    if len(digits) > _LONGEST_DIGITS or int(digits) > LARGEST_NUMBER:
        return None
    return int(digits)


def _signs(typed: str) -> str:
    """Return the letters and digits of A to Z and 0 to 9, however wide, with whatever beside and between them."""
    wide = unicodedata.normalize("NFKC", unquote(typed[:LONGEST_TYPED]))
    return "".join(sign for sign in wide if sign.isascii() and sign.isalnum()).upper()
