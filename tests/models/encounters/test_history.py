"""Earlier evenings as history, whatever they were: one seed gives one plan, and the bound is never passed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.encounters.seating.bound import most_new_meetings
from models.encounters.seating.latecomer import table_of_latecomer
from models.encounters.seating.seat import seat
from models.encounters.seating.tables import tables_for
from models.encounters.seating.wanted import Round, Wanted
from tests.models.encounters.recount import recount

people_size_rounds = st.tuples(st.integers(2, 18), st.integers(2, 6), st.integers(1, 3))
# Of each earlier round: at which of so many tables everybody sat, or that they were not there.
sat_at = st.lists(st.lists(st.sampled_from([None, 0, 1, 2]), min_size=18, max_size=18), max_size=4)


def _rounds(sat: list[list[int | None]], people: int) -> tuple[Round, ...]:
    return tuple(
        tuple(
            tuple(person for person in range(people) if at[person] == table)
            for table in (0, 1, 2)
            if table in at[:people]
        )
        for at in sat
    )


@settings(max_examples=50)
@given(shape=people_size_rounds, sat=sat_at, seed=st.integers(0, 3))
def test_a_plan_with_history_seats_everybody_once_is_counted_right_and_comes_again_with_its_seed(
    shape: tuple[int, int, int], sat: list[list[int | None]], seed: int
) -> None:
    people, size, rounds = shape
    wanted = Wanted(people, tables_for(people, size), rounds, earlier=_rounds(sat, people))

    plan = seat(wanted, seed=seed, tries=(400,))

    assert plan.new == recount(plan.rounds, people, wanted.earlier) <= plan.bound.most
    assert plan.bound == most_new_meetings(wanted)
    assert plan.rounds == seat(wanted, seed=seed, tries=(400,)).rounds


@settings(max_examples=50)
@given(shape=people_size_rounds, sat=sat_at)
def test_a_latecomer_with_a_history_gets_a_chair_and_nobody_who_sits_is_moved(
    shape: tuple[int, int, int], sat: list[list[int | None]]
) -> None:
    people, size, _ = shape
    late = people - 1
    sitting = seat(Wanted(late, tables_for(late, size), 1), seed=1, tries=(100,)).rounds[0] if late else ()
    wanted = Wanted(people, max(len(sitting), 1), 1, earlier=_rounds(sat, people))

    found = table_of_latecomer(wanted, sitting or ((),), late)

    fewest = min(len(table) for table in sitting) if sitting else 0
    assert found.keeps_must_wishes
    assert len((sitting or ((),))[found.table]) == fewest
