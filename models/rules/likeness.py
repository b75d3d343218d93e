"""Which proposals say nearly the same. For a hint, never a block: a facilitator decides what belongs together.

Compared are the words that carry a sentence, sorted, without capitals, accents and signs. `likeness` is the mean of
two measures of RapidFuzz (https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html): `ratio` asks how much of both is the
same, `token_set_ratio` whether one says all that the other says. Meaning is not understood: "bieb" and "bibliotheek"
only meet by the words around them.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from math import inf

from rapidfuzz import fuzz, process

# Chosen on 83 Dutch proposals whose 3,403 pairs were told by hand: 50 of the 59 alike ones are found, and 2 others. On
# 51 new ones (1,275 pairs): 19 of 26, and 4 others. A lower threshold is wrong more often than it finds: at 58 the new
# ones gave 20 and 16. The sentences and the count stand in tests/models/rules/test_likeness.py.
ALIKE_FROM = 63

_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset(
    _WORD.findall("""
    aan al als bij dan dat de deze die dit door dus een elk elke en er geen heeft hebben het hoe hun iedere ieder ik
    in is je jij jullie kan kunnen kunt laat maar mag me meer mee met mijn moet moeten mogen n naar niet nog of om ons
    onze ook op over s t te tot u uit uw van voor waar wat we wie wij worden wordt zal ze zij zijn zo zou zullen
    a an and are at be but can for from in is it must not of on or our should that the their they this to we with you
    your
    """)
)


def likeness(first: str, second: str) -> float:
    """Return how much two texts are alike, from 0 to 100; the same words in any order are 100."""
    words, others = _compared(first), _compared(second)
    return (fuzz.ratio(words, others) + fuzz.token_set_ratio(words, others)) / 2


def alike(texts: Sequence[str], apart: Collection[tuple[int, int]] = ()) -> list[list[int]]:
    """Return groups of two or more texts that are alike, as their places in `texts`.

    A text stands in one group at most: pairs come together from the most alike down, and two groups become one when at
    least half of the pairs between them are alike, so that no chain of neighbours ends elsewhere. `apart` are pairs
    of places `(lower, higher)` that somebody told apart: those never stand in one group. The order of `texts` decides
    only the order of the answer.
    """
    return [list(group) for group in _groups(tuple(_compared(text) for text in texts), frozenset(apart))]


# Kept, since a page asks again at every news of the room; four rooms at once.
@lru_cache(maxsize=4)
def _groups(words: tuple[str, ...], apart: frozenset[tuple[int, int]]) -> list[list[int]]:
    likeness_of = {pair: much for pair, much in _alike_pairs(words).items() if pair not in apart}
    pairs = sorted(
        likeness_of, key=lambda pair: (-likeness_of[pair], sorted((words[pair[0]], words[pair[1]])), pair)
    )
    group_of = {place: place for pair in pairs for place in pair}
    members = {place: [place] for place in group_of}
    # How many pairs between two groups are alike; minus infinity where one of them was told apart.
    between: dict[int, dict[int, float]] = {place: defaultdict(float) for place in group_of}
    for one, other in [*pairs, *(pair for pair in apart if group_of.keys() >= set(pair))]:
        between[one][other] = between[other][one] = -inf if (one, other) in apart else 1
    for one, other in pairs:
        kept, joined = sorted((group_of[one], group_of[other]))
        if kept == joined or 2 * between[kept][joined] < len(members[kept]) * len(members[joined]):
            continue
        for place in members[joined]:
            group_of[place] = kept
        members[kept] += members.pop(joined)
        for third, count in between.pop(joined).items():
            del between[third][joined]
            if third != kept:
                between[kept][third] += count
                between[third][kept] += count
    return sorted(sorted(group) for group in members.values() if len(group) > 1)


def _alike_pairs(words: Sequence[str]) -> dict[tuple[int, int], float]:
    """Return the pairs of places that are alike, with how much."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(words):
        for word in text.split():
            holders[word].append(place)
    # Without a word in common both measures are the same one, so that the quick one is enough.
    near = {(one, other) for places in holders.values() for one in places for other in places if one < other}
    for place, text in enumerate(words):
        found = process.extract(text, words[:place], scorer=fuzz.ratio, score_cutoff=ALIKE_FROM, limit=None)
        near |= {(other, place) for _, _, other in found}
    measured = {pair: _likeness_or_nothing(*sorted((words[pair[0]], words[pair[1]]))) for pair in near}
    return {pair: much for pair, much in measured.items() if much}


# A proposal that comes in is measured against all others, and those not against each other again.
@lru_cache(maxsize=150_000)
def _likeness_or_nothing(first: str, second: str) -> float:
    """Return how much two texts are alike, or 0 when they are not. Quicker than `likeness`: it stops where it can."""
    needed = 2 * ALIKE_FROM
    same = fuzz.ratio(first, second, score_cutoff=needed - 100)
    if not same:
        return 0
    covered = fuzz.token_set_ratio(first, second, score_cutoff=needed - same)
    return (same + covered) / 2 if covered else 0


@lru_cache(maxsize=4096)
def _compared(text: str) -> str:
    """Return the different words that carry a text, sorted; a text of small words only, or of signs, as it is."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign)
    )
    words = _WORD.findall(plain)
    carrying = [word for word in words if word not in _SMALL_WORDS] or words or text.split()
    return " ".join(sorted(set(carrying)))
