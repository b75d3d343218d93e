"""Results as a revealed round has them, for tests of what shows them."""

from dataclasses import replace
from typing import Any

from models.basics.words import Decision, RuleKind
from models.voting.decision import NEEDS_SHARE, Result, RowResult, Rule, shown_numbers
from models.voting.methods import description
from models.voting.methods.method import Choice, DotBudget, Tally, VotingMethod, choices_of


def result_of(
    method: str,
    counts: dict[str, int],
    *,
    rule: Rule | None = None,
    decision: str = Decision.NOT_ADOPTED,
    rows: list[RowResult] | None = None,
    budget: DotBudget | None = None,
    present: int = 58,
    **more: Any,
) -> Result:
    """Return the result of an item by any method; choices that `counts` leaves out got no votes."""
    voting_method = description(method)
    choices: tuple[Choice, ...] = choices_of(voting_method, budget)
    found = Tally(sum(counts.values()), {choice.value: counts.get(choice.value, 0) for choice in choices})
    by = rule or _usual(voting_method)
    made = Result(
        decision=Decision(decision),
        numbers=shown_numbers(found, choices, by),
        rows=rows or [],
        method=voting_method.name,
        choices=choices,
        rule=by,
        place=None,
        is_tied=False,
        present=present,
        heads_counted=None,
    )
    return replace(made, **more)


def _usual(method: VotingMethod) -> Rule:
    """Return a method's first rule with everything that belongs to it; a limit leaves its last two choices beyond."""
    kind = method.rules[0]
    if kind == RuleKind.LEVEL:
        return Rule(kind, level=method.choices[-3].value, tolerated=0)
    if kind == RuleKind.TOP:
        return Rule(kind, top=1)
    return Rule(kind, share=60 if kind in NEEDS_SHARE else None)


def consent_result(
    agree: int,
    concern: int,
    objection: int,
    *,
    names: list[str] | None = None,
    rule: RuleKind = RuleKind.NO_OPEN_OBJECTIONS,
    share: int | None = None,
    quorum: int | None = None,
    **more: Any,
) -> Result:
    """Return the result of a vote by consent; each of `names` is a group that voted like the whole room."""
    counts = {"agree": agree, "concern": concern, "objection": objection}
    rows = [
        RowResult(str(place), name, counts, sum(counts.values())) for place, name in enumerate(names or [])
    ]
    return result_of("consent", counts, rule=Rule(rule, share, quorum), rows=rows, **more)
