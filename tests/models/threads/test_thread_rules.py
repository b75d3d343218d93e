"""Threads: every way from an origin by a principle to an agreement, and which origins may be named."""

from hypothesis import given
from hypothesis import strategies as st

from models.drafting.origins import NO_PROPOSAL, ROOM, Came, Origin, OriginKind, counted, origins_by_row
from models.threads.threads import ThreadAgreement, ThreadPrinciple, threads

RESIDENTS = Origin(OriginKind.GROUP, "Bewoners")
TABLE = Origin(OriginKind.TABLE, "Tafel 4")
OTHERS = Origin(OriginKind.OTHER_GROUPS)
NOBODY = Origin(OriginKind.WITHOUT_GROUP)
NAMES = {"1": "Bewoners", "2": "Gemeenschappen", "3": "Ondernemers"}


def principle(number: int, *came: Came) -> ThreadPrinciple:
    return ThreadPrinciple(number, f"Uitgangspunt {number}.", came, None)


def agreement(number: int, *principles: int, origin: Origin | None = None) -> ThreadAgreement:
    return ThreadAgreement(number, f"Afspraak {number}.", principles, origin)


def ways(found: list[ThreadPrinciple], made: list[ThreadAgreement]) -> list[str]:
    return [thread.key for thread in threads(found, made)]


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


def test_a_thread_runs_from_each_origin_by_its_principle_to_each_agreement() -> None:
    found = [principle(1, Came(RESIDENTS, 2), Came(TABLE, 1)), principle(2, Came(RESIDENTS, 1))]

    assert ways(found, [agreement(1, 1), agreement(2, 1, 2)]) == [
        "group:Bewoners~1~1",
        "group:Bewoners~1~2",
        "table:Tafel 4~1~1",
        "table:Tafel 4~1~2",
        "group:Bewoners~2~2",
    ]


def test_a_thread_ends_where_nobody_practises_the_principle_yet() -> None:
    [thread] = threads([principle(1, Came(TABLE, 1))], [])

    assert (thread.came, thread.agreement, thread.key) == (Came(TABLE, 1), None, "table:Tafel 4~1~")


def test_what_was_written_without_a_proposal_has_a_thread_too() -> None:
    written, alone = threads([principle(1)], [agreement(2)])

    assert (written.came, written.principle) == (Came(NO_PROPOSAL, 0), principle(1))
    assert (alone.came, alone.principle, alone.agreement) == (Came(NO_PROPOSAL, 0), None, agreement(2))


def test_an_agreement_that_was_proposed_comes_straight_from_there_and_from_its_principle() -> None:
    assert ways([principle(1, Came(TABLE, 1))], [agreement(1, 1, origin=RESIDENTS)]) == [
        "table:Tafel 4~1~1",
        "group:Bewoners~~1",
    ]


def test_an_agreement_for_a_principle_that_was_left_out_stands_by_itself() -> None:
    assert ways([], [agreement(1, 7)]) == ["no proposal~~1"]
