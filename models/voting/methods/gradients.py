"""Gradients of agreement: eight levels, from wholehearted endorsement (1) to veto (8).

Sam Kaner, "Facilitator's Guide to Participatory Decision-Making", chapter "Gradients of Agreement": 1 whole-hearted
endorsement, 2 agreement with a minor point of contention, 3 support with reservations, 4 abstain, 5 more discussion
needed, 6 don't like but will support, 7 serious disagreement, 8 veto. The needed level and how many go beyond it are
agreed before the vote; the distribution is shown, never a mean. Level 6 "will support" carries under a level of 6; in
a share only 1 to 3 are in favour.
"""

from models.basics.words import RuleKind
from models.voting.methods.method import Choice, Look, Mark, Numbering, VotingMethod

GRADIENTS = VotingMethod(
    "gradients",
    (
        Choice("1", Mark.AGREE, is_in_favour=True),
        Choice("2", Mark.AGREE, is_in_favour=True, asks_reason=True),
        Choice("3", Mark.AGREE, is_in_favour=True, asks_reason=True),
        Choice("4", Mark.NEUTRAL, is_abstention=True),
        Choice("5", Mark.NEUTRAL, asks_reason=True),
        Choice("6", Mark.CONCERN, asks_reason=True),
        Choice("7", Mark.OBJECTION, asks_reason=True),
        Choice("8", Mark.OBJECTION, asks_reason=True),
    ),
    (RuleKind.LEVEL, RuleKind.SHARE_OF_VOTES, RuleKind.EVERY_GROUP),
    Look(numbering=Numbering.BEFORE),
    usual_level="6",
)
