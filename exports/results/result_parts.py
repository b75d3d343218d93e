"""A result in parts that are drawn alike: neighbouring choices with one mark, from support to objection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from exports.drawings import NO_DOTS
from exports.language import translations
from exports.sentences.choices import choice_label, choice_number
from models.basics.words import Method
from models.voting.decision import Result
from models.voting.methods.method import Choice, Mark, Tally, dots_on


@dataclass(frozen=True)
class Part:
    """Choices with one look: a `Mark`, or `NO_DOTS`."""

    look: str
    choices: tuple[str, ...]

    def count(self, counts: Mapping[str, int]) -> int:
        """Return how many people chose one of these."""
        return sum(counts.get(choice, 0) for choice in self.choices)


def parts_of(choices: Sequence[Choice]) -> list[Part]:
    """Return the parts of a method in the order of its choices; who gave no dots comes last."""
    ordered = sorted(choices, key=lambda choice: _look(choice) == NO_DOTS)
    return [Part(look, tuple(one.value for one in alike)) for look, alike in groupby(ordered, key=_look)]


def counts_by_look(choices: Sequence[Choice], counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many people chose something of each look, for `exports.drawings.row_bar`."""
    return {part.look: part.count(counts) for part in parts_of(choices)}


def part_label(method: str, part: Part, language: str) -> str:
    """Return what a part says: the word of a single choice, or a range and what its choices share."""
    _ = translations(language).gettext
    if part.look in (NO_DOTS, Mark.DOT):
        return _("gave no dots") if part.look == NO_DOTS else _("gave dots")
    if method == Method.CONSENT:
        return choice_label(method, part.choices[0], language)
    if method == Method.STATEMENT:
        if len(part.choices) == 1:
            return choice_label(method, part.choices[0], language)
        return _("Agree (strongly)")
    words = {
        Mark.AGREE: _("{numbers}: support"),
        Mark.NEUTRAL: _("{numbers}: in between"),
        Mark.CONCERN: _("{numbers}: a concern"),
        Mark.OBJECTION: _("{numbers}: against"),
    }[Mark(part.look)]
    first, last = part.choices[0], part.choices[-1]
    return words.format(numbers=first if first == last else f"{first}–{last}")


def short_label(method: str, choice: str, language: str) -> str:
    """Return what stands above a narrow column: a number where choices have one, else the word."""
    if method == Method.SCORE:
        return choice
    return choice_number(method, choice) or choice_label(method, choice, language)


def numbered_label(method: str, choice: str, language: str) -> str:
    """Return the word of a choice, after its number where it has one that the word does not say."""
    label = choice_label(method, choice, language)
    return f"{choice}. {label}" if method == Method.GRADIENTS else label


def row_dots(counts: Mapping[str, int]) -> int:
    """Return how many dots people gave, from how many gave each number."""
    return dots_on(Tally(sum(counts.values()), dict(counts)))


def beyond_limit(result: Result) -> str | None:
    """Return the first choice beyond the limit that was agreed before the vote, or None without one."""
    values = [choice.value for choice in result.choices]
    if result.level not in values[:-1]:
        return None
    return values[values.index(result.level) + 1]


def _look(choice: Choice) -> str:
    return NO_DOTS if choice.mark is Mark.DOT and not choice.is_in_favour else choice.mark
