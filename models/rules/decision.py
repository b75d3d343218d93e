"""When is it adopted? Rules that are fixed before a round opens, compared in whole numbers."""

from dataclasses import dataclass

from models.errors import InvalidValue
from models.rules.consent import CONCERN, OBJECTION, Tally
from models.words import Decision, RuleKind

# Under this many votes, numbers and reasons could tell who voted what.
SMALLEST_SHOWN = 5


@dataclass(frozen=True)
class Rule:
    """`share` and `quorum` are whole percentages; `share` belongs to `WITHOUT_OBJECTION`, `quorum` is optional."""

    kind: RuleKind
    share: int | None = None
    quorum: int | None = None


@dataclass(frozen=True)
class Numbers:
    """The numbers of a result, to be shown only from 5 votes on. `share_reached` is a percentage, rounded down."""

    cast: int
    counts: dict[str, int]
    without_objection: int
    share_reached: int
    objections: int
    concerns: int


@dataclass(frozen=True)
class RowResult:
    """The tally of one row of voters. `name` is a group's; None for the keys `none` and `other`."""

    key: str
    name: str | None
    counts: dict[str, int]
    cast: int


@dataclass(frozen=True)
class Result:
    """What may be shown of an item after its round: never more than this."""

    decision: Decision
    numbers: Numbers | None
    rows: list[RowResult]
    rule: RuleKind
    share: int | None
    quorum: int | None
    present: int
    heads_counted: int | None


def checked_rule(kind: str, share: int | None, quorum: int | None) -> Rule:
    """Return a rule. Raises `InvalidValue` for `rule`, and for a `share` or `quorum` outside 1 to 100."""
    if kind not in set(RuleKind):
        raise InvalidValue("rule", kind)
    if kind == RuleKind.WITHOUT_OBJECTION and (share is None or not 1 <= share <= 100):
        raise InvalidValue("share", share)
    if quorum is not None and not 1 <= quorum <= 100:
        raise InvalidValue("quorum", quorum)
    return Rule(RuleKind(kind), share if kind == RuleKind.WITHOUT_OBJECTION else None, quorum)


def decide(tally: Tally, rule: Rule, present: int) -> Decision:
    """Return what a rule says of a tally with `present` people in the room.

    Shares are of the votes cast and inclusive: 100 × without objection ≥ share × cast. A quorum is of those present,
    inclusive too. Without votes there is no outcome.
    """
    if tally.cast == 0:
        return Decision.NO_VOTES
    if rule.quorum is not None and 100 * tally.cast < rule.quorum * present:
        return Decision.NO_QUORUM
    objections = tally.counts[OBJECTION]
    if rule.kind == RuleKind.NO_OPEN_OBJECTIONS:
        return Decision.ADOPTED if objections == 0 else Decision.NOT_ADOPTED
    carried = 100 * (tally.cast - objections) >= (rule.share or 100) * tally.cast
    return Decision.ADOPTED if carried else Decision.NOT_ADOPTED


def shown_numbers(tally: Tally) -> Numbers | None:
    """Return the numbers of a tally, or None under 5 votes."""
    if tally.cast < SMALLEST_SHOWN:
        return None
    objections = tally.counts[OBJECTION]
    without = tally.cast - objections
    return Numbers(
        cast=tally.cast,
        counts=dict(tally.counts),
        without_objection=without,
        share_reached=100 * without // tally.cast,
        objections=objections,
        concerns=tally.counts[CONCERN],
    )
