"""A rule that was fixed before decides, in whole numbers, for every method that it fits."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.basics.errors import InvalidValue
from models.basics.words import Decision, RuleKind
from models.voting.decision import (
    NEEDS_SHARE,
    ItemTally,
    Outcome,
    Rule,
    beyond_level,
    checked_rule,
    decide,
    shown_numbers,
)
from models.voting.methods import METHODS, description
from models.voting.methods.dots import DOTS
from models.voting.methods.gradients import GRADIENTS
from models.voting.methods.method import (
    Choice,
    DotBudget,
    Tally,
    VotingMethod,
    choices_of,
    in_favour,
    tally,
    without_abstentions,
)

PERCENTAGE = st.integers(1, 100)
CONSENT = description("consent")
FIVE_DOTS = choices_of(DOTS, DotBudget(5, can_stack=True))
WITHOUT_BUDGET = [method for method in METHODS.values() if not method.has_budget]


def _counts(method: VotingMethod, **counts: int) -> Tally:
    named = {key.removeprefix("level_").replace("_", " "): count for key, count in counts.items()}
    return tally(method.choices, [choice for choice, count in named.items() for _ in range(count)])


def _one(found: Tally, rule: Rule, method: VotingMethod = CONSENT, present: int = 1000) -> Outcome:
    return decide([ItemTally(found)], method.choices, rule, present)[0]


def _dots(*people: int) -> Tally:
    """One item on which each of these people put so many dots."""
    return tally(FIVE_DOTS, [str(dots) for dots in people])


@st.composite
def votes(draw: st.DrawFn, method: VotingMethod) -> Tally:
    return tally(method.choices, draw(st.lists(st.sampled_from([choice.value for choice in method.choices]))))


class TestShareOfVotes:
    @pytest.mark.parametrize(
        ("found", "share", "decision"),
        [
            (_counts(GRADIENTS, level_1=6, level_8=4), 60, Decision.ADOPTED),
            (_counts(GRADIENTS, level_1=6, level_4=90, level_8=4), 60, Decision.ADOPTED),
            (_counts(GRADIENTS, level_1=2, level_2=2, level_3=2, level_6=4), 61, Decision.NOT_ADOPTED),
            (_counts(GRADIENTS, level_4=12), 1, Decision.NOT_ADOPTED),
        ],
        ids=["just enough", "who abstains does not count", "level 6 is not in favour", "everyone abstains"],
    )
    def test_counts_who_is_in_favour_of_those_who_did_not_abstain(
        self, found: Tally, share: int, decision: Decision
    ) -> None:
        assert _one(found, Rule(RuleKind.SHARE_OF_VOTES, share), GRADIENTS).decision == decision

    @given(st.data(), st.sampled_from(WITHOUT_BUDGET), PERCENTAGE)
    def test_is_the_exact_share_whatever_the_numbers(
        self, data: st.DataObject, method: VotingMethod, share: int
    ) -> None:
        found = data.draw(votes(method))
        counted = without_abstentions(method.choices, found)

        decision = _one(found, Rule(RuleKind.SHARE_OF_VOTES, share), method).decision

        if found.cast == 0:
            assert decision == Decision.NO_VOTES
        else:
            enough = counted > 0 and Fraction(in_favour(method.choices, found), counted) >= Fraction(
                share, 100
            )
            assert decision == (Decision.ADOPTED if enough else Decision.NOT_ADOPTED)

    @given(st.data(), st.sampled_from(WITHOUT_BUDGET), PERCENTAGE)
    def test_one_more_vote_in_favour_never_undoes_an_adoption(
        self, data: st.DataObject, method: VotingMethod, share: int
    ) -> None:
        found = data.draw(votes(method))
        best = method.choices[0].value
        more = Tally(found.cast + 1, found.counts | {best: found.counts[best] + 1})
        rule = Rule(RuleKind.SHARE_OF_VOTES, share)

        if _one(found, rule, method).decision == Decision.ADOPTED:
            assert _one(more, rule, method).decision == Decision.ADOPTED


class TestLevel:
    @pytest.mark.parametrize(
        ("found", "tolerated", "decision"),
        [
            (_counts(GRADIENTS, level_1=5, level_6=5), 0, Decision.ADOPTED),
            (_counts(GRADIENTS, level_1=50, level_7=1), 0, Decision.NOT_ADOPTED),
            (_counts(GRADIENTS, level_1=50, level_7=1, level_8=1), 2, Decision.ADOPTED),
            (_counts(GRADIENTS, level_1=50, level_7=1, level_8=2), 2, Decision.NOT_ADOPTED),
        ],
    )
    def test_tolerates_so_many_votes_beyond_it(
        self, found: Tally, tolerated: int, decision: Decision
    ) -> None:
        rule = checked_rule("gradients", Rule(RuleKind.LEVEL, level="6", tolerated=tolerated))

        assert _one(found, rule, GRADIENTS).decision == decision

    def test_an_abstention_is_never_beyond_it(self) -> None:
        found = _counts(GRADIENTS, level_1=3, level_4=2, level_5=1)

        assert beyond_level(found, GRADIENTS.choices, "3") == 1

    def test_the_last_choice_is_no_limit(self) -> None:
        with pytest.raises(InvalidValue, match="level"):
            checked_rule("gradients", Rule(RuleKind.LEVEL, level="8"))
        with pytest.raises(InvalidValue, match="tolerated"):
            checked_rule("gradients", Rule(RuleKind.LEVEL, level="6", tolerated=-1))


class TestEveryGroup:
    RULE = Rule(RuleKind.EVERY_GROUP, 60)

    def _decided(self, rows: dict[str, tuple[int, int]]) -> Outcome:
        per_row = {
            key: _counts(CONSENT, agree=agree, objection=objection)
            for key, (agree, objection) in rows.items()
        }
        total = _counts(
            CONSENT,
            agree=sum(agree for agree, _ in rows.values()),
            objection=sum(objection for _, objection in rows.values()),
        )
        return decide([ItemTally(total, per_row)], CONSENT.choices, self.RULE, 1000)[0]

    def test_is_carried_when_each_row_carries_it(self) -> None:
        assert self._decided({"1": (3, 2), "2": (6, 4), "other": (5, 0)}) == Outcome(Decision.ADOPTED)

    def test_a_large_majority_does_not_outvote_one_group(self) -> None:
        outcome = self._decided({"1": (90, 0), "2": (2, 3), "other": (1, 4)})

        assert outcome == Outcome(Decision.NOT_ADOPTED, rows_against=("2", "other"))

    def test_people_without_a_group_are_no_group(self) -> None:
        assert self._decided({"1": (9, 1), "2": (9, 1), "none": (2, 3)}).decision == Decision.ADOPTED

    def test_but_they_count_in_the_total(self) -> None:
        outcome = self._decided({"1": (5, 0), "2": (5, 0), "none": (0, 50)})

        assert outcome == Outcome(Decision.NOT_ADOPTED)

    def test_with_one_row_the_total_decides(self) -> None:
        assert self._decided({}).decision == Decision.NO_VOTES
        assert self._decided({"1": (3, 2)}).decision == Decision.ADOPTED

    @given(
        st.dictionaries(
            st.sampled_from(["1", "2", "3", "other"]),
            st.tuples(st.integers(0, 9), st.integers(0, 9)),
            min_size=2,
        )
    )
    def test_what_every_group_carries_the_total_carries_too(self, rows: dict[str, tuple[int, int]]) -> None:
        voting = {key: row for key, row in rows.items() if sum(row)}
        outcome = self._decided(voting)

        if voting and all(100 * agree >= 60 * (agree + objection) for agree, objection in voting.values()):
            assert outcome.decision == Decision.ADOPTED
        elif len(voting) > 1:
            assert outcome.decision == Decision.NOT_ADOPTED


class TestTop:
    def test_dots_that_adopt_nothing_put_every_item_in_its_place(self) -> None:
        items = [
            ItemTally(_dots(1, 0, 0, 0, 0)),
            ItemTally(_dots(0, 0, 3, 0, 0)),
            ItemTally(_dots(1, 0, 0, 0, 0)),
        ]

        outcomes = decide(items, FIVE_DOTS, checked_rule("dots", Rule(RuleKind.TOP)), 1000)

        assert {outcome.decision for outcome in outcomes} == {Decision.RANKED}
        assert outcomes[0].place == outcomes[2].place

    def _decided(self, top: int, *items: Tally) -> list[Outcome]:
        return decide([ItemTally(item) for item in items], FIVE_DOTS, Rule(RuleKind.TOP, top=top), 1000)

    def test_the_items_with_most_dots_are_adopted(self) -> None:
        outcomes = self._decided(2, _dots(1, 0, 0), _dots(2, 2, 1), _dots(0, 1, 1), _dots(0, 0, 0))

        assert [(one.decision, one.place) for one in outcomes] == [
            (Decision.NOT_ADOPTED, 3),
            (Decision.ADOPTED, 1),
            (Decision.ADOPTED, 2),
            (Decision.NOT_ADOPTED, 4),
        ]

    def test_what_ties_at_the_border_is_not_adopted_and_says_so(self) -> None:
        outcomes = self._decided(2, _dots(5), _dots(3), _dots(3), _dots(1))

        assert outcomes == [
            Outcome(Decision.ADOPTED, place=1),
            Outcome(Decision.NOT_ADOPTED, place=2, is_tied=True),
            Outcome(Decision.NOT_ADOPTED, place=2, is_tied=True),
            Outcome(Decision.NOT_ADOPTED, place=4),
        ]

    def test_a_tie_above_the_border_is_no_trouble(self) -> None:
        assert [one.decision for one in self._decided(2, _dots(3), _dots(3), _dots(1))] == [
            Decision.ADOPTED,
            Decision.ADOPTED,
            Decision.NOT_ADOPTED,
        ]

    def test_without_dots_nothing_is_adopted(self) -> None:
        assert [one.decision for one in self._decided(2, _dots(4), _dots(0))] == [
            Decision.ADOPTED,
            Decision.NOT_ADOPTED,
        ]

    @given(
        st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=8),
        st.integers(1, 8),
    )
    def test_never_adopts_more_than_asked_nor_a_lower_one_before_a_higher(
        self, items: list[list[int]], top: int
    ) -> None:
        outcomes = self._decided(top, *(_dots(*people) for people in items))
        adopted = [
            sum(people)
            for people, one in zip(items, outcomes, strict=True)
            if one.decision == Decision.ADOPTED
        ]
        others = [
            sum(people)
            for people, one in zip(items, outcomes, strict=True)
            if one.decision != Decision.ADOPTED
        ]

        assert len(adopted) <= top
        assert not adopted or not others or min(adopted) > max(others)


class TestQuorum:
    @pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: str(method.name))
    def test_too_few_votes_decide_nothing_by_any_method_and_rule(self, method: VotingMethod) -> None:
        choices = choices_of(method, DotBudget(3, can_stack=False) if method.has_budget else None)
        found = tally(choices, [choices[-1].value] * 29)
        for kind in method.rules:
            rule = checked_rule(
                method.name,
                Rule(kind, share=50, quorum=50, level=method.choices[0].value, tolerated=99, top=1),
            )
            at_59, at_58 = (decide([ItemTally(found)], choices, rule, present)[0] for present in (59, 58))

            assert at_59 == Outcome(Decision.NO_QUORUM)
            assert at_58.decision in (Decision.ADOPTED, Decision.NOT_ADOPTED)


class TestTheRuleItself:
    @pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: str(method.name))
    def test_only_rules_that_fit_a_method_are_taken(self, method: VotingMethod) -> None:
        for kind in RuleKind:
            asked: dict[str, Any] = {"share": 60, "level": method.choices[0].value, "tolerated": 1, "top": 3}
            decides_nothing = kind == RuleKind.DECIDES_NOTHING and not method.has_budget
            if kind in method.rules or decides_nothing:
                rule = checked_rule(method.name, Rule(kind, **asked))
                assert (rule.share is not None) == (kind in NEEDS_SHARE)
                assert (rule.level is not None) == (rule.tolerated is not None) == (kind == RuleKind.LEVEL)
                assert (rule.top is not None) == (kind == RuleKind.TOP)
            else:
                with pytest.raises(InvalidValue, match="rule"):
                    checked_rule(method.name, Rule(kind, **asked))

    @pytest.mark.parametrize("top", [0, 31])
    def test_so_many_items_cannot_be_adopted(self, top: int) -> None:
        with pytest.raises(InvalidValue, match="top"):
            checked_rule("dots", Rule(RuleKind.TOP, top=top))


class TestNumbers:
    @given(st.data(), st.sampled_from(WITHOUT_BUDGET), PERCENTAGE)
    def test_are_hidden_under_five_votes_and_never_say_more_than_was_reached(
        self, data: st.DataObject, method: VotingMethod, share: int
    ) -> None:
        found = data.draw(votes(method))
        rule = Rule(RuleKind.SHARE_OF_VOTES, share)

        numbers = shown_numbers(found, method.choices, rule)

        if found.cast < 5:
            assert numbers is None
        else:
            assert numbers is not None
            assert numbers.counts == found.counts
            assert (numbers.share_reached >= share) == (
                _one(found, rule, method).decision == Decision.ADOPTED
            ) or numbers.counted == 0

    def test_of_dots_is_how_many_stand_on_the_item(self) -> None:
        numbers = shown_numbers(_dots(5, 0, 2, 1, 0), FIVE_DOTS, Rule(RuleKind.TOP, top=1))

        assert numbers is not None
        assert (numbers.dots, numbers.cast) == (8, 5)


def test_choices_of_dots_run_from_none_to_the_budget() -> None:
    assert [choice.value for choice in FIVE_DOTS] == ["0", "1", "2", "3", "4", "5"]
    assert [choice.value for choice in choices_of(DOTS, DotBudget(5, can_stack=False))] == ["0", "1"]


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: str(method.name))
def test_every_choice_of_a_method_has_a_value_of_its_own_that_fits_its_column(method: VotingMethod) -> None:
    values = [choice.value for choice in method.choices]

    assert len(set(values)) == len(values)
    assert max(len(value) for value in values) <= 20
    assert all(not (choice.is_in_favour and choice.is_abstention) for choice in method.choices)
    assert isinstance(method.choices[0], Choice)
