"""The voting methods, each a small module of data; `description` finds one by its name."""

from models.voting.methods.consent import CONSENT
from models.voting.methods.dots import DOTS
from models.voting.methods.fist_of_five import FIST_OF_FIVE
from models.voting.methods.gradients import GRADIENTS
from models.voting.methods.method import VotingMethod
from models.voting.methods.score import SCORE
from models.voting.methods.statement import STATEMENT

METHODS: dict[str, VotingMethod] = {
    method.name: method for method in (CONSENT, GRADIENTS, FIST_OF_FIVE, DOTS, SCORE, STATEMENT)
}
# Where nobody chose a method; the one that puts texts in order; the one in which everyone scores a startfoto.
USUAL, RANKING, SCORING = CONSENT, DOTS, STATEMENT


def description(method: str) -> VotingMethod:
    """Return a method by its name. Raises `ValueError` for what is none."""
    try:
        return METHODS[method]
    except KeyError:
        raise ValueError(f"{method!r} is no voting method") from None
