"""How sure a share is, and how sure the difference of two shares: intervals of 95 %, from their authors' formulas.

A number of successes may be broken: the share of answers on several statements, told as people.
"""

from dataclasses import dataclass
from math import sqrt

# The point of the normal distribution beyond which 2.5 % lies, on either side.
Z = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """From `low` up to `high`, both of them in it."""

    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside: a difference is then more than chance."""
        return self.low > 0 or self.high < 0


def wilson(successes: float, people: float) -> Interval:
    """Return between which shares (0 to 1) the share of `successes` among `people` lies. Raises `ValueError`.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
    Statistical Association 22 (1927), 209-212: the score interval, without a correction for continuity.
    """
    if people <= 0 or not 0 <= successes <= people:
        raise ValueError(f"not a share: {successes} of {people}")
    share, square = successes / people, Z * Z
    middle = (share + square / (2 * people)) / (1 + square / people)
    half = Z / (1 + square / people) * sqrt(share * (1 - share) / people + square / (4 * people * people))
    return Interval(
        0.0 if successes == 0 else max(0.0, middle - half),
        1.0 if successes == people else min(1.0, middle + half),
    )


def newcombe(before: tuple[float, float], after: tuple[float, float]) -> Interval:
    """Return between which differences (-1 to 1) `after` minus `before` lies, each (successes, people).

    R. G. Newcombe, "Interval Estimation for the Difference between Independent Proportions: Comparison of Eleven
    Methods", Statistics in Medicine 17 (1998), 873-890: method 10, the square-and-add of two Wilson intervals.
    """
    first, second = wilson(*before), wilson(*after)
    was, became = before[0] / before[1], after[0] / after[1]
    difference = became - was
    return Interval(
        difference - sqrt((became - second.low) ** 2 + (first.high - was) ** 2),
        difference + sqrt((second.high - became) ** 2 + (was - first.low) ** 2),
    )
