"""When is it adopted? Rules that are fixed before a round opens, compared in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from models.basics.errors import InvalidValue
from models.basics.words import Decision, RuleKind
from models.voting.methods import description
from models.voting.methods.method import (
    Choice,
    FrozenMethod,
    Look,
    Mark,
    Tally,
    dots_on,
    in_favour,
    marked,
    without_abstentions,
)
from models.workshop.rows import NONE, is_too_few
from models.workshop.voices import Acknowledged

NEEDS_SHARE = (RuleKind.WITHOUT_OBJECTION, RuleKind.SHARE_OF_VOTES, RuleKind.EVERY_GROUP)
MOST_ADOPTED = 30
# What a round left open: no outcome was reached by it.
UNDECIDED = (Decision.TOO_FEW, Decision.NO_VOTES, Decision.NO_QUORUM)


class StoredRule(TypedDict):
    """A rule as a round's columns, a frozen agenda and the command line's JSON hold it."""

    rule: str
    share: int | None
    quorum: int | None
    level: str | None
    tolerated: int | None
    top: int | None


@dataclass(frozen=True)
class Rule:
    """The rule of a round, from the form in which it is chosen to the agenda that it is frozen in.

    `kind` is a `RuleKind`, or the word of a frozen rule that is gone by now. `share` and `quorum` are whole
    percentages, `quorum` is optional. `share` belongs to the rules in `NEEDS_SHARE`. `level` is the last choice that
    carries, `tolerated` how many votes may go beyond it (both `LEVEL`). `top` is how many items are adopted (`TOP`):
    with none the dots only put the items in order, and nothing is adopted or turned down by them.
    """

    kind: str
    share: int | None = None
    quorum: int | None = None
    level: str | None = None
    tolerated: int | None = None
    top: int | None = None

    @classmethod
    def from_stored(cls, stored: StoredRule) -> Rule:
        """Return a rule from what `as_stored` made of it, whatever else stands there."""
        return cls(
            stored["rule"],
            share=stored["share"],
            quorum=stored["quorum"],
            level=stored["level"],
            tolerated=stored["tolerated"],
            top=stored["top"],
        )

    def as_stored(self) -> StoredRule:
        """Return the rule by the names under which rounds, agendas and the command line's JSON hold it."""
        return {
            "rule": self.kind,
            "share": self.share,
            "quorum": self.quorum,
            "level": self.level,
            "tolerated": self.tolerated,
            "top": self.top,
        }

    @property
    def only_ranks(self) -> bool:
        """Whether nothing is adopted by it: the items are put in order."""
        return self.kind == RuleKind.TOP and self.top is None

    @property
    def decides(self) -> bool:
        """Whether anything is adopted or turned down by it."""
        return self.kind != RuleKind.DECIDES_NOTHING and not self.only_ranks


