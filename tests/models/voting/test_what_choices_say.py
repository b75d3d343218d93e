"""What each choice of a method says, written down by hand: people read it, and the rule counts by it."""

import pytest

from models.basics.words import Method
from models.voting.methods import description

# In favour, abstaining, and asked for a reason. Sources: see the docstring of each method.
SAY: dict[Method, tuple[set[str], set[str], set[str]]] = {
    Method.CONSENT: ({"agree", "concern"}, set(), {"concern", "objection"}),
    Method.GRADIENTS: ({"1", "2", "3"}, {"4"}, {"2", "3", "5", "6", "7", "8"}),
    Method.FIST_OF_FIVE: ({"5", "4", "3"}, set(), {"2", "1", "0"}),
    Method.SCORE: ({"6", "7", "8", "9", "10"}, set(), {"1", "2", "3", "4", "5"}),
    Method.STATEMENT: ({"strongly agree", "agree"}, set(), {"disagree", "strongly disagree"}),
    Method.DOTS: ({"1"}, set(), set()),
}


@pytest.mark.parametrize("method", list(Method))
def test_each_choice_counts_as_people_read_it(method: Method) -> None:
    choices = description(method).choices

    assert {choice.value for choice in choices if choice.is_in_favour} == SAY[method][0]
    assert {choice.value for choice in choices if choice.is_abstention} == SAY[method][1]
    assert {choice.value for choice in choices if choice.asks_reason} == SAY[method][2]
