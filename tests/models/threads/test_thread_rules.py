"""Threads: every way from an origin by a principle to an agreement."""

from models.drafting.origins import NO_PROPOSAL, Came, Origin, OriginKind
from models.threads.threads import ThreadAgreement, ThreadPrinciple, threads

RESIDENTS = Origin(OriginKind.GROUP, "Bewoners")
TABLE = Origin(OriginKind.TABLE, "Tafel 4")


def principle(number: int, *came: Came) -> ThreadPrinciple:
    return ThreadPrinciple(number, f"Uitgangspunt {number}.", came, None)


def agreement(number: int, *principles: int, origin: Origin | None = None) -> ThreadAgreement:
    return ThreadAgreement(number, f"Afspraak {number}.", principles, origin)


def ways(found: list[ThreadPrinciple], made: list[ThreadAgreement]) -> list[str]:
    return [thread.key for thread in threads(found, made)]


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
