"""Percentages that people read: they add up, and they never say that a rule was reached when it was not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.sentences.shares import choice_percentages, percentages, share_in_favour
from models.basics.words import Decision, RuleKind
from models.voting.decision import ItemTally, Rule, decide
from models.voting.methods.consent import CONSENT
from models.voting.methods.method import Tally

COUNTS = st.tuples(st.integers(0, 1200), st.integers(0, 1200), st.integers(0, 1200)).filter(any)


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12).filter(any))
def test_parts_add_up_to_a_hundred_and_none_is_off_by_a_whole_percent(counts: list[int]) -> None:
    shown = percentages(counts)

    assert sum(shown) == 100
    assert all(abs(share - 100 * count / sum(counts)) < 1 for share, count in zip(shown, counts, strict=True))


@given(COUNTS, st.integers(1, 100))
def test_a_share_reads_as_reached_when_and_only_when_it_was(
    counts: tuple[int, int, int], needed: int
) -> None:
    choices = dict(zip(("agree", "concern", "objection"), counts, strict=True))
    found = ItemTally(Tally(sum(counts), choices))
    (outcome,) = decide([found], CONSENT.choices, Rule(RuleKind.WITHOUT_OBJECTION, share=needed), sum(counts))

    said = share_in_favour(counts[0] + counts[1], sum(counts), needed)

    assert (said >= needed) == (outcome.decision == Decision.ADOPTED)
    assert abs(said - 100 * (counts[0] + counts[1]) / sum(counts)) < 1


@given(COUNTS, st.one_of(st.none(), st.integers(1, 100)))
def test_bars_add_up_to_a_hundred_and_to_the_sentence(
    counts: tuple[int, int, int], needed: int | None
) -> None:
    choices = dict(zip(("agree", "concern", "objection"), counts, strict=True))

    shown = choice_percentages(CONSENT.choices, choices, needed)

    assert sum(shown.values()) == 100
    assert shown["agree"] + shown["concern"] == share_in_favour(counts[0] + counts[1], sum(counts), needed)
    assert (shown["objection"] > 0) == (counts[2] > 0)
    assert all(abs(shown[choice] - 100 * count / sum(counts)) < 1 for choice, count in choices.items())


@pytest.mark.parametrize(
    ("agree", "concern", "objection", "needed", "shown"),
    [
        (52, 1, 8, 80, {"agree": 85, "concern": 2, "objection": 13}),
        (1, 1, 1, 67, {"agree": 33, "concern": 33, "objection": 34}),
        (1, 1, 1, 66, {"agree": 34, "concern": 33, "objection": 33}),
        (999, 0, 1, None, {"agree": 99, "concern": 0, "objection": 1}),
        (0, 0, 0, 80, {"agree": 0, "concern": 0, "objection": 0}),
    ],
)
def test_shares_of_a_vote(
    agree: int, concern: int, objection: int, needed: int | None, shown: dict[str, int]
) -> None:
    counts = {"agree": agree, "concern": concern, "objection": objection}

    assert choice_percentages(CONSENT.choices, counts, needed) == shown


def test_without_votes_nothing_is_a_share() -> None:
    assert (percentages([0, 0]), share_in_favour(0, 0, 80)) == ([0, 0], 0)
