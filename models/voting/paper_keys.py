"""What one types for a paper sheet: a key per answer, printed on the sheet, the same in every language."""

import re
from collections.abc import Sequence

from models.basics.errors import AnswersDoNotFit, AnswerUnknown
from models.voting.methods.method import Choice

LEFT_OPEN = "-"
_OPEN = (LEFT_OPEN, ".", "_", "–")
_BETWEEN = re.compile(r"[\s,;/]+")


def paper_keys(choices: Sequence[Choice]) -> dict[str, str]:
    """Return the key of each choice's value: the number that it is, else its place, from 1."""
    if all(choice.value.isdecimal() for choice in choices):
        return {choice.value: choice.value for choice in choices}
    return {choice.value: str(place) for place, choice in enumerate(choices, start=1)}


def read_answers(typed: str, choices: Sequence[Choice], items: int) -> list[str]:
    """Return the value that was chosen on each of a sheet's `items`, in order; empty for what was left open.

    Where every key is one sign, nothing needs to stand between them: `132`, `1 3 2` and `1,3,-` are all read. Keys of
    two signs need a space between them. Raises `AnswerUnknown`, `AnswersDoNotFit`.
    """
    values = {key: value for value, key in paper_keys(choices).items()}
    parts = [part for part in _BETWEEN.split(typed.strip()) if part]
    if all(len(key) == 1 for key in values):
        parts = [sign for part in parts for sign in part]
    answers = []
    for place, part in enumerate(parts, start=1):
        if part not in _OPEN and part not in values:
            raise AnswerUnknown(place, part)
        answers.append("" if part in _OPEN else values[part])
    if len(answers) != items:
        raise AnswersDoNotFit(len(answers), items)
    return answers
