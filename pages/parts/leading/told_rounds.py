"""The rounds of one principle as far as the room saw their results: for the facilitators' pages and the projector."""

from collections.abc import Sequence

from exports.charts import RoundBefore
from models.basics.words import Phase
from models.voting.round_views import RoundView


def told_rounds(rounds: Sequence[RoundView], principle_id: int) -> list[RoundBefore]:
    """Return those of `rounds` in which a principle was voted on, with only results that were shown to the room."""
    return [
        RoundBefore(round_.number, item.version, item.result if round_.phase == Phase.REVEALED else None)
        for round_ in rounds
        for item in round_.items
        if item.principle_id == principle_id
    ]
