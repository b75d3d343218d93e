"""The voting methods, each a small module of data; `description` finds one by its name."""

from models.basics.words import Method
from models.voting.methods.consent import CONSENT
from models.voting.methods.dots import DOTS
from models.voting.methods.fist_of_five import FIST_OF_FIVE
from models.voting.methods.gradients import GRADIENTS
from models.voting.methods.method import VotingMethod
from models.voting.methods.score import SCORE
from models.voting.methods.statement import STATEMENT

METHODS: dict[Method, VotingMethod] = {
    method.name: method for method in (CONSENT, GRADIENTS, FIST_OF_FIVE, DOTS, SCORE, STATEMENT)
}


def description(method: str) -> VotingMethod:
    """Return a method by its name. Raises `ValueError` for what is none."""
    return METHODS[Method(method)]
