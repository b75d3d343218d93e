"""Text that people typed, cleaned once, at the door."""

import unicodedata

from models.errors import TextMissing, TextTooLong

STATEMENT_LIMIT = 400
REASON_LIMIT = 400
NAME_LIMIT = 80
LINE_LIMIT = 120
NOTE_LIMIT = 200

_KEPT_CONTROLS = {"\n", "\t"}
# Bidirectional overrides can make a line read differently from what is stored.
_DIRECTION_OVERRIDES = {chr(code) for code in (0x202A, 0x202B, 0x202C, 0x202D, 0x202E)}


# Spaces, line breaks and zero-width signs: a text of nothing else cannot be seen.
_INVISIBLE = ("Cc", "Cf", "Zs", "Zl", "Zp")


def _is_noncharacter(code: int) -> bool:
    """Return whether Unicode promises that `code` will never be a character (Standard, section 23.7)."""
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def cleaned(raw: str) -> str:
    """Return `raw` in Unicode NFC, without control characters, surrogates and stray spaces.

    Line breaks are kept as `\\n`, at most two in a row. Word and XML cannot hold the rest.
    """
    kept = "".join(
        character
        for character in raw.replace("\r\n", "\n").replace("\r", "\n")
        if character in _KEPT_CONTROLS
        or (
            unicodedata.category(character) not in ("Cc", "Cs", "Co")
            and character not in _DIRECTION_OVERRIDES
            and not _is_noncharacter(ord(character))
        )
    )
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", kept).split("\n")]
    text = "\n".join(lines).strip()
    if all(unicodedata.category(character) in _INVISIBLE for character in text):
        return ""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def required_text(raw: str | None, *, field: str, limit: int) -> str:
    """Return `raw` cleaned. Raises `TextMissing` when nothing is left, `TextTooLong` above `limit` characters."""
    text = optional_text(raw, field=field, limit=limit)
    if not text:
        raise TextMissing(field)
    return text


def optional_text(raw: str | None, *, field: str, limit: int) -> str:
    """Return `raw` cleaned, possibly empty. Raises `TextTooLong` above `limit` characters."""
    text = cleaned(raw or "")
    if len(text) > limit:
        raise TextTooLong(field, limit, len(text))
    return text


def one_line(raw: str | None, *, field: str, limit: int, is_required: bool = True) -> str:
    """Return `raw` cleaned and on one line, for names and titles. Raises like `required_text`."""
    joined = " ".join((raw or "").split())
    if is_required:
        return required_text(joined, field=field, limit=limit)
    return optional_text(joined, field=field, limit=limit)
