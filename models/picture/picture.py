"""The picture: themes ordered by the gap between groups, as far as what was answered may be shown.

Everything here is computed from what a closed round shows already (`models.voting.round_views`): its rows, small ones
joined, each of five people or more. So what is added up, or taken from each other, tells nothing that those rows do not
tell. A statement on which a row gave fewer than five answers, since others of it did not know, shows no rows at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.picture.intervals import Interval, newcombe, wilson
from models.voting.methods.method import Choice, Tally, in_favour, without_abstentions
from models.workshop.rows import is_too_few

# Of fewer people one draws every person: a share of them says almost nothing (half of 20 is 30 to 70 %).
FEWEST_FOR_A_SHARE = 20
# The row of everybody, where groups cannot be shown.
EVERYONE = "everyone"


@dataclass(frozen=True)
class Answered:
    """Of so many answers on a statement, how many find the place inclusive there."""

    agree: int
    people: int


@dataclass(frozen=True)
class AnsweredStatement:
    """What was answered on a statement, as far as it may be shown: `total` is None under five answers.

    `rows` are empty where only the total may be shown. `text` is what was asked, word for word.
    """

    id: int
    number: int
    theme_id: int
    text: str
    is_reversed: bool
    total: Answered | None
    rows: Mapping[str, Answered]

    @property
    def drawn_rows(self) -> "list[ThemeRow]":
        """Return what stands for this statement alone: its rows, or everybody where only the total may be shown."""
        shown = dict(self.rows) or ({EVERYONE: self.total} if self.total else {})
        return [ThemeRow(key, row.agree, row.people, row.people) for key, row in shown.items()]


@dataclass(frozen=True)
class ThemeRow:
    """What one row of people answered on the statements of a theme.

    `agree` of `answers` find the place inclusive there. `people` are the fewest who answered one of the statements:
    two answers of one person are no two people, so the interval counts people.
    """

    key: str
    agree: int
    answers: int
    people: int

    @property
    def is_drawn_as_people(self) -> bool:
        """Whether its people are too few for a share."""
        return self.people < FEWEST_FOR_A_SHARE

    @property
    def share(self) -> Fraction:
        """The share that agrees, from 0 to 1."""
        return Fraction(self.agree, self.answers)

    @property
    def percent(self) -> int:
        """Return the share in whole percents, halves up."""
        return whole_percent(self.share)

    @property
    def interval(self) -> Interval:
        """Return between which shares (0 to 1) it lies."""
        return wilson(*self.as_people)

    @property
    def as_people(self) -> tuple[float, int]:
        """Return its share as a number of its people, for an interval."""
        return float(self.share * self.people), self.people


@dataclass(frozen=True)
class PictureTheme:
    """A theme with what each row answered, in the order of the rows. Without rows nothing may be shown."""

    id: int
    statements: tuple[AnsweredStatement, ...]
    rows: tuple[ThemeRow, ...]

    @property
    def told(self) -> list[AnsweredStatement]:
        """Return the statements that its rows add up: those that show rows, or else those with a total."""
        with_rows = [one for one in self.statements if one.rows]
        return with_rows or [one for one in self.statements if one.total is not None]

    @property
    def shares(self) -> list[ThemeRow]:
        """Return the rows that are large enough for a share."""
        return [row for row in self.rows if not row.is_drawn_as_people]

    @property
    def lowest(self) -> ThemeRow | None:
        """The row with the lowest share; None where none has one."""
        return min(self.shares, key=lambda row: row.share, default=None)

    @property
    def highest(self) -> ThemeRow | None:
        """The row with the highest share; None where none has one."""
        return max(self.shares, key=lambda row: row.share, default=None)

    @property
    def gap(self) -> int | None:
        """Return how far the lowest and the highest row are apart, in the percents that are read; None under two."""
        if len(self.shares) < 2 or self.lowest is None or self.highest is None:
            return None
        return self.highest.percent - self.lowest.percent

    @property
    def is_more_than_chance(self) -> bool:
        """Whether the interval of the gap excludes zero."""
        lowest, highest = self.lowest, self.highest
        if lowest is None or highest is None:
            return False
        return newcombe(lowest.as_people, highest.as_people).excludes_zero

    def row(self, key: str) -> ThemeRow | None:
        return next((row for row in self.rows if row.key == key), None)


@dataclass(frozen=True)
class Picture:
    """Themes with the largest gap first; those without one follow in the order of the list.

    `rows` are the rows that are shown, in order, with how many people of each answered: the most on one statement.
    """

    themes: tuple[PictureTheme, ...]
    rows: Mapping[str, int]

    @property
    def widest(self) -> PictureTheme | None:
        """Return the theme with the largest gap, None where no gap can be said."""
        return next((theme for theme in self.themes if theme.gap is not None), None)

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered to show anything."""
        return not any(theme.rows for theme in self.themes)

    @property
    def has_shares(self) -> bool:
        return any(theme.shares for theme in self.themes)


