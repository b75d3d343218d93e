"""A statement that everyone scores: five points, from "I strongly agree" to "I strongly disagree".

Rensis Likert, "A Technique for the Measurement of Attitudes" (Archives of Psychology 140, 1932). The middle is an
opinion, not an abstention: it counts as a vote that is not in favour. "I do not know" is the abstention: it counts as
an answer, so that who skips is not mistaken for who never came, and in no share.
"""

from models.basics.words import RuleKind
from models.voting.methods.method import Choice, Mark, VotingMethod

STATEMENT = VotingMethod(
    "statement",
    (
        Choice("strongly agree", Mark.AGREE, is_in_favour=True),
        Choice("agree", Mark.AGREE, is_in_favour=True),
        Choice("neutral", Mark.NEUTRAL),
        Choice("unknown", Mark.NEUTRAL, is_abstention=True),
        Choice("disagree", Mark.CONCERN, asks_reason=True),
        Choice("strongly disagree", Mark.OBJECTION, asks_reason=True),
    ),
    (RuleKind.SHARE_OF_VOTES, RuleKind.EVERY_GROUP),
)
