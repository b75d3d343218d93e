"""Whole percentages that people read: the parts add up to 100, and none contradicts what was decided."""

from collections.abc import Mapping, Sequence

from models.voting.methods.method import Choice


def percentages(counts: Sequence[int]) -> list[int]:
    """Return the share of each count in whole percentages that add up to 100; without any count all are 0.

    Each is rounded down, and those that lost most get the points that are left: the method of the largest remainder.
    """
    total = sum(counts)
    return _largest_remainder(counts, total, 100) if total else [0 for _ in counts]


def choice_percentages(
    choices: Sequence[Choice], counts: Mapping[str, int], needed: int | None
) -> dict[str, int]:
    """Return each choice's percentage of the votes cast, 100 in total; what is missing in `counts` counts as 0.

    `needed` is the percentage in favour that the rule asks, None where it asks for no share. A share that falls just
    short of it is rounded down, so that 2 of 3 never read as 67 of a needed 67; nor does a vote with an objection ever
    read as 100 percent without one. Where people abstained, shares of the votes cast are not those of the rule.
    """
    cast = sum(counts.get(choice.value, 0) for choice in choices)
    if not cast:
        return {choice.value: 0 for choice in choices}
    if any(choice.is_abstention and counts.get(choice.value, 0) for choice in choices):
        shown = percentages([counts.get(choice.value, 0) for choice in choices])
        return {choice.value: share for choice, share in zip(choices, shown, strict=True)}
    sides = [[choice for choice in choices if choice.is_in_favour is side] for side in (True, False)]
    favourable = [counts.get(choice.value, 0) for choice in sides[0]]
    share = share_in_favour(sum(favourable), cast, needed)
    shares: dict[str, int] = {}
    for side, points in zip(sides, (share, 100 - share), strict=True):
        given = _largest_remainder([counts.get(choice.value, 0) for choice in side], cast, points)
        shares |= {choice.value: part for choice, part in zip(side, given, strict=True)}
    return {choice.value: shares[choice.value] for choice in choices}


def share_in_favour(in_favour: int, counted: int, needed: int | None) -> int:
    """Return the percentage in favour of the votes that count, as it is said beside the bars.

    It never reads as the needed share, nor as 100 percent, when it was not quite.
    """
    if not counted:
        return 0
    share, _ = percentages([in_favour, counted - in_favour])
    for limit in (needed or 100, 100):
        if 100 * in_favour < limit * counted:
            share = min(share, limit - 1)
    return share


def _largest_remainder(counts: Sequence[int], whole: int, points: int) -> list[int]:
    """Return `counts` as percentages of `whole` that add up to `points`."""
    shares = [100 * count // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(100 * counts[place] % whole))
    for place in by_remainder[: points - sum(shares)]:
        shares[place] += 1
    return shares
