"""Which people are named inside texts: for a warning, never a block. A name may be a word as well: a person decides."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Between a first name and a last name; not names by themselves.
_PARTICLES = frozenset(
    {
        "al",
        "am",
        "auf",
        "bin",
        "ben",
        "da",
        "das",
        "de",
        "del",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "en",
        "het",
        "ibn",
        "in",
        "la",
        "las",
        "le",
        "los",
        "te",
        "ten",
        "ter",
        "und",
        "van",
        "vd",
        "von",
        "zu",
    }
)
_PARTS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SHORTEST = 2


@dataclass(frozen=True)
class Text:
    """A text with where it stands: `kind` and, where there are several of that kind, its `number`."""

    text: str
    kind: str
    number: int | None = None


@dataclass(frozen=True)
class NamedPerson:
    """A person whose name, or a part of it, stands in texts."""

    name: str
    places: tuple[tuple[str, int | None], ...]


def named_people(
    texts: Iterable[Text], people: Iterable[str], organisations: Iterable[str] = ()
) -> list[NamedPerson]:
    """Return which of `people` stand in `texts` by their first, last or whole name, and where, in the given order.

    A name counts with a capital and as a word of its own, also with an s behind it. What belongs to the name of an
    organisation is no person.
    """
    hidden = sorted({name for name in organisations if name}, key=len, reverse=True)
    cleared = [(_without(text.text, hidden), (text.kind, text.number)) for text in texts]
    found = []
    for name in dict.fromkeys(name.strip() for name in people):
        parts = _parts(name)
        if not parts:
            continue
        is_named = re.compile(rf"(?<![\w’'])(?:{'|'.join(map(re.escape, parts))})s?(?!\w)")
        places = tuple(dict.fromkeys(place for text, place in cleared if is_named.search(text)))
        if places:
            found.append(NamedPerson(name, places))
    return found


def _parts(name: str) -> Sequence[str]:
    """Return by which words a person may be called: those of the name that begin with a capital or have none."""
    return [
        part
        for part in _PARTS.findall(name)
        if len(part) >= _SHORTEST and part.casefold() not in _PARTICLES and not part[0].islower()
    ]


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return text
