"""What is frozen of a result is what is shown of it: one shape, written and read by the same fields."""

from dataclasses import fields

import pytest

from models.signing.shape import ChoiceContent, NumbersContent, RowContent
from models.voting.decision import Numbers, RowResult
from models.voting.methods.method import Choice


@pytest.mark.parametrize(
    ("shown", "frozen", "left_out"),
    [
        (Numbers, NumbersContent, set()),
        (RowResult, RowContent, set()),
        # Whether a phone asks why is nobody's business afterwards.
        (Choice, ChoiceContent, {"asks_reason"}),
    ],
)
def test_what_is_frozen_has_the_fields_of_what_is_shown(
    shown: type, frozen: type, left_out: set[str]
) -> None:
    assert set(frozen.__annotations__) == {one.name for one in fields(shown)} - left_out
