"""Keys of a paper sheet: the same in every language, quick to type, and never read as something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.basics.errors import AnswersDoNotFit, AnswerUnknown
from models.voting.methods import METHODS
from models.voting.methods.method import DotBudget, VotingMethod, choices_of
from models.voting.paper_keys import paper_keys, read_answers

CONSENT = METHODS["consent"].choices
SCORE = METHODS["score"].choices


def test_words_get_their_place_and_numbers_stay_what_they_are() -> None:
    assert paper_keys(CONSENT) == {"agree": "1", "concern": "2", "objection": "3"}
    assert paper_keys(SCORE)["10"] == "10"
    assert paper_keys(METHODS["fist of five"].choices) == {str(fist): str(fist) for fist in range(5, -1, -1)}


@pytest.mark.parametrize("typed", ["132", "1 3 2", " 1,3,2 ", "1/3;2", "13 2"])
def test_single_keys_are_read_with_and_without_spaces(typed: str) -> None:
    assert read_answers(typed, CONSENT, 3) == ["agree", "objection", "concern"]


@pytest.mark.parametrize("typed", ["1-3", "1 - 3", "1.3", "1 _ 3"])
def test_what_was_left_open_is_typed_as_a_line_or_a_point(typed: str) -> None:
    assert read_answers(typed, CONSENT, 3) == ["agree", "", "objection"]


def test_keys_of_two_signs_are_told_apart_by_spaces() -> None:
    assert read_answers("10 1 - 7", SCORE, 4) == ["10", "1", "", "7"]
    with pytest.raises(AnswerUnknown) as told:
        read_answers("1017", SCORE, 3)
    assert (told.value.place, told.value.typed) == (1, "1017")


def test_an_answer_that_is_no_key_is_named() -> None:
    with pytest.raises(AnswerUnknown) as told:
        read_answers("1 4 2", CONSENT, 3)

    assert (told.value.place, told.value.typed) == (2, "4")


@pytest.mark.parametrize("typed", ["", "11", "1111"])
def test_an_answer_too_many_or_too_few_is_told(typed: str) -> None:
    with pytest.raises(AnswersDoNotFit) as told:
        read_answers(typed, CONSENT, 3)

    assert (told.value.typed, told.value.needed) == (len(typed), 3)


@given(
    method=st.sampled_from([method for method in METHODS.values()]),
    dots=st.integers(1, 20),
    places=st.lists(st.integers(0, 40), min_size=1, max_size=30),
)
def test_what_is_typed_by_the_keys_on_the_sheet_is_read_as_it_was_chosen(
    method: VotingMethod, dots: int, places: list[int]
) -> None:
    choices = choices_of(method, DotBudget(dots, can_stack=True) if method.has_budget else None)
    keys = paper_keys(choices)
    chosen = [choices[place % len(choices)].value if place % 5 else "" for place in places]

    typed = " ".join(keys[value] if value else "-" for value in chosen)

    assert len(set(keys.values())) == len(choices)
    assert read_answers(typed, choices, len(chosen)) == chosen
