"""What a voting method is: its choices, what they say, and which rules can decide on them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.basics.errors import TooManyDots
from models.basics.words import Method, RuleKind


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
class VotingMethod:
    """A method: choices from most to least support, the rules that fit it, the usual one first.

    `choices` are those of a round without a budget; `choices_of` asks for one with.
    """

    name: Method
    choices: tuple[Choice, ...]
    rules: tuple[RuleKind, ...]
    has_budget: bool = False


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


def in_favour(choices: Sequence[Choice], found: Tally) -> int:
    """Return how many ballots are in favour."""
    return sum(found.counts.get(choice.value, 0) for choice in choices if choice.is_in_favour)


def without_abstentions(choices: Sequence[Choice], found: Tally) -> int:
    """Return how many ballots say something for or against: abstentions do not count in a share."""
    return found.cast - sum(found.counts.get(choice.value, 0) for choice in choices if choice.is_abstention)


def dots_on(found: Tally) -> int:
    """Return how many dots an item got, from a tally of numbers of dots."""
    return sum(int(dots) * people for dots, people in found.counts.items())
