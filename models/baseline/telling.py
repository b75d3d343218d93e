"""Which words of a text may tell who somebody is: for a hint that a person answers. It is never complete, and says so.

Found are capitals inside a sentence, names at the start of one, initials, names that stand in our own tables, words in
writing that knows no capitals, telephone numbers, e-mail, postcodes, streets with a number, long numbers and addresses.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words("""
    aan af al am auf ben bin bint da das de del den der des di do dos du el het ibn la las le los op t te
    ten ter van vd von zu
""")
# Capitals inside a sentence that tell nobody from his neighbour: days, months, languages, how people call themselves.
_PLAIN = _words("""
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli
    augustus september oktober november december monday tuesday wednesday thursday friday saturday sunday
    january february march may june july august october nederland nederlands nederlandse nederlander
    nederlanders dutch netherlands engels engelse english europa europese europe ik i i’m i’ve i'm i've u uw god
    allah kerst kerstmis pasen ramadan whatsapp facebook instagram google corona covid internet
""")
# Offices and laws that everybody has to do with.
_ABBREVIATIONS = _words("""
    aow avg azc bbl bsn bso cbs cjg coa cpb cv cwi duo eu ggd ggz gp hbo hr ict id ind isk iv kvk mbo nl nt ns
    ok ov pabo pc pgb roc sms svb tv uitkering uwv vca vng vmbo vo vwo wajong wia wmo woo wsw ww zzp
""")
_NOT_BY_THEMSELVES = _words("""
    amber angel floor frank merel sultan summer victor marina jasmijn
""")
# How Dutch nouns, adjectives and verbs end that begin a sentence, where no name ends so.
_ORDINARY_END = re.compile(
    r"(heid|heden|ing|ingen|tie|ties|schap|schappen|lijk|lijke|teit|baar|loos|zaam|ende|aars|ers|ere|jes|[^s]en|tion|ings"
    r"|ness|ments?|ly)$|^ge[^\W\d_]{3,}[dt]$"
)
_SHORTEST_WITH_AN_END = 6
_SHORTEST_SMALL = 5
_SHORTEST_KNOWN = 3

_WORD = re.compile(r"[^\W\d_]+(?:[’'‘`-][^\W\d_]+)*")
_BETWEEN_NAMES = re.compile(r"[ \t-]*")
# Ends of sentences; after a colon, a dash or a quotation mark one begins too.
_BEFORE_A_START = re.compile(r"(?:^|[.!?…:;\n•·|/]|[“”\"„«»(]|(?:^|\s)[-–—*])[\s“”\"„«»‘’'(\[*-]*$")
_A_START_LOOKS_BACK = 12
_YEAR_OR_DATE = re.compile(
    r"(19|20)\d\d\s*[-–/.]\s*(19|20)?\d\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,3}([. ]\d{3})+"
)
_STREETS = (
    "straat|straatje|weg|laan|plein|kade|singel|dijk|pad|hof|gracht|steeg|dreef|wal|ring|plantsoen|markt|erf|oord"
    "|weide"
)


class Telling(StrEnum):
    """What kind of word may tell who somebody is."""

    NAME = "name"
    WRITING = "writing"
    TELEPHONE = "telephone"
    EMAIL = "e-mail"
    POSTCODE = "postcode"
    STREET = "street"
    NUMBER = "number"
    LINK = "link"


# The place of a hint about what stands beside the words: the role of who said them.
NOWHERE = -1


@dataclass(frozen=True)
class Hint:
    """A word, or several that belong together, from `starts` up to `ends`, in characters; or `NOWHERE` in the words."""

    word: str
    kind: Telling
    starts: int
    ends: int


_DETAILS = (
    # No more than the 64 signs that may stand before the @ (RFC 5321): a page without a space in it took seconds.
    (Telling.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*")),
    (Telling.LINK, re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w{3,}", re.IGNORECASE)),
    (Telling.TELEPHONE, re.compile(r"(?<![\w.,])(?:\+|\(?0)\d?(?:[\s\-./()]{0,2}\d){7,13}(?!\w)")),
    (
        Telling.POSTCODE,
        re.compile(r"(?<!\w)[1-9]\d{3} ?(?:[A-Z]{2}|[a-z]{2}(?=[\s,.;]*$))(?!\w)", re.MULTILINE),
    ),
    (
        Telling.STREET,
        re.compile(
            rf"(?<!\w)(?:[A-ZÀ-ÖØ-Þ][^\W\d_]*\.?[ -]){{0,3}}[^\W\d_]*(?i:{_STREETS}) \d{{1,4}} ?[a-zA-Z]?(?!\w)"
        ),
    ),
    (Telling.NUMBER, re.compile(r"(?<![\w.,])\d{3}(?:[ .]?\d{2,3}){1,4}\d(?![\w,]\d)|(?<!\d)\d{6,}(?!\d)")),
    # J. de Vries, J.P. Bakker, M.K., and: K. kwam nooit.
    (
        Telling.NAME,
        re.compile(
            rf"(?<!\w)(?:[A-ZÀ-ÖØ-Þ]\. ?){{1,4}}(?:(?:{'|'.join(sorted(_PARTICLES))})[ ’'])*[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]+"
            r"|(?<!\w)(?:[A-ZÀ-ÖØ-Þ]\.){2,4}|(?<!\w)[A-ZÀ-ÖØ-Þ]\.(?= [a-zà-öø-ÿ])"
        ),
    ),
)


def telling_words(
    text: str, *, names: frozenset[str] = frozenset(), plain: frozenset[str] = frozenset()
) -> list[Hint]:
    """Return what may tell who somebody is, in the order of the text.

    `names` are the parts of names that we know, in small letters (see `parts_of_names`); `plain` are words that tell
    nothing here, such as the place where everybody lives.
    """
    found = _details(text)
    taken = [(hint.starts, hint.ends) for hint in found]
    small = {match.group() for match in _WORD.finditer(text) if match.group().islower()}
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if any(starts < match.end() and match.start() < ends for starts, ends in taken):
            found += _joined(text, run)
            run = []
            continue
        tells = _tells(text, match, names, plain, small)
        goes_on = bool(run) and _BETWEEN_NAMES.fullmatch(text[run[-1].end() : match.start()]) is not None
        if run and not goes_on:
            found += _joined(text, run)
            run = []
        if tells or (run and match.group().casefold() in _PARTICLES):
            run.append(match)
        else:
            found += _joined(text, run)
            run = []
    found += _joined(text, run)
    return sorted(found, key=lambda hint: hint.starts)


def parts_of_names(names: Iterable[str]) -> frozenset[str]:
    """Return the words by which people of these names may be called, in small letters."""
    return frozenset(
        part.group().casefold()
        for name in names
        for part in _WORD.finditer(name)
        if len(part.group()) >= _SHORTEST_KNOWN
        and part.group().casefold() not in _PARTICLES
        and part.group().casefold() not in ordinary_words()
    )


def unanswered(hints: Iterable[Hint], kept: Iterable[str]) -> list[Hint]:
    """Return the hints that nobody has answered yet, each word once."""
    answered = {word.casefold() for word in kept}
    left: dict[str, Hint] = {}
    for hint in hints:
        if hint.word.casefold() not in answered:
            left.setdefault(hint.word.casefold(), hint)
    return list(left.values())


def within(hints: Iterable[Hint], starts: int, ends: int) -> list[Hint]:
    """Return what of these hints stands in a span of their text, as far as it stands in it, with its place there."""
    found = []
    for hint in hints:
        first, last = max(hint.starts, starts), min(hint.ends, ends)
        if first < last:
            word = hint.word[first - hint.starts : last - hint.starts]
            found.append(Hint(word, hint.kind, first - starts, last - starts))
    return found


def _details(text: str) -> list[Hint]:
    found: list[Hint] = []
    for kind, pattern in _DETAILS:
        for match in pattern.finditer(text):
            overlaps = any(hint.starts < match.end() and match.start() < hint.ends for hint in found)
            if not overlaps and not _is_year_or_date(match.group()):
                found.append(
                    Hint(
                        match.group().strip(), kind, match.start(), match.start() + len(match.group().strip())
                    )
                )
    return found


def _is_year_or_date(text: str) -> bool:
    """Years, dates, and numbers with points between their thousands."""
    return _YEAR_OR_DATE.fullmatch(text.strip()) is not None


def _joined(text: str, run: Sequence[re.Match[str]]) -> list[Hint]:
    """Return the name that words in a row make; particles at its end belong to the sentence."""
    words = list(run)
    while words and words[-1].group() in _PARTICLES:
        words.pop()
    if not words or _is_van_alone(text, words):
        return []
    starts, ends = words[0].start(), words[-1].end()
    kind = Telling.WRITING if _has_no_capitals(words[0].group()) else Telling.NAME
    return [Hint(text[starts:ends], kind, starts, ends)]


def _is_van_alone(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Return whether these words are no name but how a sentence begins: “Van de 4.100 telefoontjes”."""
    return (
        len(words) == 1
        and words[0].group().casefold() == "van"
        and _begins_a_sentence(text, words[0].start())
    )


