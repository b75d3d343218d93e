"""Consent: agree, agree with a concern, or object.

An objection is an argument that the proposal has consequences one would rather avoid, or an improvement worth making
(Sociocracy 3.0, "Consent Decision Making" and "Objection"). Not voting is the only way to abstain.
"""

from models.basics.words import RuleKind
from models.voting.methods.method import Choice, Look, Mark, Shape, VotingMethod

CONSENT = VotingMethod(
    "consent",
    (
        Choice("agree", Mark.AGREE, is_in_favour=True),
        Choice("concern", Mark.CONCERN, is_in_favour=True, asks_reason=True),
        Choice("objection", Mark.OBJECTION, asks_reason=True),
    ),
    (RuleKind.NO_OPEN_OBJECTIONS, RuleKind.WITHOUT_OBJECTION, RuleKind.EVERY_GROUP),
    Look(
        Shape.MARKS,
        has_terms=True,
        asks_each_why=True,
        paper_asks_why=True,
        says_without_objection=True,
    ),
)
