"""Consent is counted, and a rule that was fixed before decides."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.basics.errors import InvalidValue
from models.basics.words import Decision, RuleKind
from models.voting.decision import ItemTally, Rule, checked_rule, shown_numbers
from models.voting.decision import decide as decide_round
from models.voting.methods import description
from models.voting.methods.method import Tally
from models.voting.methods.method import tally as count

PERCENTAGE = st.integers(1, 100)
COUNT = st.integers(0, 1000)


CONSENT = description("consent")
CHOICES = tuple(choice.value for choice in CONSENT.choices)


def tally(ballots: list[str]) -> Tally:
    return count(CONSENT.choices, ballots)


def decide(found: Tally, rule: Rule, present: int) -> Decision:
    return decide_round([ItemTally(found)], CONSENT.choices, rule, present)[0].decision


def _tally(agree: int, concern: int = 0, objection: int = 0) -> Tally:
    return tally(["agree"] * agree + ["concern"] * concern + ["objection"] * objection)


def test_every_choice_is_counted_also_with_nobody() -> None:
    assert _tally(3, 2) == Tally(5, {"agree": 3, "concern": 2, "objection": 0})
    assert tally([]) == Tally(0, {"agree": 0, "concern": 0, "objection": 0})


def test_what_is_no_choice_is_not_counted_silently() -> None:
    with pytest.raises(ValueError, match="abstain"):
        tally(["agree", "abstain"])
    assert CHOICES == ("agree", "concern", "objection")


@given(st.lists(st.sampled_from(CHOICES)))
def test_counts_add_up_to_the_votes_cast_in_any_order(choices: list[str]) -> None:
    counted = tally(choices)

    assert counted.cast == len(choices) == sum(counted.counts.values())
    assert counted == tally(sorted(choices))


@pytest.mark.parametrize(
    ("counted", "decision"),
    [
        (_tally(5), Decision.ADOPTED),
        (_tally(0, 5), Decision.ADOPTED),
        (_tally(999, 0, 1), Decision.NOT_ADOPTED),
        (_tally(1), Decision.ADOPTED),
        (_tally(0), Decision.NO_VOTES),
    ],
)
def test_without_open_objections_it_is_adopted(counted: Tally, decision: Decision) -> None:
    assert decide(counted, Rule(RuleKind.NO_OPEN_OBJECTIONS), present=1000) == decision


@pytest.mark.parametrize(
    ("counted", "share", "decision"),
    [
        (_tally(8, 0, 2), 80, Decision.ADOPTED),
        (_tally(7, 1, 2), 80, Decision.ADOPTED),
        (_tally(79, 0, 21), 80, Decision.NOT_ADOPTED),
        (_tally(2, 0, 1), 66, Decision.ADOPTED),
        (_tally(2, 0, 1), 67, Decision.NOT_ADOPTED),
        (_tally(1, 0, 99), 1, Decision.ADOPTED),
        (_tally(99, 0, 1), 100, Decision.NOT_ADOPTED),
        (_tally(0, 0, 3), 1, Decision.NOT_ADOPTED),
        (_tally(0), 50, Decision.NO_VOTES),
    ],
)
def test_a_share_without_objection_is_of_the_votes_cast_and_inclusive(
    counted: Tally, share: int, decision: Decision
) -> None:
    assert decide(counted, Rule(RuleKind.WITHOUT_OBJECTION, share), present=1000) == decision


@pytest.mark.parametrize(
    ("cast", "quorum", "present", "decision"),
    [
        (5, 50, 10, Decision.ADOPTED),
        (5, 50, 11, Decision.NO_QUORUM),
        (5, 51, 10, Decision.NO_QUORUM),
        (10, 100, 10, Decision.ADOPTED),
        (1, 1, 100, Decision.ADOPTED),
        (1, 1, 101, Decision.NO_QUORUM),
        (0, 50, 10, Decision.NO_VOTES),
        (5, None, 1000, Decision.ADOPTED),
    ],
)
def test_a_quorum_is_of_those_present_and_inclusive(
    cast: int, quorum: int | None, present: int, decision: Decision
) -> None:
    assert decide(_tally(cast), Rule(RuleKind.NO_OPEN_OBJECTIONS, None, quorum), present) == decision


def test_a_quorum_is_asked_before_objections() -> None:
    rule = Rule(RuleKind.NO_OPEN_OBJECTIONS, None, 50)

    assert decide(_tally(1, 0, 1), rule, present=10) == Decision.NO_QUORUM


@given(COUNT, COUNT, COUNT, PERCENTAGE, st.none() | PERCENTAGE, st.integers(0, 1000))
def test_a_decision_is_what_exact_fractions_say(
    agree: int, concern: int, objection: int, share: int, quorum: int | None, absent: int
) -> None:
    counted = Tally(agree + concern + objection, dict(zip(CHOICES, (agree, concern, objection), strict=True)))
    present = counted.cast + absent

    decision = decide(counted, Rule(RuleKind.WITHOUT_OBJECTION, share, quorum), present)

    if counted.cast == 0:
        expected = Decision.NO_VOTES
    elif quorum is not None and Fraction(counted.cast, present) < Fraction(quorum, 100):
        expected = Decision.NO_QUORUM
    elif Fraction(agree + concern, counted.cast) >= Fraction(share, 100):
        expected = Decision.ADOPTED
    else:
        expected = Decision.NOT_ADOPTED
    assert decision == expected


@given(COUNT, COUNT, COUNT, PERCENTAGE)
def test_an_objection_withdrawn_never_makes_an_adopted_text_fall(
    agree: int, concern: int, objection: int, share: int
) -> None:
    before = Tally(
        agree + concern + objection + 1, {"agree": agree, "concern": concern, "objection": objection + 1}
    )
    after = Tally(before.cast, {"agree": agree, "concern": concern + 1, "objection": objection})
    rule = Rule(RuleKind.WITHOUT_OBJECTION, share)

    if decide(before, rule, before.cast) == Decision.ADOPTED:
        assert decide(after, rule, after.cast) == Decision.ADOPTED


def test_a_share_of_a_hundred_is_no_open_objections() -> None:
    for counted in (_tally(5), _tally(5, 3), _tally(99, 0, 1)):
        assert decide(counted, Rule(RuleKind.WITHOUT_OBJECTION, 100), 100) == decide(
            counted, Rule(RuleKind.NO_OPEN_OBJECTIONS), 100
        )


@pytest.mark.parametrize(
    ("kind", "share", "quorum", "field"),
    [
        ("majority", None, None, "rule"),
        (RuleKind.WITHOUT_OBJECTION, None, None, "share"),
        (RuleKind.WITHOUT_OBJECTION, 0, None, "share"),
        (RuleKind.WITHOUT_OBJECTION, 101, None, "share"),
        (RuleKind.NO_OPEN_OBJECTIONS, None, 0, "quorum"),
        (RuleKind.NO_OPEN_OBJECTIONS, None, 101, "quorum"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    kind: str, share: int | None, quorum: int | None, field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        checked_rule("consent", Rule(kind, share, quorum))

    assert refused.value.field == field


def test_a_share_belongs_to_its_own_rule_only() -> None:
    assert checked_rule("consent", Rule("no open objections", 80, 50)) == Rule(
        RuleKind.NO_OPEN_OBJECTIONS, None, 50
    )
    assert checked_rule("consent", Rule("without objection", 80)) == Rule(
        RuleKind.WITHOUT_OBJECTION, 80, None
    )


@pytest.mark.parametrize("cast", range(5))
def test_under_five_votes_no_numbers_are_shown(cast: int) -> None:
    assert shown_numbers(_tally(cast), CONSENT.choices, Rule(RuleKind.NO_OPEN_OBJECTIONS)) is None


def test_from_five_votes_on_numbers_are_shown_with_the_share_rounded_down() -> None:
    numbers = shown_numbers(_tally(3, 1, 2), CONSENT.choices, Rule(RuleKind.NO_OPEN_OBJECTIONS))

    assert numbers is not None
    assert (numbers.cast, numbers.counts) == (6, {"agree": 3, "concern": 1, "objection": 2})
    assert (numbers.in_favour, numbers.share_reached) == (4, 66)