def _tells(
    text: str, match: re.Match[str], names: frozenset[str], plain: frozenset[str], small: set[str]
) -> bool:
    word = match.group()
    lowered = word.casefold()
    bare = re.sub(r"[’'`-].*$", "", lowered) or lowered
    if lowered in plain or lowered in _PLAIN or bare in plain:
        return False
    if _has_no_capitals(word):
        return True
    if lowered in names or bare in names:
        return True
    if not any(letter.isupper() for letter in word):
        is_a_name = lowered in first_names() or bare in first_names()
        return (
            is_a_name
            and len(bare) >= _SHORTEST_SMALL
            and lowered not in ordinary_words()
            and bare not in _NOT_BY_THEMSELVES
        )
    if lowered in _ABBREVIATIONS or (word.isupper() and len(word) > 1 and lowered in ordinary_words()):
        return False
    if not _begins_a_sentence(text, match.start()):
        return True
    if lowered in first_names() or bare in first_names():
        return True
    return not _is_ordinary(lowered, bare, small)


def _is_ordinary(lowered: str, bare: str, small: set[str]) -> bool:
    if lowered in ordinary_words() or bare in ordinary_words() or lowered in small:
        return True
    return len(lowered) >= _SHORTEST_WITH_AN_END and _ORDINARY_END.search(lowered) is not None


def _begins_a_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - _A_START_LOOKS_BACK) : place]
    if place <= _A_START_LOOKS_BACK:
        return _BEFORE_A_START.search(before) is not None
    # What was cut off is no beginning of the text.
    return _BEFORE_A_START.search("x" + before) is not None


def _has_no_capitals(word: str) -> bool:
    return word.upper() == word.lower()


@cache
def first_names() -> frozenset[str]:
    """Return first names that are common here, in small letters: for names at the start of a sentence."""
    return frozenset((_FOLDER / "first_names.txt").read_text(encoding="utf-8").casefold().split())


@cache
def ordinary_words() -> frozenset[str]:
    """Return words with which sentences begin that are no names, in small letters."""
    return frozenset((_FOLDER / "ordinary_words.txt").read_text(encoding="utf-8").casefold().split())
