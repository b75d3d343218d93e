"""The result of a round that was frozen in an agenda, as what is drawn and said of any result.

Methods, rules and choices come and go; what was frozen under one that is gone is told by the words it was frozen with.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from exports.sentences.methods.frozen import frozen_method
from models.signing.shape import ChoiceContent, RoundContent
from models.voting.decision import Numbers, Result, RowResult, Rule
from models.voting.methods.method import Choice, Mark, Shape

Kind = TypeVar("Kind", Numbers, RowResult)


def frozen_result(round_: RoundContent) -> Result:
    """Return a frozen round's result: choices, marks and numbers as they were frozen."""
    numbers, frozen = round_["numbers"], frozen_method(round_)
    return Result(
        decision=round_["decision"],
        numbers=_known(Numbers, numbers) if numbers else None,
        rows=[_known(RowResult, row) for row in round_["rows"]],
        method=round_["method"],
        choices=tuple(_choice(choice, frozen.look.shape) for choice in round_["choices"]),
        rule=Rule.from_stored(round_),
        place=round_["place"],
        is_tied=round_["is_tied"],
        present=round_["present"] or 0,
        heads_counted=round_["heads_counted"],
        frozen=frozen,
    )


def _known(kind: type[Kind], written: Mapping[str, Any]) -> Kind:
    """Return what is read of frozen numbers or a row today; what another version wrote besides stays in the content."""
    return kind(**{one.name: written[one.name] for one in fields(kind) if one.name in written})


def _choice(choice: ChoiceContent, shape: Shape) -> Choice:
    mark = choice["mark"]
    is_known = mark in set(Mark) and (mark != Mark.DOT or shape is Shape.DOTS)
    return Choice(
        choice["value"],
        Mark(mark) if is_known else Mark.NEUTRAL,
        is_in_favour=choice["is_in_favour"],
        is_abstention=choice["is_abstention"],
    )
