"""How principles, partners and agreements hang together, and where the gaps are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.agreeing.coherence import AgreementFacts, Gap, coherence, has_circle

PRINCIPLES = [(1, "Everybody belongs."), (2, "We talk with people.")]
PARTNERS = [(10, "Municipality"), (11, "Selam"), (12, "Neighbours")]


def _agreement(
    number: int,
    *,
    owner: int | None = 10,
    supporters: tuple[int, ...] = (),
    due_on: date | None = None,
    principles: tuple[int, ...] = (1,),
    depends_on: tuple[int, ...] = (),
) -> AgreementFacts:
    return AgreementFacts(number, owner, supporters, due_on, principles, depends_on)


def _gaps(*agreements: AgreementFacts, kind: str) -> list[Gap]:
    return [gap for gap in coherence(PRINCIPLES, PARTNERS, agreements).gaps if gap.kind == kind]


def test_a_cell_names_what_a_partner_owns_or_supports_for_a_principle() -> None:
    found = coherence(
        PRINCIPLES, PARTNERS, [_agreement(1, supporters=(11,)), _agreement(2, owner=11, principles=(1, 2))]
    )

    assert found.cells == {(1, 10): [1], (1, 11): [1, 2], (2, 11): [2]}
    assert (found.principles, found.partners) == (PRINCIPLES, PARTNERS)


def test_an_owner_who_also_supports_stands_once() -> None:
    assert coherence(PRINCIPLES, PARTNERS, [_agreement(1, owner=10, supporters=(10,))]).cells == {
        (1, 10): [1]
    }


def test_a_principle_that_nobody_practises_is_a_gap() -> None:
    assert _gaps(_agreement(1), kind="principle nobody practises") == [
        Gap("principle nobody practises", principle_number=2)
    ]


def test_a_partner_without_an_agreement_is_a_gap() -> None:
    assert _gaps(_agreement(1, owner=10, supporters=(12,)), kind="partner without agreement") == [
        Gap("partner without agreement", partner="Selam", partner_id=11)
    ]


def test_an_agreement_without_an_owner_is_a_gap() -> None:
    assert _gaps(_agreement(1), _agreement(2, owner=None), kind="no owner") == [
        Gap("no owner", agreement_number=2)
    ]


def test_three_agreements_in_one_month_are_too_much_for_one_owner() -> None:
    in_may = [_agreement(number, due_on=date(2027, 5, number * 9)) for number in (1, 2, 3)]

    assert _gaps(*in_may[:2], kind="too much in one month") == []
    assert _gaps(*in_may, kind="too much in one month") == [
        Gap("too much in one month", partner="Municipality", partner_id=10, count=3, month=date(2027, 5, 1))
    ]


def test_the_same_month_of_another_year_or_another_owner_is_not_too_much() -> None:
    spread = [
        _agreement(1, due_on=date(2027, 5, 1)),
        _agreement(2, due_on=date(2028, 5, 1)),
        _agreement(3, due_on=date(2027, 5, 1), owner=11),
    ]

    assert _gaps(*spread, kind="too much in one month") == []


def test_due_before_what_it_depends_on_is_a_gap() -> None:
    early, same_day = date(2027, 5, 1), date(2027, 6, 1)

    assert _gaps(
        _agreement(1, due_on=early, depends_on=(2,)),
        _agreement(2, due_on=same_day),
        _agreement(3, due_on=same_day, depends_on=(2,)),
        _agreement(4, due_on=None, depends_on=(2,)),
        _agreement(5, due_on=early, depends_on=(99,)),
        kind="due before what it depends on",
    ) == [Gap("due before what it depends on", agreement_number=1, other_agreement_number=2)]


def test_dependencies_are_listed() -> None:
    found = coherence(
        PRINCIPLES,
        PARTNERS,
        [_agreement(1), _agreement(2, depends_on=(1,)), _agreement(3, depends_on=(2, 1))],
    )

    assert found.dependencies == [(2, 1), (3, 1), (3, 2)]


@pytest.mark.parametrize(
    ("depends_on", "is_circle"),
    [
        ({}, False),
        ({1: {2}, 2: {3}}, False),
        ({1: {1}}, True),
        ({1: {2}, 2: {1}}, True),
        ({1: {2}, 2: {3}, 3: {4}, 4: {2}}, True),
        ({1: {2, 3}, 2: {4}, 3: {4}}, False),
    ],
)
def test_a_circle_is_found(depends_on: dict[int, set[int]], is_circle: bool) -> None:
    assert has_circle(depends_on) is is_circle


@given(st.dictionaries(st.integers(0, 30), st.sets(st.integers(0, 30), max_size=4)))
def test_what_depends_on_earlier_ones_only_has_no_circle(depends_on: dict[int, set[int]]) -> None:
    assert not has_circle(
        {one: {other for other in others if other < one} for one, others in depends_on.items()}
    )


def test_a_long_chain_is_no_circle() -> None:
    assert not has_circle({number: {number - 1} for number in range(200, 0, -1)})
