"""The voting methods, each a small module of data; `description` finds one by its name."""

from models.rules.methods.consent import CONSENT
from models.rules.methods.dots import DOTS
from models.rules.methods.fist_of_five import FIST_OF_FIVE
from models.rules.methods.gradients import GRADIENTS
from models.rules.methods.method import VotingMethod
from models.rules.methods.score import SCORE
from models.rules.methods.statement import STATEMENT
from models.words import Method

METHODS: dict[Method, VotingMethod] = {
    method.name: method for method in (CONSENT, GRADIENTS, FIST_OF_FIVE, DOTS, SCORE, STATEMENT)
}


def description(method: str) -> VotingMethod:
    """Return a method by its name. Raises `ValueError` for what is none."""
    return METHODS[Method(method)]
