"""Consent: agree, agree with a concern, or object.

An objection is an argument that the proposal has consequences one would rather avoid, or an improvement worth making
(Sociocracy 3.0, "Consent Decision Making" and "Objection"). Not voting is the only way to abstain.
"""

from models.basics.words import Method, RuleKind
from models.voting.methods.method import Choice, Mark, VotingMethod

AGREE = "agree"
CONCERN = "concern"
OBJECTION = "objection"

CONSENT = VotingMethod(
    Method.CONSENT,
    (
        Choice(AGREE, Mark.AGREE, is_in_favour=True),
        Choice(CONCERN, Mark.CONCERN, is_in_favour=True, asks_reason=True),
        Choice(OBJECTION, Mark.OBJECTION, asks_reason=True),
    ),
    (RuleKind.NO_OPEN_OBJECTIONS, RuleKind.WITHOUT_OBJECTION, RuleKind.EVERY_GROUP),
)
