"""What a report would tell half, said before it is frozen: then one can still mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.baseline.conclusion_views import ConclusionView


@dataclass(frozen=True)
class HalfTold:
    """`concepts` are numbers of conclusions. So many findings lie `without_words`, as they are not released, and
    `beside` the conclusions of these numbers.
    """

    concepts: tuple[int, ...]
    without_words: int
    beside: tuple[int, ...]


def half_told(conclusions: Sequence[ConclusionView]) -> HalfTold:
    """Return what a report of these conclusions would tell half."""
    silent = {
        one.number: {piece.finding_id for piece in one.evidence if not piece.text} for one in conclusions
    }
    return HalfTold(
        tuple(one.number for one in conclusions if one.standing.is_concept),
        len(set().union(*silent.values())),
        tuple(number for number, findings in silent.items() if findings),
    )
