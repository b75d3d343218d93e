"""Whole percentages that people read: the parts add up to 100, and none contradicts what was decided."""

from collections.abc import Mapping, Sequence

from models.rules.methods.consent import AGREE, CONCERN, OBJECTION


def percentages(counts: Sequence[int]) -> list[int]:
    """Return the share of each count in whole percentages that add up to 100; without any count all are 0.

    Each is rounded down, and those that lost most get the points that are left: the method of the largest remainder.
    """
    total = sum(counts)
    return _largest_remainder(counts, total, 100) if total else [0 for _ in counts]


def consent_percentages(counts: Mapping[str, int], needed: int | None) -> dict[str, int]:
    """Return each choice's percentage of a consent vote, 100 in total; what is missing in `counts` counts as 0.

    `needed` is the percentage without objection that the rule asks, None where it asks for no objection at all. A
    share that falls just short of it is rounded down, so that 2 of 3 never read as 67 of a needed 67; nor does a vote
    with an objection ever read as 100 percent without one.
    """
    agree, concern, objection = (counts.get(choice, 0) for choice in (AGREE, CONCERN, OBJECTION))
    cast = agree + concern + objection
    if not cast:
        return {AGREE: 0, CONCERN: 0, OBJECTION: 0}
    without = share_in_favour(agree + concern, cast, needed)
    shown_agree, shown_concern = _largest_remainder([agree, concern], cast, without)
    return {AGREE: shown_agree, CONCERN: shown_concern, OBJECTION: 100 - without}


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
