"""A result in parts that are drawn alike: neighbouring choices with one mark, from support to objection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from exports.drawings import NO_DOTS
from exports.language import translations
from exports.results.shown import told_of
from exports.sentences.choices import label_of
from models.voting.decision import Result
from models.voting.methods.method import Choice, Mark, Numbering, Tally, dots_on


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


def part_label(result: Result, part: Part, language: str) -> str:
    """Return what a part says: the word of a single choice, or what its choices share, with a range of numbers."""
    _ = translations(language).gettext
    if part.look in (NO_DOTS, Mark.DOT):
        return _("gave no dots") if part.look == NO_DOTS else _("gave dots")
    told = told_of(result, language)
    if result.look.numbering is Numbering.NONE:
        first = label_of(told, part.choices[0], language)
        return first if len(part.choices) == 1 else told.parts.get(part.look, first)
    words = {
        Mark.AGREE: _("{numbers}: support"),
        Mark.NEUTRAL: _("{numbers}: in between"),
        Mark.CONCERN: _("{numbers}: a concern"),
        Mark.OBJECTION: _("{numbers}: against"),
    }[Mark(part.look)]
    first, last = part.choices[0], part.choices[-1]
    return words.format(numbers=first if first == last else f"{first}–{last}")


def column_label(result: Result, part: Part, language: str) -> str:
    """Return what stands above a column with the numbers of a part: shorter than what it says where that is long."""
    columns = told_of(result, language).columns
    return columns.get(part.choices[0], "") or part_label(result, part, language)


def row_dots(counts: Mapping[str, int]) -> int:
    """Return how many dots people gave, from how many gave each number."""
    return dots_on(Tally(sum(counts.values()), dict(counts)))


def beyond_limit(result: Result) -> str | None:
    """Return the first choice beyond the limit that was agreed before the vote, or None without one."""
    values = [choice.value for choice in result.choices]
    if result.rule.level not in values[:-1]:
        return None
    return values[values.index(result.rule.level) + 1]


def _look(choice: Choice) -> str:
    return NO_DOTS if choice.mark is Mark.DOT and not choice.is_in_favour else choice.mark
