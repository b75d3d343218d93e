"""The result of a round that was frozen in an agenda, as what is drawn and said of any result."""

from exports.content import RoundContent
from models.rules.decision import Numbers, Result, RowResult
from models.rules.methods import description
from models.rules.methods.method import Choice, DotBudget, Mark, choices_of
from models.words import Decision, Method, RuleKind


def frozen_result(round_: RoundContent) -> Result:
    """Return a frozen round's result: choices, marks and numbers as they were frozen."""
    numbers = round_["numbers"]
    return Result(
        decision=Decision(round_["decision"]),
        numbers=Numbers(**numbers) if numbers else None,
        rows=[RowResult(**row) for row in round_["rows"]],
        method=Method(round_["method"]),
        choices=_choices(round_),
        rule=RuleKind(round_["rule"]),
        share=round_["share"],
        quorum=round_["quorum"],
        level=round_["level"],
        tolerated=round_["tolerated"],
        top=round_["top"],
        place=round_["place"],
        is_tied=round_["is_tied"],
        present=round_["present"] or 0,
        heads_counted=round_["heads_counted"],
    )


def _choices(round_: RoundContent) -> tuple[Choice, ...]:
    """Return the frozen choices; which are in favour is the method's, as it is in the rule that decided."""
    most = max(
        (int(choice["value"]) for choice in round_["choices"] if choice["mark"] == Mark.DOT), default=0
    )
    budget = DotBudget(most, can_stack=True) if most else None
    known = {choice.value: choice for choice in choices_of(description(round_["method"]), budget)}
    return tuple(
        Choice(
            choice["value"],
            Mark(choice["mark"]),
            is_in_favour=known[choice["value"]].is_in_favour,
            is_abstention=known[choice["value"]].is_abstention,
        )
        for choice in round_["choices"]
    )
