"""Whether one name may be taken for another: what a stranger types may look like a partner."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

ALIKE = 0.84
SHORTEST_PART = 4
# Letters of other scripts, and digits, that are drawn like Latin letters (Unicode TS 39, the common ones).
_LOOKS_LIKE = str.maketrans("аеорсухкмтнвіјѕԁɡοαερτυικνβη01345$@|!", "aeopcyxkmthbijsdgoaeptuiknbnoleassali")


def resembles(name: str, others: Iterable[str]) -> str | None:
    """Return the first of `others` that `name` equals, contains, or may be taken for; None when it is like none."""
    plain = _plain(name)
    for other in others:
        known = _plain(other)
        if not plain or not known:
            continue
        if plain == known or SequenceMatcher(None, plain, known, autojunk=False).ratio() >= ALIKE:
            return other
        if len(known) >= SHORTEST_PART and re.search(rf"(?:^| ){re.escape(known)}(?:$| )", plain):
            return other
        if len(plain) >= 2 * SHORTEST_PART and re.search(rf"(?:^| ){re.escape(plain)}(?:$| )", known):
            return other
    return None


def _plain(name: str) -> str:
    """Return a name in small Latin letters without marks, one space between its words."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", letters.translate(_LOOKS_LIKE)))
