"""What each choice of a method says, written down by hand: people read it, and the rule counts by it."""

import pytest

from models.voting.methods import METHODS, description

# In favour, abstaining, and asked for a reason. Sources: see the docstring of each method.
SAY: dict[str, tuple[set[str], set[str], set[str]]] = {
    "consent": ({"agree", "concern"}, set(), {"concern", "objection"}),
    "gradients": ({"1", "2", "3"}, {"4"}, {"2", "3", "5", "6", "7", "8"}),
    "fist of five": ({"5", "4", "3"}, set(), {"2", "1", "0"}),
    "score": ({"6", "7", "8", "9", "10"}, set(), {"1", "2", "3", "4", "5"}),
    "statement": ({"strongly agree", "agree"}, {"unknown"}, {"disagree", "strongly disagree"}),
    "dots": ({"1"}, set(), set()),
}


@pytest.mark.parametrize("method", list(METHODS))
def test_each_choice_counts_as_people_read_it(method: str) -> None:
    choices = description(method).choices

    assert {choice.value for choice in choices if choice.is_in_favour} == SAY[method][0]
    assert {choice.value for choice in choices if choice.is_abstention} == SAY[method][1]
    assert {choice.value for choice in choices if choice.asks_reason} == SAY[method][2]
