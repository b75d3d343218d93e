"""Score: a mark from 10 to 1, read as a Dutch school mark: from 6 on it is sufficient.

Range voting with ten levels (Warren D. Smith, "Range voting", 2000). Shown as a distribution, never as a mean: a mean
of fives and a mean of ones and tens look alike.
"""

from models.basics.words import RuleKind
from models.voting.methods.method import Choice, Look, Mark, Numbering, VotingMethod

_MARKS = {10: Mark.AGREE, 9: Mark.AGREE, 8: Mark.AGREE, 7: Mark.AGREE, 6: Mark.NEUTRAL, 5: Mark.NEUTRAL}
_MARKS |= {4: Mark.CONCERN, 3: Mark.CONCERN, 2: Mark.OBJECTION, 1: Mark.OBJECTION}

SCORE = VotingMethod(
    "score",
    tuple(
        Choice(str(points), mark, is_in_favour=points >= 6, asks_reason=points < 6)
        for points, mark in _MARKS.items()
    ),
    (RuleKind.SHARE_OF_VOTES, RuleKind.EVERY_GROUP),
    Look(numbering=Numbering.ALONE),
)
