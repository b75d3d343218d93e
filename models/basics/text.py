"""Text that people typed, cleaned once, at the door.

A text is as long as the characters (code points, in Unicode NFC) that are kept of it; browsers count the same.
"""

import re
import unicodedata
from itertools import groupby

from models.basics.errors import InvalidValue, TextMissing, TextTooLong

STATEMENT_LIMIT = 400
REASON_LIMIT = 400
NAME_LIMIT = 80
LINE_LIMIT = 120
NOTE_LIMIT = 200
REQUEST_ID_LIMIT = 64

# A letter with its marks comes as up to four characters, and people type spaces: more than this is not looked at.
TYPED_PER_CHARACTER = 4
TYPED_ASIDE = 400
# Writing systems that put many marks on one letter need five; more run over the lines around them.
MOST_MARKS = 8
# What is put in order has to be compared with all that stands before it (Unicode Annex 15, section 13).
_MOST_MARKS_PUT_IN_ORDER = 30

_KEPT_CONTROLS = {"\n", "\t"}
# What word processors paste for a new line within a paragraph, and what Unicode has for it.
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Bidirectional overrides can make a line read differently from what is stored.
_DIRECTION_OVERRIDES = {chr(code) for code in (0x202A, 0x202B, 0x202C, 0x202D, 0x202E)}
# Spaces, line breaks, zero-width signs and marks on nothing: a text of nothing else cannot be seen.
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"}
# Letters and signs by name that are blank: Hangul's fillers, Braille without dots, a note without a head.
_BLANK = {chr(code) for code in (0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x1D159)}
# What goes with the character before it: marks, joiners, variants, skin colours.
_JOINERS = {"\u200d", "\u200c"}
_SKIN_COLOURS = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def _is_noncharacter(code: int) -> bool:
    """Return whether Unicode promises that `code` will never be a character (Standard, section 23.7)."""
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def is_mark(character: str) -> bool:
    """Return whether a character stands on the one before it."""
    return character > "\u02ff" and unicodedata.category(character)[0] == "M"


def _with_few_marks(text: str, most: int) -> str:
    """Return `text` with at most `most` marks on each letter."""
    if text.isascii():
        return text
    return "".join(
        "".join(group)[:most] if are_marks else "".join(group) for are_marks, group in groupby(text, is_mark)
    )


def cleaned(raw: str) -> str:
    """Return `raw` in Unicode NFC, without control characters, surrogates, stray spaces and heaps of marks.

    Line breaks are kept as `\\n`, at most two in a row. Word and XML cannot hold the rest. Empty when there is nothing
    that can be seen.
    """
    kept = "".join(
        character
        for character in _LINE_BREAKS.sub("\n", raw)
        if character in _KEPT_CONTROLS
        or (
            unicodedata.category(character) not in ("Cc", "Cs", "Co")
            and character not in _DIRECTION_OVERRIDES
            and not _is_noncharacter(ord(character))
        )
    )
    # Before: to put thousands of marks on one letter in order takes seconds. After: some come apart into two.
    in_order = unicodedata.normalize("NFC", _with_few_marks(kept, _MOST_MARKS_PUT_IN_ORDER))
    lines = [" ".join(line.split()) for line in _with_few_marks(in_order, MOST_MARKS).split("\n")]
    text = "\n".join(lines).strip()
    if not is_seen(text):
        return ""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def is_seen(text: str) -> bool:
    """Return whether a text has at least one character that can be seen."""
    return any(
        unicodedata.category(character) not in _INVISIBLE and character not in _BLANK for character in text
    )


def required_text(raw: str | None, *, field: str, limit: int) -> str:
    """Return `raw` cleaned. Raises `TextMissing` when nothing is left, `TextTooLong` above `limit` characters."""
    text = optional_text(raw, field=field, limit=limit)
    if not text:
        raise TextMissing(field)
    return text


def optional_text(raw: str | None, *, field: str, limit: int) -> str:
    """Return `raw` cleaned, possibly empty. Raises `TextTooLong` above `limit` characters."""
    text = cleaned(_not_far_too_long(raw, field=field, limit=limit))
    if len(text) > limit:
        raise TextTooLong(field, limit, len(text))
    return text


def one_line(raw: str | None, *, field: str, limit: int, is_required: bool = True) -> str:
    """Return `raw` cleaned and on one line, for names and titles. Raises like `required_text`."""
    joined = " ".join(_not_far_too_long(raw, field=field, limit=limit).split())
    if is_required:
        return required_text(joined, field=field, limit=limit)
    return optional_text(joined, field=field, limit=limit)


def _not_far_too_long(raw: str | None, *, field: str, limit: int) -> str:
    given = raw or ""
    if len(given) > limit * TYPED_PER_CHARACTER + TYPED_ASIDE:
        raise TextTooLong(field, limit, len(given))
    return given


def request_name(raw: str | None) -> str | None:
    """Return the name that a script gave its request, as it came, or None. Raises `InvalidValue`."""
    if not raw:
        return None
    if len(raw) > REQUEST_ID_LIMIT or not raw.isprintable():
        raise InvalidValue("request_id", raw[:REQUEST_ID_LIMIT])
    return raw


def shortened(text: str, limit: int) -> str:
    """Return the beginning of `text`, at most `limit` characters, cut before a character and never inside it."""
    end = min(limit, len(text))
    while 0 < end < len(text) and _goes_on(text, end):
        end -= 1
    return text[:end].rstrip()


def _goes_on(text: str, place: int) -> bool:
    """Return whether what stands at `place` belongs to the character before it (after Unicode Annex 29, simplified)."""
    character, before = text[place], text[place - 1]
    code = ord(character)
    if is_mark(character) or character in _JOINERS or before == "\u200d":
        return True
    if code in _SKIN_COLOURS or code in _TAGS:
        return True
    return code in _FLAG_LETTERS and _flag_letters_before(text, place) % 2 == 1


def _flag_letters_before(text: str, place: int) -> int:
    count = 0
    while count < place and ord(text[place - 1 - count]) in _FLAG_LETTERS:
        count += 1
    return count
