"""A quote is a span of a stored note: which words it has, and where they stand after the note was changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.basics.errors import InvalidValue, TextMissing, TextTooLong
from models.tables.finding import LONGEST_FINDING


@dataclass(frozen=True)
class Span:
    """From `starts` up to `ends`, in characters of the note."""

    starts: int
    ends: int

    def words(self, note: str) -> str:
        """Return what stands there."""
        return note[self.starts : self.ends]


@dataclass(frozen=True)
class Replaced:
    """A note in which a word was replaced: where each of them stood, and where each span stands now."""

    note: str
    places: tuple[int, ...]
    spans: tuple[Span, ...]


def marked(note: str, starts: int, ends: int) -> Span:
    """Return what was selected, without the spaces around it.

    Raises `InvalidValue` for what does not lie in the note, `TextMissing` for nothing but spaces, and `TextTooLong`.
    """
    if not 0 <= starts <= ends <= len(note):
        raise InvalidValue("span", (starts, ends))
    while starts < ends and note[starts].isspace():
        starts += 1
    while ends > starts and note[ends - 1].isspace():
        ends -= 1
    if starts == ends:
        raise TextMissing("span")
    if ends - starts > LONGEST_FINDING:
        raise TextTooLong("span", LONGEST_FINDING, ends - starts)
    return Span(starts, ends)


def moved(spans: Sequence[Span], before: str, after: str) -> list[Span | None]:
    """Return where each span's words stand after a note was changed, the nearest to where they stood.

    None for one whose words stand there no more.
    """
    first = _same_at_the_beginning(before, after)
    last = _same_at_the_end(before[first:], after[first:])
    longer = len(after) - len(before)
    found: list[Span | None] = []
    for span in spans:
        if span.ends <= first:
            found.append(span)
        elif span.starts >= len(before) - last:
            found.append(Span(span.starts + longer, span.ends + longer))
        else:
            found.append(nearest(after, span.words(before), span.starts))
    return found


def replaced(note: str, spans: Sequence[Span], word: str, became: str) -> Replaced:
    """Return the note with `became` for every `word` in it that stands there as a word of its own.

    A span in which such a word begins or ends takes in all of what took its place.
    """
    parts: list[str] = []
    places: list[int] = []
    changes: list[tuple[int, int]] = []
    end = 0
    for match in whole_word(word).finditer(note):
        parts += [note[end : match.start()], became]
        places.append(match.start())
        changes.append((match.start(), match.end()))
        end = match.end()
    parts.append(note[end:])
    return Replaced(
        "".join(parts),
        tuple(places),
        tuple(
            Span(
                _shifted(span.starts, changes, len(became)),
                _shifted(span.ends, changes, len(became), is_end=True),
            )
            for span in spans
        ),
    )


def whole_word(word: str) -> re.Pattern[str]:
    """Return what finds `word` where no letter or digit stands next to it."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)" if word[:1].isalnum() else re.escape(word))


def nearest(note: str, words: str, place: int) -> Span | None:
    """Return where these words stand nearest to a place in a note, None where they do not."""
    nearest: int | None = None
    at = note.find(words)
    while at >= 0:
        if nearest is None or abs(at - place) < abs(nearest - place):
            nearest = at
        at = note.find(words, at + 1)
    return None if nearest is None else Span(nearest, nearest + len(words))


def _shifted(place: int, changes: Sequence[tuple[int, int]], length: int, *, is_end: bool = False) -> int:
    moved_by = 0
    for starts, ends in changes:
        if ends <= place:
            moved_by += length - (ends - starts)
        elif starts < place:
            return starts + moved_by + (length if is_end else 0)
    return place + moved_by


def _same_at_the_beginning(one: str, other: str) -> int:
    length = min(len(one), len(other))
    low, high = 0, length
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _same_at_the_end(one: str, other: str) -> int:
    return _same_at_the_beginning(one[::-1], other[::-1])