@dataclass(frozen=True)
class ItemTally:
    """The votes on one item: in all, and per row of voters (none where only the total may be shown)."""

    total: Tally
    rows: Mapping[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a rule says of one item.

    `rows_against` are the rows that did not carry it (`EVERY_GROUP`); `place` is where it ended, from 1, equal places
    equal, and `is_tied` tells that an equal number of dots at the border left it out (`TOP`).
    """

    decision: Decision
    rows_against: tuple[str, ...] = ()
    place: int | None = None
    is_tied: bool = False


@dataclass(frozen=True)
class Numbers:
    """The numbers of a result, to be shown only from 5 votes on.

    `counted` are the votes without abstentions, `in_favour` those of them in favour; `share_reached` is the latter in
    percent of the former, rounded down, so that it never reads as more than it was. `beyond` are the votes beyond the
    level of the rule, None for a rule without one; `dots` the number of dots, None for a method without.
    """

    cast: int
    counts: dict[str, int]
    counted: int
    in_favour: int
    share_reached: int
    beyond: int | None = None
    dots: int | None = None


@dataclass(frozen=True)
class RowResult:
    """The tally of one row of voters. `name` is a group's; None for the keys `none` and `other`."""

    key: str
    name: str | None
    counts: dict[str, int]
    cast: int
    carried: bool = True


@dataclass(frozen=True)
class Result:
    """What may be shown of an item after its round: never more than this.

    Method and decision are words, since a frozen round may have one that is gone by now. `frozen` is how its method
    looked and was told when it was frozen, None for a round that stands in no agenda.
    """

    decision: str
    numbers: Numbers | None
    rows: list[RowResult]
    method: str
    choices: tuple[Choice, ...]
    rule: Rule
    place: int | None
    is_tied: bool
    present: int
    heads_counted: int | None
    acknowledged: tuple[Acknowledged, ...] = ()
    frozen: FrozenMethod | None = None

    @property
    def look(self) -> Look:
        """How it is drawn."""
        return description(self.method).look if self.frozen is None else self.frozen.look

    def marked(self, mark: Mark) -> int:
        """Return how many chose something that is drawn with `mark`; 0 where the numbers stay hidden."""
        return marked(self.choices, self.numbers.counts, mark) if self.numbers else 0


def checked_rule(method: str, rule: Rule) -> Rule:
    """Return a rule with only what belongs to it. Any method without a budget may decide nothing.

    Raises `InvalidValue` for a `rule` that does not fit the method, a `share` or `quorum` outside 1 to 100, a `level`
    that is no choice or the last one (nobody could go beyond it), a negative `tolerated`, a `top` outside 1 to 30.
    """
    voting_method = description(method)
    decides_nothing = rule.kind == RuleKind.DECIDES_NOTHING and not voting_method.has_budget
    if rule.kind not in voting_method.rules and not decides_nothing:
        raise InvalidValue("rule", rule.kind)
    kind, share = RuleKind(rule.kind), rule.share
    if kind in NEEDS_SHARE and (share is None or not 1 <= share <= 100):
        raise InvalidValue("share", share)
    if rule.quorum is not None and not 1 <= rule.quorum <= 100:
        raise InvalidValue("quorum", rule.quorum)
    if kind == RuleKind.LEVEL and rule.level not in [choice.value for choice in voting_method.choices[:-1]]:
        raise InvalidValue("level", rule.level)
    if kind == RuleKind.LEVEL and rule.tolerated is not None and rule.tolerated < 0:
        raise InvalidValue("tolerated", rule.tolerated)
    if kind == RuleKind.TOP and rule.top is not None and not 1 <= rule.top <= MOST_ADOPTED:
        raise InvalidValue("top", rule.top)
    return Rule(
        kind,
        share=share if kind in NEEDS_SHARE else None,
        quorum=rule.quorum if kind != RuleKind.DECIDES_NOTHING else None,
        level=rule.level if kind == RuleKind.LEVEL else None,
        tolerated=(rule.tolerated or 0) if kind == RuleKind.LEVEL else None,
        top=rule.top if kind == RuleKind.TOP else None,
    )


def decide(
    items: Sequence[ItemTally],
    choices: Sequence[Choice],
    rule: Rule,
    present: int,
    *,
    is_anonymous: bool = False,
) -> list[Outcome]:
    """Return what a rule says of each item of a round with `present` people in the room.

    In an anonymous round with fewer than five votes on an item there is no outcome: it would tell what they were.

    Shares are of the votes cast without abstentions, and inclusive: 100 × in favour ≥ share × counted. A quorum is of
    those present, inclusive too. Without votes there is no outcome. *Carried by every group* asks the total as well,
    for the sake of those without a group, and the total alone with fewer than two rows. *Top* adopts the items with
    most dots; what ties at the border is not adopted, nor is an item without dots.
    """
    return [
        Outcome(Decision.TOO_FEW)
        if item.total.cast > 0 and has_no_outcome(item.total.cast, is_anonymous=is_anonymous)
        else _decide(item, items, choices, rule, present)
        for item in items
    ]


def has_no_outcome(people: int, *, is_anonymous: bool) -> bool:
    """Return whether a vote of so few people stays without an outcome."""
    return is_anonymous and is_too_few(people)


def _decide(
    item: ItemTally, items: Sequence[ItemTally], choices: Sequence[Choice], rule: Rule, present: int
) -> Outcome:
    total = item.total
    if total.cast == 0:
        return Outcome(Decision.NO_VOTES)
    if rule.kind == RuleKind.DECIDES_NOTHING:
        return Outcome(Decision.ANSWERED)
    if rule.quorum is not None and 100 * total.cast < rule.quorum * present:
        return Outcome(Decision.NO_QUORUM)
    if rule.kind == RuleKind.TOP:
        return _among_the_top(item, items, rule)
    if rule.kind == RuleKind.EVERY_GROUP:
        asked = {key: row for key, row in item.rows.items() if key != NONE} if len(item.rows) > 1 else {}
        against = tuple(key for key, row in asked.items() if not _carries(row, choices, rule))
        return Outcome(_adopted_if(not against and _carries(total, choices, rule)), rows_against=against)
    if rule.kind == RuleKind.NO_OPEN_OBJECTIONS:
        return Outcome(_adopted_if(not marked(choices, total.counts, Mark.OBJECTION)))
    if rule.kind == RuleKind.LEVEL:
        return Outcome(_adopted_if(beyond_level(total, choices, rule.level) <= (rule.tolerated or 0)))
    return Outcome(_adopted_if(_carries(total, choices, rule)))


def beyond_level(found: Tally, choices: Sequence[Choice], level: str | None) -> int:
    """Return how many votes stand beyond `level`, in the order of `choices`; abstentions never do."""
    values = [choice.value for choice in choices]
    return sum(
        found.counts.get(choice.value, 0)
        for choice in choices[values.index(level or "") + 1 :]
        if not choice.is_abstention
    )


def _carries(found: Tally, choices: Sequence[Choice], rule: Rule) -> bool:
    counted = without_abstentions(choices, found)
    return counted > 0 and 100 * in_favour(choices, found) >= (rule.share or 100) * counted


def _among_the_top(item: ItemTally, items: Sequence[ItemTally], rule: Rule) -> Outcome:
    own = dots_on(item.total)
    everyone = [dots_on(other.total) for other in items]
    place = 1 + sum(dots > own for dots in everyone)
    if rule.top is None:
        return Outcome(Decision.RANKED, place=place)
    equal = everyone.count(own)
    top = rule.top
    is_tied = own > 0 and place <= top < place + equal - 1
    return Outcome(_adopted_if(own > 0 and place + equal - 1 <= top), place=place, is_tied=is_tied)


def _adopted_if(carried: bool) -> Decision:
    return Decision.ADOPTED if carried else Decision.NOT_ADOPTED


def shown_numbers(found: Tally, choices: Sequence[Choice], rule: Rule) -> Numbers | None:
    """Return the numbers of a tally, or None under 5 votes."""
    if is_too_few(found.cast):
        return None
    counted = without_abstentions(choices, found)
    favourable = in_favour(choices, found)
    return Numbers(
        cast=found.cast,
        counts=dict(found.counts),
        counted=counted,
        in_favour=favourable,
        share_reached=100 * favourable // counted if counted else 0,
        beyond=beyond_level(found, choices, rule.level) if rule.kind == RuleKind.LEVEL else None,
        dots=dots_on(found) if rule.kind == RuleKind.TOP else None,
    )
