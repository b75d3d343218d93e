"""The intervals of Wilson and Newcombe, judged by statsmodels over thousands of cases that nobody chose."""

import random
from collections.abc import Iterator

import pytest

from models.picture.intervals import Interval, newcombe, wilson

CASES = 4_000


def _shares(seed: int) -> Iterator[tuple[int, int]]:
    """Return shares of few and of many people, with none and all of them more often than chance would."""
    chance = random.Random(seed)
    for _case in range(CASES):
        people = chance.choice((chance.randint(1, 30), chance.randint(1, 300), chance.randint(1, 20_000)))
        yield chance.choice((chance.randint(0, people), chance.randint(0, people), 0, people)), people


def test_a_share_lies_where_statsmodels_says_by_wilson() -> None:
    # Here, since it takes most of a second to read and no other test needs it.
    from statsmodels.stats.proportion import proportion_confint

    shares = list(_shares(1927))

    judged = [proportion_confint(agree, people, method="wilson") for agree, people in shares]

    ours = [wilson(agree, people) for agree, people in shares]
    assert [value for one in ours for value in (one.low, one.high)] == pytest.approx(
        [value for pair in judged for value in pair], abs=1e-12
    )


def test_a_difference_lies_where_statsmodels_says_by_newcombe() -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    pairs = list(zip(_shares(1998), _shares(17), strict=True))

    judged = [
        confint_proportions_2indep(*after, *before, compare="diff", method="newcomb")
        for before, after in pairs
    ]

    ours = [newcombe(before, after) for before, after in pairs]
    assert [value for one in ours for value in (one.low, one.high)] == pytest.approx(
        [value for pair in judged for value in pair], abs=1e-12
    )


def test_the_example_of_newcombe_comes_out_as_he_printed_it() -> None:
    """Table II, example (a) and (e): 56 of 70 against 48 of 80, and 9 of 10 against 3 of 10."""
    found = [newcombe((48, 80), (56, 70)), newcombe((3, 10), (9, 10))]

    assert [(round(one.low, 4), round(one.high, 4)) for one in found] == [(0.0524, 0.3339), (0.1705, 0.8090)]


@pytest.mark.parametrize(
    ("people", "expected"),
    [(5, (12, 77)), (8, (22, 78)), (20, (30, 70)), (60, (38, 62)), (120, (41, 59))],
)
def test_half_of_few_people_says_almost_nothing(people: int, expected: tuple[int, int]) -> None:
    found = wilson(people // 2, people)

    assert (round(100 * found.low), round(100 * found.high)) == expected


@pytest.mark.parametrize(("agree", "people"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_has_no_interval(agree: int, people: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        wilson(agree, people)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.01, 0.2, True), (-0.3, -0.01, True), (0.0, 0.2, False), (-0.1, 0.1, False)],
)
def test_a_difference_is_more_than_chance_only_when_zero_lies_outside(
    low: float, high: float, expected: bool
) -> None:
    assert Interval(low, high).excludes_zero is expected
