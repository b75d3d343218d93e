"""Where nobody was heard, and on what a conclusion rests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.baseline.coverage import Heard, coverage
from models.baseline.evidence import Lacking, Piece, standing
from models.basics.words import Side, SourceKind, Stance

FOR, AGAINST = Stance.FOR, Stance.AGAINST
RESIDENT = Piece(FOR, 1, SourceKind.INTERVIEW, Side.RESIDENTS)
OTHER_RESIDENT = Piece(FOR, 2, SourceKind.INTERVIEW, Side.RESIDENTS)
FIGURE = Piece(FOR, 3, SourceKind.FIGURES, Side.MUNICIPALITY)
BOOK = Piece(FOR, 4, SourceKind.LITERATURE, "")
OPPOSITE = Piece(AGAINST, 5, SourceKind.INTERVIEW, Side.ORGANISATIONS)
heard = st.builds(
    Heard, st.integers(1, 5), st.sampled_from(["", *Side]), st.integers(1, 6), st.integers(1, 30)
)


@given(st.lists(heard, max_size=60))
def test_a_place_is_empty_where_nobody_spoke_and_nowhere_else(found: list[Heard]) -> None:
    made = coverage([1, 2, 3, 4], found)

    assert made.places == 16
    for row in made.rows:
        for cell in row:
            here = [one for one in found if (one.theme_id, one.side) == (cell.theme_id, cell.side)]
            assert cell.is_empty == (not here)
            assert cell.findings == len({one.finding_id for one in here})
            assert cell.sources == len({one.source_id for one in here})
            assert cell.shade == min(
                3, (0, 1, 2, 2)[len({o.source_id for o in here})] if cell.sources < 4 else 3
            )


def test_nothing_is_shaded_while_there_is_little_to_compare() -> None:
    assert not coverage([1], [Heard(1, Side.RESIDENTS, 1, number) for number in range(4)]).is_shaded
    assert coverage([1], [Heard(1, Side.RESIDENTS, 1, number) for number in range(5)]).is_shaded


def test_the_side_that_was_heard_least_is_named_when_there_is_one() -> None:
    spoke = [Heard(1, side, 1, 1) for side in (Side.MUNICIPALITY, Side.RESIDENTS, Side.ORGANISATIONS)]

    assert coverage([1], spoke).emptiest_side() == (Side.COMMUNITIES, 1)
    assert coverage([1], spoke[:2]).emptiest_side() is None
    assert coverage([], []).emptiest_side() is None


def test_literature_speaks_for_no_side() -> None:
    assert coverage([1], [Heard(1, "", 1, 1)]).findings == 0


def test_what_can_be_counted_of_a_conclusion() -> None:
    made = standing([RESIDENT, OTHER_RESIDENT, FIGURE, BOOK, OPPOSITE])

    assert (made.findings, made.kinds, made.against) == (4, 3, 1)
    assert dict(made.heard) == {
        Side.MUNICIPALITY: 1,
        Side.COMMUNITIES: 0,
        Side.RESIDENTS: 2,
        Side.ORGANISATIONS: 1,
    }
    assert made.not_heard == [Side.COMMUNITIES]
    assert not made.is_concept


@pytest.mark.parametrize(
    ("pieces", "sought", "lacks"),
    [
        ([], False, (Lacking.FINDING, Lacking.OPPOSITE)),
        ([OPPOSITE], False, (Lacking.FINDING,)),
        ([RESIDENT, RESIDENT], True, (Lacking.SECOND_VOICE,)),
        ([RESIDENT, OTHER_RESIDENT], False, (Lacking.OPPOSITE,)),
        ([RESIDENT, OTHER_RESIDENT], True, ()),
        ([RESIDENT, OTHER_RESIDENT, OPPOSITE], False, ()),
    ],
)
def test_a_conclusion_is_a_concept_until_it_rests_on_something(
    pieces: list[Piece], sought: bool, lacks: tuple[Lacking, ...]
) -> None:
    assert standing(pieces, opposite_sought=sought).lacks == lacks


def test_what_everybody_scored_is_a_second_voice() -> None:
    assert standing([RESIDENT], statements=1, opposite_sought=True).lacks == ()
