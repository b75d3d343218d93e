"""Soft hyphens in very long words: not every phone has a Dutch dictionary for `hyphens: auto`."""

import re

LONGEST_WHOLE_WORD = 18
SHORTEST_PART = 4
SOFT_HYPHEN = "\u00ad"

_VOWELS = "aeiouyàáâäèéêëìíîïòóôöùúûü"
_LONG_WORD = re.compile(rf"[^\W\d_]{{{LONGEST_WHOLE_WORD + 1},}}")
# A break may come before a consonant that a vowel follows: the start of most syllables, in Dutch and in English.
_SYLLABLE = re.compile(rf"(?<=[{_VOWELS}bcdfghjklmnpqrstvwxz])(?=(?:sch|[bcdfgkpt][lr]|ch|th|[bcdfghjklmnpqrstvwxz])[{_VOWELS}])", re.IGNORECASE)


def with_soft_hyphens(text: str) -> str:
    """Return `text` with soft hyphens in words of more than 18 letters; shorter words stay as they are."""
    return _LONG_WORD.sub(lambda match: _broken(match.group()), text)


def _broken(word: str) -> str:
    parts, start = [], 0
    for syllable in _SYLLABLE.finditer(word):
        place = syllable.start()
        if place - start >= SHORTEST_PART and len(word) - place >= SHORTEST_PART:
            parts.append(word[start:place])
            start = place
    parts.append(word[start:])
    return SOFT_HYPHEN.join(parts)
