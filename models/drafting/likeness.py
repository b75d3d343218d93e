"""Which proposals say nearly the same. For a hint, never a block: a facilitator decides what belongs together.

Compared are the words that carry a sentence, sorted, without capitals, accents and signs. `likeness` is the mean of
two measures of RapidFuzz (https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html): `ratio` asks how much of both is the
same, `token_set_ratio` whether one says all that the other says. Meaning is not understood: "bieb" and "bibliotheek"
only meet by the words around them.
"""

import re
import unicodedata
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from threading import Lock

from rapidfuzz import fuzz

# Chosen on 83 Dutch proposals whose 3,403 pairs were told by hand: 50 of the 59 alike ones are found, and 2 others. On
# 51 new ones (1,275 pairs): 19 of 26, and 4 others. A lower threshold is wrong more often than it finds: at 58 the new
# ones gave 20 and 16. The sentences and the count stand in tests/models/drafting/test_likeness.py.
ALIKE_FROM = 63
# Of so many texts that share a word all are compared with each other, of more those beside each other.
_ALL_OF, _BESIDE = 40, 8
# Words that begin with the same so many letters are taken for forms of one.
_BEGINNING = 4
# So many members stand for a large group.
_STAND_FOR_ALL = 6
_ROOMS = 4

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
    least half of the pairs between them are alike, so that no chain of neighbours ends elsewhere; of large groups some
    pairs stand for all. `apart` are pairs of places `(lower, higher)` that somebody told apart: those never stand in
    one group. The order of `texts` decides only the order of the answer.

    The work grows with the number of texts, not with its square: a text is measured against those that share a word or
    the beginning of one, and where these are many against those beside it in the order of the alphabet.
    """
    words = tuple(_compared(text) for text in texts)
    with _lock:
        return [list(group) for group in _groups(words, frozenset(apart))]


# Kept, since a page asks again at every news of the room; four rooms at once.
@lru_cache(maxsize=4)
def _groups(words: tuple[str, ...], apart: frozenset[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of places. What is the same in words stands together from the start, unless told apart."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(words):
        places[text].append(place)
    groups = _Groups(words, apart)
    for text, same in places.items():
        for one, other in pairwise(same):
            if text:
                groups.join(one, other)
    for _, first, second in _pairs_known(words).among(places):
        ones, others = places[first], places[second]
        if len(ones) == len(others) == 1:
            groups.join(ones[0], others[0])
            continue
        # Where places with the same words were told apart they stand in several groups.
        for one in groups.different(ones):
            for other in groups.different(others):
                groups.join(one, other)
    return groups.found()


class _Groups:
    """Places that come together, pair by pair."""

    def __init__(self, words: Sequence[str], apart: Collection[tuple[int, int]]) -> None:
        self._words = words
        self._group_of: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        self._refused: set[tuple[int, int, int, int]] = set()
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def different(self, places: Sequence[int]) -> list[int]:
        """Return one of `places` for each group that they stand in."""
        return list({self._group_of.get(place, place): place for place in places}.values())

    def join(self, one: int, other: int) -> None:
        """Make the groups of two places that are alike one, if that goes for at least half of the pairs."""
        first, second = self._group_of.get(one, one), self._group_of.get(other, other)
        if first == second:
            return
        if second < first:
            first, second = second, first
        members, others = self._members.get(first, [first]), self._members.get(second, [second])
        asked = (first, len(members), second, len(others))
        if asked in self._refused:
            return
        if self._are_told_apart(members, others) or not self._are_alike(members, others):
            self._refused.add(asked)
            return
        for place in others:
            self._group_of[place] = first
        self._group_of[first] = first
        self._members[first] = members + others
        self._members.pop(second, None)

    def found(self) -> list[list[int]]:
        """Return the groups of two or more, each in order."""
        return sorted(sorted(group) for group in self._members.values())

    def _are_told_apart(self, members: Sequence[int], others: Sequence[int]) -> bool:
        if not self._apart:
            return False
        few, many = sorted((members, others), key=len)
        there = set(many)
        return any(not self._apart[place].isdisjoint(there) for place in few if place in self._apart)

    def _are_alike(self, members: Sequence[int], others: Sequence[int]) -> bool:
        if len(members) == len(others) == 1:
            return True
        some, of_others = self._some(members), self._some(others)
        count = sum(
            1
            for one in some
            for other in of_others
            if one == other or _likeness_or_nothing(*((one, other) if one < other else (other, one)))
        )
        return 2 * count >= len(some) * len(of_others)

    def _some(self, members: Sequence[int]) -> list[str]:
        """Return the words of the members; of many some, evenly from their alphabetical order."""
        found = [self._words[place] for place in members]
        if len(found) <= _STAND_FOR_ALL:
            return found
        found.sort()
        return [found[place * (len(found) - 1) // (_STAND_FOR_ALL - 1)] for place in range(_STAND_FOR_ALL)]


class _Pairs:
    """The alike pairs among texts that were seen, most alike first: only a new text is compared with the others."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        # Who has a word, or the beginning of one, in the order of the alphabet.
        self._holders: dict[str, list[str]] = defaultdict(list)
        self._pairs: list[tuple[float, str, str]] = []

    def among(self, words: Collection[str]) -> list[tuple[float, str, str]]:
        """Return the alike pairs among `words`: how much below zero, then the two in order."""
        new = sorted(word for word in words if word not in self.seen)
        self.seen.update(new)
        marks = {text: _marks(text) for text in new}
        for text in new:
            for mark in marks[text]:
                insort(self._holders[mark], text)
        found: dict[tuple[str, str], float] = {}
        for text in new:
            for mark in marks[text]:
                for other in _beside(text, self._holders[mark]):
                    pair = (text, other) if text < other else (other, text)
                    if text != other and pair not in found:
                        found[pair] = _likeness_or_nothing(*pair)
        # Two lists in order become one in a straight line: Python's sort sees that.
        self._pairs.extend(sorted((-much, *pair) for pair, much in found.items() if much))
        self._pairs.sort()
        if len(self.seen) == len(words):
            return self._pairs
        return [pair for pair in self._pairs if pair[1] in words and pair[2] in words]


def _beside(text: str, holders: Sequence[str]) -> Sequence[str]:
    """Return the texts of a list that `text` is measured against: all of a short one, of a long one those beside it."""
    if len(holders) <= _ALL_OF:
        return holders
    place = bisect_left(holders, text)
    return holders[max(0, place - _BESIDE) : place + _BESIDE + 1]


def _marks(text: str) -> set[str]:
    """Return by what a text is found: its words, and how those begin, since words have many endings."""
    words = text.split()
    return {*words, *(f"{word[:_BEGINNING]}-" for word in words if len(word) > _BEGINNING)}


_lock = Lock()
_known: list[_Pairs] = []


def _pairs_known(words: Sequence[str]) -> _Pairs:
    """Return the pairs of the room that `words` are from: of the last rooms the one that knows most of them.

    One that knows more others than these has too much to leave out, and a new one is begun.
    """
    here = set(words)
    best = max(_known, key=lambda pairs: len(pairs.seen & here), default=None)
    if best is None or 2 * len(best.seen & here) < len(best.seen | here):
        best = _Pairs()
    else:
        _known.remove(best)
    _known.insert(0, best)
    del _known[_ROOMS:]
    return best


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
