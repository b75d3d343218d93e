"""How wide letters are, before anything lays them out: on the safe side.

The widths are those of Carlito Bold, which has Calibri's, rounded up; regular letters are narrower.
"""

import re
import unicodedata
from math import ceil

from exports.hyphenation import SOFT_HYPHEN

# In hundredths of the size of the letters, by what NFD leaves of them.
_WIDTHS = {
    character: width
    for width, characters in {
        25: "'ilı",
        30: ",.:;Ij·‘’ \u00a0",
        35: "!()-J[]`ft{}°¡",
        40: "rsz",
        45: '"/L\\c“”„',
        50: "#*+<=>?EFSTZ^_agkvxy|~–¿",
        55: "$0123456789CKPYbdehnopquøð€",
        60: "BRVXß",
        65: "ADGH",
        70: "NOQU",
        75: "%&w…",
        80: "æ",
        85: "mœ",
        90: "@M☐",
        95: "W—",
    }.items()
    for character in characters
}
_RIGHT_TO_LEFT, _FULL, _OTHER, _PICTURE = 65, 105, 90, 140
# A word may be broken after each of these; only the soft one is not seen until then.
_HYPHENS = re.compile(f"(?<=[-{SOFT_HYPHEN}])(?=.)")


def width_of(text: str) -> float:
    """Return how wide `text` is on one line, in times the size of its letters."""
    return sum(map(_hundredths, unicodedata.normalize("NFD", text))) / 100


def lines_of(text: str, width: float) -> int:
    """Return how many lines `text` takes in a column of `width` times the size of its letters."""
    return sum(_lines_of_one(line, width) for line in text.split("\n"))


def is_latin(text: str) -> bool:
    """Return whether every letter is one whose width is known; others come from other fonts, which are taller."""
    return all(
        character in _WIDTHS or unicodedata.combining(character)
        for character in unicodedata.normalize("NFD", text)
        if not character.isspace()
    )


def _lines_of_one(line: str, width: float) -> int:
    """Return how many lines a text without line breaks takes.

    A word that does not fit goes on the next line, as far as its hyphens do not help; one that no line holds is broken
    where the line is full.
    """
    lines, filled = 1, 0.0
    space, hyphen = width_of(" "), width_of("-")
    for word in line.split(" "):
        for place, part in enumerate(_HYPHENS.split(word)):
            wide = width_of(part)
            before = space if place == 0 and filled else 0.0
            after = hyphen if part.endswith(SOFT_HYPHEN) else 0.0
            if filled and filled + before + wide + after > width:
                lines, filled, before = lines + 1, 0.0, 0.0
            if wide > width:
                more = ceil(wide / width) - 1
                lines, wide = lines + more, wide - more * width
            filled += before + wide
    return lines


def _hundredths(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.bidirectional(character) in ("R", "AL"):
        return _RIGHT_TO_LEFT
    if unicodedata.category(character) == "So":
        return _PICTURE
    return _FULL if unicodedata.east_asian_width(character) in ("W", "F") else _OTHER
