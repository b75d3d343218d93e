"""The terms of a round, fixed and shown before it opens: its method with its choices, its budget, its rule."""

from dataclasses import dataclass
from typing import Protocol

from models.basics.errors import InvalidValue
from models.basics.words import Secrecy
from models.tables import Round
from models.voting.decision import Rule, checked_rule
from models.voting.methods import description
from models.voting.methods.method import Choice, DotBudget, choices_of


@dataclass(frozen=True)
class Terms:
    """What is fixed before a round opens, and read to everyone."""

    method: str
    rule: Rule
    secrecy: str = Secrecy.ANONYMOUS
    budget: DotBudget | None = None


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
    return Rule(found.rule, found.share, found.quorum, found.level, found.tolerated, found.top)


def terms_of(found: Round) -> Terms:
    """Return the terms of this round."""
    return Terms(found.method, rule_of(found), found.secrecy, budget_of(found))


def checked_terms(terms: Terms) -> Terms:
    """Return terms with only what belongs to their method and rule.

    Raises `InvalidValue` for a `method` that is none, a `budget` that it does not offer, a `secrecy` that is none, and
    what `checked_rule` raises.
    """
    try:
        voting_method = description(terms.method)
    except ValueError:
        raise InvalidValue("method", terms.method) from None
    offered, budget = voting_method.budgets, terms.budget
    if offered is None:
        budget = None
    elif budget is None or not offered.fewest <= budget.dots <= offered.most:
        dots = budget.dots if budget else None
        raise InvalidValue("budget", dots, offered=(offered.fewest, offered.most))
    rule = checked_rule(terms.method, terms.rule)
    if terms.secrecy not in set(Secrecy):
        raise InvalidValue("secrecy", terms.secrecy)
    return Terms(terms.method, rule, terms.secrecy, budget)
