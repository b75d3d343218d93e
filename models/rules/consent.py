"""Consent: agree, agree with a concern, or object.

An objection is an argument that the proposal has consequences one would rather avoid, or an improvement worth making
(Sociocracy 3.0, "Consent Decision Making" and "Objection"). Not voting is the only way to abstain.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

AGREE = "agree"
CONCERN = "concern"
OBJECTION = "objection"
CHOICES = (AGREE, CONCERN, OBJECTION)


@dataclass(frozen=True)
class Tally:
    """How many ballots were cast, and how many for each choice (every choice stands, also with 0)."""

    cast: int
    counts: dict[str, int]


def is_valid(choice: str) -> bool:
    """Return whether `choice` is one of consent's."""
    return choice in CHOICES


def tally(choices: Iterable[str]) -> Tally:
    """Count ballots. Raises `ValueError` for what is no choice of this method."""
    counted = Counter(choices)
    strange = set(counted) - set(CHOICES)
    if strange:
        raise ValueError(f"not a choice of consent: {sorted(strange)}")
    return Tally(counted.total(), {choice: counted[choice] for choice in CHOICES})
