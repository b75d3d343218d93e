"""Soft hyphens in very long words: not every phone or projector has a dictionary for `hyphens: auto`."""

import re

LONGEST_WHOLE_WORD = 18
SHORTEST_END = 3
SOFT_HYPHEN = "\u00ad"

_LONG_WORD = re.compile(rf"[^\W\d_]{{{LONGEST_WHOLE_WORD + 1},}}")
_WORD_IN_LITTLE_ROOM = re.compile(r"[^\W\d_]{9,}")
_VOWEL = "[aeiouyàáâäèéêëìíîïòóôöùúûü]"
_BETWEEN_VOWELS = re.compile(rf"(?<={_VOWEL})[bcdfghjklmnpqrstvwxzçñß]+(?={_VOWEL})")
# What may begin a syllable in Dutch, longest first; of other rows of consonants only the last one does.
_ONSET = re.compile(r"(?:sch|[bcdfgkptv][lr]|ch|kn|qu|zw|tw|dw|.)$")


def with_soft_hyphens(text: str) -> str:
    """Return `text` with soft hyphens between the syllables of words of more than 18 letters.

    Shorter words stay as they are.
    """
    return _LONG_WORD.sub(lambda match: _broken(match.group()), text)


def in_little_room(text: str) -> str:
    """Return `text` with soft hyphens in words of more than 8 letters: for names in circles and narrow columns.

    Eight letters fit beside each other in the smallest circle of the projector.
    """
    return _WORD_IN_LITTLE_ROOM.sub(lambda match: _broken(match.group()), text)


def _broken(word: str) -> str:
    parts, start = [], 0
    # "ij" is one vowel.
    sounds = word.lower().replace("ij", "yy")
    for consonants in _BETWEEN_VOWELS.finditer(sounds):
        onset = _ONSET.search(consonants.group())
        place = consonants.start() + (onset.start() if onset else 0)
        if place >= SHORTEST_END and len(word) - place >= SHORTEST_END:
            parts.append(word[start:place])
            start = place
    parts.append(word[start:])
    return SOFT_HYPHEN.join(parts)
