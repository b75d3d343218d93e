"""The terms of a round, fixed and shown before it opens: its method with its choices, its budget, its rule."""

from dataclasses import dataclass
from typing import Protocol

from models.basics.errors import InvalidValue
from models.basics.words import RuleKind
from models.tables import Round
from models.voting.decision import Rule
from models.voting.methods import description
from models.voting.methods.method import Choice, DotBudget, choices_of


@dataclass(frozen=True)
class Terms:
    """A method with a rule, of a round that is not open yet. `rule` and what follows are those of `Rule`."""

    method: str
    rule: str
    share: int | None = None
    quorum: int | None = None
    level: str | None = None
    tolerated: int | None = None
    top: int | None = None


class VotedBy(Protocol):
    """What one can choose depends on these columns of a round."""

    @property
    def method(self) -> str: ...
    @property
    def budget(self) -> int | None: ...
    @property
    def can_stack(self) -> bool: ...


def budget_of(found: VotedBy) -> DotBudget | None:
    """Return how many dots a voter has in this round, or None for a method without a budget."""
    return DotBudget(found.budget, found.can_stack) if found.budget is not None else None


def choices_of_round(found: VotedBy) -> tuple[Choice, ...]:
    """Return what one can choose on an item of this round."""
    return choices_of(description(found.method), budget_of(found))


def rule_of(found: Round) -> Rule:
    """Return the rule of this round."""
    return Rule(RuleKind(found.rule), found.share, found.quorum, found.level, found.tolerated, found.top)


def checked_budget(method: str, dots: int | None) -> int | None:
    """Return the number of dots for a method with a budget, else None.

    Raises `InvalidValue` for a `method` that is none, and for a `budget` that it does not offer.
    """
    try:
        voting_method = description(method)
    except ValueError:
        raise InvalidValue("method", method) from None
    offered = voting_method.budgets
    if offered is None:
        return None
    if dots is None or not offered.fewest <= dots <= offered.most:
        raise InvalidValue("budget", dots, offered=(offered.fewest, offered.most))
    return dots
