"""What a voting method is: its choices, what they say, which rules can decide on them, and what it looks like.

Its words stand in `exports.sentences.methods`, under the same name: models know no language.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from models.basics.errors import TooManyDots
from models.basics.words import RuleKind


class Mark(StrEnum):
    """How a choice is drawn, from support to objection; colour is never the only difference."""

    AGREE = "agree"
    NEUTRAL = "neutral"
    CONCERN = "concern"
    OBJECTION = "objection"
    DOT = "dot"


@dataclass(frozen=True)
class Choice:
    """One thing that a voter can choose. `asks_reason`: the phone asks why, and the answer is optional."""

    value: str
    mark: Mark
    is_in_favour: bool = False
    is_abstention: bool = False
    asks_reason: bool = False


class Shape(StrEnum):
    """How the votes on one text are drawn, and so what the tables of a result tell."""

    # Every vote as the mark of its choice; the marks stand on paper and charts too.
    MARKS = "vote by vote"
    # A bar per choice, from most to least support.
    BARS = "choice by choice"
    # Every dot. Tables tell how many dots were given; several texts are a ranking.
    DOTS = "dot by dot"


class Numbering(StrEnum):
    """What of a choice is its number. With one, neighbours that are drawn alike are told as a range: 1–3."""

    NONE = "none"
    # It stands before the word.
    BEFORE = "before"
    # The word says it; above a narrow column it stands alone.
    IN_WORDS = "in words"
    # It says it all: phones ask it as a grid of numbers, paper as a line of them.
    ALONE = "alone"


@dataclass(frozen=True)
class Look:
    """What a method looks like, on phone, projector, chart, paper and in the document. Agendas are frozen with it.

    `has_terms`: its words are short terms (agree, objection) and no sentences of the voter: they take a narrow column,
    and a small letter inside a list. `asks_each_why`: a choice that asks for a reason has a question of its own, not
    one for all; `paper_asks_why`: a sheet of paper asks it too. `says_without_objection`: what is in favour is told as
    having no objection.
    """

    shape: Shape = Shape.BARS
    numbering: Numbering = Numbering.NONE
    has_terms: bool = False
    asks_each_why: bool = False
    paper_asks_why: bool = False
    says_without_objection: bool = False


@dataclass(frozen=True)
class FrozenMethod:
    """A method as an agenda was frozen with it: its look, and by language its words as they were written down."""

    look: Look = Look()
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Tally:
    """How many ballots were cast, and how many for each choice (every choice stands, also with 0)."""

    cast: int
    counts: dict[str, int]


@dataclass(frozen=True)
class DotBudget:
    """How many dots one voter has for a whole round, and whether several may stand on one item."""

    dots: int
    can_stack: bool


@dataclass(frozen=True)
class Budgets:
    """How many dots a voter may have in a round: at least, at most, and what is offered first."""

    fewest: int
    most: int
    usual: int


@dataclass(frozen=True)
class VotingMethod:
    """A method: choices from most to least support, the rules that fit it, the usual one first, and its look.

    `choices` are those of a round without a budget; `choices_of` asks for one with. `usual_level` is the limit that is
    offered first to a rule with one: the last choice with which one still helps along.
    """

    name: str
    choices: tuple[Choice, ...]
    rules: tuple[RuleKind, ...]
    look: Look = Look()
    budgets: Budgets | None = None
    usual_level: str | None = None

    @property
    def has_budget(self) -> bool:
        """Whether a voter divides dots over all items of a round."""
        return self.budgets is not None


def choices_of(method: VotingMethod, budget: DotBudget | None) -> tuple[Choice, ...]:
    """Return what one can choose on one item: the method's choices, or with a budget a number of dots from 0."""
    if not method.has_budget or budget is None:
        return method.choices
    most = budget.dots if budget.can_stack else 1
    return tuple(Choice(str(dots), Mark.DOT, is_in_favour=dots > 0) for dots in range(most + 1))


def check_ballot_set(
    chosen: Mapping[int, str], budget: DotBudget | None, *, item_id: int, choice: str
) -> None:
    """Check that a voter's choices per item, `chosen`, stay a valid set with `choice` on `item_id`.

    Only a budget ties items together. Raises `TooManyDots`.
    """
    if budget is None:
        return
    elsewhere = sum(int(dots) for other, dots in chosen.items() if other != item_id)
    if int(choice) > 0 and elsewhere + int(choice) > budget.dots:
        raise TooManyDots(budget.dots, chosen.get(item_id))


def tally(choices: Sequence[Choice], ballots: Iterable[str]) -> Tally:
    """Count ballots. Raises `ValueError` for what is none of `choices`."""
    counted = Counter(ballots)
    strange = set(counted) - {choice.value for choice in choices}
    if strange:
        raise ValueError(f"not a choice of this method: {sorted(strange)}")
    return Tally(counted.total(), {choice.value: counted[choice.value] for choice in choices})


def marked(choices: Sequence[Choice], counts: Mapping[str, int], mark: Mark) -> int:
    """Return how many chose something that is drawn with `mark`."""
    return sum(counts.get(choice.value, 0) for choice in choices if choice.mark is mark)


def in_favour(choices: Sequence[Choice], found: Tally) -> int:
    """Return how many ballots are in favour."""
    return sum(found.counts.get(choice.value, 0) for choice in choices if choice.is_in_favour)


def without_abstentions(choices: Sequence[Choice], found: Tally) -> int:
    """Return how many ballots say something for or against: abstentions do not count in a share."""
    return found.cast - sum(found.counts.get(choice.value, 0) for choice in choices if choice.is_abstention)


def dots_on(found: Tally) -> int:
    """Return how many dots an item got, from a tally of numbers of dots."""
    return sum(int(dots) * people for dots, people in found.counts.items())
