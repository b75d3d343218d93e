"""Fist of five: as many fingers as one supports it, from five (I lead this) to a fist (no).

Jean Tabaka, "Collaboration Explained" (2006), chapter on the fist of five: three fingers and more support a proposal.
Sources differ on one and two fingers, so every choice carries its words (exports/sentences/methods/).
"""

from models.basics.words import RuleKind
from models.voting.methods.method import Choice, Look, Mark, Numbering, VotingMethod

FIST_OF_FIVE = VotingMethod(
    "fist of five",
    (
        Choice("5", Mark.AGREE, is_in_favour=True),
        Choice("4", Mark.AGREE, is_in_favour=True),
        Choice("3", Mark.NEUTRAL, is_in_favour=True),
        Choice("2", Mark.CONCERN, asks_reason=True),
        Choice("1", Mark.OBJECTION, asks_reason=True),
        Choice("0", Mark.OBJECTION, asks_reason=True),
    ),
    (RuleKind.LEVEL, RuleKind.SHARE_OF_VOTES, RuleKind.EVERY_GROUP),
    Look(numbering=Numbering.IN_WORDS),
    usual_level="3",
)
