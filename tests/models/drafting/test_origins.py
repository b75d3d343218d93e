"""Where proposals came from, and which origins may be named."""

from hypothesis import given
from hypothesis import strategies as st

from models.drafting.origins import ROOM, Came, Origin, OriginKind, counted, origins_by_row

RESIDENTS = Origin(OriginKind.GROUP, "Bewoners")
TABLE = Origin(OriginKind.TABLE, "Tafel 4")
OTHERS = Origin(OriginKind.OTHER_GROUPS)
NOBODY = Origin(OriginKind.WITHOUT_GROUP)
NAMES = {"1": "Bewoners", "2": "Gemeenschappen", "3": "Ondernemers"}


def test_a_large_group_is_named_and_small_ones_are_named_together() -> None:
    origins = origins_by_row({"1": 23, "2": 4, "3": 2, "none": 6}, NAMES)

    assert origins == {"1": RESIDENTS, "2": OTHERS, "3": OTHERS, "none": NOBODY}


def test_a_small_group_alone_is_hidden_behind_the_next_smallest() -> None:
    assert origins_by_row({"1": 23, "2": 9, "3": 2}, NAMES) == {"1": RESIDENTS, "2": OTHERS, "3": OTHERS}


def test_where_nobody_else_is_left_to_name_all_are_the_room() -> None:
    assert set(origins_by_row({"1": 3, "2": 1}, NAMES).values()) == {ROOM}
    assert set(origins_by_row({"1": 23, "2": 1}, NAMES).values()) == {ROOM}
    assert set(origins_by_row({"none": 30}, NAMES).values()) == {ROOM}


@given(st.dictionaries(st.sampled_from(["1", "2", "3", "none"]), st.integers(0, 40)))
def test_no_name_ever_stands_for_fewer_than_five_people(sizes: dict[str, int]) -> None:
    origins = origins_by_row(sizes, NAMES)

    for origin in set(origins.values()) - {ROOM}:
        assert sum(sizes[key] for key, named in origins.items() if named == origin) >= 5
    assert {key for key, size in sizes.items() if size} == set(origins)


def test_proposals_are_counted_per_origin_most_first() -> None:
    assert counted([RESIDENTS, TABLE, RESIDENTS, OTHERS]) == (
        Came(RESIDENTS, 2),
        Came(TABLE, 1),
        Came(OTHERS, 1),
    )
    assert counted([]) == ()
