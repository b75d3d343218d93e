"""The numbers of every chart as plain tables, so that page, phone and document say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from exports.language import listed, number, translations
from exports.results.result_parts import parts_of, row_dots
from exports.results.shown import dots_label, result_label, short_label, told_of
from exports.sentences.choices import label_of
from exports.sentences.outcome import row_label
from exports.sentences.shares import choice_percentages, share_in_favour
from exports.sentences.words import decision_word
from models.voting.decision import Result
from models.voting.landscape import EVERYBODY, Column, Kind, Support, VotedItem, landscape, support
from models.voting.methods.method import Choice, Shape


@dataclass(frozen=True)
class PlainTable:
    """A head and rows; numbers are numbers, and a cell of None has nothing to say."""

    head: list[str]
    rows: list[list[str | int | None]]


class PastRound(Protocol):
    """A round in which a principle was voted on; `result` is None while it may not be told."""

    @property
    def number(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def result(self) -> Result | None: ...


def result_table(result: Result, language: str) -> PlainTable | None:
    """Return how many chose what, or with dots how many people gave how many; None where numbers stay hidden."""
    _ = translations(language).gettext
    if result.numbers is None:
        return None
    counts = result.numbers.counts
    if result.look.shape is Shape.DOTS:
        words = told_of(result, language)
        given = [choice for choice in reversed(result.choices) if counts.get(choice.value)]
        people: list[list[str | int | None]] = [
            [label_of(words, choice.value, language), counts[choice.value]] for choice in given
        ]
        return PlainTable(
            [_("Given by one person"), _("People")],
            [*people, [_("All dots together"), result.numbers.dots]],
        )
    shares = choice_percentages(result.choices, counts, result.rule.share)
    return PlainTable(
        [_("Choice"), _("Votes"), _("Share of the votes")],
        [
            [
                result_label(result, choice.value, language),
                counts.get(choice.value, 0),
                _("{share}%").format(share=shares[choice.value]),
            ]
            for choice in result.choices
        ],
    )


def result_rows_table(result: Result, language: str) -> PlainTable | None:
    """Return the votes of each group and of everybody; None where numbers stay hidden."""
    _ = translations(language).gettext
    if result.numbers is None:
        return None
    rows = [(row_label(row.key, row.name, language), row.counts, row.cast) for row in result.rows]
    rows.append((_("Everybody"), result.numbers.counts, result.numbers.cast))
    if result.look.shape is Shape.DOTS:
        return PlainTable(
            [_("Group"), _("Dots"), _("Gave dots"), _("Votes")],
            [
                [name, row_dots(counts), support(result.choices, counts, cast).agree, cast]
                for name, counts, cast in rows
            ],
        )
    return PlainTable(
        [
            _("Group"),
            *(short_label(result, choice.value, language) for choice in result.choices),
            _("Votes"),
        ],
        [[name, *_in_order(result.choices, counts), cast] for name, counts, cast in rows],
    )


def landscape_table(items: Sequence[VotedItem], language: str) -> PlainTable | None:
    """Return the share in favour of each text in each group, in the order of the landscape; None without any."""
    _ = translations(language).gettext
    made = landscape(items)
    if not made.items:
        return None
    rows: list[list[str | int | None]] = []
    for item in made.items:
        said = _("{number}. {text}").format(number=item.number, text=item.text)
        cells: list[str | int | None] = [
            cell_words(item.cells.get(column.key), language) for column in made.columns
        ]
        if item.kind is Kind.HIDDEN:
            cells = [_("hidden") for _column in made.columns]
        rows.append([said, *cells, kind_word(item.kind, language)])
    heads = [column_label(column, language) for column in made.columns]
    return PlainTable([_("In favour of"), *heads, _("Together")], rows)


def history_table(rounds: Sequence[PastRound], language: str) -> PlainTable | None:
    """Return each round of a principle with its share in favour, oldest first; None without any."""
    _ = translations(language).gettext
    told = [(found, found.result) for found in rounds if found.result is not None]
    if not told:
        return None
    return PlainTable(
        [_("Round"), _("Version"), _("Method"), _("Support"), _("Votes"), _("Outcome")],
        [
            [
                found.number,
                found.version,
                told_of(result, language).name,
                support_words(result, language),
                result.numbers.cast if result.numbers else _("hidden"),
                decision_word(result.decision, language),
            ]
            for found, result in told
        ],
    )


def support_words(result: Result, language: str) -> str:
    """Return how much support a result shows: a share in favour, a number of dots, or that it stays hidden."""
    translated = translations(language)
    if result.numbers is None:
        return translated.gettext("hidden")
    if result.numbers.dots is not None:
        return dots_label(result, result.numbers.dots, language)
    share = share_in_favour(result.numbers.in_favour, result.numbers.counted, result.rule.share)
    return translated.gettext("{share}% in favour").format(share=share)


def cell_words(cell: Support | None, language: str) -> str:
    """Return the share of a cell of the landscape; a dash for a group that was joined with others."""
    if cell is None:
        return "–"
    share = share_in_favour(cell.agree, cell.seen, None)
    return translations(language).gettext("{share}%").format(share=share)


def column_label(column: Column, language: str) -> str:
    """Return the name of a column of the landscape."""
    if column.key == EVERYBODY:
        return translations(language).gettext("Everybody")
    return row_label(column.key, column.name, language)


def kind_word(kind: Kind, language: str) -> str:
    """Return what the groups together say of a text."""
    _ = translations(language).gettext
    return {
        Kind.CARRIED: _("Carried by everyone"),
        Kind.DIVIDES: _("Divides us"),
        Kind.NOT_CARRIED: _("Carried by no group"),
        Kind.HIDDEN: _("Hidden: fewer than 5 votes"),
    }[kind]


def choices_in_words(
    result: Result, counts: Mapping[str, int], cast: int, language: str, *, is_part: bool = False
) -> str:
    """Return how many people chose what, as one sentence; of a part of them only what somebody chose."""
    translated = translations(language)
    _ = translated.gettext
    if sentence := told_of(result, language).sentence:
        return sentence.format(
            **{choice.value: number(counts.get(choice.value, 0), language) for choice in result.choices}
        )
    if result.look.shape is Shape.DOTS:
        dots = row_dots(counts)
        return translated.ngettext(
            "{dots} dot, given by {people} of {cast} people.",
            "{dots} dots, given by {people} of {cast} people.",
            dots,
        ).format(
            dots=number(dots, language),
            people=number(support(result.choices, counts, cast).agree, language),
            cast=number(cast, language),
        )
    said = [
        _("{choice}: {count}").format(
            choice=result_label(result, choice.value, language),
            count=number(counts.get(choice.value, 0), language),
        )
        for choice in result.choices
        if counts.get(choice.value) or not is_part
    ]
    return f"{listed(said, language)}."


def row_numbers(result: Result, counts: Mapping[str, int], language: str) -> str:
    """Return a group's numbers as they stand beside its bar: one for each part, or the number of dots."""
    if result.look.shape is Shape.DOTS:
        return dots_label(result, row_dots(counts), language)
    return " · ".join(number(part.count(counts), language) for part in parts_of(result.choices))


def _in_order(choices: Sequence[Choice], counts: Mapping[str, int]) -> list[int]:
    return [counts.get(choice.value, 0) for choice in choices]