def answered(tally: Tally, choices: Sequence[Choice], *, is_reversed: bool) -> Answered:
    """Return what a tally says of a statement. A reversed one is turned: who disagrees finds the place inclusive."""
    counted = {choice.value: tally.counts.get(choice.value, 0) for choice in choices}
    if is_reversed:
        opinions = [choice.value for choice in choices if not choice.is_abstention]
        counted |= {
            value: tally.counts.get(other, 0)
            for value, other in zip(opinions, reversed(opinions), strict=True)
        }
    turned = Tally(tally.cast, counted)
    return Answered(in_favour(choices, turned), without_abstentions(choices, turned))


def as_shown(total: Answered, rows: Mapping[str, Answered]) -> tuple[Answered | None, dict[str, Answered]]:
    """Return what of a statement may be shown: nothing under five answers, no rows where one of them gave so few.

    A row cannot be left out alone: it would follow from the total and the others.
    """
    if is_too_few(total.people):
        return None, {}
    if any(is_too_few(row.people) for row in rows.values()):
        return total, {}
    return total, dict(rows)


def picture(theme_ids: Sequence[int], statements: Sequence[AnsweredStatement]) -> Picture:
    """Return the picture of these statements; `theme_ids` are the themes in the order of the list.

    A theme is told by the statements of it that show rows; by their totals where none does.
    """
    keys = list(dict.fromkeys(key for one in statements for key in one.rows))
    themes = [
        _theme(theme_id, [one for one in statements if one.theme_id == theme_id], keys)
        for theme_id in theme_ids
        if any(one.theme_id == theme_id for one in statements)
    ]
    with_gap = [(theme.gap, theme) for theme in themes if theme.gap is not None]
    in_order = [theme for _gap, theme in sorted(with_gap, key=lambda pair: -pair[0])]
    people: dict[str, int] = {}
    for one in statements:
        shown = one.rows or ({EVERYONE: one.total} if one.total and not keys else {})
        for key, row in shown.items():
            people[key] = max(people.get(key, 0), row.people)
    return Picture((*in_order, *(theme for theme in themes if theme.gap is None)), people)


def _theme(theme_id: int, statements: Sequence[AnsweredStatement], keys: Sequence[str]) -> PictureTheme:
    told = [one.rows for one in statements if one.rows]
    if not told:
        told = [{EVERYONE: one.total} for one in statements if one.total is not None]
        keys = [EVERYONE]
    rows = tuple(
        ThemeRow(
            key,
            agree=sum(one[key].agree for one in told),
            answers=sum(one[key].people for one in told),
            people=min(one[key].people for one in told),
        )
        for key in keys
        if told and all(key in one for one in told)
    )
    return PictureTheme(theme_id, tuple(statements), rows)


def whole_percent(share: Fraction) -> int:
    """Return a share (0 to 1) in whole percents, halves up."""
    return int(share * 100 + Fraction(1, 2))
